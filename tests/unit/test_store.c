/* local/store: versions appear only when completed, and a file we cannot use stays as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/migrations.h"
#include "local/sql.h"
#include "local/store.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char *const BLOCKS[] = {"client", "b"};

struct world {
	struct arena *arena;
	char *root;
	const char *path;
	struct local_store *store;
	struct error error;
	char app[LOCAL_ID_SIZE];
};

static int set_up(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-store-", &world->root, &world->error) != 0)
		return -1;
	world->path = local_store_path(arena, world->root);
	world->store = local_store_open(world->root, &world->error);
	if (world->store == NULL ||
	    local_store_app(world->store, "my-app", world->app, &world->error) != 0)
		return -1;
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	int result;

	local_store_close(world->store);
	result = fs_remove_tree(world->root, &world->error);
	arena_free(world->arena);
	return result;
}

static void begin(struct world *world, long long major, struct local_draft *draft)
{
	assert_int_equal(
		local_store_begin(world->store, world->app, major, BLOCKS, 2, draft, &world->error),
		0);
}

static void put(struct world *world, const struct local_draft *draft, const char *kind,
		const char *bytes, size_t len)
{
	assert_int_equal(local_store_put(world->store, draft->row, kind, bytes, len, &world->error),
			 0);
}

static int complete(struct world *world, long long major, const struct local_draft *draft)
{
	return local_store_complete(world->store, world->app, major, draft->minor, draft->bundle_id,
				    &world->error);
}

static void publish(struct world *world, long long major, struct local_draft *draft)
{
	begin(world, major, draft);
	put(world, draft, "client", "c", 1);
	put(world, draft, "server", "", 0);
	put(world, draft, "block:client", "x\0y", 3);
	put(world, draft, "block:b", "bb", 2);
	assert_int_equal(complete(world, major, draft), 0);
}

static size_t list(struct world *world, struct local_version **versions)
{
	size_t count;

	assert_int_equal(local_store_versions(world->store, world->arena, world->app, versions,
					      &count, &world->error),
			 0);
	return count;
}

/* Runs SQL on the file from outside. */
static void meddle(struct world *world, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void reopen(struct world *world)
{
	local_store_close(world->store);
	world->store = local_store_open(world->root, &world->error);
}

static void test_a_slug_keeps_its_id(void **state)
{
	struct world *world = *state;
	char again[LOCAL_ID_SIZE];
	char other[LOCAL_ID_SIZE];
	bool found;

	assert_int_equal(strlen(world->app), 36);
	reopen(world);
	assert_int_equal(local_store_app(world->store, "my-app", again, &world->error), 0);
	assert_string_equal(again, world->app);
	assert_int_equal(local_store_app(world->store, "other'; --", other, &world->error), 0);
	assert_string_not_equal(other, world->app);
	assert_int_equal(local_store_has_app(world->store, other, &found, &world->error), 0);
	assert_true(found);
	assert_int_equal(local_store_has_app(world->store, "x", &found, &world->error), 0);
	assert_false(found);
}

/* Wherever the folder is and whatever its mode: none of SQLite's files is for others. */
static void test_only_the_owner_reads_it(void **state)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	struct world *world = *state;
	const char *folder = arena_printf(world->arena, "%s/open", world->root);
	struct local_store *store;
	struct stat info;

	assert_int_equal(mkdir(folder, 0755), 0);
	store = local_store_open_in(folder, world->root, &world->error);
	assert_non_null(store);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const char *path =
			arena_printf(world->arena, "%s/platform.db%s", folder, endings[i]);

		assert_int_equal(stat(path, &info), 0);
		assert_int_equal(info.st_mode & 077, 0);
	}
	local_store_close(store);
}

