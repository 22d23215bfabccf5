/* Many records at once. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/refusal.h"
#include "local/world/calls.h"
#include "local/world/matching.h"
#include "local/world/read.h"
#include "local/world/schema.h"
#include "local/world/world.h"
#include "local/world/write.h"

int world_records_get(struct world *world, const char *object, const char (*ids)[WORLD_ID_SIZE],
		      size_t count, struct buf *out, struct refusal *refusal)
{
	struct call call;
	struct item *items = NULL;
	size_t found_count = 0;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	for (size_t i = 0; i < count && result == 0; i++) {
		struct item item;
		bool found;

		result = item_find(world, call.owner, ids[i], &item, &found, refusal);
		if (result == 0 && found) {
			struct item *kept =
				arena_push(call.arena, &items, &found_count, sizeof(*items));

			*kept = item;
		}
	}
	if (result == 0)
		result = read_items(world, call.schema, items, found_count, out, refusal);
	return call_end(&call, result);
}

/* Each record has an arena of its own, so that ten thousand need no more memory than one. */
static int import_one(struct call *call, const struct actor *actor,
		      const struct attribute *matching, const cJSON *record, struct buf *ids,
		      size_t *created)
{
	const cJSON *values = cJSON_GetObjectItemCaseSensitive(record, "values");
	struct arena *arena = arena_new();
	struct writing writing;
	struct item item = {.owner = call->owner};
	struct plan plan;
	bool is_new = true;
	int result;

	writing_begin(&writing, call->world, call->schema, actor, arena, call->refusal);
	if (matching != NULL) {
		result = matching_write(&writing, call->owner, matching, values, &item, &is_new);
	} else {
		result = write_plan(&writing, call->owner, values, WRITE_EXACTLY, &plan);
		if (result == 0)
			result = write_create(&writing, &plan, &item);
	}
	if (result == 0)
		buf_printf(ids, "%s\"%s\"", ids->len > 0 ? "," : "", item.id);
	*created += result == 0 && is_new ? 1 : 0;
	arena_free(arena);
	return result;
}

int world_records_import(struct world *world, const struct actor *actor, const char *object,
			 const char *matching, const cJSON *records,
			 struct world_imported *imported, struct refusal *refusal)
{
	const struct attribute *attribute = NULL;
	struct call call;
	const cJSON *record;
	size_t index = 0;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	imported->created = 0;
	imported->failed = WORLD_NONE_FAILED;
	if (result == 0 && matching != NULL)
		result = matching_attribute(call.owner, matching, &attribute, refusal);
	if (result == 0)
		result = call_write(&call, actor);
	cJSON_ArrayForEach(record, records)
	{
		if (result != 0)
			break;
		result = import_one(&call, actor, attribute, record, &imported->ids,
				    &imported->created);
		if (result != 0)
			imported->failed = index;
		index++;
	}
	return call_end(&call, result);
}
