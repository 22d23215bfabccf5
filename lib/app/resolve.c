/* Order of the attempts, as esbuild has it: the exact file, the file with each known extension,
 * TypeScript's rewriting of .js to .ts, the folder's index file. tsconfig `paths` come before
 * packages, `baseUrl` after them in TypeScript but before them in esbuild; the bundle is what
 * runs, so esbuild's order counts. */
#include "app/resolve.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"

static struct resolution found(const char *path)
{
	enum dialect dialect;
	bool source = dialect_of(path, &dialect) && !str_ends(path, ".d.ts") &&
		      !str_ends(path, ".d.mts") && !str_ends(path, ".d.cts");

	return (struct resolution){source ? TARGET_MODULE : TARGET_FILE, path};
}

static bool is_file(const struct app *app, const struct tree *tree, const char *path)
{
	return tree_type(tree, app, path) == FS_FILE;
}

/* `x.js` may be written for `x.ts`: TypeScript's own convention. */
static const char *rewritten(const struct app *app, const struct tree *tree, const char *path)
{
	static const struct {
		const char *from;
		const char *to[3];
	} rewrites[] = {
		{".js", {".ts", ".tsx", NULL}},
		{".jsx", {".ts", ".tsx", NULL}},
		{".mjs", {".mts", NULL, NULL}},
		{".cjs", {".cts", NULL, NULL}},
	};
	const char *ext = path_ext(path);
	int stem = (int)(strlen(path) - strlen(ext));

	for (size_t i = 0; i < ARRAY_LEN(rewrites); i++) {
		if (strcmp(ext, rewrites[i].from) != 0)
			continue;
		for (size_t k = 0; rewrites[i].to[k] != NULL; k++) {
			const char *candidate =
				arena_printf(app->arena, "%.*s%s", stem, path, rewrites[i].to[k]);
			if (is_file(app, tree, candidate))
				return candidate;
		}
	}
	return NULL;
}

static const char *with_extension(const struct app *app, const struct tree *tree, const char *path)
{
	static const char *const endings[] = {".tsx", ".ts", ".jsx", ".js", ".css", ".json"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		const char *candidate = arena_printf(app->arena, "%s%s", path, endings[i]);
		if (is_file(app, tree, candidate))
			return candidate;
	}
	return NULL;
}

/* `path` relative to the root and without extension, perhaps. NULL when nothing is there. */
static const char *as_file_or_folder(const struct app *app, const struct tree *tree,
				     const char *path)
{
	const char *hit;

	if (is_file(app, tree, path))
		return path;
	hit = with_extension(app, tree, path);
	if (hit == NULL)
		hit = rewritten(app, tree, path);
	if (hit == NULL && tree_type(tree, app, path) == FS_DIR)
		hit = with_extension(app, tree, path_join(app->arena, path, "index"));
	if (hit == NULL) {
		/* Only types can come from a declaration file, but then it is a file all the same.
		 */
		const char *types = arena_printf(app->arena, "%s.d.ts", path);
		if (is_file(app, tree, types))
			hit = types;
	}
	return hit;
}

/* Whether `specifier` fits a pattern with at most one `*`; *star gets what stands for it. */
static bool fits(struct arena *arena, const char *pattern, const char *specifier, const char **star)
{
	const char *mark = strchr(pattern, '*');
	size_t before, after, len = strlen(specifier);

	if (mark == NULL) {
		*star = "";
		return strcmp(pattern, specifier) == 0;
	}
	before = (size_t)(mark - pattern);
	after = strlen(mark + 1);
	if (len < before + after || strncmp(pattern, specifier, before) != 0 ||
	    strcmp(specifier + len - after, mark + 1) != 0)
		return false;
	*star = arena_strndup(arena, specifier + before, len - before - after);
	return true;
}

