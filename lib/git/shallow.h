/* The merge base in a shallow clone. */
#ifndef ATTIO_GIT_SHALLOW_H
#define ATTIO_GIT_SHALLOW_H

#include <git2.h>

struct holder;

/* 0, or -1 when the history that is here holds no common commit. */
int shallow_merge_base(const struct holder *holder, const git_oid *one, const git_oid *two,
		       git_oid *base);

#endif
