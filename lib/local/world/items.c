/* The SQL of items, and of what values point at. */
#include "local/world/items.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/schema.h"
#include "local/world/value.h"

static void read_item(sqlite3_stmt *statement, const struct owner *owner, struct item *item)
{
	const char *parent = (const char *)sqlite3_column_text(statement, 2);

	memset(item, 0, sizeof(*item));
	item->owner = owner;
	item->row = sqlite3_column_int64(statement, 0);
	snprintf(item->id, sizeof(item->id), "%s", (const char *)sqlite3_column_text(statement, 1));
	snprintf(item->parent_id, sizeof(item->parent_id), "%s", parent != NULL ? parent : "");
	snprintf(item->created_at, sizeof(item->created_at), "%s",
		 (const char *)sqlite3_column_text(statement, 3));
}

int item_anywhere(struct world *world, const struct schema *schema, const char *id,
		  struct item *item, bool *found, struct refusal *refusal)
{
	static const char sql[] =
		"SELECT row, id, parent_id, created_at, owner_id FROM items WHERE id = lower(?)";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	int result = -1;

	*found = false;
	if (statement != NULL) {
		sql_bind_text(statement, 1, id);
		result = sql_step(world->store, statement, found, &error);
	}
	if (result == 0 && *found) {
		const char *owner_id = (const char *)sqlite3_column_text(statement, 4);

		read_item(statement, schema_owner(schema, owner_id), item);
		*found = item->owner != NULL;
	}
	sql_release(world->store, statement);
	return result == 0 ? 0 : refusal_system(refusal, &error);
}

int item_find(struct world *world, const struct owner *owner, const char *id, struct item *item,
	      bool *found, struct refusal *refusal)
{
	static const char sql[] = "SELECT row, id, parent_id, created_at FROM items WHERE id = "
				  "lower(?) AND owner_id = ?";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	int result = -1;

	*found = false;
	if (statement != NULL) {
		sql_bind_text(statement, 1, id);
		sql_bind_text(statement, 2, owner->id);
		result = sql_step(world->store, statement, found, &error);
	}
	if (result == 0 && *found)
		read_item(statement, owner, item);
	sql_release(world->store, statement);
	return result == 0 ? 0 : refusal_system(refusal, &error);
}

int item_insert(struct world *world, struct item *item, struct refusal *refusal)
{
	static const char sql[] =
		"INSERT INTO items (id, owner_id, parent_id, created_at) VALUES (?, ?, ?, ?)";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);

	if (statement == NULL)
		return refusal_system(refusal, &error);
	sql_bind_text(statement, 1, item->id);
	sql_bind_text(statement, 2, item->owner->id);
	sql_bind_text(statement, 3, item->parent_id[0] != '\0' ? item->parent_id : NULL);
	sql_bind_text(statement, 4, item->created_at);
	if (sql_finish_kept(world->store, statement, &error) != 0)
		return refusal_system(refusal, &error);
	item->row = sqlite3_last_insert_rowid(world->store->db);
	return 0;
}

int item_remove(struct world *world, const struct item *item, struct refusal *refusal)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, "DELETE FROM items WHERE row = ?", &error);

	if (statement == NULL)
		return refusal_system(refusal, &error);
	sqlite3_bind_int64(statement, 1, item->row);
	if (sql_finish_kept(world->store, statement, &error) != 0)
		return refusal_system(refusal, &error);
	return 0;
}

int item_by_key(struct world *world, const struct attribute *attribute, const char *key,
		struct item *item, int *count, struct refusal *refusal)
{
	static const char sql[] =
		"SELECT DISTINCT i.row, i.id, i.parent_id, i.created_at FROM vals "
		"v JOIN items i ON i.row = v.item WHERE v.attribute = ? AND "
		"v.key = ? AND v.active_until IS NULL LIMIT 2";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	int result = statement != NULL ? 0 : -1;
	bool row = true;

	*count = 0;
	if (statement != NULL) {
		sqlite3_bind_int64(statement, 1, attribute->row);
		sql_bind_text(statement, 2, key);
	}
	while (result == 0 && row) {
		result = sql_step(world->store, statement, &row, &error);
		if (result == 0 && row && (*count)++ == 0)
			read_item(statement, attribute->owner, item);
	}
	sql_release(world->store, statement);
	return result == 0 ? 0 : refusal_system(refusal, &error);
}

