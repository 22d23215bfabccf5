/* What somebody types and has not saved: texts by path and version, to be laid over the disk's
 * state (overlay.h). An editor sends each text anew with a higher version; one that comes late must
 * not win. */
#ifndef ATTIO_SYS_EDITS_H
#define ATTIO_SYS_EDITS_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;
struct overlay;

struct edited {
	char *path; /* as in overlay_file */
	int64_t version;
	char *bytes; /* NUL-terminated */
	size_t len;
};

/* A zeroed struct has none. */
struct edits {
	struct edited *items; /* sorted by path (bytes), each path once */
	size_t count;
	size_t room;
};

void edits_dispose(struct edits *edits);

/* The text of `path` is now this; the bytes are copied. -1 with ERROR_CONFLICT when the text that
 * is there has this version or a higher one; then it stays. */
int edits_set(struct edits *edits, const char *path, int64_t version, const char *bytes, size_t len,
	      struct error *error);
/* The disk's text counts again, and any version may be set anew; a path without a text is fine. */
void edits_close(struct edits *edits, const char *path);
/* The text of a path, or NULL. Valid until the edits change. */
const struct edited *edits_find(const struct edits *edits, const char *path);
/* The state as it is now, in `arena`: what is set later does not change it. */
void edits_overlay(const struct edits *edits, struct arena *arena, struct overlay *overlay);

#endif
