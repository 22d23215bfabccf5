/* See project.h. */
#include "cli/project.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "bundle/judge.h"
#include "cli/cli.h"
#include "sys/cache.h"
#include "sys/fs.h"
#include "sys/path.h"

static struct cache_place cache_place_of(struct cli *cli)
{
	return (struct cache_place){
		.named = cli_env(cli, "ATTIO_CACHE_DIR"),
		.xdg = cli_env(cli, "XDG_CACHE_HOME"),
		.home = cli_env(cli, "HOME"),
	};
}

char *project_cache_folder(struct cli *cli, const char *root)
{
	const struct cache_place place = cache_place_of(cli);

	return cache_folder(cli->arena, root, &place);
}

char *project_cache(struct cli *cli, const char *root)
{
	return cli->globals.no_cache ? NULL : project_cache_folder(cli, root);
}

char *project_user_cache(struct cli *cli)
{
	const struct cache_place place = cache_place_of(cli);

	return cli->globals.no_cache ? NULL : cache_user_folder(cli->arena, &place);
}

const struct syntax_judge *project_judge(struct cli *cli)
{
	struct judge *judge = arena_alloc(cli->arena, sizeof(*judge));

	judge_init(judge, cli_env(cli, "ESBUILD_BINARY_PATH"));
	return &judge->syntax;
}

const char *project_root(struct cli *cli, const char *path, struct error *error)
{
	const char *named = path != NULL ? path_join(cli->arena, cli->cwd, path) : cli->cwd;
	const char *real = fs_real_path(cli->arena, named, error), *found = NULL;

	if (real != NULL && fs_type(real) == FS_DIR)
		found = app_find(cli->arena, real);
	else if (real != NULL)
		error_set(error, ERROR_USAGE, "`%s` is not a folder", named);
	if (real == NULL || fs_type(real) != FS_DIR) {
		if (!error->shortage)
			error->kind = ERROR_USAGE; /* it is an argument */
		if (error->fix[0] == '\0')
			error_fix(error, "name the folder of an app");
		return NULL;
	}
	return found != NULL ? found : real;
}

const char *project_root_of_app(struct cli *cli, const char *path, struct error *error)
{
	const char *root = project_root(cli, path, error);

	if (root == NULL || app_find(cli->arena, root) != NULL)
		return root;
	error_set(error, ERROR_USAGE, "there is no Attio app in `%s`", root);
	error_why(error, "neither it nor a folder above it holds `src/app.ts` or `src/app/`");
	const char *below = app_names_below(cli->arena, root);
	if (below != NULL)
		error_fix(error, "go to one of the apps below, with `cd` or `-C`: %s", below);
	else
		error_fix(error, "go to the folder of an app, or start one: `attio init my-app`");
	return NULL;
}

bool project_asks_git(struct cli *cli, const char *root)
{
	if (root == NULL || fs_find_up(cli->arena, root, ".git", FS_NONE) == NULL)
		return false;
	for (const char *const *name = app_private_files; *name != NULL; name++)
		if (fs_type(path_join(cli->arena, root, *name)) == FS_FILE)
			return true;
	return false;
}

bool groups_ask_git(struct cli *cli, const struct project_groups *groups)
{
	bool asks = false;

	for (size_t i = 0; i < groups->count && !asks; i++)
		asks = project_asks_git(cli, groups->items[i].root);
	return asks;
}

int project_open(struct cli *cli, const char *path, struct sources *sources, struct app *app)
{
	struct error error = {0};
	const char *root = project_root(cli, path, &error);
	const struct app_options options = {
		.cache = root != NULL ? project_cache(cli, root) : NULL,
		.sources = sources,
		.judge = project_judge(cli),
	};

	if (root != NULL && app_open(app, root, &options, &error) == 0)
		return EXIT_OK;
	if (!error.shortage)
		error.kind = ERROR_USAGE; /* the folder is an argument */
	if (error.fix[0] == '\0')
		error_fix(&error, "name the folder of an app");
	return cli_fail(cli, &error);
}

/* --- scopes ------------------------------------------------------------------------------------
 */

/* The folder without links; one that may be new is told by the nearest that is there. */
static const char *real_folder(struct cli *cli, const char *folder, bool may_be_new,
			       struct error *error)
{
	if (!may_be_new || fs_type(folder) != FS_NONE)
		return fs_real_path(cli->arena, folder, error);
	const char *above = real_folder(cli, path_dir(cli->arena, folder), may_be_new, error);
	return above != NULL ? path_join(cli->arena, above, path_base(folder)) : NULL;
}

