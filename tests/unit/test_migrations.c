/* local/migrations: stores of every version are brought to the last one, step by step; one of a
 * newer program and a foreign file are refused and keep their bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/migrations.h"
#include "local/sql.h"
#include "local/store.h"
#include "sys/fs.h"
#include "sys/path.h"

/* As the first `attio` that had a store made it. Not taken from the list: it must not change. */
static const char first_store[] =
	"CREATE TABLE apps (id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE);"
	"CREATE TABLE versions (row INTEGER PRIMARY KEY,"
	"  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,"
	"  major INTEGER NOT NULL, minor INTEGER NOT NULL, bundle_id TEXT NOT NULL UNIQUE,"
	"  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
	"  completed INTEGER NOT NULL DEFAULT 0, owner INTEGER NOT NULL,"
	"  UNIQUE (app_id, major, minor));"
	"CREATE TABLE bundles ("
	"  version INTEGER NOT NULL REFERENCES versions (row) ON DELETE CASCADE,"
	"  kind TEXT NOT NULL, bytes BLOB, PRIMARY KEY (version, kind));"
	"PRAGMA user_version = 1;"
	"INSERT INTO apps VALUES ('id-1', 'my-app');"
	"INSERT INTO versions VALUES (7, 'id-1', 2, 3, 'bundle-1', '2026-01-02T03:04:05Z', 1, 1);"
	"INSERT INTO bundles VALUES (7, 'client', x'6331');";

struct world {
	struct arena *arena;
	char *root;
	const char *path;
	struct local_store store; /* by hand, for lists of our own */
	struct error error;
};

static int set_up(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-migrations-", &world->root, &world->error) !=
	    0)
		return -1;
	world->path = local_store_path(arena, world->root);
	world->store.path = mem_strdup(world->path);
	*state = world;
	return fs_make_dirs(path_dir(arena, world->path), &world->error);
}

static int tear_down(void **state)
{
	struct world *world = *state;
	int result;

	sqlite3_close(world->store.db);
	mem_free(world->store.path);
	result = fs_remove_tree(world->root, &world->error);
	arena_free(world->arena);
	return result;
}

static void run(struct world *world, const char *sql)
{
	sqlite3 *db;
	char *message = NULL;

	assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s", message);
	sqlite3_close(db);
}

static void open_by_hand(struct world *world)
{
	assert_int_equal(sqlite3_open(world->path, &world->store.db), SQLITE_OK);
}

static long long number(struct world *world, const char *sql)
{
	long long value;

	assert_int_equal(sql_number(&world->store, sql, &value, &world->error), 0);
	return value;
}

/* ---- the store's own list ---- */

static void test_numbers_have_no_gap(void **state)
{
	size_t count;
	const struct migration *list = migrations_list(&count);

	(void)state;
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i].number, i + 1);
}

static void test_a_store_of_version_1_opens_with_all_it_holds(void **state)
{
	struct world *world = *state;
	struct local_store *store;
	struct local_version *versions;
	struct local_draft draft;
	const char *bytes;
	size_t count;
	size_t len;
	char id[LOCAL_ID_SIZE];

	run(world, first_store);
	store = local_store_open(world->root, &world->error);
	assert_non_null(store);
	assert_int_equal(local_store_app(store, "my-app", id, &world->error), 0);
	assert_string_equal(id, "id-1");
	assert_int_equal(
		local_store_versions(store, world->arena, id, &versions, &count, &world->error), 0);
	assert_int_equal(count, 1);
	assert_int_equal(versions[0].major, 2);
	assert_int_equal(versions[0].minor, 3);
	assert_string_equal(versions[0].created_at, "2026-01-02T03:04:05Z");
	assert_int_equal(local_store_bundle(store, world->arena, id, 2, 3, "client", &bytes, &len,
					    &world->error),
			 0);
	assert_int_equal(len, 2);
	assert_memory_equal(bytes, "c1", 2);
	assert_int_equal(local_store_begin(store, id, 2, NULL, 0, &draft, &world->error), 0);
	assert_int_equal(draft.minor, 4);
	local_store_close(store);
}

