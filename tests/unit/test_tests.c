/* Which files are tests, and which are in a shard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "temp_box.h"
#include "testing/tests.h"

static void write_file(struct box *box, const char *path)
{
	struct error error;

	assert_int_equal(fs_make_dirs(path_dir(box->arena, box_path(box, path)), &error), 0);
	assert_int_equal(fs_write_atomic(box_path(box, path), "", 0, 0600, &error), 0);
}

/* The paths, each with a blank behind it. */
static const char *paths_of(struct box *box, const struct test_files *files)
{
	struct buf text = {0};
	const char *copy;

	for (size_t i = 0; i < files->count; i++)
		buf_printf(&text, "%s ", files->items[i].path);
	copy = arena_strdup(box->arena, buf_cstr(&text));
	buf_dispose(&text);
	return copy;
}

static void test_names_say_the_kind(void **state)
{
	(void)state;
	assert_int_equal(test_kind_of("a.test.js"), TEST_SCRIPT);
	assert_int_equal(test_kind_of("a/b.test.mjs"), TEST_SCRIPT);
	assert_int_equal(test_kind_of("a.test.ts"), TEST_SCRIPT);
	assert_int_equal(test_kind_of("a.flow.json"), TEST_FLOW);
	assert_int_equal(test_kind_of("a.test.tsx"), TEST_NONE);
	assert_int_equal(test_kind_of("a.js"), TEST_NONE);
	assert_int_equal(test_kind_of("test.js"), TEST_NONE);
	assert_int_equal(test_kind_of("a.json"), TEST_NONE);
	assert_int_equal(test_kind_of(""), TEST_NONE);
}

static void test_finds_those_below_tests(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct test_files files;

	write_file(box, "tests/b/c.test.ts");
	write_file(box, "tests/b.flow.json");
	write_file(box, "tests/a.test.mjs");
	write_file(box, "tests/helper.mjs");
	write_file(box, "tests/.hidden/a.test.js");
	write_file(box, "tests/node_modules/x/a.test.js");
	write_file(box, "src/x.test.js");
	assert_int_equal(symlink(".", box_path(box, "tests/round")), 0);
	assert_int_equal(test_files_find(box->arena, box->root, NULL, &files, &error), 0);
	assert_string_equal(paths_of(box, &files),
			    "tests/a.test.mjs tests/b.flow.json tests/b/c.test.ts ");
}

static void test_takes_what_is_named_once(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct test_files files;

	write_file(box, "tests/a.test.mjs");
	write_file(box, "src/x.test.js");
	const char *const named[] = {box_path(box, "src/x.test.js"), box_path(box, "tests"),
				     box_path(box, "tests/a.test.mjs"), NULL};

	assert_int_equal(test_files_find(box->arena, box->root, named, &files, &error), 0);
	assert_string_equal(paths_of(box, &files), "src/x.test.js tests/a.test.mjs ");
}

static void test_tells_what_is_no_test(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct test_files files;
	const char *const gone[] = {box_path(box, "tests/none.test.js"), NULL};
	const char *const other[] = {box_path(box, "helper.js"), NULL};

	write_file(box, "helper.js");
	assert_int_equal(test_files_find(box->arena, box->root, gone, &files, &error), -1);
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_non_null(strstr(error.message, "does not exist"));
	assert_int_equal(test_files_find(box->arena, box->root, other, &files, &error), -1);
	assert_non_null(strstr(error.message, "is no test"));
	assert_int_equal(test_files_find(box->arena, box->root, NULL, &files, &error), 0);
	assert_int_equal(files.count, 0);
}

/* However many files and parts: the parts together are all files, each once. */
static void test_parts_are_the_whole(void **state)
{
	struct box *box = *state;
	struct error error = {0};

	for (size_t count = 1; count <= 7; count++) {
		struct test_file all[7] = {0};

		for (size_t parts = 1; parts <= 9; parts++) {
			size_t seen[7] = {0}, sum = 0;

			for (size_t part = 1; part <= parts; part++) {
				struct test_file items[7];
				struct test_files files = {items, count};

				for (size_t i = 0; i < count; i++) {
					all[i].path = arena_printf(box->arena, "%zu", i);
					items[i] = all[i];
				}
				assert_int_equal(
					test_files_shard(
						&files,
						arena_printf(box->arena, "%zu/%zu", part, parts),
						&error),
					0);
				for (size_t i = 0; i < files.count; i++)
					seen[files.items[i].path[0] - '0']++;
				sum += files.count;
			}
			assert_int_equal(sum, count);
			for (size_t i = 0; i < count; i++)
				assert_int_equal(seen[i], 1);
		}
	}
}

static void test_refuses_what_names_no_part(void **state)
{
	static const char *const wrong[] = {"",        "1",     "1/",    "/3",           "0/3",
					    "4/3",     "1/0",   "a/b",   "-1/3",         "1/3x",
					    "1/20000", "1.5/3", "1 / 3", "99999999999/3"};
	struct error error = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct test_files files = {0};

		assert_int_equal(test_files_shard(&files, wrong[i], &error), -1);
		assert_int_equal(error.kind, ERROR_USAGE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_say_the_kind),
		cmocka_unit_test_setup_teardown(test_finds_those_below_tests, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_takes_what_is_named_once, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_tells_what_is_no_test, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_parts_are_the_whole, box_set_up,
						box_tear_down),
		cmocka_unit_test(test_refuses_what_names_no_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
