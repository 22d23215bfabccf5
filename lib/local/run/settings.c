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
	sql_release(pieces->store, statement);
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
	sql_release(pieces->store, statement);
	return result;
}

int settings_get(struct pieces *pieces, struct json_slice params, struct buf *result,
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

/* What a JSON text is: its first character tells. */
static const char *type_of(const char *json)
{
	switch (json[0]) {
	case '"':
		return "string";
	case 't':
	case 'f':
		return "boolean";
	case 'n':
		return "null";
	case '[':
		return "array";
	case '{':
		return "object";
	default:
		return "number";
	}
}

static int check(const struct pieces *pieces, const char *key, const char *json,
		 struct error *error)
{
	const cJSON *node = cJSON_GetObjectItemCaseSensitive(pieces->settings_schema, key);
	const char *type = json_string_or_null(node, "type");

	if (pieces->settings_schema == NULL)
		return 0;
	if (node == NULL)
		return unknown_key(pieces->settings_schema, key, error);
	if (json[0] == 'n' || type == NULL || str_is(type, type_of(json)))
		return 0;
	return error_set(error, ERROR_USAGE, "the setting `%.200s` takes a %.50s or null", key,
			 type);
}

static int write_one(struct pieces *pieces, const char *key, const char *json, struct error *error)
{
	char now[CLOCK_TEXT_SIZE];

	if (json[0] == 'n')
		return rows_run(pieces->store, error, NULL, "DELETE FROM settings WHERE key = ?",
				"t", key);
	clock_text(pieces->clock, now);
	return rows_run(pieces->store, error, NULL,
			"INSERT INTO settings (key, value, written_at) VALUES (?1, ?2, ?3) ON "
			"CONFLICT (key) DO UPDATE SET value = ?2, written_at = ?3",
			"ttt", key, json, now);
}

int settings_set(struct pieces *pieces, struct json_slice params, struct buf *result,
		 struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *key = json_slice_text(arena, params, "key");
	struct json_slice value = json_slice_member(params, "value");
	int code = -1;

	if (key == NULL || value.at == NULL) {
		error_set(error, ERROR_USAGE, "a setting has a key and a value or null");
	} else {
		const char *json = arena_strndup(arena, value.at, value.len);

		code = check(pieces, key, json, error);
		if (code == 0)
			code = write_one(pieces, key, json, error);
	}
	arena_free(arena);
	buf_puts(result, "{}");
	return code;
}

static int patch_one(struct pieces *pieces, const cJSON *value, struct error *error)
{
	struct buf json = {0};
	int result;

	json_print(&json, value, false);
	result = check(pieces, value->string, buf_cstr(&json), error);
	if (result == 0)
		result = write_one(pieces, value->string, buf_cstr(&json), error);
	buf_dispose(&json);
	return result;
}

int settings_patch(struct pieces *pieces, const cJSON *values, struct error *error)
{
	struct error ignored;
	const cJSON *value;
	int result = 0;

	if (!cJSON_IsObject(values))
		return error_set(error, ERROR_USAGE, "settings are an object of keys and values");
	if (sql_run(pieces->store, "SAVEPOINT settings", error) != 0)
		return -1;
	cJSON_ArrayForEach(value, values)
	{
		if (result == 0)
			result = patch_one(pieces, value, error);
	}
	if (result != 0)
		sql_run(pieces->store, "ROLLBACK TO settings", &ignored);
	if (sql_run(pieces->store, "RELEASE settings", result == 0 ? error : &ignored) != 0)
		result = -1;
	return result;
}
