/* See kv.h. */
#include "local/run/kv.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

/* Each look-up compares with keys of the index: one of a megabyte would slow all of them down. */
#define KEY_LIMIT 4096

static int refuse_length(struct error *error)
{
	return error_set(error, ERROR_USAGE, "a KV key may have %d bytes at most", KEY_LIMIT);
}

static const char *key_of(struct arena *arena, struct json_slice params, struct error *error)
{
	const char *key = json_slice_text(arena, params, "key");

	if (key == NULL) {
		error_set(error, ERROR_USAGE, "a KV key must be a string");
	} else if (strlen(key) > KEY_LIMIT) {
		refuse_length(error);
		return NULL;
	}
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
	sql_release(pieces->store, statement);
	return result;
}

int kv_get(struct pieces *pieces, struct json_slice params, struct buf *result, struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *key = key_of(arena, params, error);
	int code = key != NULL ? put_value(pieces, key, result, error) : -1;

	arena_free(arena);
	return code;
}

static int put_values(struct pieces *pieces, struct arena *arena, struct json_slice keys,
		      struct buf *out, struct error *error)
{
	struct json_slice item;
	const char *comma = "";

	for (size_t at = 0; json_slice_next(keys, &at, &item); comma = ",") {
		const char *key = json_slice_string(arena, item);

		if (key == NULL)
			return error_set(error, ERROR_USAGE, "a KV key must be a string");
		if (strlen(key) > KEY_LIMIT)
			return refuse_length(error);
		/* As it came: with all that a C string would not hold. */
		buf_puts(out, comma);
		buf_add(out, item.at, item.len);
		buf_putc(out, ':');
		if (put_value(pieces, key, out, error) != 0)
			return -1;
	}
	return 0;
}

int kv_mget(struct pieces *pieces, struct json_slice params, struct buf *result,
	    struct error *error)
{
	struct json_slice keys = json_slice_member(params, "keys");
	struct arena *arena = arena_new_small(512);
	int code;

	buf_putc(result, '{');
	if (keys.at == NULL || keys.at[0] != '[')
		code = error_set(error, ERROR_USAGE, "the keys must be an array of strings");
	else
		code = put_values(pieces, arena, keys, result, error);
	buf_putc(result, '}');
	arena_free(arena);
	return code;
}

/* When a value of that many seconds is over; `text` is empty for one that stays. */
static int expiry_of(const struct pieces *pieces, struct json_slice ttl, char text[CLOCK_TEXT_SIZE],
		     struct error *error)
{
	char number[64];
	char *end;
	double seconds, ms;

	text[0] = '\0';
	if (ttl.at == NULL || ttl.at[0] == 'n')
		return 0;
	snprintf(number, sizeof(number), "%.*s", ttl.len < 60 ? (int)ttl.len : 60, ttl.at);
	seconds = strtod(number, &end);
	if (end == number || *end != '\0' || !isfinite(seconds))
		return error_set(error, ERROR_USAGE, "ttlInSeconds must be a number");
	/* What would be over after the end of our time is for good. */
	ms = (double)clock_ms(pieces->clock) + (seconds > 0 ? seconds * 1000 : 0);
	if (ms < (double)CLOCK_LAST_MS)
		clock_write((long long)ms * 1000000, text);
	return 0;
}

static int store(struct pieces *pieces, const char *key, struct json_slice value,
		 const char *expires, struct error *error)
{
	char *text = mem_strndup(value.at, value.len);
	char now[CLOCK_TEXT_SIZE];
	int code;

	clock_text(pieces->clock, now);
	/* What is over goes with the next write, so that short-lived keys do not pile up. */
	code = rows_run(pieces->store, error, NULL, "DELETE FROM kv WHERE expires_at <= ?", "t",
			now);
	if (code == 0)
		code = rows_run(pieces->store, error, NULL,
				"INSERT INTO kv (key, value, expires_at, written_at) VALUES (?1, "
				"?2, nullif(?3, ''), ?4) ON CONFLICT (key) DO UPDATE SET value = "
				"?2, expires_at = nullif(?3, ''), written_at = ?4",
				"tttt", key, text, expires, now);
	mem_free(text);
	return code;
}

int kv_set(struct pieces *pieces, struct json_slice params, struct buf *result, struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *key = key_of(arena, params, error);
	struct json_slice value = json_slice_member(params, "value");
	char expires[CLOCK_TEXT_SIZE];
	int code = -1;

	if (key != NULL && value.at == NULL)
		error_set(error, ERROR_USAGE, "a KV value must be a JSON value");
	else if (key != NULL &&
		 expiry_of(pieces, json_slice_member(params, "ttl"), expires, error) == 0)
		code = store(pieces, key, value, expires, error);
	arena_free(arena);
	buf_puts(result, "{}");
	return code;
}

int kv_delete(struct pieces *pieces, struct json_slice params, struct buf *result,
	      struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *key = key_of(arena, params, error);
	int code = -1;

	if (key != NULL)
		code = rows_run(pieces->store, error, NULL, "DELETE FROM kv WHERE key = ?", "t",
				key);
	arena_free(arena);
	buf_puts(result, "{}");
	return code;
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
	sql_release(pieces->store, statement);
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
