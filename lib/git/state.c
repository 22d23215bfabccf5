/* See state.h. The repository is opened as git would, the work tree around the folder, and nothing
 * of it is written but a tag. */
#include "git/state.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "git/internal.h"
#include "sys/fs.h"
#include "sys/path.h"

#define OURS ".attio/"

static int open_around(git_repository **repository, const char *folder, struct error *error)
{
	int code = git_repository_open_ext(repository, folder, 0, NULL);

	if (git_is_absent(code)) {
		*repository = NULL;
		return 0;
	}
	if (code != 0)
		return git_open_failed(code, folder, error);
	if (git_repository_workdir(*repository) != NULL)
		return 0;
	git_repository_free(*repository); /* bare: its files are nobody's */
	*repository = NULL;
	return 0;
}

static int read_head(struct git_state *state, struct arena *arena, git_repository *repository,
		     const char *folder, struct error *error)
{
	git_reference *head = NULL;
	git_object *commit = NULL;
	char text[GIT_OID_HEXSZ + 1];
	int code = git_repository_head(&head, repository);

	if (code == GIT_EUNBORNBRANCH || code == GIT_ENOTFOUND)
		return 0;
	if (code != 0 || git_reference_peel(&commit, head, GIT_OBJECT_COMMIT) != 0) {
		git_reference_free(head);
		return git_failed(error, "read the current commit", folder);
	}
	state->commit =
		arena_strdup(arena, git_oid_tostr(text, sizeof(text), git_object_id(commit)));
	if (git_reference_is_branch(head) == 1)
		state->branch = arena_strdup(arena, git_reference_shorthand(head));
	git_object_free(commit);
	git_reference_free(head);
	return 0;
}

static const char *path_of(const git_status_entry *entry)
{
	const git_diff_delta *delta =
		entry->index_to_workdir != NULL ? entry->index_to_workdir : entry->head_to_index;

	return delta->new_file.path != NULL ? delta->new_file.path : delta->old_file.path;
}

/* A path as git names it; NULL: its folder is not there, and so nothing of that name. A link is
 * what git sees, not where it leads. */
static const char *as_git(struct arena *arena, const char *top, const char *path)
{
	struct error ignored = {0};
	char *folder = fs_real_path(arena, path_dir(arena, path), &ignored);

	return folder != NULL ? path_relative(arena, top, path_join(arena, folder, path_base(path)))
			      : NULL;
}

/* Whether a file is not the app's: in OURS of its folder, or one of those that the caller names. */
static bool is_ours(struct arena *arena, const char *path, const char *top, const char *folder,
		    const char *const *ours)
{
	if (str_starts(path, folder))
		return true;
	for (; *ours != NULL; ours++) {
		const char *name = as_git(arena, top, *ours);

		if (name != NULL && strcmp(name, path) == 0)
			return true;
	}
	return false;
}

static int read_changes(struct git_state *state, struct arena *arena, git_repository *repository,
			const char *folder, const char *const *ours, struct error *error)
{
	git_status_options options;
	git_status_list *list = NULL;
	char *real = fs_real_path(arena, folder, error);
	char *top = fs_real_path(arena, git_repository_workdir(repository), error);
	const char *own_folder;

	if (real == NULL || top == NULL)
		return -1;
	own_folder =
		arena_printf(arena, "%s/", path_join(arena, path_relative(arena, top, real), OURS));
	git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
	if (git_status_list_new(&list, repository, &options) != 0)
		return git_failed(error, "see what was changed", folder);
	for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
		const char *path = path_of(git_status_byindex(list, i));

		if (is_ours(arena, path, top, own_folder, ours))
			continue;
		if (state->changed < GIT_STATE_NAMES)
			state->names[state->changed] = arena_strdup(arena, path);
		state->changed++;
	}
	git_status_list_free(list);
	return 0;
}

int git_state_read(struct git_state *state, struct arena *arena, const char *folder,
		   const char *const *ours, struct error *error)
{
	git_repository *repository;
	int result;

	*state = (struct git_state){0};
	if (git_start(folder, error) != 0)
		return -1;
	result = open_around(&repository, folder, error);
	if (result == 0 && repository != NULL) {
		state->repository = true;
		if (read_head(state, arena, repository, folder, error) != 0 ||
		    read_changes(state, arena, repository, folder, ours, error) != 0)
			result = -1;
		git_repository_free(repository);
	}
	git_libgit2_shutdown();
	return result;
}

static int look(git_repository *repository, const char *name, struct error *error)
{
	git_reference *found = NULL;
	char full[256];
	int valid = 0;

	if (strlen(name) > sizeof(full) - 16 || name[0] == '-' ||
	    git_tag_name_is_valid(&valid, name) != 0 || valid == 0) {
		error_set(error, ERROR_USAGE, "`%s` cannot be the name of a tag", name);
		return error_fix(error, "name another one with `--tag=NAME`, as `v1.2`");
	}
	snprintf(full, sizeof(full), "refs/tags/%s", name);
	if (git_reference_lookup(&found, repository, full) != 0)
		return 0;
	git_reference_free(found);
	error_set(error, ERROR_CONFLICT, "there is a tag `%s` already", name);
	return error_fix(error, "name another one with `--tag=NAME`");
}

int git_tag_look(const char *folder, const char *name, struct error *error)
{
	git_repository *repository;
	int result;

	if (git_start(folder, error) != 0)
		return -1;
	result = open_around(&repository, folder, error);
	if (result == 0 && repository != NULL)
		result = look(repository, name, error);
	git_repository_free(repository);
	git_libgit2_shutdown();
	return result;
}

static int make(git_repository *repository, const char *folder, const char *name,
		const char *commit, struct error *error)
{
	git_object *object = NULL;
	git_oid id;
	int result = look(repository, name, error);

	if (result != 0)
		return -1;
	if (git_revparse_single(&object, repository, commit) != 0 ||
	    git_tag_create_lightweight(&id, repository, name, object, 0) != 0)
		result = git_failed(error, "make the tag", folder);
	git_object_free(object);
	return result;
}

int git_tag_make(const char *folder, const char *name, const char *commit, struct error *error)
{
	git_repository *repository;
	int result;

	if (git_start(folder, error) != 0)
		return -1;
	result = open_around(&repository, folder, error);
	if (result == 0 && repository == NULL)
		result = error_set(error, ERROR_SYSTEM, "`%s` is in no git repository", folder);
	else if (result == 0)
		result = make(repository, folder, name, commit, error);
	git_repository_free(repository);
	git_libgit2_shutdown();
	return result;
}
