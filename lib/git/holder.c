/* Opening the repository around a folder, for reading. Found from the folder, not from GIT_DIR: an
 * app in a submodule has to be asked about the submodule, also inside a hook of the repository
 * around it. GIT_INDEX_FILE does count, because `git commit -a` and `git commit FILE` hand their
 * temporary index to the pre-commit hook that way. */
#include "git/internal.h"

#include <string.h>

#include <git2/sys/repository.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

static int open_failed(int code, const char *folder, struct error *error)
{
	if (!git_is_absent(code))
		return git_open_failed(code, folder, error);
	error_set(error, ERROR_USAGE, "`%s` lies in no git repository", folder);
	return error_fix(error, "run `git init` there, or leave the option out");
}

static bool same_folder(struct arena *arena, const char *a, const char *b)
{
	struct error ignored;
	const char *real_a = fs_real_path(arena, a, &ignored);
	const char *real_b = fs_real_path(arena, b, &ignored);

	return real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
}

/* The index that the variable names, when it is meant for this repository; else NULL. Relative ones
 * count from the top, where git starts hooks. */
static const char *named_index(const struct holder *holder)
{
	const char *named = git_variable("GIT_INDEX_FILE");

	if (named == NULL)
		return NULL;
	const char *path = path_join(holder->arena, holder->top, named);
	const char *folder = path_dir(holder->arena, path);
	bool ours = same_folder(holder->arena, folder, git_repository_path(holder->repository));
	/* In another .git folder it belongs to that repository. */
	if (!ours && fs_type(path_join(holder->arena, folder, "HEAD")) == FS_FILE)
		return NULL;
	return path;
}

static int open_index(struct holder *holder, struct error *error)
{
	const char *named = named_index(holder);
	int code;

	if (named == NULL) {
		code = git_repository_index(&holder->index, holder->repository);
	} else {
		code = git_index_open(&holder->index, named);
		if (code == 0)
			code = git_repository_set_index(holder->repository, holder->index);
	}
	if (code == 0)
		return 0;
	git_failed(error, "read the index of the git repository", holder->top);
	if (strstr(error->why, "sdir") != NULL)
		return error_fix(error, "run `git sparse-checkout reapply --no-sparse-index`");
	if (strstr(error->why, "link") != NULL)
		return error_fix(error, "run `git update-index --no-split-index`");
	return error_fix(error, "run `git status` there: it tells more; `git reset` writes the "
				"index anew");
}

/* Nothing below an ignored folder ever changes for git, and an empty answer would look like
 * success. */
static int refuse_ignored(const struct holder *holder, struct error *error)
{
	size_t at;
	int ignored = 0;
	const char *below = arena_printf(holder->arena, "%s/", holder->prefix);

	if (strcmp(holder->prefix, ".") == 0 ||
	    git_index_find_prefix(&at, holder->index, below) == 0 ||
	    git_ignore_path_is_ignored(&ignored, holder->repository, below) != 0 || ignored == 0)
		return 0;
	error_set(error, ERROR_USAGE, "the git repository `%s` ignores the folder `%s`",
		  holder->top, holder->prefix);
	return error_fix(error, "take it out of .gitignore, or leave the option out");
}

static int find_places(struct holder *holder, const char *folder, struct error *error)
{
	const char *work = git_repository_workdir(holder->repository);

	if (work == NULL) {
		error_set(error, ERROR_USAGE, "the git repository `%s` is bare: it has no files",
			  git_repository_path(holder->repository));
		return error_fix(error, "name the folder of an app in a clone with files");
	}
	const char *real = fs_real_path(holder->arena, folder, error);
	holder->top = fs_real_path(holder->arena, work, error);
	if (real == NULL || holder->top == NULL)
		return -1;
	holder->prefix = path_relative(holder->arena, holder->top, real);
	if (path_is_under(real, holder->top))
		return 0;
	error_set(error, ERROR_USAGE, "`%s` lies in no work tree of git", folder);
	return error_why(error, "the repository that was found has its files in `%s`", holder->top);
}

int holder_open(struct holder *holder, struct arena *arena, const char *folder, struct error *error)
{
	*holder = (struct holder){.arena = arena};
	if (fs_type(folder) != FS_DIR) {
		error_set(error, ERROR_USAGE, "there is no folder `%s`", folder);
		return error_fix(error, "name the folder of an app");
	}
	if (git_start(folder, error) != 0)
		return -1;
	int code = git_repository_open_ext(&holder->repository, folder, 0, NULL);
	if (code != 0)
		code = open_failed(code, folder, error);
	else if (find_places(holder, folder, error) != 0 || open_index(holder, error) != 0 ||
		 refuse_ignored(holder, error) != 0)
		code = -1;
	if (code != 0)
		holder_close(holder);
	return code;
}

void holder_close(struct holder *holder)
{
	git_index_free(holder->index);
	git_repository_free(holder->repository);
	git_libgit2_shutdown();
	*holder = (struct holder){0};
}

/* Whether some remote has promised to send the objects that are missing here. All settings are
 * walked, because libgit2 1.5 loses memory with every pattern. */
static bool is_partial(git_repository *repository)
{
	git_config *config = NULL;
	git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	bool partial = false;

	if (git_repository_config_snapshot(&config, repository) == 0 &&
	    git_config_iterator_new(&iterator, config) == 0) {
		while (!partial && git_config_next(&entry, iterator) == 0)
			partial = str_starts(entry->name, "remote.") &&
				  str_ends(entry->name, ".promisor");
	}
	git_config_iterator_free(iterator);
	git_config_free(config);
	return partial;
}

int holder_failed(const struct holder *holder, const char *what, struct error *error)
{
	const git_error *last = git_error_last();
	bool missing = last != NULL && last->klass == GIT_ERROR_ODB;

	git_failed(error, what, holder->top);
	if (missing && is_partial(holder->repository)) {
		error_why(error, "the repository is a partial clone, without the old files");
		return error_fix(error, "clone without `--filter`, or run "
					"`git fetch --refetch --no-filter`");
	}
	return error_fix(error, "run `git fsck`: it tells more");
}
