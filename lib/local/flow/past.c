/* All of it happens in a store in memory: main is the seed world, `now` the live store, and
 * temp.past_* the live store's tables with the journal taken back. What differs is then a matter of
 * EXCEPT. */
#include "local/flow/past.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/migrations.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "local/world/world.h"
#include "json/json.h"

struct part {
	const char *name;    /* of the table */
	const char *key;     /* its key's column */
	const char *columns; /* of all columns, with commas */
	const char *pairs;   /* "'name',name" of all, for json_object */
};

struct past {
	struct local_store store;
	struct world world;
	struct arena *arena;
	struct part *parts;
	size_t count;
};

/* ---- the tables ---- */

static int read_columns(struct past *past, struct part *part, struct error *error)
{
	sqlite3_stmt *row = sql_prepare(
		&past->store, "SELECT name, pk FROM pragma_table_info(?1, 'main')", error);
	struct buf columns = {0}, pairs = {0};
	bool found;
	int result;

	if (row == NULL)
		return -1;
	sql_bind_text(row, 1, part->name);
	while ((result = sql_step(&past->store, row, &found, error)) == 0 && found) {
		const char *name = rows_text(row, 0, past->arena);

		if (sqlite3_column_int(row, 1) != 0)
			part->key = name;
		buf_printf(&columns, "%s%s", columns.len > 0 ? "," : "", name);
		buf_printf(&pairs, "%s'%s',%s", pairs.len > 0 ? "," : "", name, name);
	}
	sqlite3_finalize(row);
	part->columns = arena_strdup(past->arena, buf_cstr(&columns));
	part->pairs = arena_strdup(past->arena, buf_cstr(&pairs));
	buf_dispose(&columns);
	buf_dispose(&pairs);
	return result;
}

/* Those that the journal follows. */
static int find_parts(struct past *past, struct error *error)
{
	sqlite3_stmt *row = sql_prepare(&past->store,
					"SELECT tbl_name FROM main.sqlite_schema WHERE type = "
					"'trigger' AND name = 'journal_' || tbl_name || '_INSERT' "
					"ORDER BY rowid",
					error);
	bool found;
	int result;

	if (row == NULL)
		return -1;
	while ((result = sql_step(&past->store, row, &found, error)) == 0 && found) {
		struct part *part =
			arena_push(past->arena, &past->parts, &past->count, sizeof(*past->parts));

		*part = (struct part){.name = rows_text(row, 0, past->arena)};
	}
	sqlite3_finalize(row);
	for (size_t i = 0; i < past->count && result == 0; i++)
		result = read_columns(past, &past->parts[i], error);
	return result;
}

static int run(struct past *past, const char *sql, struct error *error)
{
	return sql_run(&past->store, sql, error);
}

static int copy_now(struct past *past, struct error *error)
{
	int result = 0;

	for (size_t i = 0; i < past->count && result == 0; i++) {
		const struct part *part = &past->parts[i];

		result = run(past,
			     arena_printf(past->arena,
					  "CREATE TEMP TABLE past_%s AS SELECT %s FROM now.%s; "
					  "CREATE INDEX temp.past_%s_key ON past_%s (%s)",
					  part->name, part->columns, part->name, part->name,
					  part->name, part->key),
			     error);
	}
	return result;
}

/* ---- going back ---- */

static int too_old(struct error *error)
{
	error_set(error, ERROR_CONFLICT, "the state before this flow is not known any more");
	error_why(error, "a state was brought back since, or very much was changed");
	return error_fix(error, "let it happen again, then save that one");
}

static int check_reach(struct past *past, long long journal, struct error *error)
{
	static const char sql[] =
		"SELECT (SELECT coalesce(max(seq), 0) FROM now.sqlite_sequence WHERE name = "
		"'flow_journal') - ?1 - (SELECT count(*) FROM now.flow_journal WHERE seq > ?1 AND "
		"part <> '*')";
	sqlite3_stmt *row = rows_open(&past->store, error, sql, "i", journal);
	bool found = false;
	long long missing = 0;
	int result;

	if (row == NULL)
		return -1;
	result = sql_step(&past->store, row, &found, error);
	if (found)
		missing = sqlite3_column_int64(row, 0);
	sql_release(&past->store, row);
	return result == 0 && missing != 0 ? too_old(error) : result;
}

static const struct part *find_part(const struct past *past, const char *name)
{
	for (size_t i = 0; i < past->count; i++)
		if (str_is(past->parts[i].name, name))
			return &past->parts[i];
	return NULL;
}

