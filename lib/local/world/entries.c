/* The REST API's operations on list entries, in the order of world.h. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/calls.h"
#include "local/world/query.h"
#include "local/world/read.h"
#include "local/world/schema.h"
#include "local/world/world.h"
#include "local/world/write.h"

#define NO_LIST "List with slug/ID \"%s\" not found."
#define NO_LIST_POST "Could not find list with slug/ID \"%s\"."
#define NO_LIST_PUT "List with slug/ID \"%s\" was not found."

int world_entry_get(struct world *world, const char *list, const char *id, struct buf *out,
		    struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, list, true, NO_LIST, refusal);

	if (result == 0)
		result = call_item(&call, id);
	if (result == 0)
		result = call_print(&call, out);
	return call_end(&call, result);
}

/* The entry's record must be there, and of the list's object. */
static int check_parent(struct call *call, const char *object, const char *id)
{
	const struct owner *parent = schema_object(call->schema, object);
	struct item item;
	bool found = false;

	if (parent != NULL && parent == call->owner->parent &&
	    item_find(call->world, parent, id, &item, &found, call->refusal) != 0)
		return -1;
	if (!found)
		return refusal_bad(call->refusal, "value_not_found",
				   "Parent record with slug/ID \"%s\" not found.", id);
	memset(&call->item, 0, sizeof(call->item));
	call->item.owner = call->owner;
	snprintf(call->item.parent_id, sizeof(call->item.parent_id), "%s", item.id);
	return 0;
}

static int create(struct call *call, const struct plan *plan, struct buf *out)
{
	if (write_create(&call->writing, plan, &call->item) != 0)
		return -1;
	return call_print(call, out);
}

int world_entry_create(struct world *world, const struct actor *actor, const char *list,
		       const char *parent_object, const char *parent_id, const cJSON *values,
		       struct buf *out, struct refusal *refusal)
{
	struct call call;
	struct plan plan;
	int result = call_begin(&call, world, list, true, NO_LIST_POST, refusal);

	if (result == 0)
		result = check_parent(&call, parent_object, parent_id);
	if (result == 0)
		result = call_write(&call, actor);
	if (result == 0)
		result = write_plan(&call.writing, call.owner, values, WRITE_EXACTLY, &plan);
	if (result == 0)
		result = create(&call, &plan, out);
	return call_end(&call, result);
}

/* The entries of the record whose id is the item's parent; the first one becomes the item. */
static int find_entries(struct call *call, int *count)
{
	static const char sql[] = "SELECT row, id, created_at FROM items WHERE parent_id = ? AND "
				  "owner_id = ? LIMIT 2";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(call->world->store, sql, &error);
	int result = -1;
	bool row;

	*count = 0;
	if (statement != NULL) {
		sql_bind_text(statement, 1, call->item.parent_id);
		sql_bind_text(statement, 2, call->owner->id);
	}
	while (statement != NULL &&
	       (result = sql_step(call->world->store, statement, &row, &error)) == 0 && row) {
		if ((*count)++ > 0)
			continue;
		call->item.row = sqlite3_column_int64(statement, 0);
		snprintf(call->item.id, sizeof(call->item.id), "%s",
			 (const char *)sqlite3_column_text(statement, 1));
		snprintf(call->item.created_at, sizeof(call->item.created_at), "%s",
			 (const char *)sqlite3_column_text(statement, 2));
	}
	sql_release(call->world->store, statement);
	return result == 0 ? 0 : refusal_system(call->refusal, &error);
}

static int assert_entry(struct call *call, const cJSON *values, struct buf *out)
{
	struct plan plan;
	int count;

	if (write_plan(&call->writing, call->owner, values, WRITE_EXACTLY, &plan) != 0 ||
	    find_entries(call, &count) != 0)
		return -1;
	if (count > 1)
		return refusal_bad(call->refusal, "multiple_match_results",
				   "Multiple entries were founds for the given parent record.");
	if (count == 0)
		return create(call, &plan, out);
	if (write_update(&call->writing, &plan, &call->item) != 0)
		return -1;
	return call_print(call, out);
}

int world_entry_assert(struct world *world, const struct actor *actor, const char *list,
		       const char *parent_object, const char *parent_id, const cJSON *values,
		       struct buf *out, struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, list, true, NO_LIST_PUT, refusal);

	if (result == 0)
		result = check_parent(&call, parent_object, parent_id);
	if (result == 0)
		result = call_write(&call, actor);
	if (result == 0)
		result = assert_entry(&call, values, out);
	return call_end(&call, result);
}

int world_entry_update(struct world *world, const struct actor *actor, const char *list,
		       const char *id, const cJSON *values, bool overwrite, struct buf *out,
		       struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, list, true, NO_LIST, refusal);

	if (result == 0)
		result = call_item(&call, id);
	if (result == 0 && cJSON_GetObjectItemCaseSensitive(values, "parent_record") != NULL)
		result = refusal_bad(refusal, "immutable_value",
				     "The parent record for a list entry cannot be updated once "
				     "created.");
	if (result == 0)
		result = call_update(&call, actor, values, overwrite, out);
	return call_end(&call, result);
}

int world_entry_delete(struct world *world, const struct actor *actor, const char *list,
		       const char *id, struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, list, true, NO_LIST, refusal);

	if (result == 0)
		result = call_delete(&call, actor, id);
	return call_end(&call, result);
}

int world_entries_query(struct world *world, const char *list, const cJSON *body, struct buf *out,
			struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, list, true, NO_LIST, refusal);

	if (result == 0)
		result = call_query(&call, body, out);
	return call_end(&call, result);
}
