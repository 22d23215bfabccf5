#include "rules/listed.h"

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/files.h"
#include "sys/path.h"
#include "json/json.h"

struct lists {
	bool any;
	struct map packages, replaced;
};

static void add_keys(struct map *map, const struct app *app, const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (item->string != NULL)
			map_set(map, arena_strdup(app->arena, item->string), map);
	}
}

static void read_lists(struct lists *lists, const struct app *app, const char *folder)
{
	static const char *const names[] = {"dependencies", "devDependencies", "peerDependencies",
					    "optionalDependencies"};
	const char *path = path_join(app->arena, folder, "package.json");
	struct error error;
	cJSON *document;
	const char *text;
	size_t len;

	if (files_read(&app->texts.files, path, MANIFEST_LIMIT, &text, &len, &error) != 0)
		return;
	document = json_parse(text, len, path, NULL, &error);
	lists->any = cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(document, names[0]));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		add_keys(&lists->packages, app,
			 cJSON_GetObjectItemCaseSensitive(document, names[i]));
	add_keys(&lists->replaced, app, cJSON_GetObjectItemCaseSensitive(document, "browser"));
	cJSON_Delete(document);
}

bool listed_has(struct listed *listed, const struct app *app, const char *folder,
		const char *package, const char *specifier, bool *any)
{
	struct lists *lists = map_get(&listed->by_folder, folder);

	if (lists == NULL) {
		lists = arena_alloc(app->arena, sizeof(*lists));
		map_set(&listed->by_folder, arena_strdup(app->arena, folder), lists);
		read_lists(lists, app, folder);
	}
	*any = lists->any;
	return map_get(&lists->packages, package) != NULL ||
	       map_get(&lists->replaced, specifier) != NULL;
}

void listed_dispose(struct listed *listed)
{
	for (size_t i = 0; i < listed->by_folder.count; i++) {
		struct lists *lists = listed->by_folder.entries[i].value;

		map_dispose(&lists->packages);
		map_dispose(&lists->replaced);
	}
	map_dispose(&listed->by_folder);
}
