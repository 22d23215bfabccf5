/* Merging two records: a new one takes over the values of the first with their history, and from
 * the second what the first has not. References, entries and the other sides of relationships
 * follow. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/calls.h"
#include "local/world/schema.h"
#include "local/world/values.h"
#include "local/world/world.h"

/* Runs a statement of two items and, where it asks for them, an attribute or a time. */
static int run(struct call *call, const char *sql, const struct item *to, const struct item *from,
	       const struct attribute *attribute)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(call->world->store, sql, &error);

	if (statement == NULL)
		return refusal_system(call->refusal, &error);
	sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":to"), to->row);
	sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":from"), from->row);
	sql_bind_text(statement, sqlite3_bind_parameter_index(statement, ":to_id"), to->id);
	sql_bind_text(statement, sqlite3_bind_parameter_index(statement, ":from_id"), from->id);
	sql_bind_text(statement, sqlite3_bind_parameter_index(statement, ":now"),
		      call->writing.now);
	if (attribute != NULL)
		sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":attribute"),
				   attribute->row);
	if (sql_finish_kept(call->world->store, statement, &error) != 0)
		return refusal_system(call->refusal, &error);
	return 0;
}

static bool holds(struct call *call, const struct item *item, const struct attribute *attribute)
{
	struct error error = {0};
	sqlite3_stmt *statement =
		sql_keep(call->world->store,
			 "SELECT 1 FROM vals WHERE item = ? AND attribute = ? AND active_until IS "
			 "NULL LIMIT 1",
			 &error);
	bool row = false;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, item->row);
	sqlite3_bind_int64(statement, 2, attribute->row);
	sql_step(call->world->store, statement, &row, &error);
	sql_release(call->world->store, statement);
	return row;
}

/* What the second record gives: all of a multi-valued attribute, else only what is wanted. */
static int take_second(struct call *call, const struct item *merged, const struct item *second)
{
	static const char move[] =
		"UPDATE vals SET item = :to, position = position + 1000000 WHERE item = :from AND "
		"attribute = :attribute AND active_until IS NULL";
	bool changed;

	for (size_t i = 0; i < call->owner->attribute_count; i++) {
		const struct attribute *attribute = &call->owner->attributes[i];
		struct planned nothing = {attribute, NULL, 0, WRITE_EXACTLY};

		if (attribute->multi || !holds(call, merged, attribute)) {
			if (run(call, move, merged, second, attribute) != 0)
				return -1;
		} else if (values_write(&call->writing, second, &nothing, false, &changed) != 0) {
			return -1;
		}
	}
	return 0;
}

static int take_over(struct call *call, const struct item *merged, const struct item *from)
{
	static const char *const steps[] = {
		"UPDATE vals SET ref = :to_id WHERE ref = :from_id",
		"UPDATE items SET parent_id = :to_id WHERE parent_id = :from_id",
	};

	for (size_t i = 0; i < 2; i++)
		if (run(call, steps[i], merged, from, NULL) != 0)
			return -1;
	return item_remove(call->world, from, call->refusal);
}

static int finish(struct call *call, const struct item *merged, const struct item *second)
{
	/* Both were on the other side, or held the same. */
	static const char twice[] =
		"UPDATE vals SET active_until = :now WHERE row IN (SELECT row FROM (SELECT row, "
		"row_number() OVER (PARTITION BY item, attribute, coalesce(key, value || "
		"coalesce(ref, '')) ORDER BY position, row) AS n FROM vals WHERE active_until IS "
		"NULL AND (item = :to OR ref = :to_id)) WHERE n > 1)";
	const struct attribute *own = owner_attribute(call->owner, "record_id");
	struct buf payload = {0};
	int result = run(call, twice, merged, second, NULL);

	if (result == 0 && own != NULL)
		result = run(call,
			     "UPDATE vals SET key = :to_id, value = json_object('value', :to_id) "
			     "WHERE item = :to AND attribute = :attribute",
			     merged, second, own);
	buf_printf(&payload,
		   "{\"id\":{\"workspace_id\":\"%s\",\"object_id\":\"%s\",\"record_id\":\"%s\"},"
		   "\"duplicate_object_id\":\"%s\",\"duplicate_record_id\":\"%s\"}",
		   call->schema->workspace_id, call->owner->id, merged->id, call->owner->id,
		   second->id);
	if (result == 0)
		result = world_changed(call->world, call->writing.actor, "record.merged",
				       buf_cstr(&payload), call->refusal);
	buf_dispose(&payload);
	return result;
}

static int merge(struct call *call, const struct item *first, const struct item *second,
		 struct item *merged)
{
	struct error error = {0};

	*merged = *first;
	if (random_uuid(merged->id, &error) != 0)
		return refusal_system(call->refusal, &error);
	if (item_insert(call->world, merged, call->refusal) != 0 ||
	    run(call, "UPDATE vals SET item = :to WHERE item = :from", merged, first, NULL) != 0 ||
	    take_second(call, merged, second) != 0 || take_over(call, merged, first) != 0 ||
	    take_over(call, merged, second) != 0)
		return -1;
	return finish(call, merged, second);
}

int world_record_merge(struct world *world, const struct actor *actor, const char *object,
		       const char *primary, const char *secondary, struct buf *out,
		       struct refusal *refusal)
{
	struct call call;
	struct item first;
	struct item merged;
	int result = call_begin(&call, world, object, false,
				"Object with slug/ID \"%s\" not found.", refusal);

	if (result == 0)
		result = call_item(&call, primary);
	first = call.item;
	if (result == 0)
		result = call_item(&call, secondary);
	if (result == 0 && first.row == call.item.row)
		result = refusal_bad(refusal, "self_merge",
				     "A record cannot be merged with itself.");
	if (result == 0)
		result = call_write(&call, actor);
	if (result == 0)
		result = merge(&call, &first, &call.item, &merged);
	result = call_end(&call, result);
	if (result == 0)
		buf_printf(out, "{\"new_record_id\":\"%s\"}", merged.id);
	return result;
}
