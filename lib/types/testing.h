/* The client package of tests (lib/testing/README.md): files that an app which imports it gets
 * beside its declarations, in .attio/.testing/. */
#ifndef ATTIO_TYPES_TESTING_H
#define ATTIO_TYPES_TESTING_H

#include <stdbool.h>

struct arena;
struct error;

/* Whether the app in `root` (absolute) imports the package, for those who have not opened the app
 * (struct manifest knows it). -1 when package.json is there and cannot be read; what is wrong
 * inside of it is told by others. */
int testing_wanted(struct arena *arena, const char *root, bool *wanted, struct error *error);

/* Brings the files in `root` up to those that are installed with us. -1 when ours are not there, or
 * they cannot be written. */
int testing_write(struct arena *arena, const char *root, struct error *error);

#endif
