/* The order of the attempts is esbuild's (internal/resolver of 0.27, read, and measured by
 * tests/graph). tsconfig `paths` come before packages, `baseUrl` after them in TypeScript but
 * before them in esbuild; the bundle is what runs. Not followed: Yarn's Plug'n'Play. */
#include "app/resolve.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "app/subpaths.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

/* The question that is being answered. Paths are absolute; NULL: there is no such file. */
struct query {
	struct resolver *resolver;
	struct arena *arena;
	bool require;
	bool own; /* what is asked for is the app's: an entry of `paths` fits, or it is its own name
		   */
};

/* What was found: `empty` where a `browser` map leaves the module empty. */
struct hit {
	const char *path;
	bool empty;
};

static const struct hit nothing;

/* --- files ---------------------------------------------------------------------------------------
 */

/* A pipe counts: the bundler would open it. */
static bool is_file(const struct query *q, const char *path)
{
	enum fs_type type = folders_type(&q->resolver->folders, path);

	return type == FS_FILE || type == FS_OTHER;
}

/* `x.js` may be written for `x.ts`: TypeScript's own convention. */
static const char *rewritten(const struct query *q, const char *path)
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
				arena_printf(q->arena, "%.*s%s", stem, path, rewrites[i].to[k]);
			if (is_file(q, candidate))
				return candidate;
		}
	}
	return NULL;
}

/* What packages ship compiled counts before its source. */
static const char *with_ending(const struct query *q, const char *path)
{
	static const char *const own[] = {".tsx", ".ts", ".jsx", ".js", ".css", ".json"};
	static const char *const packaged[] = {".jsx", ".js", ".tsx", ".ts", ".css", ".json"};
	const char *const *endings = strstr(path, "/node_modules/") != NULL ? packaged : own;

	for (size_t i = 0; i < ARRAY_LEN(own); i++) {
		const char *candidate = arena_printf(q->arena, "%s%s", path, endings[i]);

		if (is_file(q, candidate))
			return candidate;
	}
	return NULL;
}

static const char *as_file(const struct query *q, const char *path)
{
	const char *hit;

	if (is_file(q, path))
		return path;
	hit = with_ending(q, path);
	return hit != NULL ? hit : rewritten(q, path);
}

/* --- the `browser` map ---------------------------------------------------------------------------
 */

static int remap_path(const struct query *q, const struct folder *folder, const char *path,
		      const char **to)
{
	const char *relative;
	int found;

	if (folder == NULL || folder->browser == NULL)
		return 0;
	relative = path_relative(q->arena, folder->browser->folder, path);
	if (strcmp(relative, ".") == 0)
		return 0;
	found = package_remap(folder->browser, q->arena, relative, true, to);
	if (found == 0 && !path_is_relative(relative))
		found = package_remap(folder->browser, q->arena,
				      arena_printf(q->arena, "./%s", relative), true, to);
	return found;
}

/* A name, which "./name" in the map means as well, within one package. */
static int remap_name(const struct query *q, const struct folder *folder, const char *name,
		      const char **to)
{
	const char *relative;
	int found;

	if (folder->browser == NULL)
		return 0;
	found = package_remap(folder->browser, q->arena, name, true, to);
	for (const struct folder *at = folder; found == 0 && at != folder->browser_folder;
	     at = at->parent) {
		if (strcmp(path_base(at->path), "node_modules") == 0)
			return 0;
	}
	if (found != 0)
		return found;
	relative = path_relative(q->arena, folder->browser->folder,
				 path_join(q->arena, folder->path, name));
	return package_remap(folder->browser, q->arena, arena_printf(q->arena, "./%s", relative),
			     false, to);
}

/* --- folders -------------------------------------------------------------------------------------
 */

static struct hit as_index(const struct query *q, const char *folder)
{
	return (struct hit){with_ending(q, path_join(q->arena, folder, "index")), false};
}

static struct hit as_mapped_index(const struct query *q, const struct folder *folder)
{
	const char *to, *path = path_join(q->arena, folder->path, "index");

	if (remap_path(q, folder, path, &to) == 0)
		return as_index(q, folder->path);
	if (to == NULL)
		return (struct hit){path, true};
	path = path_join(q->arena, folder->path, to);
	to = as_file(q, path);
	return to != NULL ? (struct hit){to, false} : as_index(q, path);
}

static struct hit by_field(const struct query *q, const struct folder *folder, const char *value)
{
	const char *to, *path = path_join(q->arena, folder->path, value);

