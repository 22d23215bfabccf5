/* Many records at once. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/refusal.h"
#include "local/world/calls.h"
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
static int import_one(struct call *call, const struct actor *actor, const cJSON *record,
		      struct buf *ids)
{
	const cJSON *values = cJSON_GetObjectItemCaseSensitive(record, "values");
	struct arena *arena = arena_new();
	struct writing writing;
	struct item item = {0};
	struct plan plan;
	int result;

	item.owner = call->owner;
	writing_begin(&writing, call->world, call->schema, actor, arena, call->refusal);
	result = write_plan(&writing, call->owner, values, WRITE_EXACTLY, &plan);
	if (result == 0)
		result = write_create(&writing, &plan, &item);
	if (result == 0)
		buf_printf(ids, "%s\"%s\"", ids->len > 0 ? "," : "", item.id);
	arena_free(arena);
	return result;
}

int world_records_import(struct world *world, const struct actor *actor, const char *object,
			 const cJSON *records, struct buf *out, size_t *failed,
			 struct refusal *refusal)
{
	struct call call;
	struct buf ids = {0};
	const cJSON *record;
	size_t index = 0;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = call_write(&call, actor);
	cJSON_ArrayForEach(record, records)
	{
		if (result != 0)
			break;
		result = import_one(&call, actor, record, &ids);
		*failed = index++;
	}
	result = call_end(&call, result);
	if (result == 0) {
		buf_putc(out, '[');
		buf_add(out, buf_cstr(&ids), ids.len);
		buf_putc(out, ']');
	}
	buf_dispose(&ids);
	return result;
}
