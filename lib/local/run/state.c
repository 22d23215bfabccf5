/* Saving is SQLite's own copy of a live store, brought into place by a rename. Restoring reads the
 * copy from a second database of the same connection, so that all of it is one transaction, and so
 * that others who have the store open see one moment or the other. */
#include "local/run/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/flow/journal.h"
#include "local/migrations.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

#define NAME_LIMIT 64
#define ENDING ".db"

/* ---- names ---- */

static bool name_fits(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char others[] = "0123456789-_.";
	size_t len = strlen(name);

	for (size_t i = 0; i < len; i++)
		if (strchr(letters, name[i]) == NULL && strchr(others, name[i]) == NULL)
			return false;
	return len > 0 && len <= NAME_LIMIT && strchr("-_.", name[0]) == NULL;
}

static const char *folder_of(const struct local_store *store, struct arena *arena)
{
	return path_join(arena, path_dir(arena, store->path), "saved");
}

/* The file of a state, which may be written; NULL with an error. */
static const char *file_of(const struct local_store *store, struct arena *arena, const char *name,
			   struct error *error)
{
	const char *path;

	if (!name_fits(name)) {
		error_set(error, ERROR_USAGE, "`%.80s` is no name for a saved state", name);
		error_fix(error,
			  "use letters, digits, `-`, `_` and `.`, at most %d, and begin "
			  "with a letter or a digit",
			  NAME_LIMIT);
		return NULL;
	}
	path = path_join(arena, folder_of(store, arena), arena_printf(arena, "%s" ENDING, name));
	return bounds_may_write(path_dir(arena, store->path), path, error) == 0 ? path : NULL;
}

/* ---- saving ---- */

/* The store holds secrets: only its owner may read the copy. */
static int make_private(const char *path, struct error *error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return error_system(error, errno, "`%s` cannot be written", path);
	close(fd);
	return 0;
}

static int copy_to(struct local_store *store, const char *path, struct error *error)
{
	if (make_private(path, error) != 0)
		return -1;
	return rows_run(store, error, NULL, "VACUUM INTO ?", "t", path);
}

int state_save(struct local_store *store, const char *name, struct error *error)
{
	struct arena *arena = arena_new();
	const char *path = file_of(store, arena, name, error);
	char key[RANDOM_KEY_SIZE];
	const char *aside;
	int result = -1;

	if (path != NULL && fs_make_dirs(path_dir(arena, path), error) == 0 &&
	    random_key(key, error) == 0) {
		aside = arena_printf(arena, "%s.%s.tmp", path, key);
		result = copy_to(store, aside, error);
		if (result == 0 && rename(aside, path) != 0)
			result = error_system(error, errno, "`%s` cannot be written", path);
		if (result != 0)
			unlink(aside);
	}
	arena_free(arena);
	return result;
}

/* ---- restoring ---- */

static int unreadable(const char *name, const char *why, struct error *error)
{
	error_set(error, ERROR_SYSTEM, "the saved state `%s` cannot be read", name);
	return error_why(error, "%s", why);
}

