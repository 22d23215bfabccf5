/* The store's SQL; its tables: migrations.c. The rows of `bundles` are made with the version and
 * hold NULL until the upload comes, so that "is everything there" is a query and not a second list
 * to keep in step. */
#include "local/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/random.h"
#include "http/http.h"
#include "local/migrations.h"
#include "local/sql.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

#define STORE_FOLDER ".attio/local"
#define STORE_FILE "platform.db"
#define BUSY_MS 2000
#define WAIT_MS 5

/* ---- opening ---- */

/* SQLite does not wait where several programs ask for this of one new file at once. */
static int use_wal(struct local_store *store, struct error *error)
{
	for (int waited = 0;; waited += WAIT_MS) {
		int code = sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);

		if (code == SQLITE_OK)
			return 0;
		if (code != SQLITE_BUSY || waited >= BUSY_MS)
			return sql_error(store, error);
		sqlite3_sleep(WAIT_MS);
	}
}

/* What people connect with is in it, and the folder may be one that others look into. SQLite gives
 * the files beside it the same mode. A failure is seen when it is opened. */
static void make_private(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

static int set_up(struct local_store *store, struct error *error)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
	size_t count;
	const struct migration *list = migrations_list(&count);

	make_private(store->path);
	if (sqlite3_open_v2(store->path, &store->db, flags, NULL) != SQLITE_OK)
		return store->db != NULL
			       ? sql_error(store, error)
			       : error_set(error, ERROR_SYSTEM, "there is not enough memory");
	/* SQLite opens a file that it may only read without a word; the failure would come later,
	 * in the middle of a deploy. */
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return sql_unwritable(store, "the file may only be read", error);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	sql_watch(store);
	/* Nothing is changed, not even the mode of the journal, before it is known to be ours. */
	if (migrations_check(store, list, count, error) != 0 || use_wal(store, error) != 0 ||
	    migrations_apply(store, list, count, error) != 0)
		return -1;
	/* A process that is killed loses nothing; a machine that loses its power loses the last
	 * commits, and the file is whole. */
	return sql_run(store,
		       "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; "
		       /* The journal sees what REPLACE deletes, too. */
		       "PRAGMA recursive_triggers = ON",
		       error);
}

const char *local_store_path(struct arena *arena, const char *root)
{
	return path_join(arena, root, STORE_FOLDER "/" STORE_FILE);
}

/* SQLite follows links, and waits at a pipe; for the files that it keeps beside the store too. */
static int check_files(struct arena *arena, const char *root, const char *path, struct error *error)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		const char *file = arena_printf(arena, "%s%s", path, endings[i]);
		enum fs_type type = fs_type(file);

		if (bounds_may_write(root, file, error) != 0)
			return -1;
		if (type == FS_NONE || type == FS_FILE)
			continue;
		error_set(error, ERROR_SYSTEM, "the local store cannot be used");
		error_why(error, "`%s` is not a file", file);
		return error_fix(error, "move it away");
	}
	return 0;
}

/* Whoever has the store open shares a lock on its folder, so that one who gets it alone knows that
 * all other owners of unfinished versions are gone. Process ids would not tell that across
 * containers that share the folder. */
static int take_folder(struct local_store *store, const char *folder, struct error *error)
{
	if (random_bytes(&store->owner, sizeof(store->owner), error) != 0)
		return -1;
	store->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (store->folder >= 0 && flock(store->folder, LOCK_SH) != 0 && errno == EINTR)
		;
	return 0;
}

static struct local_store *new_store(const char *path)
{
	struct local_store *store = mem_zalloc(1, sizeof(*store));

	store->path = mem_strdup(path);
	store->folder = -1;
	store->patience = SQL_PATIENCE;
	return store;
}

struct local_store *local_store_open_in(const char *folder, const char *root, struct error *error)
{
	struct arena *arena = arena_new();
	struct local_store *store = new_store(path_join(arena, folder, STORE_FILE));

	if (check_files(arena, root, store->path, error) != 0 ||
	    fs_make_private_dir(path_dir(arena, store->path), error) != 0 ||
	    take_folder(store, path_dir(arena, store->path), error) != 0 ||
	    set_up(store, error) != 0) {
		local_store_close(store);
		store = NULL;
	}
	arena_free(arena);
	return store;
}

/* Where its journal holds nothing SQLite is told that nobody writes at all: else it wants to make
 * files beside it. */
static int set_up_reading(struct local_store *store, struct arena *arena, struct error *error)
{
	const char *journal = arena_printf(arena, "%s-wal", store->path);
	struct buf uri = {0};
	struct stat status;
	size_t count;
	const struct migration *list = migrations_list(&count);
	int code;

	buf_puts(&uri, "file:");
	http_put_encoded(&uri, store->path, "/");
	if (stat(journal, &status) != 0 || status.st_size == 0)
		buf_puts(&uri, "?immutable=1");
	store->reading = true;
	code = sqlite3_open_v2(buf_cstr(&uri), &store->db,
			       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX,
			       NULL);
	buf_dispose(&uri);
	if (code != SQLITE_OK)
		return sql_error(store, error);
	sql_watch(store);
	return migrations_check(store, list, count, error);
}

