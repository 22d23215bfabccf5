/* See deliveries.h. */
#include "local/run/deliveries.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/body.h"
#include "json/json.h"
#include "json/pointer.h"

/* How often the oldest are looked for, so that not every delivery pays for it. */
#define TRIM_EVERY 256

/* ---- keeping ---- */

static int trim(struct pieces *pieces, struct error *error)
{
	long long newest = sqlite3_last_insert_rowid(pieces->store->db);

	if (newest % TRIM_EVERY != 0)
		return 0;
	return rows_run(pieces->store, error, NULL, "DELETE FROM hook_deliveries WHERE row <= ?",
			"i", newest - DELIVERIES_KEPT);
}

int delivery_begin(struct pieces *pieces, struct arena *arena, struct delivery *delivery,
		   struct error *error)
{
	const struct delivery *d = delivery;
	char id[RANDOM_UUID_SIZE];
	char now[CLOCK_TEXT_SIZE];

	if (random_uuid(id, error) != 0)
		return -1;
	clock_text(pieces->clock, now);
	delivery->id = arena_strdup(arena, id);
	if (rows_run(pieces->store, error, NULL,
		     "INSERT INTO hook_deliveries (id, kind, target, name, method, path, query, "
		     "headers, body, replay_of, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
		     "?, ?, ?)",
		     "ttttttttbtt", d->id, d->kind, d->target, d->name, d->method, d->path,
		     d->query, d->headers, d->body, d->body_len, d->replay_of, now) != 0)
		return -1;
	return trim(pieces, error);
}

int delivery_end(struct pieces *pieces, const char *id, const struct delivery_answer *answer,
		 struct error *error)
{
	return rows_run(pieces->store, error, NULL,
			"UPDATE hook_deliveries SET status = ?2, answer_headers = ?3, answer_body "
			"= ?4, error = ?5, ms = ?6, flow = nullif(?7, 0) WHERE id = ?1",
			"titbtii", id, (long long)answer->status, answer->headers, answer->body,
			answer->body_len, answer->error, answer->ms, answer->flow);
}

/* ---- reading ---- */

static void read_body(sqlite3_stmt *row, int column, struct arena *arena, const void **body,
		      size_t *len)
{
	const void *bytes = sqlite3_column_blob(row, column);

	*len = (size_t)sqlite3_column_bytes(row, column);
	*body = arena_strndup(arena, *len > 0 ? bytes : "", *len);
}

int delivery_find(struct pieces *pieces, struct arena *arena, const char *id,
		  struct delivery **delivery, struct error *error)
{
	sqlite3_stmt *row =
		rows_open(pieces->store, error,
			  "SELECT id, kind, target, name, method, path, query, headers, body FROM "
			  "hook_deliveries WHERE id = ?1 OR ?1 = 'last' ORDER BY row DESC LIMIT 1",
			  "t", id);
	bool found;
	int result;

	*delivery = NULL;
	if (row == NULL)
		return -1;
	result = sql_step(pieces->store, row, &found, error);
	if (result == 0 && found) {
		struct delivery *d = arena_alloc(arena, sizeof(*d));

		d->id = rows_text(row, 0, arena);
		d->kind = rows_text(row, 1, arena);
		d->target = rows_text(row, 2, arena);
		d->name = rows_text(row, 3, arena);
		d->method = rows_text(row, 4, arena);
		d->path = rows_text(row, 5, arena);
		d->query = rows_text(row, 6, arena);
		d->headers = rows_text(row, 7, arena);
		read_body(row, 8, arena, &d->body, &d->body_len);
		*delivery = d;
	}
	sql_release(pieces->store, row);
	return result;
}

/* ---- showing ---- */

#define SHOWN                                                                                      \
	"id, kind, target, name, method, path, query, received_at, replay_of, flow, status, ms, "  \
	"error, headers, body, answer_headers, answer_body"

static void put_number(sqlite3_stmt *row, int column, struct buf *out)
{
	if (sqlite3_column_type(row, column) == SQLITE_NULL)
		buf_puts(out, "null");
	else
		buf_printf(out, "%lld", (long long)sqlite3_column_int64(row, column));
}

static void put_body(sqlite3_stmt *row, int column, struct buf *out)
{
	const void *bytes = sqlite3_column_blob(row, column);

	buf_putc(out, ',');
	json_put_body(out, bytes, (size_t)sqlite3_column_bytes(row, column));
}

