/* Making a new app from a template. */
#ifndef ATTIO_SCAFFOLD_SCAFFOLD_H
#define ATTIO_SCAFFOLD_SCAFFOLD_H

#include <stddef.h>

struct arena;
struct error;
struct template_file;

/* What else belongs into the app before it appears (its git repository): called with the folder
 * where all files are there already. */
struct scaffold_extra {
	void (*add)(void *context, const char *built);
	void *context;
};

/* Writes `files` (sorted by path) into the folder `target` (absolute), which must not exist yet or
 * be empty; missing parents are made. All or nothing: the app appears when it is complete, and a
 * failure leaves everything as it was. ERROR_CONFLICT when something is in the way, which is found
 * before anything is written. Signals that ask the process to end wait until it is over (a few
 * milliseconds). A run that is killed leaves no target, or a folder that was there empty as it was;
 * its private folder (.attio-init-...) beside or in it is removed by the next run there. Only
 * between the renames into an existing folder a kill leaves some of the entries: then the next run
 * there brings the rest, .git as the last, and gives ERROR_CONFLICT. `extra` may be NULL. */
int scaffold_write(const char *target, const struct template_file *files, size_t count,
		   const struct scaffold_extra *extra, struct error *error);

#endif
