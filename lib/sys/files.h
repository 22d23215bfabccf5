/* The files of a folder in one state: what the disk has, with an overlay laid over it. Whoever
 * reads an app asks here and not the disk, so that a commit, the index or an unsaved buffer is an
 * app like any other. Git knows no empty folders: one is there when a file of it is, and a folder
 * whose files the overlay hides, all of them, is gone. */
#ifndef ATTIO_SYS_FILES_H
#define ATTIO_SYS_FILES_H

#include <stddef.h>

#include "sys/fs.h"

struct arena;
struct bounds;
struct error;
struct overlay;

struct files {
	struct arena *arena;           /* of all results */
	const char *root;              /* absolute, real */
	const struct overlay *overlay; /* seen from the root; borrowed. NULL: the disk as it is */
	struct bounds *bounds;         /* what of the disk may be read; borrowed. NULL: all of it */
	struct error *shortage; /* keeps the first (error_keep_shortage); borrowed, or NULL */
};

/* Paths are normalised, and relative to the root (".." may lead out of it) or absolute. Links are
 * followed; where they lead to a file that the overlay tells about, its state is the answer. */

enum fs_type files_type(const struct files *files, const char *path);
/* As fs_list. */
int files_list(const struct files *files, const char *folder, struct fs_entry **entries,
	       size_t *count, struct error *error);
/* As fs_read; the bytes of an overlay are not copied. */
int files_read(const struct files *files, const char *path, size_t limit, const char **bytes,
	       size_t *len, struct error *error);

#endif
