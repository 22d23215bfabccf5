/* SQLite on our memory: it works, and blocks keep their size and what is in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "local/sql_mem.h"

static int use_it(void **state)
{
	(void)state;
	sql_use_mem();
	return sqlite3_initialize();
}

static void blocks_know_their_size(void **state)
{
	char *block = sqlite3_malloc(5);

	(void)state;
	assert_int_equal((uintptr_t)block % 8, 0);
	assert_in_range(sqlite3_msize(block), 5, 8);
	memcpy(block, "text", 5);
	block = sqlite3_realloc(block, 100000);
	assert_in_range(sqlite3_msize(block), 100000, 100007);
	assert_string_equal(block, "text");
	block = sqlite3_realloc(block, 5);
	assert_string_equal(block, "text");
	assert_int_equal(sqlite3_memory_used(), sqlite3_msize(block));
	sqlite3_free(block);
	sqlite3_free(NULL);
	assert_int_equal(sqlite3_memory_used(), 0);
}

static void queries_work(void **state)
{
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "CREATE TABLE t (a, b); WITH RECURSIVE n(i) AS (SELECT 1 "
				      "UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO "
				      "t SELECT i, hex(randomblob(200)) FROM n; CREATE INDEX x ON "
				      "t (b); SELECT group_concat(b) FROM t ORDER BY b",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(sqlite3_memory_used(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_know_their_size),
		cmocka_unit_test(queries_work),
	};

	return cmocka_run_group_tests(tests, use_it, NULL);
}
