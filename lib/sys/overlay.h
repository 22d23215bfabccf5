/* Files in another state than the one on the disk, told as differences from it: a commit, the git
 * index, an editor's unsaved buffers. All that is not named is as the disk has it. */
#ifndef ATTIO_SYS_OVERLAY_H
#define ATTIO_SYS_OVERLAY_H

#include <stddef.h>

struct overlay_file {
	const char *path;  /* relative to the folder the overlay is for; may begin with ".." */
	const char *bytes; /* NUL-terminated; NULL: there is no such file in this state */
	size_t len;
};

struct overlay {
	struct overlay_file *files; /* sorted by path (bytes), each path once */
	size_t count;
};

#endif