/* Names of the columns of SHOWN up to `error`, and how each is written. */
static void put_facts(sqlite3_stmt *row, struct buf *out)
{
	static const struct {
		const char *name;
		void (*put)(sqlite3_stmt *row, int column, struct buf *out);
	} columns[] = {
		{"id", rows_put_text},        {"kind", rows_put_text},
		{"target", rows_put_text},    {"name", rows_put_text},
		{"method", rows_put_text},    {"path", rows_put_text},
		{"query", rows_put_text},     {"received_at", rows_put_text},
		{"replay_of", rows_put_text}, {"flow", rows_put_text},
		{"status", put_number},       {"ms", put_number},
		{"error", rows_put_json},
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		buf_printf(out, "%s\"%s\":", i > 0 ? "," : "", columns[i].name);
		columns[i].put(row, (int)i, out);
	}
}

static void put_whole(sqlite3_stmt *row, struct buf *out)
{
	buf_putc(out, '{');
	put_facts(row, out);
	buf_puts(out, ",\"request\":{\"headers\":");
	rows_put_json(row, 13, out);
	put_body(row, 14, out);
	buf_puts(out, "},\"response\":");
	if (sqlite3_column_type(row, 10) == SQLITE_NULL) {
		buf_puts(out, "null}");
		return;
	}
	buf_puts(out, "{\"status\":");
	put_number(row, 10, out);
	buf_puts(out, ",\"headers\":");
	rows_put_json(row, 15, out);
	put_body(row, 16, out);
	buf_puts(out, "}}");
}

int delivery_show(struct pieces *pieces, const char *id, struct buf *out, struct error *error)
{
	sqlite3_stmt *row = rows_open(pieces->store, error,
				      "SELECT " SHOWN " FROM hook_deliveries WHERE id = ?1 OR ?1 = "
				      "'last' ORDER BY row DESC LIMIT 1",
				      "t", id);
	bool found;
	int result;

	if (row == NULL)
		return -1;
	result = sql_step(pieces->store, row, &found, error);
	if (result == 0 && found)
		put_whole(row, out);
	else if (result == 0)
		result = error_set(error, ERROR_NOT_FOUND, "there is no delivery `%.200s`", id);
	sql_release(pieces->store, row);
	return result;
}

int delivery_list(struct pieces *pieces, const char *target, long long limit, struct buf *out,
		  struct error *error)
{
	sqlite3_stmt *row = rows_open(pieces->store, error,
				      "SELECT " SHOWN " FROM hook_deliveries WHERE ?1 IS NULL OR "
				      "target = ?1 OR name = ?1 ORDER BY row DESC LIMIT ?2",
				      "ti", target, limit);
	const char *comma = "";
	bool found;
	int result;

	if (row == NULL)
		return -1;
	buf_putc(out, '[');
	while ((result = sql_step(pieces->store, row, &found, error)) == 0 && found) {
		buf_printf(out, "%s{", comma);
		put_facts(row, out);
		buf_putc(out, '}');
		comma = ",";
	}
	buf_putc(out, ']');
	sql_release(pieces->store, row);
	return result;
}

/* ---- changing ---- */

static int change_one(cJSON **document, const cJSON *change, struct error *error)
{
	const char *pointer = json_string_or_null(change, "pointer");
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(change, "value");

	if (pointer == NULL || value == NULL)
		return error_set(error, ERROR_USAGE, "a change has a pointer and a value");
	return json_pointer_set(document, pointer, cJSON_Duplicate(value, true), error);
}

int delivery_change(struct arena *arena, struct delivery *delivery, const cJSON *set,
		    struct error *error)
{
	cJSON *document;
	const cJSON *change;
	struct buf text = {0};
	int result = 0;

	if (cJSON_GetArraySize(set) == 0)
		return 0;
	document =
		json_parse(delivery->body, delivery->body_len, "the delivery's body", NULL, error);
	if (document == NULL) {
		error->kind = ERROR_USAGE;
		return -1;
	}
	cJSON_ArrayForEach(change, set)
	{
		if (result == 0)
			result = change_one(&document, change, error);
	}
	if (result == 0) {
		json_print(&text, document, false);
		delivery->body = arena_strndup(arena, buf_cstr(&text), text.len);
		delivery->body_len = text.len;
	}
	buf_dispose(&text);
	cJSON_Delete(document);
	return result;
}
