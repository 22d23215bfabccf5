/* Rows are put where they were by their ids; what refers to what is looked at at the end. */
#include "local/flow/place.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/flow/past.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

struct placing {
	struct local_store *store;
	struct arena *arena;
	const char *now;
	struct error *error;
};

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static int unfit(struct placing *p, const char *what, const char *name)
{
	error_set(p->error, ERROR_USAGE, "the state has %s `%.100s`, which does not fit", what,
		  name != NULL ? name : "");
	return error_fix(p->error, "write the file again with `attio flow save`");
}

/* A number of a question with two texts; *found tells whether it had an answer. */
static int number(struct placing *p, const char *sql, const char *a, const char *b,
		  long long *value, bool *found)
{
	sqlite3_stmt *row = rows_open(p->store, p->error, sql, "tt", a, b);
	int result;

	*found = false;
	if (row == NULL)
		return -1;
	result = sql_step(p->store, row, found, p->error);
	if (result == 0 && *found)
		*value = sqlite3_column_int64(row, 0);
	sql_release(p->store, row);
	return result;
}

/* ---- rows as they are ---- */

/* A table that a state may have: one that the journal follows. */
static int is_table(struct placing *p, const char *name, bool *known)
{
	long long ignored;

	return number(
		p,
		"SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 AND "
		"name = 'journal_' || ?1 || '_INSERT' AND ?2 IS NULL",
		name, NULL, &ignored, known);
}

static void bind(sqlite3_stmt *statement, int at, const cJSON *value)
{
	if (cJSON_IsString(value))
		sqlite3_bind_text(statement, at, value->valuestring, -1, SQLITE_TRANSIENT);
	else if (cJSON_IsNumber(value))
		sqlite3_bind_int64(statement, at, (sqlite3_int64)value->valuedouble);
	else
		sqlite3_bind_null(statement, at);
}

static bool is_word(const char *name)
{
	return name[0] != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name);
}

static int set_row(struct placing *p, const char *table, const cJSON *row)
{
	struct buf sql = {0}, marks = {0};
	sqlite3_stmt *statement;
	const cJSON *column;
	int at = 0;

	buf_printf(&sql, "INSERT OR REPLACE INTO %s (", table);
	cJSON_ArrayForEach(column, row)
	{
		if (!is_word(column->string)) {
			buf_dispose(&sql);
			buf_dispose(&marks);
			return unfit(p, "the column", column->string);
		}
		buf_printf(&sql, "%s%s", at > 0 ? "," : "", column->string);
		buf_puts(&marks, at++ > 0 ? ",?" : "?");
	}
	buf_printf(&sql, ") VALUES (%s)", buf_cstr(&marks));
	statement = at > 0 ? sql_prepare(p->store, buf_cstr(&sql), p->error) : NULL;
	buf_dispose(&sql);
	buf_dispose(&marks);
	if (statement == NULL)
		return unfit(p, "rows of", table);
	at = 0;
	cJSON_ArrayForEach(column, row) bind(statement, ++at, column);
	return sql_finish(p->store, statement, p->error) == 0 ? 0 : unfit(p, "a row of", table);
}

static int remove_row(struct placing *p, const char *table, const cJSON *key)
{
	sqlite3_stmt *statement =
		sql_prepare(p->store,
			    arena_printf(p->arena, "DELETE FROM %s WHERE %s = ?1", table,
					 str_is(table, "workspace") ? "id" : "row"),
			    p->error);

	if (statement == NULL)
		return -1;
	bind(statement, 1, key);
	return sql_finish(p->store, statement, p->error);
}

static int place_rows(struct placing *p, const cJSON *rows)
{
	const cJSON *table, *item;

	cJSON_ArrayForEach(table, rows)
	{
		bool known = false;

		if (!is_word(table->string) || is_table(p, table->string, &known) != 0 || !known)
			return unfit(p, "rows of", table->string);
		cJSON_ArrayForEach(item, member(table, "removed"))
		{
			if (remove_row(p, table->string, item) != 0)
				return -1;
		}
		cJSON_ArrayForEach(item, member(table, "set"))
		{
			if (set_row(p, table->string, item) != 0)
				return -1;
		}
	}
	return 0;
}

