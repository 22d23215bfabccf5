/* See dev_store.h. */
#include "local/developer/dev_store.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/random.h"
#include "local/run/rows.h"
#include "local/sql.h"

int dev_store_version(struct local_store *store, const char *app_id, const char *environment,
		      const char *cli_version, const char *now, char id[LOCAL_ID_SIZE],
		      struct error *error)
{
	if (random_uuid(id, error) != 0)
		return -1;
	return rows_run(store, error, NULL,
			"INSERT INTO dev_versions (id, app_id, environment, cli_version, "
			"created_at) VALUES (?, ?, ?, ?, ?)",
			"ttttt", id, app_id, environment, cli_version, now);
}

int dev_store_find(struct local_store *store, const char *app_id, const char *id, long long *row,
		   struct error *error)
{
	sqlite3_stmt *statement =
		rows_open(store, error, "SELECT row FROM dev_versions WHERE app_id = ? AND id = ?",
			  "tt", app_id, id);
	bool found;
	int result;

	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &found, error);
	if (result == 0 && found)
		*row = sqlite3_column_int64(statement, 0);
	sql_release(store, statement);
	if (result == 0 && !found)
		return error_set(error, ERROR_NOT_FOUND, "there is no such dev version");
	return result;
}

/* ---- a push ---- */

static int expect(struct local_store *store, long long row, const char *prefix, const char *name,
		  struct error *error)
{
	return rows_run(store, error, NULL,
			"INSERT INTO dev_files (bundle, kind) VALUES (?, ? || ?)", "itt", row,
			prefix, name);
}

static int add(struct local_store *store, long long version, const char *sdk_version,
	       const char *now, struct local_draft *draft, struct error *error)
{
	if (rows_run(store, error, NULL,
		     "INSERT INTO dev_bundles (id, dev_version, sdk_version, created_at) "
		     "VALUES (?, ?, ?, ?)",
		     "titt", draft->bundle_id, version, sdk_version, now) != 0)
		return -1;
	draft->row = sqlite3_last_insert_rowid(store->db);
	return 0;
}

int dev_store_begin(struct local_store *store, long long version, const char *const *block_ids,
		    size_t block_count, const char *sdk_version, const char *now,
		    struct local_draft *draft, struct error *error)
{
	int result;

	memset(draft, 0, sizeof(*draft));
	if (random_uuid(draft->bundle_id, error) != 0 ||
	    sql_run(store, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	result = add(store, version, sdk_version, now, draft, error);
	if (result == 0)
		result = expect(store, draft->row, LOCAL_CLIENT, "", error);
	if (result == 0)
		result = expect(store, draft->row, LOCAL_SERVER, "", error);
	for (size_t i = 0; i < block_count && result == 0; i++)
		result = expect(store, draft->row, LOCAL_BLOCK, block_ids[i], error);
	return sql_end(store, result, error);
}

int dev_store_put(struct local_store *store, long long row, const char *kind, const void *bytes,
		  size_t len, struct error *error)
{
	long long changed;

	if (rows_run(store, error, &changed,
		     "UPDATE dev_files SET bytes = ? WHERE bundle = ? AND kind = ? AND EXISTS "
		     "(SELECT 1 FROM dev_bundles WHERE row = bundle AND NOT completed)",
		     "bit", bytes, len, row, kind) != 0)
		return -1;
	if (changed == 0)
		return error_set(error, ERROR_NOT_FOUND, "no dev version waits for this bundle");
	return 0;
}

/* What was pushed to this app before is of no use any more. */
static int mark(struct local_store *store, long long row, struct error *error)
{
	int result;

	if (sql_run(store, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	result = rows_run(store, error, NULL, "UPDATE dev_bundles SET completed = 1 WHERE row = ?",
			  "i", row);
	if (result == 0)
		result = rows_run(
			store, error, NULL,
			"DELETE FROM dev_bundles WHERE row < ?1 AND dev_version IN (SELECT o.row "
			"FROM dev_versions o JOIN dev_versions v ON v.app_id = o.app_id JOIN "
			"dev_bundles b ON b.dev_version = v.row WHERE b.row = ?1)",
			"i", row);
	return sql_end(store, result, error);
}

int dev_store_complete(struct local_store *store, long long version, const char *bundle_id,
		       long long *row, bool *again, struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		store, error,
		"SELECT row, completed, (SELECT min(kind) FROM dev_files WHERE bundle = row AND "
		"bytes IS NULL) FROM dev_bundles WHERE dev_version = ? AND id = ?",
		"it", version, bundle_id);
	bool found;
	int result;

	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &found, error);
	if (result == 0 && !found)
		result = error_set(error, ERROR_NOT_FOUND, "there is no such bundle");
	else if (result == 0 && sqlite3_column_type(statement, 2) != SQLITE_NULL)
		result = error_set(error, ERROR_CONFLICT, "the bundle `%.200s` is not there yet",
				   (const char *)sqlite3_column_text(statement, 2));
	if (result == 0) {
		*row = sqlite3_column_int64(statement, 0);
		*again = sqlite3_column_int(statement, 1) != 0;
	}
	sql_release(store, statement);
	return result == 0 && !*again ? mark(store, *row, error) : result;
}

/* ---- reading ---- */

static int read_files(struct local_store *store, struct arena *arena, long long row,
		      struct dev_push *push, struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		store, error,
		"SELECT kind, CAST(bytes AS TEXT) FROM dev_files WHERE bundle = ? ORDER BY rowid",
		"i", row);
	int result;
	bool found;

	if (statement == NULL)
		return -1;
	while ((result = sql_step(store, statement, &found, error)) == 0 && found) {
		struct dev_file *file =
			arena_push(arena, &push->files, &push->file_count, sizeof(*file));

		file->kind = rows_text(statement, 0, arena);
		file->text = rows_text(statement, 1, arena);
	}
	sql_release(store, statement);
	return result;
}

int dev_store_read(struct local_store *store, struct arena *arena, long long row,
		   struct dev_push *push, struct error *error)
{
	sqlite3_stmt *statement =
		rows_open(store, error,
			  "SELECT v.app_id, a.slug, v.environment, a.title FROM dev_bundles b JOIN "
			  "dev_versions v ON "
			  "v.row = b.dev_version JOIN apps a ON a.id = v.app_id WHERE b.row = ?",
			  "i", row);
	bool found;
	int result;

	*push = (struct dev_push){0};
	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &found, error);
	if (result == 0 && !found)
		result = error_set(error, ERROR_NOT_FOUND, "there is no such bundle");
	if (result == 0) {
		push->app_id = rows_text(statement, 0, arena);
		push->app_slug = rows_text(statement, 1, arena);
		push->environment = rows_text(statement, 2, arena);
		push->app_title = rows_text(statement, 3, arena);
	}
	sql_release(store, statement);
	return result == 0 ? read_files(store, arena, row, push, error) : -1;
}

int dev_store_last(struct local_store *store, long long *row, struct error *error)
{
	return sql_number(store, "SELECT coalesce(max(row), 0) FROM dev_bundles WHERE completed",
			  row, error);
}
