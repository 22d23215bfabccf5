/* Resolution asks for many files that do not exist; answering from one listing of src/ instead of
 * the file system keeps large apps fast. */
#include "app/tree.h"

#include <string.h>

#include "app/app.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

/* Deeper than any sane source tree; stops bind-mount loops. */
#define TREE_DEPTH 64

/* A link out of the repository is told even where nothing imports it: the bundler and the compiler
 * would follow it. The reading of a module or a GraphQL document tells its own. */
static void check_link(struct app *app, const char *path)
{
	enum dialect dialect;
	struct error error = {0};

	if ((dialect_of(path, &dialect) && !str_ends(path, ".d.ts")) ||
	    str_ends(path, ".graphql") || str_ends(path, ".gql") ||
	    bounds_read(app->bounds, path_join(app->arena, app->root, path), &error) == 0)
		return;
	diag_add(&app->problems, &problem_file_unreadable, (struct place){.file = path},
		 "`%s` cannot be read", path)
		->help = arena_strdup(app->arena, error.why);
}

/* No part of the program, as long as nothing imports it; but it looks like one. */
static void tell_dangling(struct app *app, const char *path)
{
	enum dialect dialect;
	struct diag *diag;

	if (!dialect_of(path, &dialect))
		return;
	diag = diag_add(&app->problems, &problem_file_unreadable, (struct place){.file = path},
			"`%s` is a link that leads nowhere", path);
	diag->severity = SEVERITY_WARNING;
	diag->help = "mend or remove the link; until then it is no part of the app";
}

static void list_folder(struct tree *tree, struct app *app, const char *folder, int depth)
{
	struct arena *arena = app->arena;
	struct fs_entry *entries;
	size_t count;
	struct error error = {0};

	if (depth > TREE_DEPTH) {
		diag_add(&app->problems, &problem_file_unreadable, (struct place){.file = folder},
			 "the folder `%s` lies too deep, nothing in it is read", folder)
			->help = arena_printf(arena, "move it up: at most %d folders below `src`",
					      TREE_DEPTH);
		return;
	}
	if (files_list(&app->texts.files, folder, &entries, &count, &error) != 0) {
		struct diag *diag = diag_add(&app->problems, &problem_file_unreadable,
					     (struct place){.file = folder},
					     "the folder `%s` cannot be read", folder);
		diag->help = arena_strdup(arena, error.why[0] != '\0' ? error.why : error.message);
		return;
	}
	map_set(&tree->folder_set, folder, folder);
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(arena, folder, entries[i].name);

		app->has_links |= entries[i].link;
		if (path_is_hidden(path))
			continue;
		if (entries[i].link && entries[i].type == FS_NONE) {
			tell_dangling(app, path);
			continue;
		}
		if (entries[i].link)
			check_link(app, path);
		if (entries[i].type == FS_DIR) {
			if (!entries[i].link && strcmp(entries[i].name, "node_modules") != 0)
				list_folder(tree, app, path, depth + 1);
			continue;
		}
		const char **slot =
			arena_push(arena, &tree->files, &tree->file_count, sizeof(*slot));
		*slot = path;
		if (entries[i].type == FS_FILE)
			map_set(&tree->file_set, path, path);
		else
			map_set(&tree->other_set, path, path);
	}
}

void tree_read(struct tree *tree, struct app *app)
{
	const char *src = path_join(app->arena, app->root, FOLDER_SRC), *real;
	struct error error = {0};

	real = fs_real_path(app->arena, src, &error);
	error_keep_shortage(app->shortage, &error);
	app->has_links = real != NULL && strcmp(real, src) != 0;
	if (files_type(&app->texts.files, FOLDER_SRC) == FS_DIR)
		list_folder(tree, app, FOLDER_SRC, 0);
}

void tree_dispose(struct tree *tree)
{
	map_dispose(&tree->file_set);
	map_dispose(&tree->other_set);
	map_dispose(&tree->folder_set);
}

enum fs_type tree_type(const struct tree *tree, const struct app *app, const char *path)
{
	if (map_get(&tree->file_set, path) != NULL)
		return FS_FILE;
	if (map_get(&tree->folder_set, path) != NULL)
		return FS_DIR;
	if (map_get(&tree->other_set, path) != NULL)
		return FS_OTHER;
	/* A file of a listed folder that is not in the list does not exist; what looks like a
	 * folder there was hidden, linked or node_modules. */
	if (map_get(&tree->folder_set, path_dir(app->arena, path)) != NULL &&
	    path_ext(path)[0] != '\0' && path_base(path)[0] != '.')
		return FS_NONE;
	return files_type(&app->texts.files, path);
}

bool tree_has_entry(const struct files *files, const char *name)
{
	struct fs_entry *entries;
	struct error error = {0};
	size_t count;

	if (files_type(files, name) != FS_NONE)
		return true;
	if (files_list(files, ".", &entries, &count, &error) != 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(entries[i].name, name) == 0)
			return true;
	}
	return false;
}
