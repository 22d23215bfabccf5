/* Unsaved texts: by path and version, and as a state that an app is opened over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/mem.h"
#include "sys/edits.h"
#include "sys/overlay.h"

static int set(struct edits *edits, const char *path, int64_t version, const char *text)
{
	struct error error = {0};
	int result = edits_set(edits, path, version, text, strlen(text), &error);

	if (result != 0) {
		assert_int_equal(error.kind, ERROR_CONFLICT);
		assert_non_null(strstr(error.message, path));
	}
	return result;
}

static void test_versions(void **state)
{
	struct edits edits = {0};

	(void)state;
	assert_null(edits_find(&edits, "a"));
	assert_int_equal(set(&edits, "a", 3, "three"), 0);
	assert_int_equal(set(&edits, "a", 2, "two"), -1);
	assert_int_equal(set(&edits, "a", 3, "again"), -1);
	assert_string_equal(edits_find(&edits, "a")->bytes, "three");
	assert_int_equal(set(&edits, "a", 10, "ten"), 0);
	assert_string_equal(edits_find(&edits, "a")->bytes, "ten");
	assert_true(edits_find(&edits, "a")->version == 10);
	/* Others have versions of their own. */
	assert_int_equal(set(&edits, "b", -5, ""), 0);
	assert_int_equal(edits_find(&edits, "b")->len, 0);
	edits_close(&edits, "a");
	edits_close(&edits, "a");
	edits_close(&edits, "never");
	assert_null(edits_find(&edits, "a"));
	assert_int_equal(set(&edits, "a", 1, "one"), 0);
	edits_dispose(&edits);
}

/* Against a plain array, in any order of calls. */
static void test_many(void **state)
{
	enum { PATHS = 40 };
	struct edits edits = {0};
	int64_t versions[PATHS] = {0};
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		char path[16], text[32];
		int64_t version;
		uint32_t which;

		seed = seed * 1664525 + 1013904223;
		which = (seed >> 16) % PATHS;
		version = 1 + (seed >> 8) % 8;
		snprintf(path, sizeof(path), "src/%u.ts", which);
		snprintf(text, sizeof(text), "%u at %d", which, (int)version);
		if ((seed >> 28) == 0) {
			edits_close(&edits, path);
			versions[which] = 0;
		} else if (set(&edits, path, version, text) == 0) {
			assert_true(version > versions[which]);
			versions[which] = version;
		} else {
			assert_true(version <= versions[which]);
		}
		for (size_t k = 1; k < edits.count; k++)
			assert_true(strcmp(edits.items[k - 1].path, edits.items[k].path) < 0);
	}
	for (uint32_t which = 0; which < PATHS; which++) {
		char path[16], text[32];
		const struct edited *found;

		snprintf(path, sizeof(path), "src/%u.ts", which);
		snprintf(text, sizeof(text), "%u at %d", which, (int)versions[which]);
		found = edits_find(&edits, path);
		assert_int_equal(found != NULL, versions[which] != 0);
		if (found != NULL)
			assert_string_equal(found->bytes, text);
	}
	edits_dispose(&edits);
}

static void test_app_over_edits(void **state)
{
	struct app_folder folder;
	struct edits edits = {0};
	struct error error = {0};
	struct overlay overlay;
	struct app app;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"x\"}");
	folder_write(&folder, "src/app.ts", "export const app = {record: {}}\n");
	folder_write(&folder, "src/a.ts", "export const saved = 1\n");
	set(&edits, "src/a.ts", 1, "export const typed = 1\n");
	set(&edits, "src/new.server.ts", 1, "export default async function () {}\n");
	edits_overlay(&edits, folder.arena, &overlay);
	assert_int_equal(
		app_open(&app, folder.root, &(struct app_options){.files = &overlay}, &error), 0);
	/* The snapshot stays as it was, whatever is typed meanwhile. */
	set(&edits, "src/a.ts", 2, "export const later = 1\n");
	edits_close(&edits, "src/new.server.ts");
	assert_string_equal(app_module(&app, "src/a.ts")->facts.exports[0].name, "typed");
	assert_string_equal(app_module(&app, "src/a.ts")->text->bytes, "export const typed = 1\n");
	assert_non_null(app_definition_by_id(&app, DEF_SERVER, "new.server"));
	app_close(&app);
	edits_overlay(&edits, folder.arena, &overlay);
	assert_int_equal(
		app_open(&app, folder.root, &(struct app_options){.files = &overlay}, &error), 0);
	assert_string_equal(app_module(&app, "src/a.ts")->facts.exports[0].name, "later");
	assert_null(app_module(&app, "src/new.server.ts"));
	app_close(&app);
	edits_close(&edits, "src/a.ts");
	edits_overlay(&edits, folder.arena, &overlay);
	assert_int_equal(
		app_open(&app, folder.root, &(struct app_options){.files = &overlay}, &error), 0);
	assert_string_equal(app_module(&app, "src/a.ts")->facts.exports[0].name, "saved");
	app_close(&app);
	edits_dispose(&edits);
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_app_over_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
