/* Whether a folder is as git has it. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "git/git.h"
#include "git/internal.h"

/* Of a listing that has only what differs. */
static const char *first_path(git_status_list *list)
{
	const git_status_entry *entry = git_status_byindex(list, 0);
	const git_diff_delta *delta =
		entry->index_to_workdir != NULL ? entry->index_to_workdir : entry->head_to_index;

	return delta != NULL ? delta->new_file.path : "";
}

static int list_changes(const struct holder *holder, struct arena *arena, const char **dirty,
			struct error *error)
{
	git_status_options options;
	git_status_list *list = NULL;
	char *paths[] = {arena_strdup(holder->arena, holder->prefix)};

	git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			GIT_STATUS_OPT_EXCLUDE_SUBMODULES | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
	if (strcmp(holder->prefix, ".") != 0) {
		options.pathspec.strings = paths;
		options.pathspec.count = 1;
	}
	if (git_status_list_new(&list, holder->repository, &options) != 0)
		return holder_failed(holder, "compare the files with the repository", error);
	if (git_status_list_entrycount(list) > 0)
		*dirty = arena_strdup(arena, first_path(list));
	git_status_list_free(list);
	return 0;
}

int git_find_dirty(const char *folder, struct arena *arena, bool *inside, const char **dirty,
		   struct error *error)
{
	struct arena *scratch = arena_new();
	struct holder holder;
	int failed = holder_open(&holder, scratch, folder, error);

	*inside = failed == 0;
	*dirty = NULL;
	if (failed == 0) {
		failed = list_changes(&holder, arena, dirty, error);
		holder_close(&holder);
	} else if (error->kind == ERROR_USAGE) {
		failed = 0; /* no repository, or none for this folder */
	}
	arena_free(scratch);
	return failed;
}
