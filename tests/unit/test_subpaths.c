/* `exports` and `imports`: a map, a question, the answer. What esbuild answers, tests/graph asks on
 * whole apps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/subpaths.h"
#include "base/arena.h"
#include "base/mem.h"

struct row {
	const char *map, *asked;
	enum subpath_use use;
	enum subpath_kind kind;
	const char *path;
};

static void check(const struct row *rows, size_t count, bool imports)
{
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();
		cJSON *map = cJSON_Parse(rows[i].map);
		const struct subpaths *subpaths = subpaths_read(arena, map);
		struct subpath answer =
			imports ? subpath_import(arena, subpaths, rows[i].asked, rows[i].use)
				: subpath_export(arena, subpaths, rows[i].asked, rows[i].use);

		assert_non_null(map);
		if (answer.kind != rows[i].kind)
			fail_msg("%s, %s: kind %d", rows[i].map, rows[i].asked, (int)answer.kind);
		if (rows[i].path != NULL)
			assert_string_equal(answer.path, rows[i].path);
		cJSON_Delete(map);
		arena_free(arena);
	}
}

static void test_exports(void **state)
{
	static const struct row rows[] = {
		{"\"./a.js\"", ".", USE_IMPORT, SUBPATH_EXACT, "/a.js"},
		{"\"./a.js\"", "./a", USE_IMPORT, SUBPATH_NONE, NULL},
		{"\"a.js\"", ".", USE_IMPORT, SUBPATH_NONE, NULL},
		{"\"./../a.js\"", ".", USE_IMPORT, SUBPATH_NONE, NULL},
		{"\"./node_modules/a.js\"", ".", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"import\": \"./i.js\", \"require\": \"./r.js\"}", ".", USE_IMPORT,
		 SUBPATH_EXACT, "/i.js"},
		{"{\"import\": \"./i.js\", \"require\": \"./r.js\"}", ".", USE_REQUIRE,
		 SUBPATH_EXACT, "/r.js"},
		{"{\"module\": \"./m.js\", \"require\": \"./r.js\"}", ".", USE_CONFIG,
		 SUBPATH_EXACT, "/r.js"},
		{"{\"node\": \"./n.js\"}", ".", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"browser\": {\"worker\": \"./w.js\"}, \"default\": \"./d.js\"}", ".",
		 USE_IMPORT, SUBPATH_EXACT, "/d.js"},
		{"{\".\": \"./a.js\", \"import\": \"./b.js\"}", ".", USE_IMPORT, SUBPATH_NONE,
		 NULL},
		{"{\"./a\": \"./a.js\"}", ".", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"./a\": [\"x\", {\"node\": \"./n.js\"}, \"./a.js\"]}", "./a", USE_IMPORT,
		 SUBPATH_EXACT, "/a.js"},
		{"{\"./a\": []}", "./a", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"./*\": \"./src/*.ts\"}", "./x/y", USE_IMPORT, SUBPATH_EXACT, "/src/x/y.ts"},
		{"{\"./*\": \"./src/*/*.ts\"}", "./x", USE_IMPORT, SUBPATH_EXACT, "/src/x/x.ts"},
		{"{\"./*.js\": \"./src/*.ts\"}", "./x", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"./*\": \"./a/*\", \"./in/*\": \"./b/*\", \"./in/*/z\": \"./c/*\"}", "./in/y/z",
		 USE_IMPORT, SUBPATH_EXACT, "/c/y"},
		{"{\"./*\": \"./a/*\", \"./private/*\": null}", "./private/x", USE_IMPORT,
		 SUBPATH_NONE, NULL},
		{"{\"./lib/\": \"./src/\"}", "./lib/x", USE_IMPORT, SUBPATH_INEXACT, "/src/x"},
		{"{\"./*\": \"./src/*\"}", "./a/../../b", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"./a\": \"./b%20c.js\"}", "./a", USE_IMPORT, SUBPATH_EXACT, "/b c.js"},
		{"{\"./a\": \"./b%2fc.js\"}", "./a", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"./a\": \"./b%zz.js\"}", "./a", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"./a\": 5}", "./a", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{}", ".", USE_IMPORT, SUBPATH_NONE, NULL},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows), false);
}

static void test_imports(void **state)
{
	static const struct row rows[] = {
		{"{\"#a\": \"./a.ts\"}", "#a", USE_IMPORT, SUBPATH_EXACT, "/a.ts"},
		{"{\"#a\": \"./a.ts\"}", "#b", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"#a\": \"zod/v4\"}", "#a", USE_IMPORT, SUBPATH_PACKAGE, "zod/v4"},
		{"{\"#a/*\": \"zod/*\"}", "#a/v4", USE_IMPORT, SUBPATH_PACKAGE, "zod/v4"},
		{"{\"#a\": \"../a.ts\"}", "#a", USE_IMPORT, SUBPATH_NONE, NULL},
		{"{\"#a\": {\"import\": \"./i.ts\", \"default\": \"./d.ts\"}}", "#a", USE_REQUIRE,
		 SUBPATH_EXACT, "/d.ts"},
		{"{\"#\": \"./a.ts\"}", "#", USE_IMPORT, SUBPATH_NONE, NULL},
		{"[]", "#a", USE_IMPORT, SUBPATH_NONE, NULL},
	};

	(void)state;
	check(rows, ARRAY_LEN(rows), true);
}

static void test_package(void **state)
{
	static const struct {
		const char *specifier, *name, *subpath;
	} rows[] = {
		{"a", "a", "."},         {"a/b/c", "a", "./b/c"},     {"@s/a", "@s/a", "."},
		{"@s/a/", "@s/a", "./"}, {"@s/a/b", "@s/a", "./b"},   {"@s", NULL, NULL},
		{"", NULL, NULL},        {".a", NULL, NULL},          {"a%b", NULL, NULL},
		{"a\\b/c", NULL, NULL},  {"@/lib/a", "@/lib", "./a"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *subpath = NULL;
		const char *name = subpath_package(arena, rows[i].specifier, &subpath);

		if (rows[i].name == NULL) {
			assert_null(name);
			continue;
		}
		assert_string_equal(name, rows[i].name);
		assert_string_equal(subpath, rows[i].subpath);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_imports),
		cmocka_unit_test(test_package),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
