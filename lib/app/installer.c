/* See installer.h. */
#include "app/installer.h"

#include <string.h>

#include "app/app.h"
#include "app/package.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

static const struct {
	const char *lock, *all, *one;
} managers[] = {
	{"pnpm-lock.yaml", "pnpm install", "pnpm add"},
	{"yarn.lock", "yarn install", "yarn add"},
	{"bun.lock", "bun install", "bun add"},
	{"bun.lockb", "bun install", "bun add"},
	{"package-lock.json", "npm install", "npm install"},
	{"npm-shrinkwrap.json", "npm install", "npm install"},
};

enum { MANIFEST_MOST = 1 << 16 };

static const char *const lists[] = {"dependencies", "devDependencies", "peerDependencies",
				    "optionalDependencies"};

/* Without a lock file: `packageManager` of package.json, "pnpm@9.0.0". It is looked for as a text:
 * this is asked for each package that is missing, and a wrong answer is a wrong word in an advice.
 */
static size_t named_manager(struct arena *arena, const char *root, size_t otherwise)
{
	static const char key[] = "\"packageManager\"";
	struct error error = {0};
	const char *at;
	char *text;
	size_t len;

	if (fs_read(arena, path_join(arena, root, "package.json"), MANIFEST_MOST, &text, &len,
		    &error) != 0 ||
	    (at = strstr(text, key)) == NULL)
		return otherwise;
	at += strlen(key);
	at += strspn(at, " \t\r\n:\"");
	for (size_t i = 0; i < ARRAY_LEN(managers); i++) {
		size_t width = strcspn(managers[i].all, " ");

		if (strncmp(at, managers[i].all, width) == 0 && at[width] == '@')
			return i;
	}
	return otherwise;
}

const char *installer_command(struct arena *arena, const char *root, const char *package)
{
	size_t found = ARRAY_LEN(managers);

	for (const char *folder = root; found == ARRAY_LEN(managers);
	     folder = path_dir(arena, folder)) {
		for (size_t i = 0; i < ARRAY_LEN(managers) && found == ARRAY_LEN(managers); i++)
			if (fs_type(path_join(arena, folder, managers[i].lock)) == FS_FILE)
				found = i;
		if (strcmp(folder, "/") == 0)
			break;
	}
	if (found == ARRAY_LEN(managers))
		found = named_manager(arena, root, ARRAY_LEN(managers) - 1);
	if (package == NULL)
		return managers[found].all;
	return arena_printf(arena, "%s %s", managers[found].one, package);
}

/* Whether the package.json of `folder` lists it; NULL: any package. */
static bool folder_lists(const struct app *app, struct arena *arena, const char *folder,
			 const char *package)
{
	cJSON *document = package_read(&app->texts.files, path_join(arena, folder, "package.json"));
	bool listed = false;

	for (size_t i = 0; !listed && i < ARRAY_LEN(lists); i++) {
		const cJSON *list = cJSON_GetObjectItemCaseSensitive(document, lists[i]);

		listed = package == NULL ? cJSON_IsObject(list) && list->child != NULL
					 : cJSON_GetObjectItemCaseSensitive(list, package) != NULL;
	}
	cJSON_Delete(document);
	return listed;
}

bool installer_lists(const struct app *app, struct arena *arena, const char *package)
{
	for (const char *folder = app->root;; folder = path_dir(arena, folder)) {
		if (folder_lists(app, arena, folder, package))
			return true;
		if (strcmp(folder, "/") == 0)
			return false;
	}
}

/* Whether there is such a thing from the app's folder upwards. */
static bool is_upwards(const struct app *app, struct arena *arena, const char *path,
		       enum fs_type type)
{
	for (const char *folder = app->root;; folder = path_dir(arena, folder)) {
		if (files_type(&app->texts.files, path_join(arena, folder, path)) == type)
			return true;
		if (strcmp(folder, "/") == 0)
			return false;
	}
}

bool installer_has(const struct app *app, struct arena *arena, const char *package)
{
	return is_upwards(app, arena, arena_printf(arena, "node_modules/%s", package), FS_DIR);
}

/* Whether packages are in Yarn's archives instead of node_modules folders. */
static bool plays(const struct app *app, struct arena *arena)
{
	return is_upwards(app, arena, ".pnp.cjs", FS_FILE);
}

static bool has_sdk(const struct app *app, struct arena *arena)
{
	return is_upwards(app, arena, "node_modules/attio/package.json", FS_FILE);
}

bool installer_hides(const struct app *app, struct arena *arena)
{
	return plays(app, arena) && !has_sdk(app, arena) && installer_lists(app, arena, "attio");
}

const char *installer_remedy(const struct app *app, struct arena *arena)
{
	if (plays(app, arena) && installer_lists(app, arena, "attio"))
		return "write `nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`";
	return arena_printf(
		arena, "run `%s`",
		installer_command(arena, app->root,
				  installer_lists(app, arena, "attio") ? NULL : "attio"));
}

bool installer_is_due(const struct app *app, struct arena *arena, const char **command)
{
	bool listed;

	if (has_sdk(app, arena) || plays(app, arena))
		return false;
	listed = installer_lists(app, arena, "attio");
	if (!listed && !(folder_lists(app, arena, app->root, NULL) &&
			 is_upwards(app, arena, "node_modules", FS_DIR)))
		return false;
	*command = installer_command(arena, app->root, listed ? NULL : "attio");
	return true;
}
