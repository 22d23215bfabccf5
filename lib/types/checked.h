/* The texts of a program's own files as they were when they were checked, kept beside the record:
 * what a change is can be told only with both sides of it. */
#ifndef ATTIO_TYPES_CHECKED_H
#define ATTIO_TYPES_CHECKED_H

#include <stdbool.h>

struct arena;
struct program;
struct record;
struct record_changes;

/* Writes those of a record that was just taken, of files that lie in the folder `root` and are not
 * reached by a link out of it. Without a complaint: without them all is checked. */
void checked_write(const char *path, const struct record *record, const char *root);

/* Whether these changes since can matter to no file but the changed ones (narrow.h). False also
 * when the texts are not those of the record. */
bool checked_stays_inside(const char *path, const struct record *record,
			  const struct program *program, const struct record_changes *changes);

#endif
