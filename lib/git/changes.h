/* Which files differ from a revision or from HEAD, and the two states to compare: what is checked
 * and what was there before. Nothing is written, to the repository neither. */
#ifndef ATTIO_GIT_CHANGES_H
#define ATTIO_GIT_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/overlay.h"

struct arena;
struct error;

enum git_change_kind {
	GIT_CHANGE_ADDED,
	GIT_CHANGE_MODIFIED,
	GIT_CHANGE_DELETED,
	GIT_CHANGE_RENAMED /* perhaps modified too */
};

struct git_change {
	enum git_change_kind kind;
	bool outside;         /* the file (of a rename: both) is not below the folder */
	const char *path;     /* from the top of the work tree */
	const char *file;     /* the same seen from the folder; "../" when outside */
	const char *old_path; /* renamed: the name before; else NULL */
	const char *old_file;
};

struct git_changes {
	struct git_change *items; /* sorted by path */
	size_t count;
	const char *top;  /* the work tree's folder, absolute, real */
	const char *base; /* hexadecimal id of what was compared with; "" before the first commit */
	/* What is to be checked. Empty since a revision: the files on the disk. For staged files:
	 * what a commit made now would hold, so no unstaged edits and no untracked files. */
	struct overlay now;
	/* What was there before: the base's files. Ignored files (node_modules) are as on the disk.
	 */
	struct overlay before;
};

/* Compares the repository that holds `folder`.
 * `since` is a revision: what was changed since this branch left it (the merge base of it and
 * HEAD, as pull requests count), committed, staged or not, untracked files included, ignored ones
 * not. Where both have no common history, or `since` names a tree, it is compared with directly.
 * NULL: what is staged, the index against HEAD; before the first commit that is everything.
 * A file whose mode alone changed did not change; submodules are repositories of their own and
 * left out. In the overlays, files over TEXT_LIMIT are there but empty, links have the content of
 * their target in the same state, and line ends are those of a checkout; outside the folder, only
 * files that can be source or configuration are told.
 * All results live in the arena. ERROR_USAGE: no repository, a bare one, an unknown revision, one
 * that a shallow clone cannot answer for; ERROR_SYSTEM: what git has on the disk cannot be read. */
int git_changed_files(const char *folder, const char *since, struct arena *arena,
		      struct git_changes *out, struct error *error);

#endif