/* ---- records and entries ---- */

static int add_value(struct placing *p, long long item, long long attribute, const cJSON *value)
{
	const char *actor = json_string_or_null(value, "actor");
	const char *slash = actor != NULL ? strchr(actor, '/') : NULL;
	const char *type =
		slash != NULL ? arena_strndup(p->arena, actor, (size_t)(slash - actor)) : actor;
	const cJSON *position = member(value, "position");
	struct buf text = {0};
	int result;

	json_print(&text, member(value, "value"), false);
	result = rows_run(p->store, p->error, NULL,
			  "INSERT INTO vals (item, attribute, position, active_from, active_until, "
			  "actor_type, actor_id, value, key, ref) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
			  "?7, ?8, ?9, ?10)",
			  "iiittttttt", item, attribute,
			  cJSON_IsNumber(position) ? (long long)position->valuedouble : 0LL,
			  json_string_or_null(value, "from"), json_string_or_null(value, "until"),
			  type != NULL ? type : "system", slash != NULL ? slash + 1 : NULL,
			  buf_cstr(&text), json_string_or_null(value, "key"),
			  json_string_or_null(value, "ref"));
	buf_dispose(&text);
	return result;
}

static int place_values(struct placing *p, const char *owner, long long item, const cJSON *values)
{
	const cJSON *list, *value;

	cJSON_ArrayForEach(list, values)
	{
		long long attribute = 0;
		bool found;

		if (number(p, "SELECT row FROM attributes WHERE owner_id = ?1 AND slug = ?2", owner,
			   list->string, &attribute, &found) != 0)
			return -1;
		if (!found)
			return unfit(p, "values of the attribute", list->string);
		if (rows_run(p->store, p->error, NULL,
			     "DELETE FROM vals WHERE item = ?1 AND attribute = ?2", "ii", item,
			     attribute) != 0)
			return -1;
		cJSON_ArrayForEach(value, list)
		{
			if (add_value(p, item, attribute, value) != 0)
				return unfit(p, "a value of", list->string);
		}
	}
	return 0;
}

static int remove_record(struct placing *p, const char *id)
{
	if (rows_run(p->store, p->error, NULL,
		     "DELETE FROM vals WHERE item = (SELECT row FROM items WHERE id = ?1)", "t",
		     id) != 0)
		return -1;
	return rows_run(p->store, p->error, NULL, "DELETE FROM items WHERE id = ?1", "t", id);
}

static int place_record(struct placing *p, const char *owner, const cJSON *record)
{
	const char *created = json_string_or_null(record, "created_at");
	long long item = 0;
	bool found;

	if (cJSON_IsNull(record))
		return remove_record(p, record->string);
	if (created != NULL &&
	    rows_run(p->store, p->error, NULL,
		     "INSERT INTO items (id, owner_id, parent_id, created_at) VALUES (?1, ?2, ?3, "
		     "?4)",
		     "tttt", record->string, owner, json_string_or_null(record, "parent"),
		     created) != 0)
		return unfit(p, "the record", record->string);
	if (number(p, "SELECT row FROM items WHERE id = ?1 AND owner_id = ?2", record->string,
		   owner, &item, &found) != 0)
		return -1;
	return found ? place_values(p, owner, item, member(record, "values"))
		     : unfit(p, "the record", record->string);
}

static int place_records(struct placing *p, const cJSON *records)
{
	const cJSON *owner, *record;

	cJSON_ArrayForEach(owner, records)
	{
		char id[40];
		bool found;

		if (sql_find_text(p->store,
				  "SELECT id FROM objects WHERE slug = ?1 UNION ALL SELECT id FROM "
				  "lists WHERE slug = ?1",
				  owner->string, id, &found, p->error) != 0)
			return -1;
		if (!found)
			return unfit(p, "records of", owner->string);
		cJSON_ArrayForEach(record, owner)
		{
			if (place_record(p, arena_strdup(p->arena, id), record) != 0)
				return -1;
		}
	}
	return 0;
}

