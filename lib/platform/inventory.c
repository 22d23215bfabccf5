#include "platform/inventory.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "json/json.h"

struct thing *inventory_thing(struct inventory *inventory, const char *kind, const char *id)
{
	struct thing *thing = arena_push(inventory->arena, &inventory->things, &inventory->count,
					 sizeof(*inventory->things));

	thing->kind = arena_strdup(inventory->arena, kind);
	thing->id = arena_strdup(inventory->arena, id);
	return thing;
}

void thing_add(struct inventory *inventory, struct thing *thing, const char *name, const char *text)
{
	struct thing_text *slot =
		arena_push(inventory->arena, &thing->texts, &thing->count, sizeof(*slot));

	slot->name = arena_strdup(inventory->arena, name);
	slot->text = arena_strdup(inventory->arena, text);
}

int thing_order(const struct thing *a, const struct thing *b)
{
	int kinds = strcmp(a->kind, b->kind);

	return kinds != 0 ? kinds : strcmp(a->id, b->id);
}

static int compare(const void *a, const void *b)
{
	return thing_order(a, b);
}

void inventory_sort(struct inventory *inventory)
{
	struct thing *things = inventory->things;
	size_t count = 0;

	if (inventory->count == 0)
		return;
	qsort(things, inventory->count, sizeof(*things), compare);
	for (size_t i = 0; i < inventory->count; i++) {
		if (count == 0 || thing_order(&things[count - 1], &things[i]) != 0)
			things[count++] = things[i];
		else if (things[i].count > things[count - 1].count)
			things[count - 1] = things[i];
	}
	inventory->count = count;
}

cJSON *inventory_json(const struct inventory *inventory)
{
	cJSON *document = cJSON_CreateObject();
	cJSON *things = cJSON_AddArrayToObject(document, "things");
	cJSON *parts;

	for (size_t i = 0; i < inventory->count; i++) {
		const struct thing *thing = &inventory->things[i];
		cJSON *item = cJSON_CreateObject();
		cJSON *texts;

		cJSON_AddStringToObject(item, "kind", thing->kind);
		cJSON_AddStringToObject(item, "id", thing->id);
		texts = cJSON_AddObjectToObject(item, "texts");
		for (size_t k = 0; k < thing->count; k++)
			cJSON_AddStringToObject(texts, thing->texts[k].name, thing->texts[k].text);
		cJSON_AddItemToArray(things, item);
	}
	parts = cJSON_AddArrayToObject(document, "bundles");
	for (size_t i = 0; i < inventory->part_count; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "path", inventory->parts[i].path);
		cJSON_AddNumberToObject(item, "bytes", (double)inventory->parts[i].bytes);
		cJSON_AddItemToArray(parts, item);
	}
	return document;
}

static int read_thing(struct inventory *inventory, const cJSON *item, struct error *error)
{
	struct thing *thing;
	const cJSON *texts;
	const cJSON *text;
	const char *kind;
	const char *id;

	if (json_get_string(item, "a thing", "kind", &kind, error) != 0 ||
	    json_get_string(item, "a thing", "id", &id, error) != 0 ||
	    json_get_object(item, "a thing", "texts", &texts, error) != 0)
		return -1;
	thing = arena_push(inventory->arena, &inventory->things, &inventory->count,
			   sizeof(*inventory->things));
	thing->kind = arena_strdup(inventory->arena, kind);
	thing->id = arena_strdup(inventory->arena, id);
	cJSON_ArrayForEach(text, texts) if (cJSON_IsString(text))
		thing_add(inventory, thing, text->string, text->valuestring);
	return 0;
}

static int read_part(struct inventory *inventory, const cJSON *item, struct error *error)
{
	struct bundle_part *part;
	const char *path;
	long long bytes;

	if (json_get_string(item, "a bundle", "path", &path, error) != 0 ||
	    json_get_int(item, "a bundle", "bytes", &bytes, error) != 0)
		return -1;
	part = arena_push(inventory->arena, &inventory->parts, &inventory->part_count,
			  sizeof(*inventory->parts));
	part->path = arena_strdup(inventory->arena, path);
	part->bytes = bytes > 0 ? (size_t)bytes : 0;
	return 0;
}

int inventory_read(struct inventory *inventory, struct arena *arena, const cJSON *document,
		   struct error *error)
{
	const cJSON *things;
	const cJSON *parts;
	const cJSON *item;

	*inventory = (struct inventory){.arena = arena};
	if (json_get_array(document, "the inventory", "things", &things, error) != 0 ||
	    json_get_array(document, "the inventory", "bundles", &parts, error) != 0)
		return -1;
	cJSON_ArrayForEach(item, things) if (read_thing(inventory, item, error) != 0) return -1;
	cJSON_ArrayForEach(item, parts) if (read_part(inventory, item, error) != 0) return -1;
	inventory_sort(inventory);
	return 0;
}
