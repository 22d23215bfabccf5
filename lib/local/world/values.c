/* A value is ended by setting active_until and never changed; its position may be. */
#include "local/world/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/schema.h"
#include "local/world/value.h"

struct current {
	long long row;
	long long position;
	const char *json;
	const char *key;
	const char *ref;
	bool wanted;
};

static int fail(struct writing *writing, const struct error *error)
{
	return refusal_system(writing->refusal, error);
}

int values_told(struct writing *writing, const struct item *item, const char *what,
		const struct attribute *attribute)
{
	const struct owner *owner = item->owner;
	const char *workspace = writing->schema->workspace_id;
	struct buf payload = {0};
	int result;

	buf_printf(&payload, "{\"id\":{\"workspace_id\":\"%s\",\"%s\":\"%s\",\"%s\":\"%s\"",
		   workspace, owner->is_list ? "list_id" : "object_id", owner->id,
		   owner->is_list ? "entry_id" : "record_id", item->id);
	if (attribute != NULL)
		buf_printf(&payload, ",\"attribute_id\":\"%s\"", attribute->id);
	buf_putc(&payload, '}');
	if (owner->is_list)
		buf_printf(&payload, ",\"parent_object_id\":\"%s\",\"parent_record_id\":\"%s\"",
			   owner->parent->id, item->parent_id);
	buf_putc(&payload, '}');
	result = world_changed(writing->world, writing->actor,
			       arena_printf(writing->arena, "%s.%s",
					    owner->is_list ? "list-entry" : "record", what),
			       buf_cstr(&payload), writing->refusal);
	buf_dispose(&payload);
	return result;
}

/* ---- single rows ---- */

static const char *text_of(struct arena *arena, sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	return text != NULL ? arena_strdup(arena, text) : NULL;
}

static int load_current(struct writing *writing, long long item, long long attribute,
			struct current **list, size_t *count)
{
	static const char sql[] =
		"SELECT row, position, value, key, ref FROM vals WHERE item = ? AND attribute = ? "
		"AND active_until IS NULL ORDER BY position, row";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(writing->world->store, sql, &error);
	int result = -1;
	bool row;

	*list = NULL;
	*count = 0;
	if (statement != NULL) {
		sqlite3_bind_int64(statement, 1, item);
		sqlite3_bind_int64(statement, 2, attribute);
	}
	while (statement != NULL &&
	       (result = sql_step(writing->world->store, statement, &row, &error)) == 0 && row) {
		struct current *current = arena_push(writing->arena, list, count, sizeof(*current));

		current->row = sqlite3_column_int64(statement, 0);
		current->position = sqlite3_column_int64(statement, 1);
		current->json = text_of(writing->arena, statement, 2);
		current->key = text_of(writing->arena, statement, 3);
		current->ref = text_of(writing->arena, statement, 4);
	}
	sql_release(writing->world->store, statement);
	return result == 0 ? 0 : fail(writing, &error);
}

static int close_row(struct writing *writing, long long row)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(
		writing->world->store, "UPDATE vals SET active_until = ? WHERE row = ?", &error);

	if (statement == NULL)
		return fail(writing, &error);
	sql_bind_text(statement, 1, writing->now);
	sqlite3_bind_int64(statement, 2, row);
	if (sql_finish_kept(writing->world->store, statement, &error) != 0)
		return fail(writing, &error);
	return 0;
}

static int move_row(struct writing *writing, long long row, long long position)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(writing->world->store,
					   "UPDATE vals SET position = ? WHERE row = ?", &error);

	if (statement == NULL)
		return fail(writing, &error);
	sqlite3_bind_int64(statement, 1, position);
	sqlite3_bind_int64(statement, 2, row);
	if (sql_finish_kept(writing->world->store, statement, &error) != 0)
		return fail(writing, &error);
	return 0;
}

static int insert_row(struct writing *writing, long long item, long long attribute,
		      long long position, const struct value *value)
{
	static const char sql[] =
		"INSERT INTO vals (item, attribute, position, active_from, actor_type, actor_id, "
		"value, key, ref) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(writing->world->store, sql, &error);

	if (statement == NULL)
		return fail(writing, &error);
	sqlite3_bind_int64(statement, 1, item);
	sqlite3_bind_int64(statement, 2, attribute);
	sqlite3_bind_int64(statement, 3, position);
	sql_bind_text(statement, 4, writing->now);
	sql_bind_text(statement, 5, writing->actor->type);
	sql_bind_text(statement, 6, writing->actor->id);
	sql_bind_text(statement, 7, value->json);
	sql_bind_text(statement, 8, value->key);
	sql_bind_text(statement, 9, value->ref);
	if (sql_finish_kept(writing->world->store, statement, &error) != 0)
		return fail(writing, &error);
	return 0;
}

