/* Fixes: which findings' edits can be made together, and the text after them. Pure. */
#ifndef ATTIO_DIAG_FIX_H
#define ATTIO_DIAG_FIX_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

/* The edits of one file, sorted, without overlap. */
struct fix_file {
	const char *key; /* what the caller named the file */
	struct edit *edits;
	size_t count;
};

struct fix_plan {
	struct arena *arena;
	struct fix_file *files; /* in the order of their first edit */
	size_t file_count;
	size_t fixed; /* findings whose edits are in the plan */
};

/* The name under which a file is written, so that a file and a link to it are one; NULL when it
 * must not be written. */
typedef const char *fix_key_fn(void *user, const char *file);

/* Whether the finding has a fix of the wanted kind. */
bool fix_applies(const struct diag *diag, bool unsafe);

/* Takes the findings in their order; the edits of one go together or not at all, and a fix that
 * touches a place of an earlier one is left for the next round. Fixes that are not safe only with
 * `unsafe`. */
void fix_plan(struct fix_plan *plan, struct arena *arena, const struct diags *diags, bool unsafe,
	      fix_key_fn *key, void *user);

/* The text after the edits, NUL-terminated, in the arena; NULL when an edit lies outside of it. */
char *fix_apply(struct arena *arena, const char *bytes, size_t len, const struct fix_file *file,
		size_t *fixed_len);

#endif
