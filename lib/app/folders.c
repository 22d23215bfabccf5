#include "app/folders.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/mem.h"
#include "sys/path.h"

enum fs_type folders_type(const struct folders *folders, const char *path)
{
	const char *root = folders->app->root;
	size_t len = strlen(root);

	if (path_is_under(path, root))
		path = path[len] == '\0' ? "." : path + len + 1;
	return tree_type(folders->tree, folders->app, path);
}

static const struct tsconfig *tsconfig_of(struct folders *folders, const struct folder *folder)
{
	static const char *const names[] = {"tsconfig.json", "jsconfig.json"};
	struct app *app = folders->app;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *path = path_join(app->arena, folder->path, names[i]);
		struct tsconfig *tsconfig;

		if (folders_type(folders, path) != FS_FILE)
			continue;
		if (i == 0 && strcmp(folder->path, app->root) == 0)
			return &app->tsconfig;
		tsconfig = arena_alloc(app->arena, sizeof(*tsconfig));
		tsconfig_read_other(tsconfig, &app->texts, path);
		return tsconfig;
	}
	return NULL;
}

static void look_inside(struct folders *folders, struct folder *folder)
{
	struct app *app = folders->app;
	struct package *package = package_open(app->arena, &app->texts.files, folder->path);
	const struct tsconfig *tsconfig =
		folder->inside_modules ? NULL : tsconfig_of(folders, folder);

	folder->has_modules = strcmp(path_base(folder->path), "node_modules") != 0 &&
			      folders_type(folders, path_join(app->arena, folder->path,
							      "node_modules")) == FS_DIR;
	if (package != NULL) {
		struct package **slot =
			arena_push(app->arena, &folders->packages, &folders->package_count,
				   sizeof(struct package *));
		*slot = package;
		folder->package = folder->nearest = package;
		if (package->browser != NULL) {
			folder->browser = package;
			folder->browser_folder = folder;
		}
	}
	if (tsconfig != NULL)
		folder->tsconfig = tsconfig;
	if (folder->parent == NULL || folder->has_modules || package != NULL || tsconfig != NULL)
		folder->scope = folder;
}

const struct folder *folder_find(struct folders *folders, const char *path)
{
	struct folder *folder = map_get(&folders->by_path, path);
	const struct folder *parent = NULL;

	if (folder != NULL)
		return folder->path != NULL ? folder : NULL;
	folder = arena_alloc(folders->app->arena, sizeof(*folder));
	*folder = (struct folder){0};
	map_set(&folders->by_path, arena_strdup(folders->app->arena, path), folder);
	if (folders_type(folders, path) != FS_DIR)
		return NULL;
	if (strcmp(path, "/") != 0) {
		parent = folder_find(folders, path_dir(folders->app->arena, path));
		if (parent == NULL)
			return NULL;
		*folder = *parent;
	}
	folder->path = arena_strdup(folders->app->arena, path);
	folder->parent = parent;
	folder->package = NULL;
	folder->inside_modules |= strcmp(path_base(path), "node_modules") == 0;
	look_inside(folders, folder);
	return folder;
}

void folders_dispose(struct folders *folders)
{
	for (size_t i = 0; i < folders->package_count; i++)
		package_dispose(folders->packages[i]);
	map_dispose(&folders->by_path);
}
