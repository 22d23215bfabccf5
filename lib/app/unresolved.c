/* See unresolved.h. What the author means is looked for among the app's modules and documents: a
 * slip, another case, an ending that is missing, the right name in another folder. */
#include "app/unresolved.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "app/app.h"
#include "app/installer.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/files.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char *const sdk[] = {"attio", "attio/client", "attio/server", NULL};

bool unresolved_is_package(const char *specifier)
{
	if (specifier[0] == '@')
		return isalnum((unsigned char)specifier[1]) && strchr(specifier, '/') != NULL;
	return isalnum((unsigned char)specifier[0]) && strchr(specifier, ':') == NULL;
}

char *unresolved_package(struct arena *arena, const char *specifier)
{
	const char *end = strchr(specifier, '/');

	if (*specifier == '@' && end != NULL)
		end = strchr(end + 1, '/');
	return end != NULL ? arena_strndup(arena, specifier, (size_t)(end - specifier))
			   : arena_strdup(arena, specifier);
}

bool unresolved_is_sdk(const char *specifier)
{
	static const char *const others[] = {"attio/global", "attio/lint", "attio/package.json",
					     NULL};

	if (!str_starts(specifier, "attio/"))
		return false;
	for (size_t i = 0; sdk[i] != NULL; i++)
		if (strcmp(sdk[i], specifier) == 0)
			return false;
	for (size_t i = 0; others[i] != NULL; i++)
		if (strcmp(others[i], specifier) == 0)
			return false;
	return true;
}

bool unresolved_is_elsewhere(const char *specifier)
{
	size_t len = strspn(specifier, "abcdefghijklmnopqrstuvwxyz-+");

	if (str_starts(specifier, "//"))
		return true;
	return len > 1 && specifier[len] == ':' && !str_starts(specifier, "node:") &&
	       !str_starts(specifier, "data:");
}

bool unresolved_is_schema(const struct app *app, struct arena *arena, const char *importer,
			  const char *specifier)
{
	return specifier[0] == '.' && app_definition(app, DEF_SETTINGS_PAGE, 0) != NULL &&
	       app_definition(app, DEF_SETTINGS_SCHEMA, 0) == NULL &&
	       path_is_under(path_join(arena, path_dir(arena, importer), specifier),
			     FOLDER_SETTINGS);
}

/* --- what is meant ------------------------------------------------------------------------------
 */

/* How an import in `folder` spells a file. */
static const char *spell(struct arena *arena, const char *folder, const char *path)
{
	const char *spelled = path_relative(arena, folder, path), *ext = path_ext(path);
	enum dialect dialect;
	size_t len;

	if (spelled[0] != '.')
		spelled = arena_printf(arena, "./%s", spelled);
	len = strlen(spelled);
	if (dialect_of(path, &dialect))
		len -= strlen(ext);
	spelled = arena_strndup(arena, spelled, len);
	if (str_ends(spelled, "/index") && len > strlen("./index"))
		spelled = arena_strndup(arena, spelled, len - strlen("/index"));
	return spelled;
}

static const char **spell_all(const struct app *app, struct arena *arena, const char *importer)
{
	const char *folder = path_dir(arena, importer);
	const char **list =
		arena_alloc(arena, (app->module_count + app->documents.count + 1) * sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < app->module_count; i++)
		if (strcmp(app->modules[i]->path, importer) != 0)
			list[count++] = spell(arena, folder, app->modules[i]->path);
	for (size_t i = 0; i < app->documents.count; i++)
		list[count++] = spell(arena, folder, app->documents.items[i].path);
	list[count] = NULL;
	return list;
}

