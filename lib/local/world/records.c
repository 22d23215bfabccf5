/* The REST API's operations on records, in the order of world.h. */
#include "local/world/world.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/calls.h"
#include "local/world/matching.h"
#include "local/world/query.h"
#include "local/world/read.h"
#include "local/world/schema.h"
#include "local/world/value.h"
#include "local/world/write.h"

#define NO_QUERIED "The referenced object was not found."

int world_record_get(struct world *world, const char *object, const char *id, struct buf *out,
		     struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = call_item(&call, id);
	if (result == 0)
		result = call_print(&call, out);
	return call_end(&call, result);
}

static int create(struct call *call, const struct plan *plan, struct buf *out)
{
	memset(&call->item, 0, sizeof(call->item));
	call->item.owner = call->owner;
	if (write_create(&call->writing, plan, &call->item) != 0)
		return -1;
	return call_print(call, out);
}

int world_record_create(struct world *world, const struct actor *actor, const char *object,
			const cJSON *values, struct buf *out, struct refusal *refusal)
{
	struct call call;
	struct plan plan;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = call_write(&call, actor);
	if (result == 0)
		result = write_plan(&call.writing, call.owner, values, WRITE_EXACTLY, &plan);
	if (result == 0)
		result = create(&call, &plan, out);
	return call_end(&call, result);
}

int world_record_update(struct world *world, const struct actor *actor, const char *object,
			const char *id, const cJSON *values, bool overwrite, struct buf *out,
			struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = call_item(&call, id);
	if (result == 0)
		result = call_update(&call, actor, values, overwrite, out);
	return call_end(&call, result);
}

/* ---- assert ---- */

int world_record_assert(struct world *world, const struct actor *actor, const char *object,
			const char *matching, const cJSON *values, struct buf *out,
			struct refusal *refusal)
{
	struct call call;
	const struct attribute *attribute = NULL;
	bool created;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = matching_attribute(call.owner, matching, &attribute, refusal);
	if (result == 0)
		result = call_write(&call, actor);
	if (result == 0)
		result = matching_write(&call.writing, call.owner, attribute, values, &call.item,
					&created);
	if (result == 0)
		result = call_print(&call, out);
	return call_end(&call, result);
}

/* ---- the end of records ---- */

int world_record_delete(struct world *world, const struct actor *actor, const char *object,
			const char *id, struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = call_delete(&call, actor, id);
	return call_end(&call, result);
}

/* ---- asking ---- */

int world_records_query(struct world *world, const char *object, const cJSON *body, struct buf *out,
			struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, object, false, NO_QUERIED, refusal);

	if (result == 0)
		result = call_query(&call, body, out);
	return call_end(&call, result);
}

/* What the service collects by itself keeps no history that can be asked for. */
static bool has_history(const struct attribute *attribute)
{
	return attribute->writable || attribute->default_enabled ||
	       str_is(attribute->slug, "record_id");
}

static int values_of(struct call *call, const char *id, const char *attribute,
		     const struct world_page *page, struct buf *out)
{
	const struct attribute *found = owner_attribute(call->owner, attribute);

	if (call_item(call, id) != 0)
		return -1;
	if (found == NULL)
		return refusal_missing(call->refusal, "Attribute with slug/ID \"%s\" not found.",
				       attribute);
	if (page->show_historic && !has_history(found))
		return refusal_bad(
			call->refusal, "validation_type",
			"Historic values of attribute with slug \"%s\" cannot be queried.",
			found->slug);
	return read_values(call->world, call->schema, &call->item, found, page, out, call->refusal);
}

int world_record_values(struct world *world, const char *object, const char *id,
			const char *attribute, const struct world_page *page, struct buf *out,
			struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = values_of(&call, id, attribute, page, out);
	return call_end(&call, result);
}

int world_entry_values(struct world *world, const char *list, const char *id, const char *attribute,
		       const struct world_page *page, struct buf *out, struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, list, true, "List with slug/ID \"%s\" not found.",
				refusal);

	if (result == 0)
		result = values_of(&call, id, attribute, page, out);
	return call_end(&call, result);
}

static int print_entries(struct call *call, const struct world_page *page, struct buf *out)
{
	static const char sql[] =
		"SELECT l.id, l.slug, i.id, i.created_at FROM items i JOIN lists l ON l.id = "
		"i.owner_id WHERE i.parent_id = ? ORDER BY i.created_at, i.row LIMIT ? OFFSET ?";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(call->world->store, sql, &error);
	struct buf text = {0};
	int result = -1;
	bool row;

	if (statement != NULL) {
		sql_bind_text(statement, 1, call->item.id);
		sqlite3_bind_int64(statement, 2, page->limit);
		sqlite3_bind_int64(statement, 3, page->offset);
	}
	while (statement != NULL &&
	       (result = sql_step(call->world->store, statement, &row, &error)) == 0 && row)
		buf_printf(&text,
			   "%s{\"list_id\":\"%s\",\"list_api_slug\":\"%s\",\"entry_id\":\"%s\","
			   "\"created_at\":\"%s\"}",
			   text.len > 0 ? "," : "", sqlite3_column_text(statement, 0),
			   sqlite3_column_text(statement, 1), sqlite3_column_text(statement, 2),
			   sqlite3_column_text(statement, 3));
	sql_release(call->world->store, statement);
	if (result == 0)
		buf_printf(out, "[%s]", buf_cstr(&text));
	buf_dispose(&text);
	return result == 0 ? 0 : refusal_system(call->refusal, &error);
}

int world_record_entries(struct world *world, const char *object, const char *id,
			 const struct world_page *page, struct buf *out, struct refusal *refusal)
{
	struct call call;
	int result = call_begin(&call, world, object, false, NO_OBJECT, refusal);

	if (result == 0)
		result = call_item(&call, id);
	if (result == 0)
		result = print_entries(&call, page, out);
	return call_end(&call, result);
}