/* ---- the other side of a relationship ---- */

static int find_item(struct writing *writing, const char *id, struct item *item, bool *found)
{
	return item_anywhere(writing->world, writing->schema, id, item, found, writing->refusal);
}

/* The row of the item's current value that points at `ref`; 0 when there is none. By the index of
 * references (hence the plus): a company may have thousands of people. */
static int find_ref(struct writing *writing, const struct item *item,
		    const struct attribute *attribute, const char *ref, long long *row)
{
	static const char sql[] =
		"SELECT row FROM vals WHERE ref = ? AND attribute = ? AND +item = ? "
		"AND active_until IS NULL";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(writing->world->store, sql, &error);
	bool found = false;
	int result = -1;

	if (statement != NULL) {
		sql_bind_text(statement, 1, ref);
		sqlite3_bind_int64(statement, 2, attribute->row);
		sqlite3_bind_int64(statement, 3, item->row);
		result = sql_step(writing->world->store, statement, &found, &error);
	}
	*row = found ? sqlite3_column_int64(statement, 0) : 0;
	sql_release(writing->world->store, statement);
	return result == 0 ? 0 : fail(writing, &error);
}

/* Behind all that were ever there. */
static int next_position(struct writing *writing, const struct item *item,
			 const struct attribute *attribute, long long *position)
{
	static const char sql[] =
		"SELECT position + 1 FROM vals WHERE item = ? AND attribute = ? ORDER BY position "
		"DESC LIMIT 1";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(writing->world->store, sql, &error);
	bool row = false;
	int result = -1;

	if (statement != NULL) {
		sqlite3_bind_int64(statement, 1, item->row);
		sqlite3_bind_int64(statement, 2, attribute->row);
		result = sql_step(writing->world->store, statement, &row, &error);
	}
	*position = row ? sqlite3_column_int64(statement, 0) : 0;
	sql_release(writing->world->store, statement);
	return result == 0 ? 0 : fail(writing, &error);
}

/* Ends the value of `item_id`'s attribute that points at `ref`. */
static int unlink_one(struct writing *writing, const struct attribute *attribute,
		      const char *item_id, const char *ref)
{
	struct item item;
	long long row;
	bool found;

	if (find_item(writing, item_id, &item, &found) != 0)
		return -1;
	if (!found)
		return 0;
	if (find_ref(writing, &item, attribute, ref, &row) != 0)
		return -1;
	if (row == 0)
		return 0;
	return close_row(writing, row) == 0 ? values_told(writing, &item, "updated", attribute)
					    : -1;
}