/* "json_extract(?1, '$.a'), json_extract(?1, '$.b')": the columns in their order. */
static const char *extracts(struct past *past, const struct part *part)
{
	struct buf text = {0};
	const char *at = part->columns, *kept;

	while (*at != '\0') {
		size_t len = strcspn(at, ",");

		buf_printf(&text, "%sjson_extract(?1,'$.%.*s')", text.len > 0 ? "," : "", (int)len,
			   at);
		at += len + (at[len] == ',');
	}
	kept = arena_strdup(past->arena, buf_cstr(&text));
	buf_dispose(&text);
	return kept;
}

static int change(struct past *past, const char *sql, sqlite3_value *value, struct error *error)
{
	sqlite3_stmt *statement = sql_keep(&past->store, sql, error);

	if (statement == NULL)
		return -1;
	sqlite3_bind_value(statement, 1, value);
	return sql_finish_kept(&past->store, statement, error);
}

/* One row of the journal: part, key, old. */
static int undo(struct past *past, sqlite3_stmt *row, struct error *error)
{
	const struct part *part = find_part(past, (const char *)sqlite3_column_text(row, 0));
	sqlite3_value *key, *old;
	int result = 0;

	if (part == NULL)
		return 0;
	key = sqlite3_value_dup(sqlite3_column_value(row, 1));
	old = sqlite3_value_dup(sqlite3_column_value(row, 2));
	if (sqlite3_value_type(key) != SQLITE_NULL)
		result = change(past,
				arena_printf(past->arena, "DELETE FROM past_%s WHERE %s = ?1",
					     part->name, part->key),
				key, error);
	if (result == 0 && sqlite3_value_type(old) != SQLITE_NULL)
		result = change(past,
				arena_printf(past->arena, "INSERT INTO past_%s (%s) SELECT %s",
					     part->name, part->columns, extracts(past, part)),
				old, error);
	sqlite3_value_free(key);
	sqlite3_value_free(old);
	return result;
}

static int go_back(struct past *past, long long journal, struct error *error)
{
	sqlite3_stmt *row = rows_open(&past->store, error,
				      "SELECT part, key, old FROM now.flow_journal WHERE seq > ?1 "
				      "ORDER BY seq DESC",
				      "i", journal);
	bool found;
	int result;

	if (row == NULL)
		return -1;
	while ((result = sql_step(&past->store, row, &found, error)) == 0 && found)
		if ((result = undo(past, row, error)) != 0)
			break;
	sql_release(&past->store, row);
	return result;
}

/* ---- telling ---- */

/* Without members that are null. */
static void drop_nulls(cJSON *object)
{
	for (cJSON *item = object->child; item != NULL;) {
		cJSON *next = item->next;

		if (cJSON_IsNull(item))
			cJSON_Delete(cJSON_DetachItemViaPointer(object, item));
		item = next;
	}
}

static cJSON *column_json(sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);
	cJSON *value = text != NULL ? cJSON_Parse(text) : NULL;

	if (value == NULL)
		return cJSON_CreateNull();
	if (cJSON_IsObject(value))
		drop_nulls(value);
	return value;
}

/* What a row of a question becomes in `into`. */
typedef void take_row(sqlite3_stmt *row, cJSON *into);

static int each(struct past *past, const char *sql, take_row *take, cJSON *into,
		struct error *error)
{
	sqlite3_stmt *row = sql_prepare(&past->store, sql, error);
	bool found;
	int result;

	if (row == NULL)
		return -1;
	while ((result = sql_step(&past->store, row, &found, error)) == 0 && found)
		take(row, into);
	sqlite3_finalize(row);
	return result;
}

static void take_item(sqlite3_stmt *row, cJSON *into)
{
	cJSON_AddItemToArray(into, column_json(row, 0));
}

/* The member `name` of an object, made where it is not there. */
static cJSON *inside(cJSON *object, const char *name)
{
	cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);

	return member != NULL ? member : cJSON_AddObjectToObject(object, name);
}

static const char *text(sqlite3_stmt *row, int column)
{
	const char *value = (const char *)sqlite3_column_text(row, column);

	return value != NULL ? value : "";
}

/* owner, id, {created_at, parent} of a new one or NULL. */
static void take_record(sqlite3_stmt *row, cJSON *into)
{
	cJSON *owner = inside(into, text(row, 0));

	if (sqlite3_column_type(row, 2) == SQLITE_NULL)
		cJSON_AddNullToObject(owner, text(row, 1));
	else
		cJSON_AddItemToObject(owner, text(row, 1), column_json(row, 2));
}

