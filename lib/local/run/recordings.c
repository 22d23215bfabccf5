/* See recordings.h. */
#include "local/run/recordings.h"

#include <string.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "local/store.h"
#include "json/json.h"

static int put(struct local_store *store, const struct recording_key *key, const char *answer,
	       const char *at, struct error *error)
{
	if (rows_run(store, error, NULL,
		     "DELETE FROM recordings WHERE method = ?1 AND url = ?2 AND body = ?3", "ttt",
		     key->method, key->url, key->body) != 0)
		return -1;
	return rows_run(
		store, error, NULL,
		"INSERT INTO recordings (method, url, body, answer, at) VALUES (?1, ?2, ?3, "
		"?4, ?5)",
		"ttttt", key->method, key->url, key->body, answer, at);
}

int recording_keep(struct local_store *store, const struct clock *clock,
		   const struct recording_key *key, const char *answer, struct error *error)
{
	char now[CLOCK_TEXT_SIZE];

	clock_text(clock, now);
	return put(store, key, answer, now, error);
}

/* How many answers there are for other bodies of the same address. */
static long long others(struct local_store *store, const struct recording_key *key)
{
	struct error ignored = {0};
	sqlite3_stmt *statement = rows_open(
		store, &ignored, "SELECT count(*) FROM recordings WHERE method = ?1 AND url = ?2",
		"tt", key->method, key->url);
	long long count = 0;
	bool row = false;

	if (statement == NULL)
		return 0;
	if (sql_step(store, statement, &row, &ignored) == 0 && row)
		count = sqlite3_column_int64(statement, 0);
	sql_release(store, statement);
	return count;
}

int recording_find(struct local_store *store, struct arena *arena, const struct recording_key *key,
		   const char **answer, struct error *error)
{
	sqlite3_stmt *statement;
	bool row = false;
	int result;

	statement = rows_open(
		store, error,
		"SELECT answer FROM recordings WHERE method = ?1 AND url = ?2 AND body IN (?3, ?4) "
		"ORDER BY body = ?4",
		"tttt", key->method, key->url, key->body, RECORDING_ANY_BODY);
	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &row, error);
	if (result == 0 && row)
		*answer = rows_text(statement, 0, arena);
	sql_release(store, statement);
	if (result != 0 || row)
		return result;
	return error_set(error, ERROR_NOT_FOUND,
			 "no answer was recorded for %s %.200s%s (--net replay)", key->method,
			 key->url, others(store, key) > 0 ? " with this body" : "");
}

/* ---- all of them ---- */

int recordings_list(struct local_store *store, struct buf *out, struct error *error)
{
	static const char *const names[] = {"method", "url", "body", "at"};
	sqlite3_stmt *statement =
		rows_open(store, error,
			  "SELECT method, url, body, at, answer FROM recordings ORDER BY id", "");
	bool row = true;
	int result = 0, count = 0;

	if (statement == NULL)
		return -1;
	buf_putc(out, '[');
	while ((result = sql_step(store, statement, &row, error)) == 0 && row) {
		buf_puts(out, count++ > 0 ? ",{" : "{");
		for (int i = 0; i < 4; i++) {
			buf_printf(out, "\"%s\":", names[i]);
			rows_put_text(statement, i, out);
			buf_putc(out, ',');
		}
		buf_puts(out, "\"answer\":");
		rows_put_json(statement, 4, out);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
	sql_release(store, statement);
	return result;
}

static int add_one(struct local_store *store, const cJSON *given, size_t number,
		   struct error *error)
{
	const char *body = json_string_or_null(given, "body");
	const char *at = json_string_or_null(given, "at");
	const cJSON *answer = cJSON_GetObjectItemCaseSensitive(given, "answer");
	struct recording_key key = {.method = json_string_or_null(given, "method"),
				    .url = json_string_or_null(given, "url")};
	struct buf text = {0};
	int result;

	if (key.method == NULL || key.url == NULL || body == NULL || at == NULL ||
	    strlen(body) != SHA256_TEXT_SIZE - 1 ||
	    !cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(answer, "status"))) {
		error_set(error, ERROR_USAGE, "recording %zu is none", number);
		error_fix(error, "give what `attio recording export` has written");
		return -1;
	}
	memcpy(key.body, body, SHA256_TEXT_SIZE);
	json_print(&text, answer, false);
	result = put(store, &key, buf_cstr(&text), at, error);
	buf_dispose(&text);
	return result;
}

int recordings_add(struct local_store *store, const cJSON *list, struct error *error)
{
	const cJSON *given;
	size_t number = 0;
	int result = sql_run(store, "BEGIN IMMEDIATE", error);

	if (result != 0)
		return result;
	cJSON_ArrayForEach(given, list)
	{
		result = add_one(store, given, ++number, error);
		if (result != 0)
			break;
	}
	return sql_end(store, result, error);
}
