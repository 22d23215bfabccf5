/* Making a new app from a template. */
#ifndef ATTIO_SCAFFOLD_SCAFFOLD_H
#define ATTIO_SCAFFOLD_SCAFFOLD_H

#include <stddef.h>

struct arena;
struct error;
struct template_file;

/* Writes `files` (sorted by path) into the folder `target` (absolute), which must not exist yet or
 * be empty; missing parents are made. All or nothing: the app appears when it is complete, and a
 * failure leaves everything as it was. ERROR_CONFLICT when something is in the way, which is found
 * before anything is written. Signals that ask the process to end wait until it is over (a few
 * milliseconds). */
int scaffold_write(const char *target, const struct template_file *files, size_t count,
		   struct error *error);

#endif
