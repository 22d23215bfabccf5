/* What the files of this room share. Only they include it, and libgit2. */
#ifndef ATTIO_GIT_INTERNAL_H
#define ATTIO_GIT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include <git2.h>

struct arena;
struct error;

/* "cannot WHAT in `folder`", with libgit2's last message as the cause. Always -1. */
int git_failed(struct error *error, const char *what, const char *folder);
/* What git_repository_open_ext's code says: whether there is no repository at all; and why there is
 * one that cannot be opened, always -1. */
bool git_is_absent(int code);
int git_open_failed(int code, const char *folder, struct error *error);
/* To be called before anything else of libgit2, each time with a git_libgit2_shutdown behind it; on
 * failure without. `folder` is for the message. */
int git_start(const char *folder, struct error *error);
/* One of git's own environment variables; NULL when unset or empty. */
const char *git_variable(const char *name);

/* An opened repository and the folder in it that is asked about. */
struct holder {
	struct arena *arena;
	git_repository *repository;
	git_index *index;
	const char *top;    /* absolute, real, of the work tree */
	const char *prefix; /* the folder seen from there, "." for the top itself */
};

/* Opens the repository around `folder` with its index, and starts libgit2 for it. */
int holder_open(struct holder *holder, struct arena *arena, const char *folder,
		struct error *error);
void holder_close(struct holder *holder);
/* As git_failed, but explains what is known of this repository: objects that a partial clone left
 * out. */
int holder_failed(const struct holder *holder, const char *what, struct error *error);

/* The tree that a branch started from `revision` has to be compared with (see changes.h);
 * *id is its commit's or its own id in the arena. Free the tree. */
int revision_base(const struct holder *holder, const char *revision, git_tree **tree,
		  const char **id, struct error *error);
/* The tree of HEAD; NULL and "" before the first commit. */
int revision_head(const struct holder *holder, git_tree **tree, const char **id,
		  struct error *error);

/* A file's bytes in `tree`, or in the index when that is NULL, as a checkout would write them.
 * *bytes is NULL when there is no such file. In the arena given. */
int content_read(const struct holder *holder, struct arena *arena, git_tree *tree, const char *path,
		 const char **bytes, size_t *len, struct error *error);

#endif
