/* Repairing an app: fixes in rounds, because one can uncover the next or stand in its way. All of
 * it happens in memory; what is done with the outcome is the caller's choice. */
#ifndef ATTIO_CHECK_FIXING_H
#define ATTIO_CHECK_FIXING_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/overlay.h"

struct arena;
struct buf;
struct check;
struct checked;
struct error;

enum { FIXING_ROUNDS = 10 };

/* A file that the fixes change. */
struct fixed_file {
	const char *path; /* absolute, without links */
	const char *before;
	size_t before_len;
	const char *after;
	size_t after_len;
};

/* All of it lives in the arena. */
struct fixing {
	size_t fixed;             /* findings */
	struct fixed_file *files; /* sorted by path */
	size_t count;
	struct overlay texts; /* of the last round */
	bool left_out;        /* some fixes: a file would not have parsed any more */
	bool unsettled;       /* after FIXING_ROUNDS fixes were still changing the app */
};

/* Repairs what `checked` reports, which is check_run of `check` in its own state; fixes that are
 * not safe only when `unsafe`. At the end `checked` is the app as it then is; it is to be closed in
 * any case, the arena must outlive it. -1: check_run failed, or a rule's fix makes no sense. */
int fixing_run(struct fixing *fixing, struct arena *arena, struct check *check, bool unsafe,
	       struct checked *checked, struct error *error);
/* Writes the changed files. ERROR_SYSTEM also when one is not any more as it was read. */
int fixing_write(const struct fixing *fixing, struct arena *arena, struct error *error);
/* Appends the changes as a patch for the folder `root`. */
void fixing_patch(const struct fixing *fixing, struct arena *arena, const char *root,
		  struct buf *out);

#endif