/* A single-valued attribute loses what it holds, and what that pointed at its own value. */
static int make_room(struct writing *writing, const struct attribute *attribute,
		     const struct attribute *back, const struct item *target)
{
	struct current *list;
	size_t count;

	if (load_current(writing, target->row, attribute->row, &list, &count) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (close_row(writing, list[i].row) != 0 ||
		    unlink_one(writing, back, list[i].ref, target->id) != 0)
			return -1;
	return 0;
}

/* Makes `target_id`'s attribute point at `item` too. `back` is the attribute on the item's side. */
static int link_one(struct writing *writing, const struct attribute *attribute,
		    const struct attribute *back, const char *target_id, const struct item *item)
{
	struct value value = {
		.json = arena_printf(writing->arena, "{\"target_object_id\":\"%s\"}",
				     item->owner->id),
		.ref = item->id,
	};
	struct item target;
	long long position;
	long long row;
	bool found;

	if (find_item(writing, target_id, &target, &found) != 0)
		return -1;
	if (!found)
		return 0;
	if (find_ref(writing, &target, attribute, item->id, &row) != 0)
		return -1;
	if (row != 0)
		return 0;
	if ((!attribute->multi && make_room(writing, attribute, back, &target) != 0) ||
	    next_position(writing, &target, attribute, &position) != 0 ||
	    insert_row(writing, target.row, attribute->row, position, &value) != 0)
		return -1;
	return values_told(writing, &target, "updated", attribute);
}

/* ---- the rules ---- */

static bool equal(const struct current *current, const struct value *value)
{
	if (current->key != NULL && value->key != NULL)
		return str_is(current->key, value->key);
	return str_is(current->json, value->json) && str_equal(current->ref, value->ref);
}

static struct current *find_current(struct current *list, size_t count, const struct value *value)
{
	for (size_t i = 0; i < count; i++)
		if (equal(&list[i], value))
			return &list[i];
	return NULL;
}

static int check_unique(struct writing *writing, const struct item *item,
			const struct attribute *attribute, const struct value *value)
{
	static const char sql[] = "SELECT 1 FROM vals WHERE attribute = ? AND key = ? AND "
				  "active_until IS NULL AND item <> ? LIMIT 1";
	struct error error = {0};
	sqlite3_stmt *statement;
	bool row = false;
	int result = -1;

	if (!attribute->unique || value->key == NULL)
		return 0;
	statement = sql_keep(writing->world->store, sql, &error);
	if (statement != NULL) {
		sqlite3_bind_int64(statement, 1, attribute->row);
		sql_bind_text(statement, 2, value->key);
		sqlite3_bind_int64(statement, 3, item->row);
		result = sql_step(writing->world->store, statement, &row, &error);
	}
	sql_release(writing->world->store, statement);
	if (result != 0)
		return fail(writing, &error);
	if (!row)
		return 0;
	return refusal_bad(writing->refusal, "uniqueness_conflict",
			   "The value \"%s\" provided for attribute with ID \"%s\" conflicts with "
			   "one already in the system.",
			   value->key, attribute->id);
}

static int add_value(struct writing *writing, const struct item *item,
		     const struct attribute *attribute, long long position,
		     const struct value *value)
{
	if (check_unique(writing, item, attribute, value) != 0 ||
	    insert_row(writing, item->row, attribute->row, position, value) != 0)
		return -1;
	if (attribute->relationship == NULL || value->ref == NULL)
		return 0;
	return link_one(writing, attribute->relationship, attribute, value->ref, item);
}

static int end_value(struct writing *writing, const struct item *item,
		     const struct attribute *attribute, const struct current *current)
{
	if (close_row(writing, current->row) != 0)
		return -1;
	if (attribute->relationship == NULL || current->ref == NULL)
		return 0;
	return unlink_one(writing, attribute->relationship, current->ref, item->id);
}

/* In front of what is there. */
static int write_in_front(struct writing *writing, const struct item *item,
			  const struct planned *planned, struct current *list, size_t count,
			  bool *changed)
{
	long long position = count > 0 ? list[0].position : 0;

	for (size_t i = planned->count; i-- > 0;) {
		if (find_current(list, count, &planned->values[i]) != NULL)
			continue;
		if (add_value(writing, item, planned->attribute, --position, &planned->values[i]) !=
		    0)
			return -1;
		*changed = true;
	}
	return 0;
}

static int write_exactly(struct writing *writing, const struct item *item,
			 const struct planned *planned, struct current *list, size_t count,
			 bool *changed)
{
	for (size_t i = 0; i < planned->count; i++) {
		struct current *kept = find_current(list, count, &planned->values[i]);

		if (kept != NULL)
			kept->wanted = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (list[i].wanted)
			continue;
		if (end_value(writing, item, planned->attribute, &list[i]) != 0)
			return -1;
		*changed = true;
	}
	for (size_t i = 0; i < planned->count; i++) {
		struct current *kept = find_current(list, count, &planned->values[i]);
		long long position = (long long)i;

		if (kept != NULL && kept->position != position &&
		    move_row(writing, kept->row, position) != 0)
			return -1;
		if (kept != NULL)
			continue;
		if (add_value(writing, item, planned->attribute, position, &planned->values[i]) !=
		    0)
			return -1;
		*changed = true;
	}
	return 0;
}

int values_write(struct writing *writing, const struct item *item, const struct planned *planned,
		 bool fresh, bool *changed)
{
	struct current *list = NULL;
	size_t count = 0;

	*changed = false;
	if (!fresh && load_current(writing, item->row, planned->attribute->row, &list, &count) != 0)
		return -1;
	if (planned->attribute->multi && planned->mode == WRITE_FRONT && !fresh)
		return write_in_front(writing, item, planned, list, count, changed);
	return write_exactly(writing, item, planned, list, count, changed);
}

int values_forget(struct writing *writing, const struct item *item)
{
	static const char sql[] = "UPDATE vals SET active_until = ? WHERE ref = ? AND active_until "
				  "IS NULL";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(writing->world->store, sql, &error);

	if (statement == NULL)
		return fail(writing, &error);
	sql_bind_text(statement, 1, writing->now);
	sql_bind_text(statement, 2, item->id);
	if (sql_finish_kept(writing->world->store, statement, &error) != 0)
		return fail(writing, &error);
	return 0;
}
