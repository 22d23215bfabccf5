/* See webhooks.h. */
#include "local/run/webhooks.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"

#define COLUMNS "id, file_name, external_webhook_id, created_at"

/* The path is that of the service, `/a/<workspace>/<handler>`: apps read the workspace out of it.
 */
static void put_url(const struct pieces *pieces, const char *id, struct buf *out)
{
	struct buf url = {0};

	buf_printf(&url, "%s/a/%s/%s", pieces->hooks_url, pieces->workspace_id, id);
	buf_put_json_string(out, url.ptr, url.len);
	buf_dispose(&url);
}

static void put_handler(struct pieces *pieces, sqlite3_stmt *row, struct buf *out)
{
	buf_puts(out, "{\"id\":");
	rows_put_text(row, 0, out);
	buf_puts(out, ",\"url\":");
	put_url(pieces, (const char *)sqlite3_column_text(row, 0), out);
	buf_puts(out, ",\"fileName\":");
	rows_put_text(row, 1, out);
	buf_puts(out, ",\"externalWebhookId\":");
	rows_put_text(row, 2, out);
	buf_putc(out, '}');
}

static int none(const char *id, struct error *error)
{
	return error_set(error, ERROR_NOT_FOUND, "there is no webhook handler `%.200s`", id);
}

static const char *id_of(struct arena *arena, struct json_slice params, struct error *error)
{
	const char *id = json_slice_text(arena, params, "id");

	if (id == NULL)
		error_set(error, ERROR_USAGE, "the id of a webhook handler must be a string");
	return id;
}

static int put_one(struct pieces *pieces, const char *id, struct buf *out, struct error *error)
{
	sqlite3_stmt *statement =
		rows_open(pieces->store, error,
			  "SELECT " COLUMNS " FROM webhook_handlers WHERE id = ?", "t", id);
	int result;
	bool row;

	if (statement == NULL)
		return -1;
	result = sql_step(pieces->store, statement, &row, error);
	if (result == 0 && row)
		put_handler(pieces, statement, out);
	else if (result == 0)
		result = none(id, error);
	sql_release(pieces->store, statement);
	return result;
}

static int check_file(const struct pieces *pieces, const char *name, struct error *error)
{
	const char *nearest;

	if (pieces->webhook_files == NULL)
		return 0;
	for (char **file = pieces->webhook_files; *file != NULL; file++)
		if (str_is(*file, name))
			return 0;
	nearest = str_nearest(name, (const char *const *)pieces->webhook_files);
	error_set(error, ERROR_NOT_FOUND, "there is no webhook file `%.200s.webhook.ts`", name);
	if (nearest != NULL)
		return error_fix(error, "did you mean `%.200s`?", nearest);
	return error_fix(error, "fileName is the name of a file under `webhooks/`, without its "
				"suffix `.webhook.ts`");
}

static int create(struct pieces *pieces, const char *name, struct buf *result, struct error *error)
{
	char id[RANDOM_UUID_SIZE];
	char now[CLOCK_TEXT_SIZE];

	if (name == NULL)
		return error_set(error, ERROR_USAGE, "fileName must be a string");
	if (check_file(pieces, name, error) != 0 || random_uuid(id, error) != 0)
		return -1;
	clock_text(pieces->clock, now);
	if (rows_run(pieces->store, error, NULL,
		     "INSERT INTO webhook_handlers (id, file_name, created_at) VALUES (?, ?, ?)",
		     "ttt", id, name, now) != 0)
		return -1;
	return put_one(pieces, id, result, error);
}

int webhooks_create(struct pieces *pieces, struct json_slice params, struct buf *result,
		    struct error *error)
{
	struct arena *arena = arena_new_small(256);
	int code = create(pieces, json_slice_text(arena, params, "fileName"), result, error);

	arena_free(arena);
	return code;
}

int webhooks_get(struct pieces *pieces, struct json_slice params, struct buf *result,
		 struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *id = id_of(arena, params, error);
	int code = id != NULL ? put_one(pieces, id, result, error) : -1;

	arena_free(arena);
	return code;
}

int webhooks_list(struct pieces *pieces, struct json_slice params, struct buf *result,
		  struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		pieces->store, error, "SELECT " COLUMNS " FROM webhook_handlers ORDER BY row", "");
	const char *comma = "";
	int code;
	bool row;

	(void)params;
	if (statement == NULL)
		return -1;
	buf_putc(result, '[');
	while ((code = sql_step(pieces->store, statement, &row, error)) == 0 && row) {
		buf_puts(result, comma);
		put_handler(pieces, statement, result);
		comma = ",";
	}
	buf_putc(result, ']');
	sql_release(pieces->store, statement);
	return code;
}

