/* scaffold/ignore: lines of .gitignore, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "scaffold/ignore.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char *const two[] = {".env", "node_modules", NULL};
static const char *const none[] = {NULL};

static void test_texts(void **state)
{
	static const struct {
		const char *before, *after;
	} rows[] = {
		{"", ".env\nnode_modules\n"},
		{"dist\n", "dist\n.env\nnode_modules\n"},
		{"dist", "dist\n.env\nnode_modules\n"},
		{"dist\r\nlib", "dist\r\nlib\r\n.env\r\nnode_modules\r\n"},
		{"# x\n\n", "# x\n\n.env\nnode_modules\n"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(ignore_text(arena, rows[i].before, two), rows[i].after);
	assert_string_equal(ignore_text(arena, "dist\n", none), "dist\n");
	arena_free(arena);
}

static void test_file(void **state)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	char *root, *text;
	size_t len;

	(void)state;
	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-ignore-", &root, &error), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(ignore_add(arena, root, two, &error), 0);
	assert_int_equal(
		fs_read(arena, path_join(arena, root, ".gitignore"), 100, &text, &len, &error), 0);
	assert_string_equal(text, ".env\nnode_modules\n.env\nnode_modules\n");
	assert_int_equal(fs_remove_tree(root, &error), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