/* owner, id, attribute, value or NULL: it has none (any more). */
static void take_value(sqlite3_stmt *row, cJSON *into)
{
	cJSON *record = inside(inside(into, text(row, 0)), text(row, 1));
	cJSON *values = inside(record, "values");
	cJSON *list = cJSON_GetObjectItemCaseSensitive(values, text(row, 2));

	if (list == NULL)
		list = cJSON_AddArrayToObject(values, text(row, 2));
	if (sqlite3_column_type(row, 3) != SQLITE_NULL)
		cJSON_AddItemToArray(list, column_json(row, 3));
}

#define OWNER(schema)                                                                              \
	"coalesce((SELECT slug FROM " schema                                                       \
	"objects WHERE id = i.owner_id), (SELECT slug FROM " schema                                \
	"lists WHERE id = i.owner_id))"
#define FACTS                                                                                      \
	"i.id AS id, v.attribute AS attribute, v.position, v.active_from, v.active_until, "        \
	"v.actor_type, v.actor_id, v.value, v.key, v.ref"

static int tell_records(struct past *past, cJSON *records, struct error *error)
{
	static const char changed[] =
		"CREATE TEMP TABLE was AS SELECT " FACTS
		" FROM past_vals v JOIN past_items i ON i.row = v.item; "
		"CREATE TEMP TABLE seeded AS SELECT " FACTS
		" FROM main.vals v JOIN main.items i ON i.row = v.item; "
		"CREATE TEMP TABLE changed AS SELECT DISTINCT id, attribute FROM (SELECT * FROM "
		"(SELECT * FROM was EXCEPT SELECT * FROM seeded) UNION ALL SELECT * FROM (SELECT * "
		"FROM seeded EXCEPT SELECT * FROM was)) WHERE id IN (SELECT id FROM past_items); "
		"CREATE INDEX temp.changed_by ON changed (id, attribute)";
	static const char removed[] =
		"SELECT " OWNER("main.") ", i.id, NULL FROM main.items i WHERE i.id NOT IN "
					 "(SELECT id FROM past_items) ORDER BY i.row";
	static const char added[] =
		"SELECT " OWNER("past_") ", i.id, json_object('created_at', i.created_at, "
					 "'parent', i.parent_id) FROM past_items i WHERE i.id NOT "
					 "IN (SELECT id FROM main.items) ORDER BY i.row";
	static const char values[] = "SELECT " OWNER(
		"past_") ", i.id, a.slug, CASE WHEN v.row IS NULL THEN NULL ELSE "
			 "json_object('value', json(v.value), 'ref', v.ref, 'key', v.key, "
			 "'position', nullif(v.position, 0), 'from', v.active_from, "
			 "'until', v.active_until, 'actor', v.actor_type || coalesce('/' "
			 "|| v.actor_id, '')) END FROM changed c JOIN past_items i ON i.id "
			 "= c.id JOIN past_attributes a ON a.row = c.attribute LEFT JOIN "
			 "past_vals v ON v.item = i.row AND v.attribute = c.attribute "
			 "ORDER BY i.row, a.row, v.row";

	if (run(past, "CREATE INDEX temp.past_vals_of ON past_vals (item, attribute)", error) !=
		    0 ||
	    run(past, changed, error) != 0 ||
	    each(past, removed, take_record, records, error) != 0 ||
	    each(past, added, take_record, records, error) != 0)
		return -1;
	return each(past, values, take_value, records, error);
}

/* Tables that have a form of their own. */
static bool is_special(const char *name)
{
	static const char *const names[] = {"items",    "vals",        "kv",
					    "settings", "connections", "webhook_handlers"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_is(names[i], name))
			return true;
	return false;
}

/* What nobody may read in a file, by what it is of. */
static void hide(cJSON *rows)
{
	static const char *const columns[] = {"token", "secret"};
	cJSON *row;

	cJSON_ArrayForEach(row, rows)
	{
		for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
			char text[64];

			if (!cJSON_HasObjectItem(row, columns[i]))
				continue;
			snprintf(text, sizeof(text), "placeholder-of-a-%s-%d", columns[i],
				 cJSON_GetObjectItemCaseSensitive(row, "row")->valueint);
			cJSON_ReplaceItemInObjectCaseSensitive(row, columns[i],
							       cJSON_CreateString(text));
		}
	}
}

