#include "app/extends.h"

#include <string.h>

#include "app/subpaths.h"
#include "base/arena.h"
#include "base/str.h"
#include "sys/path.h"
#include "json/json.h"

#define DEPTH 16

bool extends_enter(struct extends *extends, const char *path)
{
	bool *inside = map_get(&extends->files, path);

	if (inside != NULL) {
		extends->circular |= *inside;
		return false;
	}
	inside = arena_alloc(extends->arena, sizeof(*inside));
	*inside = true;
	map_set(&extends->files, arena_strdup(extends->arena, path), inside);
	return true;
}

void extends_leave(struct extends *extends, const char *path)
{
	bool *inside = map_get(&extends->files, path);

	*inside = false;
}

/* The first of these that is there; NULL: none. Ends with NULL. */
static const char *first_file(const struct extends *extends, const char *const *paths)
{
	for (; *paths != NULL; paths++)
		if (extends->is_file(*paths, extends->payload))
			return *paths;
	return NULL;
}

/* A package that configurations are taken from; read once, however many they are. */
struct config_package {
	cJSON *manifest; /* or NULL */
	const struct subpaths *exports;
};

static const struct config_package *package_in(struct extends *extends, const char *folder)
{
	struct config_package *package = map_get(&extends->packages, folder);

	if (package != NULL)
		return package;
	package = arena_alloc(extends->arena, sizeof(*package));
	package->manifest = extends->manifest(path_join(extends->arena, folder, "package.json"),
					      extends->payload);
	package->exports = subpaths_read(
		extends->arena, cJSON_GetObjectItemCaseSensitive(package->manifest, "exports"));
	map_set(&extends->packages, folder, package);
	return package;
}

/* In the package's folder below one node_modules: its `exports`, its field `tsconfig`, the path. */
static const char *find_in(struct extends *extends, const char *modules, const char *name)
{
	struct arena *arena = extends->arena;
	const char *subpath, *package = subpath_package(arena, name, &subpath);
	const char *folder = package != NULL ? path_join(arena, modules, package) : modules;
	const char *base = path_join(arena, modules, name), *hit = NULL;
	const struct config_package *known = package != NULL ? package_in(extends, folder) : NULL;
	const char *field = known != NULL ? json_string_or_null(known->manifest, "tsconfig") : NULL;

	if (field != NULL && field[0] != '\0')
		base = path_join(arena, folder, field);
	if (known != NULL && known->exports != NULL) {
		struct subpath target = subpath_export(arena, known->exports, subpath, USE_CONFIG);

		if (target.kind == SUBPATH_EXACT)
			hit = first_file(extends,
					 (const char *const[]){
						 path_join(arena, folder, target.path + 1), NULL});
	}
	if (hit != NULL)
		return hit;
	return first_file(extends,
			  (const char *const[]){path_join(arena, base, "tsconfig.json"), base,
						arena_printf(arena, "%s.json", base), NULL});
}

/* The file that `name` means: relative to `folder`, or in a node_modules folder above. */
static const char *find(struct extends *extends, const char *folder, const char *name)
{
	struct arena *arena = extends->arena;
	const char *path = path_join(arena, folder, name), *hit = NULL;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		path = path_join(arena, path, "tsconfig.json");
	if (path_is_absolute(name) || path_is_relative(name))
		return first_file(extends, (const char *const[]){
						   path,
						   str_ends(path, ".json")
							   ? NULL
							   : arena_printf(arena, "%s.json", path),
						   NULL});
	for (const char *from = folder; hit == NULL; from = path_dir(arena, from)) {
		if (strcmp(path_base(from), "node_modules") != 0)
			hit = find_in(extends, path_join(arena, from, "node_modules"), name);
		if (strcmp(from, "/") == 0)
			break;
	}
	return hit;
}

static void follow(struct extends *extends, const cJSON *value, const char *folder, int depth)
{
	const char *path;

	if (cJSON_IsArray(value)) {
		/* The last one wins, and what is read first wins here. */
		const cJSON *item = value->child != NULL ? value->child->prev : NULL;

		for (; item != NULL; item = item == value->child ? NULL : item->prev)
			follow(extends, item, folder, depth);
		return;
	}
	path = cJSON_IsString(value) ? find(extends, folder, value->valuestring) : NULL;
	if (path != NULL && depth < DEPTH)
		extends->read(path, depth + 1, extends->payload);
	else
		extends->incomplete = true;
}

void extends_follow(struct extends *extends, const cJSON *document, const char *folder, int depth)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(document, "extends");

	if (value != NULL)
		follow(extends, value, folder, depth);
}

void extends_dispose(struct extends *extends)
{
	for (size_t i = 0; i < extends->packages.count; i++)
		cJSON_Delete(
			((struct config_package *)extends->packages.entries[i].value)->manifest);
	map_dispose(&extends->packages);
	map_dispose(&extends->files);
}
