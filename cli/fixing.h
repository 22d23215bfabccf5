/* Repairing an app: fixes in rounds, because one can uncover the next or stand in its way. All of
 * it happens in memory; what is done with the outcome is the caller's choice. */
#ifndef ATTIO_CLI_FIXING_H
#define ATTIO_CLI_FIXING_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/overlay.h"

struct buf;
struct check;
struct checks;
struct cli;

/* A file that the fixes change; all of it lives in the cli's arena. */
struct fixed_file {
	const char *path; /* absolute, without links */
	const char *before;
	size_t before_len;
	const char *after;
	size_t after_len;
};

struct fixing {
	size_t fixed;             /* findings */
	struct fixed_file *files; /* sorted by path */
	size_t count;
	struct overlay texts; /* of the last round */
};

/* Repairs what `check` (open) reports, with fixes that are not safe only when `unsafe`; at the end
 * `check` is the app as it then is. EXIT_OK, or the failure was told and `check` is closed. `texts`
 * are those that `check` was opened with. */
int fixing_run(struct cli *cli, const struct checks *checks, const struct overlay *texts,
	       bool unsafe, struct check *check, struct fixing *fixing);
/* Writes the changed files. EXIT_OK, or the failure was told. */
int fixing_write(struct cli *cli, const struct fixing *fixing);
/* Appends the changes as a patch for the folder `root`. */
void fixing_patch(struct cli *cli, const struct fixing *fixing, const char *root, struct buf *out);

#endif