static struct local_store *open_for_reading(const char *path, const char *root, struct error *error)
{
	struct arena *arena = arena_new();
	struct local_store *store = new_store(path);

	if (check_files(arena, root, path, error) != 0 ||
	    set_up_reading(store, arena, error) != 0) {
		local_store_close(store);
		store = NULL;
	}
	arena_free(arena);
	return store;
}

struct local_store *local_store_open(const char *root, struct error *error)
{
	struct arena *arena = arena_new_small(512);
	struct local_store *store =
		local_store_open_in(path_join(arena, root, STORE_FOLDER), root, error);

	arena_free(arena);
	return store;
}

struct local_store *local_store_open_to_read(const char *root, struct error *error)
{
	struct arena *arena = arena_new_small(512);
	const char *path = local_store_path(arena, root);
	struct local_store *store;

	if (access(path, R_OK | W_OK) != 0 || access(path_dir(arena, path), W_OK) != 0)
		store = open_for_reading(path, root, error);
	else
		store = local_store_open(root, error);
	arena_free(arena);
	return store;
}

void local_store_close(struct local_store *store)
{
	if (store == NULL)
		return;
	sql_drop_kept(store);
	sqlite3_close(store->db);
	if (store->folder >= 0)
		close(store->folder);
	mem_free(store->path);
	mem_free(store);
}

/* ---- apps ---- */

int local_store_app(struct local_store *store, const char *slug, char id[LOCAL_ID_SIZE],
		    struct error *error)
{
	sqlite3_stmt *statement;
	char fresh[RANDOM_UUID_SIZE];
	bool found;

	if (random_uuid(fresh, error) != 0)
		return -1;
	if (sql_find_text(store, "SELECT id FROM apps WHERE slug = ?", slug, id, &found, error) !=
	    0)
		return -1;
	if (found)
		return 0;
	/* Another process may have been faster: then its id counts. */
	statement =
		sql_prepare(store, "INSERT OR IGNORE INTO apps (id, slug) VALUES (?, ?)", error);
	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, fresh);
	sql_bind_text(statement, 2, slug);
	if (sql_finish(store, statement, error) != 0)
		return -1;
	return sql_find_text(store, "SELECT id FROM apps WHERE slug = ?", slug, id, &found, error);
}

int local_store_has_app(struct local_store *store, const char *id, bool *found, struct error *error)
{
	char same[LOCAL_ID_SIZE];

	return sql_find_text(store, "SELECT id FROM apps WHERE id = ?", id, same, found, error);
}

/* ---- versions ---- */

int local_store_versions(struct local_store *store, struct arena *arena, const char *app_id,
			 struct local_version **versions, size_t *count, struct error *error)
{
	sqlite3_stmt *statement =
		sql_prepare(store,
			    "SELECT major, minor, created_at FROM versions "
			    "WHERE app_id = ? AND completed ORDER BY major, minor",
			    error);
	int result;
	bool row;

	*versions = NULL;
	*count = 0;
	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, app_id);
	while ((result = sql_step(store, statement, &row, error)) == 0 && row) {
		struct local_version *version =
			arena_push(arena, versions, count, sizeof(**versions));
		const unsigned char *created_at = sqlite3_column_text(statement, 2);

		version->major = sqlite3_column_int64(statement, 0);
		version->minor = sqlite3_column_int64(statement, 1);
		version->created_at =
			arena_strdup(arena, created_at != NULL ? (const char *)created_at : "");
	}
	sqlite3_finalize(statement);
	return result;
}

static int add_version(struct local_store *store, const char *app_id, long long major,
		       struct local_draft *draft, struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(
		store,
		"INSERT INTO versions (app_id, major, minor, bundle_id, owner) VALUES (?1, ?2, "
		"(SELECT coalesce(max(minor) + 1, 0) FROM versions WHERE app_id = ?1 AND major = "
		"?2), "
		"?3, ?4) RETURNING row, minor",
		error);
	bool row;
	int result;

	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, app_id);
	sqlite3_bind_int64(statement, 2, major);
	sql_bind_text(statement, 3, draft->bundle_id);
	sqlite3_bind_int64(statement, 4, store->owner);
	result = sql_step(store, statement, &row, error);
	if (result == 0) {
		draft->row = sqlite3_column_int64(statement, 0);
		draft->minor = sqlite3_column_int64(statement, 1);
	}
	sqlite3_finalize(statement);
	return result;
}

static int expect_bundle(struct local_store *store, long long row, const char *prefix,
			 const char *name, struct error *error)
{
	sqlite3_stmt *statement =
		sql_prepare(store, "INSERT INTO bundles (version, kind) VALUES (?, ? || ?)", error);

	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, row);
	sql_bind_text(statement, 2, prefix);
	sql_bind_text(statement, 3, name);
	return sql_finish(store, statement, error);
}

