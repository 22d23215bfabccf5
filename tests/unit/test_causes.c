/* Which findings have one cause, in the words of the rules, the bundler and the compiler. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app_folder.h"
#include "check/causes.h"

struct said {
	const char *code, *file, *message;
};

/* How many of two findings are left. */
static size_t join(struct app_folder *folder, const struct said *first, const struct said *second)
{
	struct diags diags = {.arena = folder->app.arena};
	const struct said *said[] = {first, second};

	for (size_t i = 0; i < 2; i++) {
		const struct rule_info rule = {said[i]->code, "name",
					       i == 0 ? SEVERITY_WARNING : SEVERITY_ERROR};
		struct place place = {said[i]->file, 10 * i + 1, 10 * i + 5};
		struct diag *diag = diag_add(&diags, &rule, place, "%s", said[i]->message);

		diag_edit(&diags, diag, place, "x");
		diag->fix_is_safe = i == 0;
	}
	causes_join(&folder->app, &diags);
	if (diags.count == 1) {
		assert_int_equal(diags.items[0].severity, SEVERITY_ERROR);
		assert_int_equal(diags.items[0].note_count, 1);
		assert_string_equal(diags.items[0].notes[0].message, second->message);
		assert_int_equal(diags.items[0].notes[0].place.start, 11);
		assert_int_equal(diags.items[0].edit_count, 2);
		assert_false(diags.items[0].fix_is_safe);
	}
	return diags.count;
}

static void test_pairs(void **state)
{
	static const struct {
		struct said first, second;
		size_t left;
	} rows[] = {
		{{"ATT9001", "src/a.ts", "there is no file for `./x`"},
		 {"ATT9001", "src/b/c.ts", "there is no file for `../x`"},
		 1},
		{{"ATT9001", "src/a.ts", "there is no file for `./x.js`"},
		 {"TS2307", "src/b/c.ts",
		  "Cannot find module '../x' or its corresponding type declarations"},
		 1},
		{{"ATT9001", "src/a.ts", "there is no file for `./x.json`"},
		 {"ATT9001", "src/b.ts", "there is no file for `./x`"},
		 2},
		{{"ATT9001", "src/a.ts", "there is no file for `./x`"},
		 {"ATT9001", "src/b/c.ts", "there is no file for `./x`"},
		 2},
		{{"ATT9001", "src/a.ts", "the package `p` is not installed"},
		 {"TS2307", "src/b.ts",
		  "Cannot find module 'p' or its corresponding type declarations"},
		 1},
		{{"ATT9001", "src/a.ts", "the package `p` is not installed"},
		 {"ATT9001", "src/b.ts", "the package `q` is not installed"},
		 2},
		{{"ATT9001", "src/a.ts", "the package `p` does not offer `p/a`"},
		 {"ATT9001", "src/b.ts", "the package `p` does not offer `p/b`"},
		 2},
		{{"ATT9008", "src/a.ts", "the package `p` is installed, but"},
		 {"ATT9008", "src/b.ts", "the package `p` is installed, but"},
		 1},
		{{"ATT9006", "src/a.ts", "`src/x.ts` does not export `n`"},
		 {"ATT9006", "src/b.ts", "`src/x.ts` does not export `n`"},
		 1},
		{{"ATT9006", "src/a.ts", "`src/x.ts` does not export `n`"},
		 {"ATT9006", "src/b.ts", "`src/x.ts` does not export `m`"},
		 2},
		{{"TS2305", "src/a.ts", "Module '\"./x\"' has no exported member 'n'"},
		 {"TS2305", "src/b/c.ts", "Module '\"../x\"' has no exported member 'n'"},
		 1},
		{{"TS2305", "src/a.ts", "Module '\"./x\"' has no exported member 'n'"},
		 {"TS2305", "src/b/c.ts", "Module '\"./x\"' has no exported member 'n'"},
		 2},
		{{"TS2322", "src/a.ts", "Type 'a' is not assignable to type 'b'"},
		 {"TS2322", "src/b.ts", "Type 'a' is not assignable to type 'b'"},
		 2},
		{{"ATT9001", "src/a.ts", "no quotes"}, {"ATT9001", "src/b.ts", "no quotes"}, 2},
		{{"ATT9001", "src/a.ts", "one `quote"}, {"ATT9001", "src/b.ts", "one `quote"}, 2},
		{{"TS2305", "src/a.ts", "an end '../"}, {"TS2305", "src/b.ts", "an end '../"}, 1},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"a\"}");
	folder_open(&folder);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (join(&folder, &rows[i].first, &rows[i].second) != rows[i].left)
			fail_msg("row %zu", i);
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
