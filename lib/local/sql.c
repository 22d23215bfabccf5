/* SQLite's results as our errors. The full disk, the damaged file and the store in use each get
 * their own sentence and remedy, because each asks for something else of the developer. */
#include "local/sql.h"

#include <errno.h>

#include "base/error.h"
#include "base/mem.h"
#include "local/store.h"

int sql_unwritable(struct local_store *store, const char *cause, struct error *error)
{
	error_set(error, ERROR_SYSTEM, "the local store `%s` cannot be written", store->path);
	error_why(error, "%s", cause);
	return error_fix(error, "give yourself write access to the file and its folder");
}

int sql_error(struct local_store *store, struct error *error)
{
	const char *cause = sqlite3_errmsg(store->db);
	int code = sqlite3_errcode(store->db);

	if (code == SQLITE_IOERR && sqlite3_system_errno(store->db) == ENOSPC)
		code = SQLITE_FULL;
	switch (code) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_INTERRUPT:
		error_set(error, ERROR_SYSTEM, "the local store `%s` is damaged", store->path);
		error_why(error, "%s",
			  code == SQLITE_INTERRUPT ? "a question to it has no end" : cause);
		return error_fix(error, "move the file away and deploy again; it holds nothing but "
					"versions on the local platform");
	case SQLITE_FULL:
		store->full = true;
		error_set(error, ERROR_SYSTEM, "the disk is full: `%s` cannot grow", store->path);
		return error_fix(error, "free some space and try again");
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		error_set(error, ERROR_SYSTEM, "the local store `%s` is in use", store->path);
		return error_fix(error, "wait for the other `attio` to end, then try again");
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return sql_unwritable(store, cause, error);
	default:
		error_set(error, ERROR_SYSTEM, "the local store `%s` cannot be used", store->path);
		return error_why(error, "%s", cause);
	}
}

static int look(void *context)
{
	struct local_store *store = context;

	return ++store->busy > store->patience;
}

void sql_watch(struct local_store *store)
{
	sqlite3_progress_handler(store->db, SQL_WATCH_STEPS, look, store);
}

int sql_run(struct local_store *store, const char *sql, struct error *error)
{
	store->busy = 0;
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return sql_error(store, error);
	return 0;
}

sqlite3_stmt *sql_prepare(struct local_store *store, const char *sql, struct error *error)
{
	sqlite3_stmt *statement = NULL;

	store->busy = 0;
	if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
		sql_error(store, error);
	return statement;
}

/* One text may be in use twice at a time (a function that calls itself): then the second use gets a
 * statement of its own. */
struct sql_kept {
	sqlite3_stmt *statement;
	bool used;
};

sqlite3_stmt *sql_keep(struct local_store *store, const char *sql, struct error *error)
{
	struct sql_kept *kept = map_get(&store->kept, sql);

	if (kept != NULL && kept->used)
		return sql_prepare(store, sql, error);
	if (kept == NULL) {
		sqlite3_stmt *statement = sql_prepare(store, sql, error);

		if (statement == NULL)
			return NULL;
		kept = mem_zalloc(1, sizeof(*kept));
		kept->statement = statement;
		map_set(&store->kept, sqlite3_sql(statement), kept);
	}
	kept->used = true;
	store->busy = 0;
	return kept->statement;
}

void sql_release(struct local_store *store, sqlite3_stmt *statement)
{
	struct sql_kept *kept;

	if (statement == NULL)
		return;
	kept = map_get(&store->kept, sqlite3_sql(statement));
	if (kept == NULL || kept->statement != statement) {
		sqlite3_finalize(statement);
		return;
	}
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	kept->used = false;
}

int sql_finish_kept(struct local_store *store, sqlite3_stmt *statement, struct error *error)
{
	bool row;
	int result = sql_step(store, statement, &row, error);

	sql_release(store, statement);
	return result;
}

void sql_drop_kept(struct local_store *store)
{
	for (size_t i = 0; i < store->kept.count; i++) {
		struct sql_kept *kept = store->kept.entries[i].value;

		sqlite3_finalize(kept->statement);
		mem_free(kept);
	}
	map_dispose(&store->kept);
}

void sql_bind_text(sqlite3_stmt *statement, int at, const char *text)
{
	sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

int sql_step(struct local_store *store, sqlite3_stmt *statement, bool *row, struct error *error)
{
	int code = sqlite3_step(statement);

	*row = code == SQLITE_ROW;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return sql_error(store, error);
	return 0;
}

int sql_finish(struct local_store *store, sqlite3_stmt *statement, struct error *error)
{
	bool row;
	int result = sql_step(store, statement, &row, error);

	sqlite3_finalize(statement);
	return result;
}

int sql_end(struct local_store *store, int result, struct error *error)
{
	if (result == 0)
		result = sql_run(store, "COMMIT", error);
	if (result != 0 && sqlite3_get_autocommit(store->db) == 0)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return result;
}

int sql_number(struct local_store *store, const char *sql, long long *number, struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(store, sql, error);
	bool row;
	int result;

	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &row, error);
	*number = result == 0 && row ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_finalize(statement);
	return result;
}

int sql_find_text(struct local_store *store, const char *sql, const char *key, char *text,
		  bool *found, struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(store, sql, error);
	int result;

	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, key);
	result = sql_step(store, statement, found, error);
	if (result == 0 && *found) {
		const unsigned char *value = sqlite3_column_text(statement, 0);

		sqlite3_snprintf(LOCAL_ID_SIZE, text, "%s", value);
	}
	sqlite3_finalize(statement);
	return result;
}