	if (remap_path(q, folder, path, &to) != 0) {
		if (to == NULL)
			return (struct hit){path, true};
		path = path_join(q->arena, folder->path, to);
	}
	to = as_file(q, path);
	if (to != NULL)
		return (struct hit){to, false};
	folder = folder_find(&q->resolver->folders, path);
	return folder != NULL ? as_mapped_index(q, folder) : nothing;
}

/* "browser", "module", "main" of the folder's package.json; what is required is `main` where there
 * are both. */
static struct hit by_main(const struct query *q, const struct folder *folder)
{
	static const char *const fields[] = {"browser", "module", "main"};

	for (size_t i = 0; folder->package != NULL && i < ARRAY_LEN(fields); i++) {
		const char *value = package_field(folder->package, fields[i]), *main;
		struct hit hit = value != NULL ? by_field(q, folder, value) : nothing, other;

		if (hit.path == NULL)
			continue;
		if (i != 1 || !q->require)
			return hit;
		main = package_field(folder->package, "main");
		other = main != NULL ? by_field(q, folder, main) : as_mapped_index(q, folder);
		return other.path != NULL ? other : hit;
	}
	return nothing;
}

static struct hit as_folder(const struct query *q, const char *path)
{
	const struct folder *folder = folder_find(&q->resolver->folders, path);
	struct hit hit;

	if (folder == NULL)
		return nothing;
	hit = by_main(q, folder);
	return hit.path != NULL ? hit : as_mapped_index(q, folder);
}

static struct hit as_file_or_folder(const struct query *q, const char *path)
{
	const char *file = as_file(q, path);

	return file != NULL ? (struct hit){file, false} : as_folder(q, path);
}

/* --- tsconfig.json -------------------------------------------------------------------------------
 */

static const struct tsconfig *tsconfig_for(const struct folder *folder)
{
	return folder->inside_modules ? NULL : folder->tsconfig;
}

/* The best fitting entry of `paths`: an exact one, else the longest prefix, then the longest end.
 */
static const struct tsconfig_path *best_path(const struct tsconfig *tsconfig, const char *specifier)
{
	const struct tsconfig_path *exact = patterns_exact(&tsconfig->by_pattern, specifier);

	return exact != NULL && strchr(specifier, '*') == NULL
		       ? exact
		       : patterns_best(&tsconfig->by_pattern, specifier, false);
}

static struct hit by_paths(struct query *q, const struct tsconfig *tsconfig, const char *specifier)
{
	const struct tsconfig_path *path = best_path(tsconfig, specifier);
	const char *star = path != NULL ? strchr(path->pattern, '*') : NULL;
	size_t before = star != NULL ? (size_t)(star - path->pattern) : 0;

	if (path == NULL)
		return nothing;
	/* The pattern "*" catches packages too: a miss says nothing. */
	q->own = q->own || strcmp(path->pattern, "*") != 0;
	for (size_t i = 0; i < path->target_count; i++) {
		const char *target = path->targets[i], *mark = strchr(target, '*');
		struct hit hit;

		if (star != NULL && mark != NULL)
			target = arena_printf(q->arena, "%.*s%.*s%s", (int)(mark - target), target,
					      (int)(strlen(specifier) - before - strlen(star + 1)),
					      specifier + before, mark + 1);
		hit = as_file_or_folder(q, path_join(q->arena, "/", target));
		if (hit.path != NULL)
			return hit;
	}
	return nothing;
}

/* --- packages ------------------------------------------------------------------------------------
 */

static struct hit by_name(struct query *q, const struct folder *folder, const char *specifier,
			  bool imports);

static struct hit in_package(const struct query *q, const char *folder, struct subpath target)
{
	const char *path;

	if (target.kind == SUBPATH_NONE)
		return nothing;
	path = path_join(q->arena, folder, target.path + 1);
	if (target.kind == SUBPATH_INEXACT)
		return as_file_or_folder(q, path);
	return (struct hit){is_file(q, path) ? path : rewritten(q, path), false};
}

static struct hit by_exports(const struct query *q, const struct package *package,
			     const char *subpath)
{
	return in_package(q, package->folder,
			  subpath_export(q->arena, package->exports, subpath,
					 q->require ? USE_REQUIRE : USE_IMPORT));
}

static struct hit by_imports(struct query *q, const struct folder *folder, const char *specifier)
{
	struct subpath target = subpath_import(q->arena, folder->package->imports, specifier,
					       q->require ? USE_REQUIRE : USE_IMPORT);

	if (target.kind == SUBPATH_PACKAGE)
		return by_name(q, folder, target.path, false);
	return in_package(q, folder->path, target);
}

