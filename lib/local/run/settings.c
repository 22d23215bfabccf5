/* See settings.h. */
#include "local/run/settings.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

static int put_stored(struct pieces *pieces, const char *key, struct buf *out, struct error *error)
{
	sqlite3_stmt *statement = rows_open(pieces->store, error,
					    "SELECT value FROM settings WHERE key = ?", "t", key);
	int result;
	bool row;

	if (statement == NULL)
		return -1;
	result = sql_step(pieces->store, statement, &row, error);
	if (result == 0 && row)
		rows_put_json(statement, 0, out);
	else if (result == 0)
		buf_puts(out, "null");
	sqlite3_finalize(statement);
	return result;
}

static int put_member(struct pieces *pieces, const char *key, bool first, struct buf *out,
		      struct error *error)
{
	if (!first)
		buf_putc(out, ',');
	buf_put_json_string(out, key, strlen(key));
	buf_putc(out, ':');
	return put_stored(pieces, key, out, error);
}

static int put_all_stored(struct pieces *pieces, struct buf *out, struct error *error)
{
	sqlite3_stmt *statement =
		rows_open(pieces->store, error, "SELECT key, value FROM settings ORDER BY key", "");
	const char *comma = "";
	int result;
	bool row;

	if (statement == NULL)
		return -1;
	while ((result = sql_step(pieces->store, statement, &row, error)) == 0 && row) {
		buf_puts(out, comma);
		rows_put_text(statement, 0, out);
		buf_putc(out, ':');
		rows_put_json(statement, 1, out);
		comma = ",";
	}
	sqlite3_finalize(statement);
	return result;
}

int settings_get(struct pieces *pieces, const cJSON *params, struct buf *result,
		 struct error *error)
{
	const cJSON *node;
	int code = 0;

	(void)params;
	buf_putc(result, '{');
	if (pieces->settings_schema == NULL) {
		code = put_all_stored(pieces, result, error);
	} else {
		cJSON_ArrayForEach(node, pieces->settings_schema)
		{
			code = put_member(pieces, node->string,
					  node == pieces->settings_schema->child, result, error);
			if (code != 0)
				break;
		}
	}
	buf_putc(result, '}');
	return code;
}

/* ---- writing ---- */

static int unknown_key(const cJSON *schema, const char *key, struct error *error)
{
	struct arena *arena = arena_new_small(512);
	const char **keys = NULL;
	const char *nearest;
	const cJSON *node;
	size_t count = 0;

	cJSON_ArrayForEach(node, schema)
	{
		*(const char **)arena_push(arena, &keys, &count, sizeof(*keys)) = node->string;
	}
	arena_push(arena, &keys, &count, sizeof(*keys));
	nearest = str_nearest(key, keys);
	error_set(error, ERROR_USAGE, "the app has no setting `%.200s`", key);
	if (nearest != NULL)
		error_fix(error, "did you mean `%.200s`?", nearest);
	else if (schema->child == NULL)
		error_why(error, "it registers no settings");
	arena_free(arena);
	return -1;
}

static int check(const struct pieces *pieces, const char *key, const cJSON *value,
		 struct error *error)
{
	const cJSON *node = cJSON_GetObjectItemCaseSensitive(pieces->settings_schema, key);
	const char *type = json_string_or_null(node, "type");

	if (pieces->settings_schema == NULL)
		return 0;
	if (node == NULL)
		return unknown_key(pieces->settings_schema, key, error);
	if (cJSON_IsNull(value) || type == NULL ||
	    (str_is(type, "string") && cJSON_IsString(value)) ||
	    (str_is(type, "number") && cJSON_IsNumber(value)) ||
	    (str_is(type, "boolean") && cJSON_IsBool(value)))
		return 0;
	return error_set(error, ERROR_USAGE, "the setting `%.200s` takes a %.50s or null", key,
			 type);
}

static int write_one(struct pieces *pieces, const char *key, const cJSON *value,
		     struct error *error)
{
	struct buf text = {0};
	char now[CLOCK_TEXT_SIZE];
	int result;

	if (cJSON_IsNull(value))
		return rows_run(pieces->store, error, NULL, "DELETE FROM settings WHERE key = ?",
				"t", key);
	clock_text(pieces->clock, now);
	json_print(&text, value, false);
	result = rows_run(pieces->store, error, NULL,
			  "INSERT INTO settings (key, value, written_at) VALUES (?1, ?2, ?3) ON "
			  "CONFLICT (key) DO UPDATE SET value = ?2, written_at = ?3",
			  "ttt", key, buf_cstr(&text), now);
	buf_dispose(&text);
	return result;
}

int settings_set(struct pieces *pieces, const cJSON *params, struct buf *result,
		 struct error *error)
{
	const char *key = json_string_or_null(params, "key");
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(params, "value");

	if (key == NULL || value == NULL)
		return error_set(error, ERROR_USAGE, "a setting has a key and a value or null");
	if (check(pieces, key, value, error) != 0)
		return -1;
	buf_puts(result, "{}");
	return write_one(pieces, key, value, error);
}

int settings_patch(struct pieces *pieces, const cJSON *values, struct error *error)
{
	const cJSON *value;
	int result;

	if (!cJSON_IsObject(values))
		return error_set(error, ERROR_USAGE, "settings are an object of keys and values");
	cJSON_ArrayForEach(value, values)
	{
		if (check(pieces, value->string, value, error) != 0)
			return -1;
	}
	result = sql_run(pieces->store, "SAVEPOINT settings", error);
	if (result != 0)
		return -1;
	cJSON_ArrayForEach(value, values)
	{
		if (result == 0)
			result = write_one(pieces, value->string, value, error);
	}
	if (result != 0)
		sqlite3_exec(pieces->store->db, "ROLLBACK TO settings", NULL, NULL, NULL);
	if (sql_run(pieces->store, "RELEASE settings", result == 0 ? error : &(struct error){0}) !=
	    0)
		result = -1;
	return result;
}