static int tell_rows(struct past *past, const struct part *part, cJSON *rows, struct error *error)
{
	cJSON *table = cJSON_CreateObject(), *set = cJSON_AddArrayToObject(table, "set");
	cJSON *removed = cJSON_AddArrayToObject(table, "removed");
	int result = each(past,
			  arena_printf(past->arena,
				       "SELECT json_object(%s) FROM (SELECT %s FROM past_%s EXCEPT "
				       "SELECT %s FROM main.%s) ORDER BY %s",
				       part->pairs, part->columns, part->name, part->columns,
				       part->name, part->key),
			  take_item, set, error);

	if (result == 0)
		result = each(past,
			      arena_printf(past->arena,
					   "SELECT json_quote(%s) FROM main.%s WHERE %s NOT IN "
					   "(SELECT %s FROM past_%s) ORDER BY 1",
					   part->key, part->name, part->key, part->key, part->name),
			      take_item, removed, error);
	hide(set);
	if (cJSON_GetArraySize(set) == 0)
		cJSON_DeleteItemFromObjectCaseSensitive(table, "set");
	if (cJSON_GetArraySize(removed) == 0)
		cJSON_DeleteItemFromObjectCaseSensitive(table, "removed");
	if (result == 0 && table->child != NULL)
		cJSON_AddItemToObject(rows, part->name, table);
	else
		cJSON_Delete(table);
	return result;
}

static void take_member(sqlite3_stmt *row, cJSON *into)
{
	cJSON_AddItemToObject(into, text(row, 0), column_json(row, 1));
}

/* Adds it where there is anything in it. */
static void add_full(cJSON *state, const char *name, cJSON *value)
{
	if (value->child != NULL)
		cJSON_AddItemToObject(state, name, value);
	else
		cJSON_Delete(value);
}

/* The seed world has none of these. */
static int tell_pieces(struct past *past, cJSON *state, struct error *error)
{
	static const struct {
		const char *name, *sql;
		bool list;
	} pieces[] = {
		{"kv",
		 "SELECT key, json_object('value', json(value), 'expires_at', expires_at) FROM "
		 "past_kv ORDER BY key",
		 false},
		{"settings", "SELECT key, value FROM past_settings ORDER BY key", false},
		{"connections",
		 "SELECT json_object('id', id, 'key', connection_key, 'owner', owner_type, "
		 "'owner_id', owner_id, 'created_by', created_by, 'type', type, 'value', '{' || "
		 "owner_type || ' connection}', 'created_at', created_at, 'expires_at', "
		 "expires_at) "
		 "FROM past_connections ORDER BY row",
		 true},
		{"webhooks",
		 "SELECT json_object('id', id, 'file_name', file_name, 'external_webhook_id', "
		 "external_webhook_id, 'created_at', created_at) FROM past_webhook_handlers ORDER "
		 "BY row",
		 true},
	};

	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		cJSON *into = pieces[i].list ? cJSON_CreateArray() : cJSON_CreateObject();
		int result = each(past, pieces[i].sql, pieces[i].list ? take_item : take_member,
				  into, error);

		add_full(state, pieces[i].name, into);
		if (result != 0)
			return -1;
	}
	return 0;
}

static int tell(struct past *past, cJSON *state, struct error *error)
{
	cJSON *records = cJSON_CreateObject(), *rows = cJSON_CreateObject();
	int result = tell_records(past, records, error);

	for (size_t i = 0; i < past->count && result == 0; i++)
		if (!is_special(past->parts[i].name))
			result = tell_rows(past, &past->parts[i], rows, error);
	add_full(state, "rows", rows);
	add_full(state, "records", records);
	return result == 0 ? tell_pieces(past, state, error) : -1;
}

/* ---- opening ---- */

static int open_store(struct past *past, const char *live, struct error *error)
{
	size_t count;
	const struct migration *list = migrations_list(&count);

	past->store = (struct local_store){.path = arena_strdup(past->arena, ":memory:"),
					   .folder = -1,
					   .patience = SQL_PATIENCE};
	if (sqlite3_open_v2(":memory:", &past->store.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
			    NULL) != SQLITE_OK)
		return error_set(error, ERROR_SYSTEM, "there is not enough memory");
	if (migrations_apply(&past->store, list, count, error) != 0 ||
	    world_open(&past->world, &past->store, &clock_machine, error) != 0)
		return -1;
	return rows_run(&past->store, error, NULL, "ATTACH ?1 AS now", "t", live);
}

int past_tell(const struct local_store *live, long long journal, cJSON *state, struct error *error)
{
	struct past past = {.arena = arena_new()};
	int result = open_store(&past, live->path, error);

	/* All of one moment. */
	if (result == 0)
		result = run(&past, "BEGIN", error);
	if (result == 0 && find_parts(&past, error) == 0 &&
	    check_reach(&past, journal, error) == 0 && copy_now(&past, error) == 0 &&
	    go_back(&past, journal, error) == 0)
		result = tell(&past, state, error);
	else
		result = -1;
	world_close(&past.world);
	sql_drop_kept(&past.store);
	sqlite3_close(past.store.db);
	arena_free(past.arena);
	return result;
}
