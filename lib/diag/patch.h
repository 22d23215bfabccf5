/* Unified diffs as `git apply` and `patch` take them. Pure. */
#ifndef ATTIO_DIAG_PATCH_H
#define ATTIO_DIAG_PATCH_H

#include <stddef.h>

struct buf;

/* Appends the diff that makes `before` into `after`, nothing when they are equal. `path` is
 * relative to the folder where the diff is applied. Line ends stay as they are; a file without a
 * final newline is marked as git does. */
void patch_put(struct buf *out, const char *path, const char *before, size_t before_len,
	       const char *after, size_t after_len);

#endif