static void test_numbers_and_order(void **state)
{
	struct world *world = *state;
	struct local_draft draft;
	struct local_version *versions;
	size_t len;
	const char *bytes;

	publish(world, 2, &draft);
	assert_int_equal(draft.minor, 0);
	publish(world, 1, &draft);
	publish(world, 2, &draft);
	assert_int_equal(draft.minor, 1);
	reopen(world);
	assert_int_equal(list(world, &versions), 3);
	assert_int_equal(versions[0].major, 1);
	assert_int_equal(versions[2].major, 2);
	assert_int_equal(versions[2].minor, 1);
	assert_int_equal(strlen(versions[0].created_at), strlen("2026-01-02T03:04:05Z"));
	assert_int_equal(versions[0].created_at[19], 'Z');
	assert_int_equal(local_store_bundle(world->store, world->arena, world->app, 2, 1,
					    "block:client", &bytes, &len, &world->error),
			 0);
	assert_int_equal(len, 3);
	assert_memory_equal(bytes, "x\0y", 3);
	assert_int_equal(local_store_bundle(world->store, world->arena, world->app, 2, 1, "server",
					    &bytes, &len, &world->error),
			 0);
	assert_int_equal(len, 0);
	assert_int_equal(local_store_bundle(world->store, world->arena, world->app, 9, 9, "server",
					    &bytes, &len, &world->error),
			 -1);
	assert_int_equal(world->error.kind, ERROR_NOT_FOUND);
}

static void test_unfinished_is_invisible(void **state)
{
	struct world *world = *state;
	struct local_draft draft;
	struct local_version *versions;
	const char *bytes;
	size_t len;

	begin(world, 1, &draft);
	put(world, &draft, "client", "c", 1);
	put(world, &draft, "server", "s", 1);
	put(world, &draft, "block:b", "b", 1);
	assert_int_equal(complete(world, 1, &draft), -1);
	assert_int_equal(world->error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(world->error.message, "`block:client`"));
	assert_int_equal(list(world, &versions), 0);
	assert_int_equal(local_store_bundle(world->store, world->arena, world->app, 1, 0, "client",
					    &bytes, &len, &world->error),
			 -1);
	put(world, &draft, "block:client", "b", 1);
	assert_int_equal(complete(world, 1, &draft), 0);
	assert_int_equal(complete(world, 1, &draft), 0);
	assert_int_equal(list(world, &versions), 1);
	assert_int_equal(local_store_put(world->store, draft.row, "client", "z", 1, &world->error),
			 -1);
	assert_int_equal(world->error.kind, ERROR_NOT_FOUND);
}

