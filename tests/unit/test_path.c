/* Path algebra: tables, and that join undoes relative. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "sys/path.h"

static int set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_join(void **state)
{
	static const struct {
		const char *base, *path, *joined;
	} rows[] = {
		{"/a", "b", "/a/b"},      {"/a/", "b/", "/a/b"},     {"/a", "/b", "/b"},
		{"/a/b", "../c", "/a/c"}, {"/a", "../../..", "/"},   {"/", "", "/"},
		{"/", "a", "/a"},         {"a", "b", "a/b"},         {"a", "..", "."},
		{"a", "../..", ".."},     {"a", "../../b", "../b"},  {"..", "..", "../.."},
		{"../a", "..", ".."},     {"../a", "../b", "../b"},  {"", "", "."},
		{".", ".", "."},          {"", "a//b/./c", "a/b/c"}, {"a/b/..", "./../c", "c"},
		{"", "/..", "/"},         {"x", "//y//z/", "/y/z"},  {"a", "...", "a/..."},
		{"a", ".b", "a/.b"},      {"a", "..b/c", "a/..b/c"}, {"/a/b", "", "/a/b"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(path_join(*state, rows[i].base, rows[i].path), rows[i].joined);
}

static void test_parts(void **state)
{
	static const struct {
		const char *path, *dir, *base, *ext;
	} rows[] = {
		{"a", ".", "a", ""},
		{"/a", "/", "a", ""},
		{"/", "/", "", ""},
		{"", ".", "", ""},
		{"a/b.ts", "a", "b.ts", ".ts"},
		{"/a/b/c.server.ts", "/a/b", "c.server.ts", ".ts"},
		{"a.b/c", "a.b", "c", ""},
		{".env", ".", ".env", ""},
		{"x/.env.local", "x", ".env.local", ".local"},
		{"..", ".", "..", ""},
		{"../..", "..", "..", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_string_equal(path_dir(*state, rows[i].path), rows[i].dir);
		assert_string_equal(path_base(rows[i].path), rows[i].base);
		assert_string_equal(path_ext(rows[i].path), rows[i].ext);
	}
}

static void test_relative(void **state)
{
	static const struct {
		const char *from, *path, *relative;
	} rows[] = {
		{"/a/b", "/a/b/c", "c"},   {"/a/b", "/a/b", "."}, {"/a/b", "/a", ".."},
		{"/a/b", "/c", "../../c"}, {"/", "/a", "a"},      {"/a", "/", ".."},
		{"/a", "/ab", "../ab"},    {"a", "a/b/c", "b/c"}, {".", "a", "a"},
		{"a", ".", ".."},          {".", ".", "."},       {"a/b", "a/c/d", "../c/d"},
		{"/a", "b", "b"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(path_relative(*state, rows[i].from, rows[i].path),
				    rows[i].relative);
}

/* Going from one folder to another by the relative path arrives, for every pair. */
static void test_relative_then_join(void **state)
{
	static const char *const paths[] = {"/", "/a", "/ab", "/a/b", "/a/b/c", "/b/a", "/a/bc/d"};
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		for (size_t j = 0; j < ARRAY_LEN(paths); j++) {
			const char *way = path_relative(*state, paths[i], paths[j]);
			assert_string_equal(path_join(*state, paths[i], way), paths[j]);
		}
	}
}

static void test_is_under(void **state)
{
	(void)state;
	static const struct {
		const char *path, *folder;
		int under;
	} rows[] = {
		{"/a/b", "/a", 1}, {"/a", "/a", 1}, {"/ab", "/a", 0}, {"/a", "/a/b", 0},
		{"/x", "/", 1},    {"a", ".", 1},   {"../a", ".", 0}, {"..", ".", 0},
		{"..a", ".", 1},   {"a/b", "a", 1}, {"a", "/", 0},    {"/a", ".", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(path_is_under(rows[i].path, rows[i].folder), rows[i].under);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),     cmocka_unit_test(test_parts),
		cmocka_unit_test(test_relative), cmocka_unit_test(test_relative_then_join),
		cmocka_unit_test(test_is_under),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
