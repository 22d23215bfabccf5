/* Names that come from a wrong import, followed through modules, and the statements that use them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app_folder.h"
#include "check/hollow.h"
#include "check/told.h"

static const struct {
	const char *path, *text;
} files[] = {
	{"src/app/extensions/a/extension.ts", "import {kv} from \"attio/server\"\n"
					      "const fine = 1\n"
					      "export const made = later(kv)\n"
					      "export const other = fine\n"
					      "const q = require(\"./lost\")\n"
					      "export default made\n"},
	{"src/pass.ts", "export * from \"./app/extensions/a/extension\"\n"
			"export {default as first} from \"./app/extensions/a/extension\"\n"},
	{"src/use.ts", "import {made as x, other} from \"./pass\"\n"
		       "import {first} from \"./pass\"\n"
		       "import * as all from \"./pass\"\n"
		       "const a = other\n"
		       "function b() { return x.y }\n"
		       "type C = typeof first\n"
		       "const d = {all}\n"
		       "const e = d\n"
		       "const f: C = 1\n"
		       "const g = 2\n"},
};

static bool hollow_in(struct hollow *hollow, size_t file, const char *text)
{
	struct diag type = {.place.file = files[file].path};

	assert_non_null(strstr(files[file].text, text));
	type.place.start = (size_t)(strstr(files[file].text, text) - files[file].text);
	type.place.end = type.place.start + strlen(text);
	return hollow_has(hollow, &type);
}

static void names_are_followed(void **state)
{
	static const struct rule_info rule = {"ATT2005", "name", SEVERITY_ERROR};
	const char *wrong = "\"attio/server\"";
	struct app_folder folder;
	struct hollow *hollow;
	struct echo *echo;
	struct diags told = {0};
	struct place place = {.file = files[0].path};

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"a\"}");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		folder_write(&folder, files[i].path, files[i].text);
	folder_open(&folder);
	told.arena = folder.app.arena;
	echo = echo_new(&folder.app, folder.app.arena, true);

	/* Nothing was told: nothing waits. */
	hollow = hollow_find(echo);
	assert_false(hollow_in(hollow, 0, "later(kv)"));
	hollow_free(hollow);

	place.start = (size_t)(strstr(files[0].text, wrong) - files[0].text);
	place.end = place.start + strlen(wrong);
	diag_add(&told, &rule, place, "m");
	echo_learn(echo, &told);
	hollow = hollow_find(echo);
	assert_false(hollow_in(hollow, 0, "fine = 1"));
	assert_true(hollow_in(hollow, 0, "later(kv)"));
	assert_false(hollow_in(hollow, 0, "other = fine"));
	assert_true(hollow_in(hollow, 0, "default made"));
	assert_false(hollow_in(hollow, 2, "a = other"));
	assert_true(hollow_in(hollow, 2, "x.y"));
	assert_true(hollow_in(hollow, 2, "C = typeof"));
	assert_true(hollow_in(hollow, 2, "d = {all}"));
	assert_true(hollow_in(hollow, 2, "e = d"));
	assert_true(hollow_in(hollow, 2, "f: C"));
	assert_false(hollow_in(hollow, 2, "g = 2"));
	hollow_free(hollow);
	echo_free(echo);
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