/* Brings a copy of an older program up to this one's tables. */
static int migrate(struct local_store *copy, const char *name, struct error *error)
{
	size_t count;
	const struct migration *list = migrations_list(&count);

	if (sqlite3_open_v2(copy->path, &copy->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return unreadable(name, sqlite3_errmsg(copy->db), error);
	if (migrations_check(copy, list, count, error) != 0) {
		struct error reason = *error;

		unreadable(name, reason.why[0] != '\0' ? reason.why : reason.message, error);
		return reason.kind == ERROR_SYSTEM && strstr(reason.fix, "newer") != NULL
			       ? error_fix(error, "use the newer `attio` that saved it")
			       : -1;
	}
	return migrations_apply(copy, list, count, error);
}

/* A saved state is never changed: what is read is a copy of it. */
static int prepare(const char *from, struct local_store *copy, const char *name,
		   struct error *error)
{
	struct local_store saved = {.path = copy->path};
	int result;

	if (sqlite3_open_v2(from, &saved.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		result = unreadable(name, sqlite3_errmsg(saved.db), error);
	else if ((result = copy_to(&saved, copy->path, error)) != 0)
		result = unreadable(name, sqlite3_errmsg(saved.db), error);
	sql_drop_kept(&saved);
	sqlite3_close(saved.db);
	return result == 0 ? migrate(copy, name, error) : -1;
}

/* Of the app's code, and of what happened. */
static bool is_kept(const char *table)
{
	static const char *const kept[] = {
		"apps",      "versions", "bundles",  "dev_versions", "dev_bundles",
		"dev_files", "logs",     "requests", "recordings",   "developer_tokens"};

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (str_is(table, kept[i]))
			return true;
	return str_starts(table, "flow") || str_starts(table, "sqlite_");
}

/* The tables that are replaced, in the arena. */
static int list_tables(struct local_store *store, struct arena *arena, const char ***tables,
		       size_t *count, struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		store, error, "SELECT name FROM main.sqlite_schema WHERE type = 'table'", "");
	int result;
	bool row;

	*tables = NULL;
	*count = 0;
	if (statement == NULL)
		return -1;
	while ((result = sql_step(store, statement, &row, error)) == 0 && row) {
		const char *name = rows_text(statement, 0, arena);

		if (!is_kept(name))
			*(const char **)arena_push(arena, tables, count, sizeof(**tables)) = name;
	}
	sql_release(store, statement);
	return result;
}

static int clear_all(struct local_store *store, struct arena *arena, const char **tables,
		     size_t count, struct error *error)
{
	int result = 0;

	for (size_t i = 0; i < count && result == 0; i++)
		result = sql_run(store, arena_printf(arena, "DELETE FROM main.\"%s\"", tables[i]),
				 error);
	return result;
}

/* All go before the first comes, because of what refers to what. */
static int replace_rows(struct local_store *store, struct arena *arena, const char **tables,
			size_t count, struct error *error)
{
	long long broken;
	int result = journal_pause(store, error);

	if (result == 0)
		result = clear_all(store, arena, tables, count, error);
	for (size_t i = 0; i < count && result == 0; i++)
		result = sql_run(store,
				 arena_printf(arena,
					      "INSERT INTO main.\"%s\" SELECT * FROM saved.\"%s\"",
					      tables[i], tables[i]),
				 error);
	if (result == 0)
		result = sql_number(store, "SELECT count(*) FROM pragma_foreign_key_check", &broken,
				    error);
	if (result == 0 && broken > 0)
		result = error_set(error, ERROR_SYSTEM, "the saved state does not fit together");
	return result == 0 ? journal_resume(store, error) : result;
}

static int take_over(struct local_store *store, struct arena *arena, struct error *error)
{
	const char **tables;
	size_t count;
	int result = sql_run(store, "BEGIN IMMEDIATE", error);

	if (result != 0)
		return -1;
	result = list_tables(store, arena, &tables, &count, error);
	if (result == 0)
		result = replace_rows(store, arena, tables, count, error);
	return sql_end(store, result, error);
}

static int attach_and_take(struct local_store *store, const char *path, struct error *error)
{
	struct arena *arena = arena_new();
	struct error ignored;
	int result = -1;

	if (rows_run(store, error, NULL, "ATTACH ? AS saved", "t", path) == 0) {
		/* Rows come in any order, and deleting one must not delete others'. */
		if (sql_run(store, "PRAGMA foreign_keys = OFF", error) == 0)
			result = take_over(store, arena, error);
		sql_run(store, "PRAGMA foreign_keys = ON", &ignored);
		sql_run(store, "DETACH saved", &ignored);
	}
	arena_free(arena);
	return result;
}

int state_restore(struct local_store *store, const char *name, struct error *error)
{
	struct arena *arena = arena_new();
	const char *path = file_of(store, arena, name, error);
	struct local_store copy = {0};
	char key[RANDOM_KEY_SIZE];
	int result = -1;

	if (path != NULL && fs_type(path) != FS_FILE) {
		error_set(error, ERROR_NOT_FOUND, "there is no saved state `%s`", name);
		error_fix(error, "`attio state list` shows those that are there");
	} else if (path != NULL && random_key(key, error) == 0) {
		copy.path = arena_printf(arena, "%s.%s.tmp", path, key);
		result = prepare(path, &copy, name, error);
		sql_drop_kept(&copy);
		sqlite3_close(copy.db);
		if (result == 0)
			result = attach_and_take(store, copy.path, error);
		unlink(copy.path);
	}
	arena_free(arena);
	return result;
}

/* ---- clearing ---- */

int state_clear(struct local_store *store, struct error *error)
{
	struct arena *arena = arena_new();
	struct error ignored;
	const char **tables;
	size_t count;
	int result = sql_run(store, "PRAGMA foreign_keys = OFF", error);

	if (result == 0 && (result = sql_run(store, "BEGIN IMMEDIATE", error)) == 0) {
		result = list_tables(store, arena, &tables, &count, error);
		if (result == 0)
			result = journal_pause(store, error);
		if (result == 0)
			result = clear_all(store, arena, tables, count, error);
		/* Not a thing that is kept: it has one row, always. */
		if (result == 0)
			result =
				sql_run(store, "INSERT INTO schema_stamp VALUES (random())", error);
		if (result == 0)
			result = journal_resume(store, error);
		result = sql_end(store, result, error);
	}
	sql_run(store, "PRAGMA foreign_keys = ON", &ignored);
	arena_free(arena);
	return result;
}

/* ---- listing ---- */

static void put_state(const char *name, size_t name_len, const struct stat *facts, struct buf *out)
{
	char when[CLOCK_TEXT_SIZE];

	clock_write((long long)facts->st_mtime * 1000000000LL, when);
	buf_puts(out, "{\"name\":");
	buf_put_json_string(out, name, name_len);
	buf_printf(out, ",\"bytes\":%lld,\"saved_at\":\"%s\"}", (long long)facts->st_size, when);
}

int state_list(struct local_store *store, struct buf *out, struct error *error)
{
	struct arena *arena = arena_new();
	const char *folder = folder_of(store, arena);
	struct fs_entry *entries = NULL;
	const char *comma = "";
	size_t count = 0;
	int result = 0;

	if (fs_type(folder) == FS_DIR)
		result = fs_list(arena, folder, &entries, &count, error);
	buf_putc(out, '[');
	for (size_t i = 0; i < count && result == 0; i++) {
		const char *name = entries[i].name;
		struct stat facts;

		if (!str_ends(name, ENDING) || stat(path_join(arena, folder, name), &facts) != 0)
			continue;
		buf_puts(out, comma);
		put_state(name, strlen(name) - strlen(ENDING), &facts, out);
		comma = ",";
	}
	buf_putc(out, ']');
	arena_free(arena);
	return result;
}
