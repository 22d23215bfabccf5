/* See kv.h. */
#include "local/run/kv.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

/* About three thousand years: what is longer is for good, and the time stays one with four digits
 * of years. */
#define TTL_LIMIT 1e11

static const char *key_of(const cJSON *params, struct error *error)
{
	const char *key = json_string_or_null(params, "key");

	if (key == NULL)
		error_set(error, ERROR_USAGE, "a KV key must be a string");
	return key;
}

/* Appends {"value": ...} or null. */
static int put_value(struct pieces *pieces, const char *key, struct buf *out, struct error *error)
{
	char now[CLOCK_TEXT_SIZE];
	sqlite3_stmt *statement;
	int result;
	bool row;

	clock_text(pieces->clock, now);
	statement = rows_open(pieces->store, error,
			      "SELECT value FROM kv WHERE key = ? AND (expires_at IS NULL OR "
			      "expires_at > ?)",
			      "tt", key, now);
	if (statement == NULL)
		return -1;
	result = sql_step(pieces->store, statement, &row, error);
	if (result == 0 && row)
		buf_printf(out, "{\"value\":%s}", (const char *)sqlite3_column_text(statement, 0));
	else if (result == 0)
		buf_puts(out, "null");
	sqlite3_finalize(statement);
	return result;
}

int kv_get(struct pieces *pieces, const cJSON *params, struct buf *result, struct error *error)
{
	const char *key = key_of(params, error);

	return key != NULL ? put_value(pieces, key, result, error) : -1;
}

int kv_mget(struct pieces *pieces, const cJSON *params, struct buf *result, struct error *error)
{
	const cJSON *keys = cJSON_GetObjectItemCaseSensitive(params, "keys");
	const cJSON *key;

	if (!cJSON_IsArray(keys))
		return error_set(error, ERROR_USAGE, "the keys must be an array of strings");
	buf_putc(result, '{');
	cJSON_ArrayForEach(key, keys)
	{
		if (!cJSON_IsString(key))
			return error_set(error, ERROR_USAGE, "a KV key must be a string");
		if (key != keys->child)
			buf_putc(result, ',');
		buf_put_json_string(result, key->valuestring, strlen(key->valuestring));
		buf_putc(result, ':');
		if (put_value(pieces, key->valuestring, result, error) != 0)
			return -1;
	}
	buf_putc(result, '}');
	return 0;
}

/* When a value of `ttl` seconds is over; `text` is empty for one that stays. */
static int expiry_of(const struct pieces *pieces, const cJSON *ttl, char text[CLOCK_TEXT_SIZE],
		     struct error *error)
{
	text[0] = '\0';
	if (ttl == NULL || cJSON_IsNull(ttl))
		return 0;
	if (!cJSON_IsNumber(ttl) || !isfinite(ttl->valuedouble))
		return error_set(error, ERROR_USAGE, "ttlInSeconds must be a number");
	if (ttl->valuedouble < TTL_LIMIT) {
		double ms = ttl->valuedouble > 0 ? ttl->valuedouble * 1000 : 0;

		clock_write((clock_ms(pieces->clock) + (long long)ms) * 1000000, text);
	}
	return 0;
}

int kv_set(struct pieces *pieces, const cJSON *params, struct buf *result, struct error *error)
{
	const char *key = key_of(params, error);
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(params, "value");
	struct buf text = {0};
	char now[CLOCK_TEXT_SIZE];
	char expires[CLOCK_TEXT_SIZE];
	int code;

	if (key == NULL)
		return -1;
	if (value == NULL)
		return error_set(error, ERROR_USAGE, "a KV value must be a JSON value");
	if (expiry_of(pieces, cJSON_GetObjectItemCaseSensitive(params, "ttl"), expires, error) != 0)
		return -1;
	clock_text(pieces->clock, now);
	json_print(&text, value, false);
	/* What is over goes with the next write, so that short-lived keys do not pile up. */
	code = rows_run(pieces->store, error, NULL, "DELETE FROM kv WHERE expires_at <= ?", "t",
			now);
	if (code == 0)
		code = rows_run(pieces->store, error, NULL,
				"INSERT INTO kv (key, value, expires_at, written_at) VALUES (?1, "
				"?2, ?3, ?4) ON CONFLICT (key) DO UPDATE SET value = ?2, "
				"expires_at = ?3, written_at = ?4",
				"tttt", key, buf_cstr(&text), expires[0] != '\0' ? expires : NULL,
				now);
	buf_dispose(&text);
	buf_puts(result, "{}");
	return code;
}

int kv_delete(struct pieces *pieces, const cJSON *params, struct buf *result, struct error *error)
{
	const char *key = key_of(params, error);

	if (key == NULL)
		return -1;
	buf_puts(result, "{}");
	return rows_run(pieces->store, error, NULL, "DELETE FROM kv WHERE key = ?", "t", key);
}

static void put_item(sqlite3_stmt *row, struct buf *out)
{
	buf_puts(out, "{\"key\":");
	rows_put_text(row, 0, out);
	buf_puts(out, ",\"value\":");
	rows_put_json(row, 1, out);
	buf_puts(out, ",\"expires_at\":");
	rows_put_text(row, 2, out);
	buf_putc(out, '}');
}

/* All rows, or the one with this key. */
static int put_items(struct pieces *pieces, const char *key, struct buf *out, size_t *count,
		     struct error *error)
{
	char now[CLOCK_TEXT_SIZE];
	sqlite3_stmt *statement;
	int result;
	bool row;

	*count = 0;
	clock_text(pieces->clock, now);
	statement = rows_open(pieces->store, error,
			      "SELECT key, value, expires_at FROM kv WHERE (expires_at IS NULL OR "
			      "expires_at > ?1) AND (?2 IS NULL OR key = ?2) ORDER BY key",
			      "tt", now, key);
	if (statement == NULL)
		return -1;
	while ((result = sql_step(pieces->store, statement, &row, error)) == 0 && row) {
		if ((*count)++ > 0)
			buf_putc(out, ',');
		put_item(statement, out);
	}
	sqlite3_finalize(statement);
	return result;
}

int kv_show(struct pieces *pieces, const char *key, struct buf *out, bool *found,
	    struct error *error)
{
	size_t count;
	int result = put_items(pieces, key, out, &count, error);

	*found = count > 0;
	return result;
}

int kv_list(struct pieces *pieces, struct buf *out, struct error *error)
{
	size_t count;
	int result;

	buf_putc(out, '[');
	result = put_items(pieces, NULL, out, &count, error);
	buf_putc(out, ']');
	return result;
}