int local_store_begin(struct local_store *store, const char *app_id, long long major,
		      const char *const *block_ids, size_t block_count, struct local_draft *draft,
		      struct error *error)
{
	int result;

	memset(draft, 0, sizeof(*draft));
	if (random_uuid(draft->bundle_id, error) != 0 ||
	    sql_run(store, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	result = add_version(store, app_id, major, draft, error);
	if (result == 0)
		result = expect_bundle(store, draft->row, LOCAL_CLIENT, "", error);
	if (result == 0)
		result = expect_bundle(store, draft->row, LOCAL_SERVER, "", error);
	for (size_t i = 0; i < block_count && result == 0; i++)
		result = expect_bundle(store, draft->row, LOCAL_BLOCK, block_ids[i], error);
	return sql_end(store, result, error);
}

int local_store_put(struct local_store *store, long long row, const char *kind, const void *bytes,
		    size_t len, struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(
		store,
		"UPDATE bundles SET bytes = ? WHERE version = ? AND kind = ? AND EXISTS "
		"(SELECT 1 FROM versions WHERE row = version AND NOT completed)",
		error);

	if (statement == NULL)
		return -1;
	/* An empty bundle is a bundle; a NULL pointer would store NULL, "not there yet". */
	sqlite3_bind_blob64(statement, 1, len > 0 ? bytes : "", len, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, row);
	sql_bind_text(statement, 3, kind);
	if (sql_finish(store, statement, error) != 0)
		return -1;
	if (sqlite3_changes(store->db) == 0)
		return error_set(error, ERROR_NOT_FOUND, "no version waits for this bundle");
	return 0;
}

static int mark_completed(struct local_store *store, long long row, struct error *error)
{
	sqlite3_stmt *statement =
		sql_prepare(store, "UPDATE versions SET completed = 1 WHERE row = ?", error);

	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, row);
	return sql_finish(store, statement, error);
}

int local_store_complete(struct local_store *store, const char *app_id, long long major,
			 long long minor, const char *bundle_id, struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(
		store,
		"SELECT row, (SELECT min(kind) FROM bundles WHERE version = row AND bytes IS NULL) "
		"FROM versions WHERE app_id = ? AND major = ? AND minor = ? AND bundle_id = ?",
		error);
	long long number = 0;
	bool row;
	int result;

	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, app_id);
	sqlite3_bind_int64(statement, 2, major);
	sqlite3_bind_int64(statement, 3, minor);
	sql_bind_text(statement, 4, bundle_id);
	result = sql_step(store, statement, &row, error);
	if (result == 0 && !row)
		result = error_set(error, ERROR_NOT_FOUND, "there is no such version");
	else if (result == 0 && sqlite3_column_type(statement, 1) != SQLITE_NULL)
		result = error_set(error, ERROR_CONFLICT, "the bundle `%.200s` is not there yet",
				   (const char *)sqlite3_column_text(statement, 1));
	else if (result == 0)
		number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return result == 0 ? mark_completed(store, number, error) : -1;
}

int local_store_bundle(struct local_store *store, struct arena *arena, const char *app_id,
		       long long major, long long minor, const char *kind, const char **bytes,
		       size_t *len, struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(
		store,
		"SELECT bytes FROM bundles JOIN versions ON row = version WHERE completed "
		"AND app_id = ? AND major = ? AND minor = ? AND kind = ?",
		error);
	bool row;
	int result;

	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, app_id);
	sqlite3_bind_int64(statement, 2, major);
	sqlite3_bind_int64(statement, 3, minor);
	sql_bind_text(statement, 4, kind);
	result = sql_step(store, statement, &row, error);
	if (result == 0 && !row)
		result = error_set(error, ERROR_NOT_FOUND, "there is no such bundle");
	if (result == 0) {
		const void *blob = sqlite3_column_blob(statement, 0);

		char *copy;

		*len = (size_t)sqlite3_column_bytes(statement, 0);
		copy = arena_alloc(arena, *len + 1);
		if (*len > 0)
			memcpy(copy, blob, *len);
		*bytes = copy;
	}
	sqlite3_finalize(statement);
	return result;
}

/* ---- unfinished versions ---- */

int local_store_drop_unfinished(struct local_store *store, struct error *error)
{
	/* Not while an own version is under way: where it fails, the lock is lost for a moment. */
	bool alone = store->folder >= 0 && flock(store->folder, LOCK_EX | LOCK_NB) == 0;
	sqlite3_stmt *statement = NULL;
	int result = 0;

	if (!store->reading)
		statement = sql_prepare(
			store, "DELETE FROM versions WHERE NOT completed AND (owner = ? OR ?)",
			error);
	if (statement != NULL) {
		sqlite3_bind_int64(statement, 1, store->owner);
		sqlite3_bind_int(statement, 2, alone);
		result = sql_finish(store, statement, error);
	} else if (!store->reading) {
		result = -1;
	}
	while (store->folder >= 0 && flock(store->folder, LOCK_SH) != 0 && errno == EINTR)
		;
	return result;
}
