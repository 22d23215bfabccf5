/* The table of what is exact, approximate and unsupported against the SDK that tests/sdk has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/parity/parity.h"
#include "local/parity/statements.h"
#include "local/parity/surface.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

static char *sdk_folder(struct arena *arena)
{
	return realpath("tests/sdk", arena_alloc(arena, 4096));
}

static int read_surface(struct arena *arena, const char *package, struct sdk_value **values,
			size_t *count, struct error *error)
{
	struct bounds bounds;
	int result;

	bounds_find(&bounds, arena, package);
	result = surface_read(arena, &bounds, package, values, count, error);
	bounds_dispose(&bounds);
	return result;
}

static cJSON *read_parity(struct arena *arena)
{
	struct buf out = {0};
	struct error error;
	cJSON *json;

	if (parity_print(sdk_folder(arena), &out, &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	json = json_parse(out.ptr, out.len, "parity", NULL, &error);
	assert_non_null(json);
	buf_dispose(&out);
	return json;
}

static const char *status_of(const cJSON *parity, const char *module, const char *name)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(parity, "items"))
	{
		if (strcmp(json_string_or_null(item, "module"), module) == 0 &&
		    strcmp(json_string_or_null(item, "name"), name) == 0)
			return json_string_or_null(item, "status");
	}
	return "not there";
}

static void test_each_value_has_a_row(void **state)
{
	struct arena *arena = arena_new();
	cJSON *parity = read_parity(arena);
	const cJSON *item, *counts = cJSON_GetObjectItemCaseSensitive(parity, "counts");
	int count = 0;

	(void)state;
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(parity, "items"))
	{
		const char *reason = json_string_or_null(item, "reason");
		bool exact = strcmp(json_string_or_null(item, "status"), "exact") == 0;

		count++;
		if (reason != NULL && strstr(reason, "does not know it") != NULL)
			fail_msg("no statement about %s %s", json_string_or_null(item, "module"),
				 json_string_or_null(item, "name"));
		assert_true(exact == (reason == NULL));
	}
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(counts, "exact")->valueint +
				 cJSON_GetObjectItemCaseSensitive(counts, "approximate")->valueint +
				 cJSON_GetObjectItemCaseSensitive(counts, "unsupported")->valueint,
			 count);
	assert_true(count > 250);
	assert_true(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(
			    parity, "approximations")) == (int)approximation_count);
	assert_string_equal(status_of(parity, "attio", "Workflows.ConfigSchema.attioSelect"),
			    "exact");
	assert_string_equal(status_of(parity, "attio/client", "Widget.Text.Primary"), "exact");
	assert_string_equal(status_of(parity, "attio/client", "useForm().TextInput"), "exact");
	assert_string_equal(status_of(parity, "attio/client", "runQuery"), "approximate");
	assert_string_equal(status_of(parity, "attio/server", "kv.mget"), "approximate");
	/* Types are no values, nor is what has the same name in another module. */
	assert_string_equal(status_of(parity, "attio/client", "ToastOptions"), "not there");
	assert_string_equal(status_of(parity, "attio", "AttioError"), "not there");
	assert_string_equal(status_of(parity, "attio", "kv"), "not there");
	cJSON_Delete(parity);
	arena_free(arena);
}

static void test_each_row_is_about_a_value(void **state)
{
	struct arena *arena = arena_new();
	struct sdk_value *values;
	struct error error;
	size_t count;

	(void)state;
	assert_int_equal(read_surface(arena,
				      path_join(arena, sdk_folder(arena), "node_modules/attio"),
				      &values, &count, &error),
			 0);
	for (size_t i = 0; i < statement_count; i++) {
		size_t len = strcspn(statements[i].name, "*");
		size_t hits = 0;

		for (size_t k = 0; k < count; k++)
			hits += strcmp(values[k].module, statements[i].module) == 0 &&
				strncmp(values[k].name, statements[i].name, len) == 0;
		if (hits == 0)
			fail_msg("%s %s is not in the SDK", statements[i].module,
				 statements[i].name);
		assert_true((statements[i].status == PARITY_EXACT) ==
			    (statements[i].reason == NULL));
		/* A row that another one hides says nothing. */
		for (size_t k = 0; k < i; k++)
			assert_false(strcmp(statements[k].module, statements[i].module) == 0 &&
				     strcmp(statements[k].name, statements[i].name) == 0);
	}
	arena_free(arena);
}

/* Declarations as a package may write them. */
static void test_declarations(void **state)
{
	static const char *const files[][2] = {
		{"package.json",
		 "{\"exports\":{\".\":{\"types\":\"./r.d.ts\"},\"./client\":{\"types\":"
		 "\"./c.d.ts\"},\"./server\":{\"types\":\"./r.d.ts\"}}}"},
		{"r.d.ts", "export type { A } from './c.js'; export * from './c.js';\n"},
		{"c.d.ts",
		 "export * from './r.js'; export * as N from './n.js'; export { x as y, type T "
		 "} from './n.js';\nexport interface A {}\nimport { T } from './n.js';\n"
		 "export declare const o: ((p: {Not: 1}) => void) & { Up: () => void; low(): "
		 "void; In: { Deep: T } };\n"
		 "declare const hidden: T; export { hidden as shown };\n"
		 "export declare function use<S>(s: S): T & { low: 1 };\n"
		 "import { z } from 'elsewhere'; export { z };\n"},
		{"n.d.ts",
		 "export declare class C {} export declare enum E { A } export declare let x: "
		 "string;\nexport type T = { One: () => void; two: T };\n"
		 "export default function f(): void;\n"},
	};
	static const char *const expected[] = {"N.C",       "N.E",           "N.x",   "y",
					       "o",         "o.Up",          "o.low", "o.In",
					       "o.In.Deep", "o.In.Deep.One", "shown", "shown.One",
					       "shown.two", "shown.two.One", "use",   "use().One"};
	char folder[] = "/tmp/attio-parity-XXXXXX";
	struct arena *arena = arena_new();
	struct sdk_value *values;
	struct error error;
	size_t count, client = 0;

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_int_equal(fs_write_atomic(path_join(arena, folder, files[i][0]), files[i][1],
						 strlen(files[i][1]), 0600, &error),
				 0);
	assert_int_equal(read_surface(arena, folder, &values, &count, &error), 0);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(values[i].module, "attio/client") != 0)
			continue;
		assert_true(client < sizeof(expected) / sizeof(expected[0]));
		assert_string_equal(values[i].name, expected[client++]);
	}
	assert_int_equal(client, sizeof(expected) / sizeof(expected[0]));
	assert_int_equal(fs_remove_tree(folder, &error), 0);
	assert_int_equal(read_surface(arena, folder, &values, &count, &error), -1);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_value_has_a_row),
		cmocka_unit_test(test_each_row_is_about_a_value),
		cmocka_unit_test(test_declarations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