/* The best matching entry of `paths`: an exact one, else the longest prefix. */
static const struct tsconfig_path *best_path(const struct app *app, const char *specifier,
					     const char **star)
{
	const struct tsconfig_path *best = NULL;
	size_t best_prefix = 0;

	for (size_t i = 0; i < app->tsconfig.path_count; i++) {
		const struct tsconfig_path *path = &app->tsconfig.paths[i];
		const char *mark = strchr(path->pattern, '*');
		size_t prefix = mark == NULL ? SIZE_MAX : (size_t)(mark - path->pattern);
		const char *text;

		if (fits(app->arena, path->pattern, specifier, &text) &&
		    (best == NULL || prefix > best_prefix)) {
			best = path;
			best_prefix = prefix;
			*star = text;
		}
	}
	return best;
}

static const char *by_alias(const struct app *app, const struct tree *tree, const char *specifier,
			    bool *matched)
{
	const char *star = "";
	const struct tsconfig_path *path = best_path(app, specifier, &star);

	/* The pattern "*" catches packages too: a miss says nothing. */
	*matched = path != NULL && strcmp(path->pattern, "*") != 0;
	for (size_t i = 0; path != NULL && i < path->target_count; i++) {
		const char *mark = strchr(path->targets[i], '*');
		const char *absolute = path->targets[i], *hit;

		if (mark != NULL)
			absolute =
				arena_printf(app->arena, "%.*s%s%s", (int)(mark - path->targets[i]),
					     path->targets[i], star, mark + 1);
		hit = as_file_or_folder(app, tree, path_relative(app->arena, app->root, absolute));
		if (hit != NULL)
			return hit;
	}
	return NULL;
}

/* `#name` by the `imports` of package.json: the longest pattern. */
static const char *by_manifest(const struct app *app, const struct tree *tree,
			       const char *specifier)
{
	const struct manifest_import *best = NULL;
	const char *star = "", *text, *mark;

	for (size_t i = 0; i < app->manifest.import_count; i++) {
		const struct manifest_import *import = &app->manifest.imports[i];

		if (fits(app->arena, import->pattern, specifier, &text) &&
		    (best == NULL || strlen(import->pattern) > strlen(best->pattern))) {
			best = import;
			star = text;
		}
	}
	if (best == NULL)
		return NULL;
	mark = strchr(best->target, '*');
	text = mark == NULL ? best->target
			    : arena_printf(app->arena, "%.*s%s%s", (int)(mark - best->target),
					   best->target, star, mark + 1);
	return as_file_or_folder(app, tree, path_join(app->arena, ".", text));
}

/* What is not found by its whole name is looked for without `?query` and `#hash`. */
static struct resolution without_suffix(const struct app *app, const struct tree *tree,
					const char *importer, const char *specifier)
{
	size_t len = strcspn(specifier, "?#");

	if (len == 0 || specifier[len] == '\0')
		return (struct resolution){TARGET_UNRESOLVED, NULL};
	return resolve_import(app, tree, importer, arena_strndup(app->arena, specifier, len));
}

struct resolution resolve_import(const struct app *app, const struct tree *tree,
				 const char *importer, const char *specifier)
{
	bool relative = strcmp(specifier, ".") == 0 || strcmp(specifier, "..") == 0 ||
			str_starts(specifier, "./") || str_starts(specifier, "../");
	const char *hit = NULL;
	bool matched = false;

	if (relative) {
		hit = as_file_or_folder(
			app, tree,
			path_join(app->arena, path_dir(app->arena, importer), specifier));
	} else if (path_is_absolute(specifier)) {
		hit = as_file_or_folder(app, tree, path_relative(app->arena, app->root, specifier));
	} else {
		hit = by_alias(app, tree, specifier, &matched);
		if (hit == NULL && specifier[0] == '#')
			hit = by_manifest(app, tree, specifier);
		if (hit == NULL && app->tsconfig.base_url != NULL) {
			const char *absolute =
				path_join(app->arena, app->tsconfig.base_url, specifier);
			hit = as_file_or_folder(app, tree,
						path_relative(app->arena, app->root, absolute));
		}
		if (hit == NULL && !matched)
			return (struct resolution){TARGET_PACKAGE, NULL};
	}
	if (hit == NULL)
		return without_suffix(app, tree, importer, specifier);
	if (str_starts(hit, "node_modules/") || strstr(hit, "/node_modules/") != NULL)
		return (struct resolution){TARGET_PACKAGE, NULL};
	return found(hit);
}
