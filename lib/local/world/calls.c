/* Refusals of what is not there, in one place. */
#include "local/world/calls.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "local/refusal.h"
#include "local/world/query.h"
#include "local/world/read.h"
#include "local/world/schema.h"

int call_begin(struct call *call, struct world *world, const char *name, bool is_list,
	       const char *missing, struct refusal *refusal)
{
	struct error error = {0};

	memset(call, 0, sizeof(*call));
	call->world = world;
	call->refusal = refusal;
	call->arena = arena_new();
	call->schema = world_schema(world, &error);
	if (call->schema == NULL)
		return refusal_system(refusal, &error);
	call->owner = is_list ? schema_list(call->schema, name) : schema_object(call->schema, name);
	if (call->owner != NULL)
		return 0;
	refusal_missing(refusal, "%s", "");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(refusal->message, sizeof(refusal->message), missing, name);
#pragma GCC diagnostic pop
	return -1;
}

int call_item(struct call *call, const char *id)
{
	bool found;

	if (item_find(call->world, call->owner, id, &call->item, &found, call->refusal) != 0)
		return -1;
	if (found)
		return 0;
	return refusal_missing(call->refusal,
			       call->owner->is_list ? "Entry with ID \"%s\" not found."
						    : "Record with ID \"%s\" not found.",
			       id);
}

int call_write(struct call *call, const struct actor *actor)
{
	if (world_begin(call->world, call->refusal) != 0)
		return -1;
	call->inside = true;
	writing_begin(&call->writing, call->world, call->schema, actor, call->arena, call->refusal);
	return 0;
}

int call_end(struct call *call, int result)
{
	if (call->inside)
		result = world_end(call->world, result, call->refusal);
	arena_free(call->arena);
	return result;
}

int call_print(struct call *call, struct buf *out)
{
	return read_item_json(call->world, call->schema, &call->item, out, call->refusal);
}

int call_update(struct call *call, const struct actor *actor, const cJSON *values, bool overwrite,
		struct buf *out)
{
	struct plan plan;

	if (call_write(call, actor) != 0 ||
	    write_plan(&call->writing, call->owner, values, overwrite ? WRITE_EXACTLY : WRITE_FRONT,
		       &plan) != 0 ||
	    write_update(&call->writing, &plan, &call->item) != 0)
		return -1;
	return call_print(call, out);
}

int call_delete(struct call *call, const struct actor *actor, const char *id)
{
	if (call_item(call, id) != 0 || call_write(call, actor) != 0)
		return -1;
	return write_delete(&call->writing, &call->item);
}

int call_query(struct call *call, const cJSON *body, struct buf *out)
{
	struct item *items;
	size_t count;

	if (query_items(call->world, call->schema, call->owner, body, call->arena, &items, &count,
			call->refusal) != 0)
		return -1;
	return read_items(call->world, call->schema, items, count, out, call->refusal);
}