/* The same tables, whether they were made at once or grew: what a query sees of them. */
static void test_the_first_version_is_what_it_was(void **state)
{
	struct world *world = *state;
	static const char shape[] =
		"SELECT count(*) FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = "
		"'table' AND m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" IN ("
		"'apps.id TEXT 0', 'apps.slug TEXT 1', 'versions.row INTEGER 0', "
		"'versions.app_id TEXT 1', 'versions.major INTEGER 1', 'versions.minor INTEGER 1', "
		"'versions.bundle_id TEXT 1', 'versions.created_at TEXT 1', "
		"'versions.completed INTEGER 1', 'versions.owner INTEGER 1', "
		"'bundles.version INTEGER 1', 'bundles.kind TEXT 1', 'bundles.bytes BLOB 0')";
	size_t count;
	const struct migration *list = migrations_list(&count);

	open_by_hand(world);
	assert_int_equal(migrations_apply(&world->store, list, 1, &world->error), 0);
	assert_int_equal(number(world, shape), 13);
	assert_int_equal(number(world, "SELECT count(*) FROM sqlite_master m, "
				       "pragma_table_info(m.name) c WHERE m.type = 'table'"),
			 13);
}

static void refused_untouched(struct world *world, const char *sql, const char *message)
{
	char *before;
	char *after;
	size_t before_len;
	size_t after_len;

	run(world, sql);
	assert_int_equal(
		fs_read(world->arena, world->path, 1 << 20, &before, &before_len, &world->error),
		0);
	assert_null(local_store_open(world->root, &world->error));
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	assert_non_null(strstr(world->error.message, message));
	assert_non_null(strstr(world->error.message, world->path));
	assert_true(world->error.fix[0] != '\0');
	assert_int_equal(
		fs_read(world->arena, world->path, 1 << 20, &after, &after_len, &world->error), 0);
	assert_int_equal(before_len, after_len);
	assert_memory_equal(before, after, after_len);
}

static void test_a_store_of_the_future_is_not_touched(void **state)
{
	struct world *world = *state;
	struct fs_entry *entries;
	size_t count;

	refused_untouched(world,
			  "CREATE TABLE apps (id TEXT, more TEXT); PRAGMA user_version = 1000",
			  "newer");
	/* Nor is there anything beside it. */
	assert_int_equal(fs_list(world->arena, path_dir(world->arena, world->path), &entries,
				 &count, &world->error),
			 0);
	assert_int_equal(count, 1);
	/* In the journal mode that our own stores have. */
	refused_untouched(world, "PRAGMA journal_mode = WAL; PRAGMA user_version = 1001", "newer");
	assert_non_null(strstr(world->error.why, "1001"));
}

static void test_a_foreign_file_is_not_touched(void **state)
{
	struct world *world = *state;

	refused_untouched(world, "CREATE TABLE notes (text)", "not a store");
	refused_untouched(world, "PRAGMA user_version = -5", "not a store");
}

/* ---- a list of three ---- */

static const struct migration three[] = {
	{1, "CREATE TABLE a (x NOT NULL); INSERT INTO a VALUES (1)"},
	{2, "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1"},
	{3, "CREATE TABLE b AS SELECT y AS z FROM a; DROP TABLE a"},
};

static void test_each_version_reaches_the_last(void **state)
{
	struct world *world = *state;

	open_by_hand(world);
	for (size_t from = 0; from <= ARRAY_LEN(three); from++) {
		assert_int_equal(sql_run(&world->store,
					 "DROP TABLE IF EXISTS b; PRAGMA user_version = 0",
					 &world->error),
				 0);
		assert_int_equal(migrations_apply(&world->store, three, from, &world->error), 0);
		assert_int_equal(number(world, "PRAGMA user_version"), from);
		assert_int_equal(migrations_check(&world->store, three, 3, &world->error), 0);
		assert_int_equal(migrations_apply(&world->store, three, 3, &world->error), 0);
		assert_int_equal(number(world, "PRAGMA user_version"), 3);
		assert_int_equal(number(world, "SELECT z FROM b"), 2);
	}
}

static void test_a_step_that_fails_leaves_the_one_before(void **state)
{
	static const struct migration broken[] = {
		{1, "CREATE TABLE a (x NOT NULL); INSERT INTO a VALUES (1)"},
		{2, "INSERT INTO a VALUES (2); INSERT INTO a VALUES (NULL)"},
		{3, "DROP TABLE a"},
	};
	struct world *world = *state;

	open_by_hand(world);
	assert_int_equal(migrations_apply(&world->store, broken, 3, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	assert_int_equal(number(world, "PRAGMA user_version"), 1);
	assert_int_equal(number(world, "SELECT count(*) FROM a"), 1);
	/* No transaction is left open: the next program that knows better goes on from here. */
	assert_int_equal(migrations_apply(&world->store, three, 3, &world->error), 0);
	assert_int_equal(number(world, "SELECT z FROM b"), 2);
}

static void *open_store(void *opaque)
{
	struct world *world = opaque;
	struct error error = {0};
	struct local_store *store = local_store_open(world->root, &error);
	bool opened = store != NULL;

	local_store_close(store);
	return opened ? NULL : mem_strdup(error.message);
}

static void test_many_open_a_new_store_at_once(void **state)
{
	enum { AT_ONCE = 8, ROUNDS = 10 };
	struct world *world = *state;
	pthread_t ids[AT_ONCE];

	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < AT_ONCE; i++)
			assert_int_equal(pthread_create(&ids[i], NULL, open_store, world), 0);
		for (int i = 0; i < AT_ONCE; i++) {
			void *message;

			pthread_join(ids[i], &message);
			if (message != NULL)
				fail_msg("%s", (char *)message);
		}
		assert_int_equal(fs_remove_tree(world->path, &world->error), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_have_no_gap),
		cmocka_unit_test_setup_teardown(test_a_store_of_version_1_opens_with_all_it_holds,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_the_first_version_is_what_it_was, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_a_store_of_the_future_is_not_touched, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_a_foreign_file_is_not_touched, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_each_version_reaches_the_last, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_a_step_that_fails_leaves_the_one_before,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_many_open_a_new_store_at_once, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