/* Runs a statement that changes the handler ?1. */
static int change(struct pieces *pieces, const char *sql, const char *id, const char *value,
		  struct error *error)
{
	long long changed;

	if (rows_run(pieces->store, error, &changed, sql, "tt", id, value) != 0)
		return -1;
	return changed > 0 ? 0 : none(id, error);
}

int webhooks_update(struct pieces *pieces, struct json_slice params, struct buf *result,
		    struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *id = id_of(arena, params, error);
	struct json_slice external = json_slice_member(params, "externalWebhookId");
	const char *text = json_slice_string(arena, external);
	int code = -1;

	if (id != NULL && text == NULL && (external.at == NULL || external.at[0] != 'n'))
		error_set(error, ERROR_USAGE, "externalWebhookId must be a string");
	else if (id != NULL)
		code = change(pieces,
			      "UPDATE webhook_handlers SET external_webhook_id = ?2 WHERE id = ?1",
			      id, text, error);
	arena_free(arena);
	buf_puts(result, "{}");
	return code;
}

int webhooks_delete(struct pieces *pieces, struct json_slice params, struct buf *result,
		    struct error *error)
{
	struct arena *arena = arena_new_small(256);
	const char *id = id_of(arena, params, error);
	int code = -1;

	if (id != NULL)
		code = change(pieces, "DELETE FROM webhook_handlers WHERE id = ?1 AND ?2 IS NULL",
			      id, NULL, error);
	arena_free(arena);
	buf_puts(result, "{}");
	return code;
}

/* ---- for the platform ---- */

static int find(struct pieces *pieces, struct arena *arena, const char *sql, const char *name,
		struct webhook **webhook, struct error *error)
{
	sqlite3_stmt *statement = rows_open(pieces->store, error, sql, "t", name);
	int result;
	bool row;

	*webhook = NULL;
	if (statement == NULL)
		return -1;
	result = sql_step(pieces->store, statement, &row, error);
	if (result == 0 && row) {
		*webhook = arena_alloc(arena, sizeof(**webhook));
		(*webhook)->id = rows_text(statement, 0, arena);
		(*webhook)->file_name = rows_text(statement, 1, arena);
	}
	sql_release(pieces->store, statement);
	return result;
}

int webhooks_find(struct pieces *pieces, struct arena *arena, const char *id,
		  struct webhook **webhook, struct error *error)
{
	return find(pieces, arena, "SELECT id, file_name FROM webhook_handlers WHERE id = ?", id,
		    webhook, error);
}

int webhooks_named(struct pieces *pieces, struct arena *arena, const char *name,
		   struct webhook **webhook, struct error *error)
{
	return find(pieces, arena,
		    "SELECT id, file_name FROM webhook_handlers WHERE id = ?1 OR file_name = ?1 "
		    "ORDER BY id = ?1 DESC, row DESC",
		    name, webhook, error);
}

int webhooks_show(struct pieces *pieces, struct buf *out, struct error *error)
{
	sqlite3_stmt *statement =
		rows_open(pieces->store, error,
			  "SELECT " COLUMNS ", (SELECT count(*) FROM hook_deliveries WHERE target "
			  "= h.id) FROM webhook_handlers h ORDER BY row",
			  "");
	const char *comma = "";
	int result;
	bool row;

	if (statement == NULL)
		return -1;
	buf_putc(out, '[');
	while ((result = sql_step(pieces->store, statement, &row, error)) == 0 && row) {
		buf_printf(out, "%s{\"id\":", comma);
		rows_put_text(statement, 0, out);
		buf_puts(out, ",\"url\":");
		put_url(pieces, (const char *)sqlite3_column_text(statement, 0), out);
		buf_puts(out, ",\"file_name\":");
		rows_put_text(statement, 1, out);
		buf_puts(out, ",\"external_webhook_id\":");
		rows_put_text(statement, 2, out);
		buf_puts(out, ",\"created_at\":");
		rows_put_text(statement, 3, out);
		buf_printf(out, ",\"deliveries\":%lld}",
			   (long long)sqlite3_column_int64(statement, 4));
		comma = ",";
	}
	buf_putc(out, ']');
	sql_release(pieces->store, statement);
	return result;
}
