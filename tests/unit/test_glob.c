/* Whether a path fits a pattern; what becomes of patterns in an app, tests/graph asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/glob.h"
#include "base/mem.h"

#define GLOB(...)                                                                                  \
	(const struct glob_part[]){__VA_ARGS__},                                                   \
		sizeof((const struct glob_part[]){__VA_ARGS__}) / sizeof(struct glob_part)

static void test_fits(void **state)
{
	const struct {
		struct glob glob;
		const char *path;
		bool fits;
	} rows[] = {
		/* `./${x}.ts` */
		{{GLOB({"./", GLOB_FOLDERS}, {"/", GLOB_NAME}, {".ts", GLOB_END})}, "./a.ts", true},
		{{GLOB({"./", GLOB_FOLDERS}, {"/", GLOB_NAME}, {".ts", GLOB_END})},
		 "./a/b/c.ts",
		 true},
		{{GLOB({"./", GLOB_FOLDERS}, {"/", GLOB_NAME}, {".ts", GLOB_END})}, "./.ts", true},
		{{GLOB({"./", GLOB_FOLDERS}, {"/", GLOB_NAME}, {".ts", GLOB_END})},
		 "./a.tsx",
		 false},
		/* "./a" + x */
		{{GLOB({"./a", GLOB_NAME}, {"", GLOB_END})}, "./ab.ts", true},
		{{GLOB({"./a", GLOB_NAME}, {"", GLOB_END})}, "./a/b.ts", false},
		{{GLOB({"./a", GLOB_NAME}, {"", GLOB_END})}, "./b.ts", false},
		/* `./${x}/index.ts` */
		{{GLOB({"./", GLOB_FOLDERS}, {"/", GLOB_NAME}, {"/index.ts", GLOB_END})},
		 "./a/b/index.ts",
		 true},
		{{GLOB({"./", GLOB_FOLDERS}, {"/", GLOB_NAME}, {"/index.ts", GLOB_END})},
		 "./index.ts",
		 false},
		{{GLOB({"./a-", GLOB_NAME}, {"-", GLOB_NAME}, {".ts", GLOB_END})},
		 "./a-b-c-d.ts",
		 true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (glob_fits(&rows[i].glob, rows[i].path) != rows[i].fits)
			fail_msg("row %zu, %s", i, rows[i].path);
}

/* Many ways to divide a path among the parts must not cost more than a look at each. */
static void test_many_ways(void **state)
{
	struct glob_part parts[201];
	char path[4096] = "./";

	(void)state;
	parts[0] = (struct glob_part){"./", GLOB_NAME};
	for (size_t i = 1; i < 200; i++)
		parts[i] = (struct glob_part){"a", GLOB_NAME};
	parts[200] = (struct glob_part){"b", GLOB_END};
	memset(path + 2, 'a', 4000);
	assert_false(glob_fits(&(struct glob){parts, 201}, path));
	strcat(path, "b");
	assert_true(glob_fits(&(struct glob){parts, 201}, path));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_many_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