/* Something that is written in a `browser` map, seen from where the map is. */
static struct hit by_remapped(struct query *q, const struct folder *folder, const char *to)
{
	if (path_is_relative(to) || path_is_absolute(to))
		return as_file_or_folder(q, path_join(q->arena, folder->path, to));
	return by_name(q, folder, to, true);
}

/* In one node_modules folder. True: this is the answer, also when there is no file. */
static bool in_modules(struct query *q, const char *modules, const char *specifier, struct hit *hit)
{
	const char *path = path_join(q->arena, modules, specifier), *subpath, *to;
	const char *name = subpath_package(q->arena, specifier, &subpath);
	const struct folder *folder = name != NULL ? folder_find(&q->resolver->folders,
								 path_join(q->arena, modules, name))
						   : NULL;

	if (folder != NULL && folder->package != NULL && folder->package->exports != NULL) {
		*hit = by_exports(q, folder->package, subpath);
		return true;
	}
	if (folder != NULL && remap_path(q, folder, path, &to) != 0) {
		*hit = to == NULL ? (struct hit){path, true}
				  : by_remapped(q, folder->browser_folder, to);
		if (hit->path != NULL)
			return true;
	}
	*hit = as_file_or_folder(q, path);
	return hit->path != NULL;
}

static const struct folder *package_folder(const struct folder *folder)
{
	while (folder != NULL && folder->package == NULL)
		folder = folder->parent;
	return folder;
}

static struct hit by_name(struct query *q, const struct folder *folder, const char *specifier,
			  bool imports)
{
	const struct tsconfig *tsconfig = tsconfig_for(folder);
	const struct folder *own = package_folder(folder);
	const char *subpath, *name;
	struct hit hit = nothing;

	if (tsconfig != NULL)
		hit = by_paths(q, tsconfig, specifier);
	if (hit.path == NULL && tsconfig != NULL && tsconfig->base_url != NULL)
		hit = as_file_or_folder(q, path_join(q->arena, tsconfig->base_url, specifier));
	if (hit.path != NULL)
		return hit;
	if (own != NULL && imports && specifier[0] == '#' && own->package->imports != NULL)
		return by_imports(q, own, specifier);
	name = subpath_package(q->arena, specifier, &subpath);
	if (own != NULL && own->package->exports != NULL && name != NULL &&
	    str_equal(own->package->name, name)) {
		q->own = true;
		return by_exports(q, own->package, subpath);
	}
	for (; folder != NULL; folder = folder->parent) {
		if (folder->has_modules &&
		    in_modules(q, path_join(q->arena, folder->path, "node_modules"), specifier,
			       &hit))
			return hit;
	}
	return nothing;
}

/* --- the whole -----------------------------------------------------------------------------------
 */

static struct hit by_path(struct query *q, const char *from, const char *specifier)
{
	const char *path = path_join(q->arena, from, specifier), *to;
	const struct folder *folder = folder_find(&q->resolver->folders, path_dir(q->arena, path));
	struct hit hit;

	if (remap_path(q, folder, path, &to) != 0) {
		if (to == NULL)
			return (struct hit){path, true};
		hit = by_remapped(q, folder->browser_folder, to);
		if (hit.path != NULL)
			return hit;
	}
	if (str_ends(specifier, "/") || str_ends(specifier, "/.") || str_ends(specifier, "/..") ||
	    strcmp(specifier, ".") == 0 || strcmp(specifier, "..") == 0)
		return as_folder(q, path);
	return as_file_or_folder(q, path);
}

static struct hit search(struct query *q, const char *from, const char *specifier)
{
	const struct folder *folder = folder_find(&q->resolver->folders, from);
	const struct tsconfig *tsconfig;
	const char *to;

	if (folder == NULL)
		return nothing;
	if (path_is_absolute(specifier)) {
		struct hit hit = nothing;

		tsconfig = tsconfig_for(folder);
		if (tsconfig != NULL)
			hit = by_paths(q, tsconfig, specifier);
		return hit.path != NULL ? hit
					: as_file_or_folder(q, path_join(q->arena, "/", specifier));
	}
	if (path_is_relative(specifier))
		return by_path(q, from, specifier);
	if (remap_name(q, folder, specifier, &to) != 0) {
		if (to == NULL)
			return (struct hit){specifier, true};
		return by_remapped(q, folder->browser_folder, to);
	}
	return by_name(q, folder, specifier, true);
}

/* Only types can come from a declaration file, but then it is a file all the same. */
static const char *declarations_of(struct query *q, const char *from, const char *specifier)
{
	const char *path = arena_printf(q->arena, "%s.d.ts", path_join(q->arena, from, specifier));

	return path_is_relative(specifier) && is_file(q, path) ? path : NULL;
}

