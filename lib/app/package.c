#include "app/package.h"

#include <string.h>

#include "app/manifest.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/files.h"
#include "sys/path.h"
#include "json/json.h"

cJSON *package_read(const struct files *files, const char *path)
{
	struct error error = {0};
	const char *text;
	cJSON *document;
	size_t len;

	if (files_type(files, path) != FS_FILE ||
	    files_read(files, path, MANIFEST_LIMIT, &text, &len, &error) != 0)
		return NULL;
	document = json_parse(text, len, path, NULL, &error);
	if (cJSON_IsObject(document))
		return document;
	cJSON_Delete(document);
	return NULL;
}

/* The `browser` map; NULL: there is none. */
static const struct patterns *browser_of(struct arena *arena, const cJSON *document)
{
	const cJSON *map = cJSON_GetObjectItemCaseSensitive(document, "browser"), *item;
	struct patterns *browser;

	if (!cJSON_IsObject(map))
		return NULL;
	browser = arena_alloc(arena, sizeof(*browser));
	cJSON_ArrayForEach(item, map) patterns_add(browser, arena, item->string, false, item);
	patterns_settle(browser, arena);
	return browser;
}

struct package *package_open(struct arena *arena, const struct files *files, const char *folder)
{
	cJSON *document = package_read(files, path_join(arena, folder, "package.json"));
	struct package *package;

	if (document == NULL)
		return NULL;
	package = arena_alloc(arena, sizeof(*package));
	*package = (struct package){
		.folder = folder,
		.document = document,
		.name = json_string_or_null(document, "name"),
		.exports =
			subpaths_read(arena, cJSON_GetObjectItemCaseSensitive(document, "exports")),
		.imports =
			subpaths_read(arena, cJSON_GetObjectItemCaseSensitive(document, "imports")),
		.browser = browser_of(arena, document),
	};
	return package;
}

void package_dispose(struct package *package)
{
	cJSON_Delete(package->document);
	package->document = NULL;
}

const char *package_field(const struct package *package, const char *name)
{
	const char *value = json_string_or_null(package->document, name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* With the endings that a bundler tries, unless `endings` says no. */
static const cJSON *remap_of(const struct package *package, struct arena *arena, const char *module,
			     bool endings)
{
	static const char *const order[] = {"", ".tsx", ".ts", ".jsx", ".js", ".css", ".json"};

	for (size_t i = 0; i < (endings ? ARRAY_LEN(order) : 1); i++) {
		const cJSON *item = patterns_exact(package->browser,
						   arena_printf(arena, "%s%s", module, order[i]));

		if (cJSON_IsString(item) || cJSON_IsFalse(item))
			return item;
	}
	return NULL;
}

int package_remap(const struct package *package, struct arena *arena, const char *module,
		  bool endings, const char **path)
{
	const cJSON *item;

	if (package->browser->count == 0)
		return 0;
	item = remap_of(package, arena, module, endings);
	if (item == NULL)
		item = remap_of(package, arena, arena_printf(arena, "%s/index", module), endings);
	if (item == NULL)
		return 0;
	*path = cJSON_IsString(item) ? item->valuestring : NULL;
	return 1;
}
