/* scaffold/naming and titles: what is written into package.json, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "scaffold/naming.h"
#include "scaffold/slug.h"
#include "sys/fs.h"
#include "sys/path.h"

static void test_package_json(void **state)
{
	static const struct {
		const char *before; /* NULL: no file */
		const char *after;  /* NULL: ERROR_USAGE, and the file stays */
	} rows[] = {
		{"{\"name\": \"my-app\"}\n", "{\"name\": \"my-app\"}\n"},
		{"{\r\n\t\"name\" : \"x\" ,\"a\": [1,  2]}",
		 "{\r\n\t\"name\" : \"my-app\" ,\"a\": [1,  2]}"},
		{"{\"name\": 7}", "{\"name\": \"my-app\"}"},
		{"{}", "{\n  \"name\": \"my-app\"}"},
		{"{\"a\": 1}\n", "{\n  \"name\": \"my-app\",\"a\": 1}\n"},
		{"{\"description\": \"mine\", \"name\": \"x\"}",
		 "{\"description\": \"mine\", \"name\": \"my-app\"}"},
		{"{\"name\": \"old-one\", \"description\": \"Old One, an app for Attio\"}",
		 "{\"name\": \"my-app\", \"description\": \"Old One, an app for Attio\"}"},
		{"{\"name\": \"my-app\", \"description\": \"My App, an app for Attio\"}",
		 "{\"name\": \"my-app\", \"description\": \"My App, an app for Attio\"}"},
		{NULL, "{\n  \"name\": \"my-app\"\n}\n"},
		{"[]", NULL},
		{"{\"name\": ", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct error error = {0};
		bool changed;
		char *root, *text;
		size_t len;

		assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-naming-", &root, &error), 0);
		const char *path = path_join(arena, root, "package.json");
		const char *wanted = rows[i].after != NULL ? rows[i].after : rows[i].before;

		if (rows[i].before != NULL)
			assert_int_equal(fs_write_atomic(path, rows[i].before,
							 strlen(rows[i].before), 0666, &error),
					 0);
		assert_int_equal(naming_write(arena, root, "my-app", &changed, &error),
				 rows[i].after != NULL ? 0 : -1);
		if (rows[i].after == NULL)
			assert_int_equal(error.kind, ERROR_USAGE);
		assert_int_equal(fs_read(arena, path, 1 << 20, &text, &len, &error), 0);
		assert_string_equal(text, wanted);
		assert_int_equal(changed,
				 rows[i].before == NULL || strcmp(rows[i].before, wanted) != 0);
		assert_int_equal(fs_remove_tree(root, &error), 0);
		arena_free(arena);
	}
}

static void test_titles(void **state)
{
	static const struct {
		const char *title;
		bool fine;
	} rows[] = {
		{"My App", true},    {"", false},           {" \t", false},      {"Attio", false},
		{"my-ATTIO", false}, {"for attio!", false}, {"Attiology", true}, {"attio_x", true},
		{"\xc3\xa9", true},  {"x attio", false},    {"(attio)", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error error = {0};

		assert_int_equal(title_check(rows[i].title, &error), rows[i].fine ? 0 : -1);
		if (!rows[i].fine)
			assert_int_equal(error.kind, ERROR_USAGE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_package_json),
		cmocka_unit_test(test_titles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
