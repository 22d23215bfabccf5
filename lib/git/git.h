/* libgit2: the little that the toolchain asks of git. */
#ifndef ATTIO_GIT_GIT_H
#define ATTIO_GIT_GIT_H

#include <stdbool.h>

struct arena;
struct error;

enum git_start { GIT_STARTED_WITH_COMMIT, GIT_STARTED_WITHOUT_COMMIT };

/* `git init` in `built` with branch main and a first commit of everything that .gitignore lets
 * in; `folder` is what it is called in messages, and where it may be moved to: git uses no
 * repository in another user's folder, so none is made for one. Without a git identity (user.name,
 * user.email or the GIT_AUTHOR_ and GIT_COMMITTER_ variables) the repository is left without a
 * commit. */
int git_start_repository(const char *built, const char *folder, const char *message,
			 enum git_start *result, struct error *error);
/* Whether `folder` (existing) lies in a work tree. */
int git_inside_work_tree(const char *folder, bool *inside, struct error *error);
/* Those of `names`, files of `folder` (ends with NULL, as the answer does), that git tracks: its
 * index holds them. None where there is no repository. The names are borrowed, the list is in the
 * arena. */
int git_tracked_files(const char *folder, const char *const *names, struct arena *arena,
		      const char *const **tracked, struct error *error);

/* Whether `folder` is in a work tree, and the first file of it that differs from the last commit or
 * is not tracked (ignored ones aside), from the top of the work tree; NULL: none, all is
 * committed. */
int git_find_dirty(const char *folder, struct arena *arena, bool *inside, const char **dirty,
		   struct error *error);

/* Those of `names`, files or folders of `folder` that need not be there (ends with NULL, as the
 * answer does), that git does not ignore; all of them where *inside is false: it is in no work
 * tree. The names are borrowed. */
int git_find_unignored(const char *folder, const char *const *names, struct arena *arena,
		       bool *inside, const char *const **unignored, struct error *error);

#endif