/* The same but for one of the endings that the SDK gives a meaning. */
static bool lacks_ending(const char *spelled, const char *specifier)
{
	static const char *const endings[] = {".server", ".graphql", ".gql"};
	size_t len = strlen(specifier);

	if (strncasecmp(spelled, specifier, len) != 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (strcmp(spelled + len, endings[i]) == 0)
			return true;
	return false;
}

/* The only file of that name, wherever it is. */
static const char *by_name(const char *const *list, const char *specifier)
{
	const char *name = path_base(specifier), *found = NULL;

	for (; *list != NULL; list++) {
		if (strcasecmp(path_base(*list), name) != 0 &&
		    !lacks_ending(path_base(*list), name))
			continue;
		if (found != NULL)
			return NULL;
		found = *list;
	}
	return found;
}

/* Without what a slip adds: blanks around it, and backslashes for slashes. */
static const char *tidied(struct arena *arena, const char *specifier)
{
	char *text = arena_strdup(arena, specifier + strspn(specifier, " \t"));

	for (char *at = text; (at = strchr(at, '\\')) != NULL; at++)
		*at = '/';
	for (size_t len = strlen(text); len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t');)
		text[--len] = '\0';
	return text;
}

/* A backslash that stands alone in a string is gone. */
static bool is_same_but_slashes(const char *spelled, const char *specifier)
{
	for (; *spelled != '\0'; spelled++) {
		if (*spelled == '/')
			continue;
		if (*spelled != *specifier)
			return false;
		specifier++;
	}
	return *specifier == '\0';
}

static const char *meant(const struct app *app, struct arena *arena, const char *importer,
			 const char *specifier)
{
	const char *const *list = spell_all(app, arena, importer);
	enum dialect dialect;
	const char *near;

	for (size_t i = 0; strchr(specifier, '/') == NULL && list[i] != NULL; i++)
		if (is_same_but_slashes(list[i], specifier))
			return list[i];
	specifier = tidied(arena, specifier);

	if (dialect_of(specifier, &dialect))
		specifier = arena_strndup(arena, specifier,
					  strlen(specifier) - strlen(path_ext(specifier)));
	for (size_t i = 0; list[i] != NULL; i++)
		if (strcasecmp(list[i], specifier) == 0)
			return list[i];
	for (size_t i = 0; list[i] != NULL; i++)
		if (lacks_ending(list[i], specifier))
			return list[i];
	near = by_name(list, specifier);
	return near != NULL ? near : str_nearest(specifier, list);
}

/* The file of a path that is written from the app's folder, or from `src`. */
static const char *meant_from_root(const struct app *app, struct arena *arena, const char *importer,
				   const char *specifier)
{
	static const char *const marks[] = {"/", "@/", "~/", "#", "#/", "src/", "/src/", "@/src/"};
	const char *folder = path_dir(arena, importer), *const * list;

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *rest = specifier + strlen(marks[i]), *path;

		if (!str_starts(specifier, marks[i]) || *rest == '\0' || *rest == '/')
			continue;
		list = spell_all(app, arena, importer);
		path = spell(arena, folder, arena_printf(arena, "src/%s", rest));
		for (size_t k = 0; list[k] != NULL; k++)
			if (strcasecmp(list[k], path) == 0 || lacks_ending(list[k], path))
				return list[k];
	}
	return NULL;
}

/* A name of the SDK, or a file of the same folder without its `./`. */
static const char *meant_for_package(const struct app *app, struct arena *arena,
				     const char *importer, const char *specifier)
{
	const char *name = specifier[0] == '@' ? specifier + 1 : specifier, *near;
	const char *const *list;

	near = str_nearest(name, sdk);
	if (near != NULL && (str_starts(name, "attio") || strcmp(near, "attio") != 0))
		return near;
	if (importer == NULL)
		return NULL;
	near = meant_from_root(app, arena, importer, specifier);
	if (near != NULL)
		return near;
	list = spell_all(app, arena, importer);
	for (; *list != NULL; list++)
		if (strcasecmp(*list, arena_printf(arena, "./%s", specifier)) == 0)
			return *list;
	return NULL;
}

static struct unresolved of_package(const struct app *app, struct arena *arena,
				    const char *importer, const char *specifier)
{
	const char *package = unresolved_package(arena, specifier);
	struct unresolved said = {0};

	said.instead = meant_for_package(app, arena, importer, specifier);
	if (unresolved_is_sdk(specifier)) {
		said.message =
			arena_printf(arena, "the package `attio` does not offer `%s`", specifier);
		said.help = "it offers `attio/client` and `attio/server`, and what both have as "
			    "`attio`";
	} else if (!installer_has(app, arena, package)) {
		said.message = arena_printf(arena, "the package `%s` is not installed", package);
		said.help = arena_printf(
			arena, "run `%s`",
			installer_command(arena, app->root,
					  installer_lists(app, arena, package) ? NULL : package));
	} else {
		said.message =
			strcmp(package, specifier) == 0
				? arena_printf(arena,
					       "the package `%s` has nothing to import for this "
					       "platform",
					       package)
				: arena_printf(arena, "the package `%s` does not offer `%s`",
					       package, specifier);
		said.help = "look at `exports` in its package.json: the conditions `browser`, "
			    "`import` and `module` are used here";
		said.instead = NULL;
	}
	return said;
}

/* What another runtime would fetch. */
static struct unresolved of_elsewhere(const struct app *app, struct arena *arena,
				      const char *specifier)
{
	const char *rest = strchr(specifier, ':');
	struct unresolved said = {
		.message = arena_printf(arena, "a bundle cannot load `%s`", specifier),
		.help = "install the package, and import it by its name"};

	if (str_starts(specifier, "npm:")) {
		char *package = unresolved_package(arena, rest + 1 + (rest[1] == '/'));

		package[strcspn(package + 1, "@") + 1] = '\0';
		said.help = arena_printf(arena, "run `%s` and import `%s`",
					 installer_command(arena, app->root, package), package);
	} else if (str_starts(specifier, "file:")) {
		said.help = "import the file by a path that is relative to this one";
	} else if (str_starts(specifier, "http") || str_starts(specifier, "//")) {
		said.help = "install the package that is there, and import it by its name; or copy "
			    "the file into the app";
	}
	return said;
}

/* What stands where the import leads, under a name that is no source's. */
static const char *look_around(const struct app *app, struct arena *arena, const char *importer,
			       const char *specifier)
{
	static const char *const endings[] = {".ts.txt",  ".tsx.txt", ".js.txt", ".ts.ts",
					      ".tsx.tsx", ".ts.js",   NULL};
	const char *path = path_join(arena, path_dir(arena, importer), specifier);
	enum dialect any;

	if (path_is_under("..", path) || str_starts(path, ".."))
		return NULL;
	for (size_t i = 0; endings[i] != NULL; i++) {
		const char *there = arena_printf(arena, "%s%s", path, endings[i]);

		if (files_type(&app->texts.files, path_join(arena, app->root, there)) == FS_FILE)
			return arena_printf(arena, "`%s` is there: rename it to `%s%.*s`", there,
					    path_base(path), (int)strcspn(endings[i] + 1, ".") + 1,
					    endings[i]);
	}
	if (files_type(&app->texts.files, path_join(arena, app->root, path)) == FS_DIR)
		return arena_printf(
			arena, "`%s` is a folder without an `index.ts`: name the file in it", path);
	if (!dialect_of(path, &any) &&
	    files_type(&app->texts.files,
		       path_join(arena, app->root, arena_printf(arena, "%s.d.ts", path))) ==
		    FS_FILE)
		return arena_printf(
			arena,
			"`%s.d.ts` only says what types there are: write `import type`, "
			"or put the code into `%s.ts`",
			path, path_base(path));
	return NULL;
}

struct unresolved unresolved_import(const struct app *app, struct arena *arena,
				    const char *importer, const char *specifier)
{
	const char *path = tidied(arena, specifier), *around = NULL;
	struct unresolved said = {0};

	if (unresolved_is_elsewhere(specifier))
		return of_elsewhere(app, arena, specifier);
	if (path[0] == '.' || path[0] == '/') {
		said.message = arena_printf(arena, "there is no file for `%s`", specifier);
		said.help = "check the path, which starts at the importing file's folder, and the "
			    "spelling";
		if (importer != NULL && path[0] == '.')
			around = look_around(app, arena, importer, path);
		if (around != NULL)
			said.help = around;
		else if (importer != NULL && path[0] == '.')
			said.instead = meant(app, arena, importer, specifier);
		else if (importer != NULL)
			said.instead = meant_from_root(app, arena, importer, path);
	} else if (unresolved_is_package(specifier) &&
		   !str_equal(unresolved_package(arena, specifier), app->manifest.name)) {
		said = of_package(app, arena, importer, specifier);
	} else {
		said.message = arena_printf(arena, "`%s` leads to no file", specifier);
		said.help = specifier[0] == '\0' ? "say what is to be imported"
						 : app_alias_remedy(app, specifier);
		if (importer != NULL)
			said.instead = meant_from_root(app, arena, importer, specifier);
	}
	if (said.instead != NULL)
		said.help = arena_printf(arena, "did you mean `%s`?", said.instead);
	return said;
}
