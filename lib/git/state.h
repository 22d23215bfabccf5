/* In what state the files of a folder are: which commit they are, and what is not in it. */
#ifndef ATTIO_GIT_STATE_H
#define ATTIO_GIT_STATE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

enum { GIT_STATE_NAMES = 5 };

struct git_state {
	bool repository;    /* the folder lies in a work tree */
	const char *commit; /* hexadecimal id of HEAD; NULL before the first commit */
	const char *branch; /* NULL: HEAD is detached, or no repository */
	/* Files of the whole work tree that differ from HEAD, staged or not, and those that are
	 * neither tracked nor ignored. What `.attio/` of the folder holds does not count, and
	 * neither do the files that the caller names: they are ours. */
	size_t changed;
	const char *names[GIT_STATE_NAMES]; /* the first of them, from the top of the work tree */
};

/* 0 also where there is no repository. The strings are in the arena. `ours` are absolute paths of
 * files that need not be there (ends with NULL). ERROR_SYSTEM: git's files cannot be read, or
 * belong to another user. */
int git_state_read(struct git_state *state, struct arena *arena, const char *folder,
		   const char *const *ours, struct error *error);

/* Whether there is a tag of that name in the repository around `folder`, and makes a plain one that
 * points at `commit`. ERROR_USAGE: the name cannot be a tag's; ERROR_CONFLICT: it is there. */
int git_tag_look(const char *folder, const char *name, struct error *error);
int git_tag_make(const char *folder, const char *name, const char *commit, struct error *error);

#endif