/* Whether what does not begin with a dot can be a package's name at all. */
static bool is_package_name(const char *specifier)
{
	if (strchr(specifier, ':') != NULL)
		return true; /* node:fs, https://, another scheme: none of ours */
	return isalnum((unsigned char)specifier[specifier[0] == '@' ? 1 : 0]) != 0 ||
	       specifier[0] == '_'; /* _http_agent */
}

static struct resolution missing(const struct query *q, const char *specifier)
{
	bool own = path_is_relative(specifier) || path_is_absolute(specifier) || q->own ||
		   !is_package_name(specifier);

	return (struct resolution){own ? TARGET_UNRESOLVED : TARGET_PACKAGE, NULL, NULL, !own};
}

struct resolution resolve_file(struct resolver *resolver, const char *path)
{
	struct app *app = resolver->folders.app;
	struct arena *arena = app->arena;
	const char *own = path_is_under(path, app->root) ? path + strlen(app->root) : path, *real;
	struct resolution target = {TARGET_FILE, NULL, NULL, false};
	struct error error = {0};
	enum dialect dialect;

	real = app->has_links || !path_is_under(own, "/" FOLDER_SRC) || own == path
		       ? fs_real_path(arena, path, &error)
		       : path;
	error_keep_shortage(app->shortage, &error);
	if (real == NULL)
		real = path;
	if (strstr(path_is_under(real, app->root) ? real + strlen(app->root) : real,
		   "/node_modules/") != NULL)
		return (struct resolution){TARGET_PACKAGE, NULL, NULL, false};
	if (strstr(own, "/node_modules/") != NULL) {
		/* A package of the workspace; one from elsewhere is a package. */
		if (app->bounds->repository && !path_is_under(real, app->bounds->folder))
			return (struct resolution){TARGET_PACKAGE, NULL, NULL, false};
		path = real;
	}
	if (dialect_of(path, &dialect) && !str_ends(path, ".d.ts") && !str_ends(path, ".d.mts") &&
	    !str_ends(path, ".d.cts"))
		target.kind = TARGET_MODULE;
	target.path = path_relative(arena, app->root, path);
	target.real = path_relative(arena, app->root, real);
	return target;
}

static struct resolution resolve(struct query *q, const char *folder, const char *specifier)
{
	size_t len = strcspn(specifier, "?#");
	struct hit hit = search(q, folder, specifier);

	/* What is not found by its whole name is looked for without `?query` and `#hash`. */
	if (hit.path == NULL && len > 0 && specifier[len] != '\0')
		hit = search(q, folder, arena_strndup(q->arena, specifier, len));
	if (hit.path == NULL)
		hit.path = declarations_of(q, folder, specifier);
	if (hit.empty)
		return (struct resolution){TARGET_PACKAGE, NULL, NULL, false};
	return hit.path != NULL ? resolve_file(q->resolver, hit.path) : missing(q, specifier);
}

/* Of packages as all folders of a scope see them. A `browser` map can tell them apart. */
static const char *key_of(const struct query *q, const char *from, const char *specifier)
{
	const struct folder *folder;

	if (path_is_relative(specifier) || path_is_absolute(specifier))
		return NULL;
	folder = folder_find(&q->resolver->folders, from);
	if (folder == NULL || folder->browser != NULL)
		return NULL;
	return arena_printf(q->arena, "%d%s\n%s", q->require, folder->scope->path, specifier);
}

struct resolution resolve_import(struct resolver *resolver, const char *folder,
				 const char *specifier, bool require)
{
	struct query q = {
		.resolver = resolver, .arena = resolver->folders.app->arena, .require = require};
	const char *key;
	struct resolution *known;

	if (str_starts(specifier, "data:") || str_starts(specifier, "//") ||
	    str_starts(specifier, "http://") || str_starts(specifier, "https://"))
		return (struct resolution){TARGET_PACKAGE, NULL, NULL, false};
	if (strchr(specifier, '*') != NULL)
		return missing(&q, specifier);
	key = key_of(&q, folder, specifier);
	known = key != NULL ? map_get(&resolver->known, key) : NULL;
	if (known != NULL)
		return *known;
	known = arena_alloc(q.arena, sizeof(*known));
	*known = resolve(&q, folder, specifier);
	if (key != NULL)
		map_set(&resolver->known, key, known);
	return *known;
}

const struct tsconfig *resolve_tsconfig(struct resolver *resolver, const char *folder)
{
	const struct folder *found = folder_find(&resolver->folders, folder);

	return found != NULL ? tsconfig_for(found) : NULL;
}

void resolver_dispose(struct resolver *resolver)
{
	folders_dispose(&resolver->folders);
	map_dispose(&resolver->known);
}