/* ---- pieces ---- */

static int place_keys(struct placing *p, const cJSON *keys, bool settings)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, keys)
	{
		const cJSON *value = settings ? one : member(one, "value");
		struct buf text = {0};
		int result;

		json_print(&text, value, false);
		result = settings ? rows_run(p->store, p->error, NULL,
					     "INSERT INTO settings (key, value, written_at) VALUES "
					     "(?1, ?2, ?3)",
					     "ttt", one->string, buf_cstr(&text), p->now)
				  : rows_run(p->store, p->error, NULL,
					     "INSERT INTO kv (key, value, written_at, expires_at) "
					     "VALUES (?1, ?2, ?3, ?4)",
					     "tttt", one->string, buf_cstr(&text), p->now,
					     json_string_or_null(one, "expires_at"));
		buf_dispose(&text);
		if (result != 0)
			return -1;
	}
	return 0;
}

static int place_connections(struct placing *p, const cJSON *connections)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, connections)
	{
		const char *owner = json_string_or_null(one, "owner");
		char value[80];

		snprintf(value, sizeof(value), PAST_CONNECTION, owner != NULL ? owner : "");
		if (rows_run(p->store, p->error, NULL,
			     "INSERT INTO connections (id, connection_key, owner_type, owner_id, "
			     "created_by, type, value, created_at, expires_at) VALUES (?1, ?2, ?3, "
			     "?4, ?5, ?6, ?7, ?8, ?9)",
			     "ttttttttt", json_string_or_null(one, "id"),
			     json_string_or_null(one, "key"), owner,
			     json_string_or_null(one, "owner_id"),
			     json_string_or_null(one, "created_by"),
			     json_string_or_null(one, "type"), value,
			     json_string_or_null(one, "created_at"),
			     json_string_or_null(one, "expires_at")) != 0)
			return unfit(p, "the connection", json_string_or_null(one, "id"));
	}
	return 0;
}

static int place_webhooks(struct placing *p, const cJSON *webhooks)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, webhooks)
	{
		if (rows_run(p->store, p->error, NULL,
			     "INSERT INTO webhook_handlers (id, file_name, external_webhook_id, "
			     "created_at) VALUES (?1, ?2, ?3, ?4)",
			     "tttt", json_string_or_null(one, "id"),
			     json_string_or_null(one, "file_name"),
			     json_string_or_null(one, "external_webhook_id"),
			     json_string_or_null(one, "created_at")) != 0)
			return unfit(p, "the webhook handler", json_string_or_null(one, "id"));
	}
	return 0;
}

/* ---- all of it ---- */

static int place_all(struct placing *p, const cJSON *state)
{
	long long broken = 0;

	if (place_rows(p, member(state, "rows")) != 0 ||
	    place_records(p, member(state, "records")) != 0 ||
	    place_keys(p, member(state, "kv"), false) != 0 ||
	    place_keys(p, member(state, "settings"), true) != 0 ||
	    place_connections(p, member(state, "connections")) != 0 ||
	    place_webhooks(p, member(state, "webhooks")) != 0 ||
	    sql_number(p->store, "SELECT count(*) FROM pragma_foreign_key_check", &broken,
		       p->error) != 0)
		return -1;
	if (broken == 0)
		return 0;
	error_set(p->error, ERROR_USAGE, "the state does not fit together");
	error_why(p->error, "it refers to records, attributes or lists that it does not have");
	return error_fix(p->error, "write the file again with `attio flow save`");
}

int place_state(struct local_store *store, const cJSON *state, const char *now, struct error *error)
{
	struct placing p = {store, arena_new(), now, error};
	struct error ignored;
	int result = sql_run(store, "PRAGMA foreign_keys = OFF", error);

	if (result == 0 && (result = sql_run(store, "BEGIN IMMEDIATE", error)) == 0)
		result = sql_end(store, place_all(&p, state), error);
	sql_run(store, "PRAGMA foreign_keys = ON", &ignored);
	arena_free(p.arena);
	return result;
}