/* Absolute; the folder part without links, so that it can be compared. A link to a file stays. */
static const char *resolve(struct cli *cli, const char *path, bool may_be_new, bool *is_folder,
			   struct error *error)
{
	const char *full = path_join(cli->arena, cli->cwd, path);
	enum fs_type type = fs_type(full);

	*is_folder = type == FS_DIR;
	if (type == FS_DIR || (type == FS_NONE && !may_be_new))
		return fs_real_path(cli->arena, full, error); /* tells what is wrong */
	const char *folder = real_folder(cli, path_dir(cli->arena, full), may_be_new, error);
	return folder != NULL ? path_join(cli->arena, folder, path_base(full)) : NULL;
}

static int add_path(struct cli *cli, struct project *project, const char *path, bool may_be_new,
		    bool *whole, struct error *error)
{
	bool is_folder;
	const char *real = resolve(cli, path, may_be_new, &is_folder, error);

	if (real == NULL) {
		if (error->shortage)
			return -1;
		error->kind = ERROR_USAGE;
		return error_fix(error, "name the folder of an app, or files in one");
	}
	const char *root = app_find(cli->arena, is_folder ? real : path_dir(cli->arena, real));
	if (root == NULL && !is_folder) {
		error_set(error, ERROR_USAGE, "`%s` belongs to no app", path);
		error_why(error, "no folder above it holds `src/app.ts` or `src/app/`");
		return error_fix(error, "name the folder of an app, or files in one");
	}
	if (root == NULL)
		root = real;
	if (project->root != NULL && strcmp(project->root, root) != 0) {
		error_set(error, ERROR_USAGE, "the paths belong to different apps");
		error_why(error, "`%s` and `%s`", project->root, root);
		return error_fix(error, "name one app");
	}
	project->root = root;
	if (strcmp(root, real) == 0) {
		*whole = true;
		return 0;
	}
	const char **item =
		arena_push(cli->arena, &project->paths, &project->count, sizeof(*project->paths));
	*item = path_relative(cli->arena, root, real);
	return 0;
}

int project_find(struct cli *cli, const char *const *paths, bool may_be_new,
		 struct project *project, struct error *error)
{
	static const char *const here[] = {".", NULL};
	bool whole = paths == NULL || paths[0] == NULL;

	*project = (struct project){0};
	for (const char *const *path = whole ? here : paths; *path != NULL; path++)
		if (add_path(cli, project, *path, may_be_new, &whole, error) != 0)
			return -1;
	if (whole)
		project->count = 0;
	return 0;
}

/* The group of the app that the path belongs to. */
static struct project_group *group_of(struct cli *cli, struct project_groups *groups,
				      const char *path, struct error *error)
{
	struct project_group *group;
	struct project one = {0};
	bool whole = false;

	if (add_path(cli, &one, path, true, &whole, error) != 0)
		return NULL;
	for (size_t i = 0; i < groups->count; i++)
		if (strcmp(groups->items[i].root, one.root) == 0)
			return &groups->items[i];
	group = arena_push(cli->arena, &groups->items, &groups->count, sizeof(*group));
	*group = (struct project_group){.root = one.root,
					.name = path_relative(cli->arena, cli->cwd, one.root)};
	return group;
}

int project_split(struct cli *cli, const char *const *paths, struct project_groups *groups,
		  struct error *error)
{
	*groups = (struct project_groups){0};
	for (size_t i = 0; paths != NULL && paths[i] != NULL; i++) {
		struct project_group *group = group_of(cli, groups, paths[i], error);
		const char **slot;

		if (group == NULL)
			return -1;
		slot = arena_push(cli->arena, &group->paths, &group->count, sizeof(*slot));
		*slot = paths[i];
	}
	for (size_t i = 0; i < groups->count; i++) {
		struct project_group *group = &groups->items[i];
		const char **end =
			arena_push(cli->arena, &group->paths, &group->count, sizeof(*end));

		*end = NULL;
	}
	return 0;
}

const char *project_repository(struct arena *arena, const char *folder)
{
	const char *found = fs_find_up(arena, folder, ".git", FS_NONE);

	return found != NULL ? found : folder;
}