/* ---- what values point at ---- */

/* The key that a text has in a unique attribute; NULL when it can be none of its values. */
static const char *key_of(struct arena *arena, const struct schema *schema,
			  const struct attribute *attribute, const char *text)
{
	struct refusal ignored = {0};
	cJSON *input = cJSON_CreateString(text);
	struct value value;
	const char *key = NULL;

	if (attribute->type != VALUE_NUMBER &&
	    value_parse(arena, schema, attribute, input, &value, &ignored) == 0 &&
	    value.key != NULL)
		key = arena_strdup(arena, value.key);
	cJSON_Delete(input);
	refusal_dispose(&ignored);
	return key;
}

static int find_in_object(struct world *world, const struct schema *schema, struct arena *arena,
			  const struct owner *object, const struct value *value, struct item *item,
			  bool *found, struct refusal *refusal)
{
	const char *wanted = value->look_attribute;

	*found = false;
	if ((wanted == NULL || str_is(wanted, "record_id")) && str_is_uuid(value->look_text) &&
	    item_find(world, object, value->look_text, item, found, refusal) != 0)
		return -1;
	for (size_t i = 0; i < object->attribute_count && !*found; i++) {
		const struct attribute *attribute = &object->attributes[i];
		const char *key;
		int count;

		if (!attribute->unique || attribute->archived ||
		    str_is(attribute->slug, "record_id") ||
		    (wanted != NULL && !str_is(wanted, attribute->slug)))
			continue;
		key = key_of(arena, schema, attribute, value->look_text);
		if (key == NULL)
			continue;
		if (item_by_key(world, attribute, key, item, &count, refusal) != 0)
			return -1;
		*found = count > 0;
	}
	return 0;
}

static int resolve_record(struct world *world, const struct schema *schema, struct arena *arena,
			  const struct attribute *attribute, struct value *value,
			  struct refusal *refusal)
{
	struct item item;
	bool found = false;

	for (size_t i = 0; i < schema->owner_count && !found; i++) {
		const struct owner *object = &schema->owners[i];
		bool allowed = attribute->allowed_count == 0;

		for (size_t k = 0; k < attribute->allowed_count; k++)
			allowed = allowed || str_is(attribute->allowed[k], object->id);
		if (object->is_list || !allowed ||
		    (value->look_object != NULL && value->look_object != object))
			continue;
		if (find_in_object(world, schema, arena, object, value, &item, &found, refusal) !=
		    0)
			return -1;
	}
	if (!found)
		return refusal_bad(refusal, "value_not_found",
				   value->look_attribute != NULL &&
						   str_is(value->look_attribute, "record_id")
					   ? "Record with ID \"%s\" not found."
					   : "Cannot find record with unique value \"%s\".",
				   value->look_text);
	value->json = arena_printf(arena, "{\"target_object_id\":\"%s\"}", item.owner->id);
	value->ref = arena_strdup(arena, item.id);
	return 0;
}

static int resolve_member(struct world *world, struct arena *arena, struct value *value,
			  struct refusal *refusal)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(
		world->store, "SELECT id FROM members WHERE id = lower(?1) OR email = lower(?1)",
		&error);
	bool row = false;
	int result = -1;

	if (statement != NULL) {
		sql_bind_text(statement, 1, value->look_text);
		result = sql_step(world->store, statement, &row, &error);
	}
	if (row)
		value->ref = arena_strdup(arena, (const char *)sqlite3_column_text(statement, 0));
	sql_release(world->store, statement);
	if (result != 0)
		return refusal_system(refusal, &error);
	if (!row)
		return refusal_bad(refusal, "value_not_found",
				   "Workspace member with ID or email address \"%s\" not found.",
				   value->look_text);
	value->json = arena_printf(arena,
				   "{\"referenced_actor_type\":\"workspace-member\","
				   "\"referenced_actor_id\":\"%s\"}",
				   value->ref);
	return 0;
}

int value_resolve(struct world *world, const struct schema *schema, struct arena *arena,
		  const struct attribute *attribute, struct value *value, struct refusal *refusal)
{
	if (value->look == LOOK_RECORD)
		return resolve_record(world, schema, arena, attribute, value, refusal);
	if (value->look == LOOK_MEMBER)
		return resolve_member(world, arena, value, refusal);
	return 0;
}
