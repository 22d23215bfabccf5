/* local/run/state: a saved state comes back as a whole or not at all, and nothing is read or
 * written elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "local/run/state.h"
#include "local/sql.h"
#include "pieces_box.h"

static const char *saved_path(struct box *box, const char *name)
{
	return arena_printf(box->arena, "%s/.attio/local/saved/%s.db", box->root, name);
}

static void save(struct box *box, const char *name)
{
	if (state_save(box->store, name, &box->error) != 0)
		fail_msg("%s: %s", box->error.message, box->error.why);
}

static void restore(struct box *box, const char *name)
{
	if (state_restore(box->store, name, &box->error) != 0)
		fail_msg("%s: %s", box->error.message, box->error.why);
}

static void meddle(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static long long number(struct box *box, const char *sql)
{
	long long value;

	assert_int_equal(sql_number(box->store, sql, &value, &box->error), 0);
	return value;
}

static void test_what_was_saved_comes_back(void **state)
{
	struct box *box = *state;
	char app[LOCAL_ID_SIZE];

	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":1}");
	box_ask(box, "webhooks.create", "{\"fileName\":\"w\"}");
	save(box, "one");
	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":2}");
	box_ask(box, "kv.set", "{\"key\":\"b\",\"value\":3}");
	box_ask(box, "settings.set", "{\"key\":\"s\",\"value\":true}");
	assert_int_equal(local_store_app(box->store, "made-later", app, &box->error), 0);
	restore(box, "one");
	assert_string_equal(box_ask(box, "kv.mget", "{\"keys\":[\"a\",\"b\"]}"),
			    "{\"a\":{\"value\":1},\"b\":null}");
	assert_string_equal(box_ask(box, "settings.get", "{}"), "{}");
	assert_int_equal(number(box, "SELECT count(*) FROM webhook_handlers"), 1);
	/* What belongs to the app's code stays. */
	assert_int_equal(number(box, "SELECT count(*) FROM apps WHERE slug = 'made-later'"), 1);
	/* And again, after it was used. */
	box_ask(box, "kv.set", "{\"key\":\"b\",\"value\":4}");
	restore(box, "one");
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"b\"}"), "null");
	assert_int_equal(number(box, "PRAGMA foreign_keys"), 1);
}

static void test_a_name_is_replaced_and_listed(void **state)
{
	struct box *box = *state;
	struct stat facts;

	assert_int_equal(state_list(box->store, &box->out, &box->error), 0);
	assert_string_equal(buf_cstr(&box->out), "[]");
	save(box, "b");
	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":1}");
	save(box, "b");
	save(box, "a.1_2-x");
	buf_clear(&box->out);
	assert_int_equal(state_list(box->store, &box->out, &box->error), 0);
	assert_ptr_equal(strstr(buf_cstr(&box->out), "{\"name\":\"a.1_2-x\",\"bytes\":"),
			 box->out.ptr + 1);
	assert_non_null(strstr(buf_cstr(&box->out), "},{\"name\":\"b\",\"bytes\":"));
	assert_int_equal(stat(saved_path(box, "b"), &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0600);
	box_ask(box, "kv.delete", "{\"key\":\"a\"}");
	restore(box, "b");
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "{\"value\":1}");
}

static void test_names_lead_nowhere_else(void **state)
{
	static const char *const bad[] = {"",   ".",       "..",  "../x", "a/b",      "/etc/x",
					  "-x", ".hidden", "a b", "a\n",  "\xc3\xa4", "a%2f"};
	struct box *box = *state;
	char endless[100];

	memset(endless, 'a', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(state_save(box->store, bad[i], &box->error), -1);
		assert_int_equal(box->error.kind, ERROR_USAGE);
		assert_int_equal(state_restore(box->store, bad[i], &box->error), -1);
		assert_int_equal(box->error.kind, ERROR_USAGE);
	}
	assert_int_equal(state_save(box->store, endless, &box->error), -1);
	assert_int_equal(state_restore(box->store, "none", &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
}

/* A state that cannot be taken leaves everything as it is. */
static void refuse(struct box *box, const char *name)
{
	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":\"now\"}");
	assert_int_equal(state_restore(box->store, name, &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_SYSTEM);
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "{\"value\":\"now\"}");
	assert_int_equal(number(box, "PRAGMA foreign_keys"), 1);
	assert_int_equal(number(box, "SELECT count(*) FROM pragma_database_list"), 1);
}

static void test_what_is_no_state_is_refused(void **state)
{
	struct box *box = *state;

	save(box, "newer");
	meddle(saved_path(box, "newer"), "PRAGMA user_version = 999");
	refuse(box, "newer");
	assert_non_null(strstr(box->error.fix, "newer"));
	save(box, "foreign");
	meddle(saved_path(box, "foreign"), "PRAGMA user_version = 0");
	refuse(box, "foreign");
	assert_int_equal(
		fs_write_atomic(saved_path(box, "text"), "no store at all", 15, 0600, &box->error),
		0);
	refuse(box, "text");
	save(box, "torn");
	meddle(saved_path(box, "torn"), "DROP TABLE settings");
	refuse(box, "torn");
}

static void test_an_older_state_is_brought_up(void **state)
{
	struct box *box = *state;

	/* As a program left it that knew the first tables only. */
	save(box, "old");
	unlink(saved_path(box, "old"));
	meddle(saved_path(box, "old"),
	       "CREATE TABLE apps (id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE);"
	       "CREATE TABLE versions (row INTEGER PRIMARY KEY, app_id TEXT NOT NULL REFERENCES "
	       "apps (id) ON DELETE CASCADE, major INTEGER NOT NULL, minor INTEGER NOT NULL, "
	       "bundle_id TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL, completed INTEGER NOT "
	       "NULL DEFAULT 0, owner INTEGER NOT NULL, UNIQUE (app_id, major, minor));"
	       "CREATE TABLE bundles (version INTEGER NOT NULL REFERENCES versions (row) ON DELETE "
	       "CASCADE, kind TEXT NOT NULL, bytes BLOB, PRIMARY KEY (version, kind));"
	       "PRAGMA user_version = 1;");
	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":1}");
	restore(box, "old");
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "null");
	/* The saved file is as it was. */
	restore(box, "old");
}

static void test_nothing_is_left_behind(void **state)
{
	struct box *box = *state;
	struct fs_entry *entries;
	size_t count;

	save(box, "a");
	restore(box, "a");
	assert_int_equal(fs_list(box->arena,
				 arena_printf(box->arena, "%s/.attio/local/saved", box->root),
				 &entries, &count, &box->error),
			 0);
	assert_int_equal(count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_was_saved_comes_back, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_a_name_is_replaced_and_listed, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_names_lead_nowhere_else, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_what_is_no_state_is_refused, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_an_older_state_is_brought_up, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_nothing_is_left_behind, box_open, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