static void test_unknown_things(void **state)
{
	struct world *world = *state;
	struct local_draft draft;

	begin(world, 1, &draft);
	assert_int_equal(
		local_store_put(world->store, draft.row, "block:no", "x", 1, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_NOT_FOUND);
	strcpy(draft.bundle_id, "other");
	assert_int_equal(complete(world, 1, &draft), -1);
	assert_int_equal(world->error.kind, ERROR_NOT_FOUND);
	assert_int_equal(
		local_store_begin(world->store, "no-app", 1, NULL, 0, &draft, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	/* A failed begin leaves no transaction open. */
	publish(world, 1, &draft);
}

/* While another process has the store open only ours go; afterwards all. */
static void test_dropping_unfinished(void **state)
{
	struct world *world = *state;
	struct local_draft ours, theirs, done;
	struct local_store *other = local_store_open(world->root, &world->error);

	assert_non_null(other);
	begin(world, 1, &ours);
	assert_int_equal(local_store_begin(other, world->app, 2, BLOCKS, 2, &theirs, &world->error),
			 0);
	publish(world, 3, &done);
	assert_int_equal(local_store_drop_unfinished(world->store, &world->error), 0);
	assert_int_equal(complete(world, 1, &ours), -1);
	assert_int_equal(world->error.kind, ERROR_NOT_FOUND);
	assert_int_equal(complete(world, 2, &theirs), -1);
	assert_int_equal(world->error.kind, ERROR_CONFLICT);
	local_store_close(other);
	assert_int_equal(local_store_drop_unfinished(world->store, &world->error), 0);
	assert_int_equal(complete(world, 2, &theirs), -1);
	assert_int_equal(world->error.kind, ERROR_NOT_FOUND);
	assert_int_equal(complete(world, 3, &done), 0);
}

/* What a file can be made to do to a program that trusts it. */
static void test_endless_store(void **state)
{
	struct world *world = *state;
	struct local_version *versions;
	size_t count;

	meddle(world,
	       "ALTER TABLE versions RENAME TO old;"
	       "CREATE VIEW versions AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i "
	       "+ 1 FROM n) SELECT i AS major, 0 AS minor, '' AS created_at, 1 AS completed, "
	       "(SELECT id FROM apps) AS app_id FROM n");
	world->store->patience = 1;
	assert_int_equal(local_store_versions(world->store, world->arena, world->app, &versions,
					      &count, &world->error),
			 -1);
	assert_non_null(strstr(world->error.message, "damaged"));
	assert_non_null(strstr(world->error.why, "no end"));
}

static void test_what_is_no_file(void **state)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		const char *file = arena_printf(world->arena, "%s%s", world->path, endings[i]);

		local_store_close(world->store);
		unlink(file);
		assert_int_equal(mkfifo(file, 0600), 0);
		world->store = local_store_open(world->root, &world->error);
		assert_null(world->store);
		assert_non_null(strstr(world->error.why, "is not a file"));
		assert_null(local_store_open_to_read(world->root, &world->error));
		unlink(file);
	}
}

static void test_reading_only(void **state)
{
	struct world *world = *state;
	struct local_version *versions;
	struct local_draft draft;

	if (geteuid() == 0)
		skip();
	publish(world, 1, &draft);
	local_store_close(world->store);
	assert_int_equal(chmod(world->path, 0400), 0);
	assert_int_equal(chmod(path_dir(world->arena, world->path), 0500), 0);
	world->store = local_store_open_to_read(world->root, &world->error);
	assert_non_null(world->store);
	assert_int_equal(list(world, &versions), 1);
	assert_int_equal(local_store_drop_unfinished(world->store, &world->error), 0);
	assert_int_equal(
		local_store_begin(world->store, world->app, 1, NULL, 0, &draft, &world->error), -1);
	chmod(path_dir(world->arena, world->path), 0700);
}

static void test_newer_and_foreign_files(void **state)
{
	struct world *world = *state;

	size_t count;
	char own[64];

	migrations_list(&count);
	sqlite3_snprintf(sizeof(own), own, "PRAGMA user_version = %d", (int)count);
	meddle(world, "PRAGMA user_version = 1000");
	reopen(world);
	assert_null(world->store);
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	assert_non_null(strstr(world->error.message, "newer"));
	meddle(world, "PRAGMA user_version = 0");
	reopen(world);
	assert_null(world->store);
	assert_non_null(strstr(world->error.message, "not a store"));
	meddle(world, own);
	reopen(world);
	assert_non_null(world->store);
}

static void test_damaged_file_is_kept(void **state)
{
	static const char garbage[] = "this was never a database, whatever its name says; "
				      "it is long enough to hold a header of one hundred bytes";
	struct world *world = *state;
	char *text;
	size_t len;

	local_store_close(world->store);
	world->store = NULL;
	assert_int_equal(
		fs_write_atomic(world->path, garbage, sizeof(garbage), 0600, &world->error), 0);
	assert_null(local_store_open(world->root, &world->error));
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	assert_non_null(strstr(world->error.message, "damaged"));
	assert_non_null(strstr(world->error.message, world->path));
	assert_int_equal(fs_read(world->arena, world->path, 1000, &text, &len, &world->error), 0);
	assert_int_equal(len, sizeof(garbage));
	assert_memory_equal(text, garbage, len);
}

static void test_unwritable(void **state)
{
	struct world *world = *state;

	if (geteuid() == 0)
		skip();
	local_store_close(world->store);
	assert_int_equal(chmod(world->path, 0400), 0);
	world->store = local_store_open(world->root, &world->error);
	chmod(world->path, 0600);
	assert_null(world->store);
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	assert_non_null(strstr(world->error.message, "cannot be written"));
}

static void test_in_use(void **state)
{
	struct world *world = *state;
	struct local_draft draft;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(
		local_store_begin(world->store, world->app, 1, NULL, 0, &draft, &world->error), -1);
	assert_non_null(strstr(world->error.message, "in use"));
	sqlite3_close(db);
	publish(world, 1, &draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_slug_keeps_its_id, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_only_the_owner_reads_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_numbers_and_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unfinished_is_invisible, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_things, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_dropping_unfinished, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_endless_store, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_no_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reading_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_newer_and_foreign_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damaged_file_is_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unwritable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_in_use, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
