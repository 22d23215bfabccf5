/* platform/plan: what is written is read again, and each way in which things have changed is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/plan.h"
#include "json/json.h"

static const struct plan sample = {.target = "https://a.example/api",
				   .slug = "app",
				   .app_id = "id",
				   .major = 2,
				   .newest_major = 2,
				   .newest_minor = 4,
				   .artifact = "abc",
				   .commit = "c0ffee",
				   .dirty = true};

static void put(struct buf *text, const struct plan *plan)
{
	cJSON *document = cJSON_CreateObject();

	cJSON_AddStringToObject(document, "schema", PLAN_SCHEMA);
	plan_add_json(document, plan);
	cJSON_AddStringToObject(document, "later", "ignored");
	json_print(text, document, true);
	cJSON_Delete(document);
}

static void test_there_and_back(void **state)
{
	struct arena *arena = arena_new();
	struct plan first = sample;
	struct plan plan;
	struct buf text = {0};
	struct error error = {0};

	(void)state;
	put(&text, &sample);
	assert_int_equal(plan_read(&plan, arena, text.ptr, text.len, &error), 0);
	assert_int_equal(plan_check(&plan, &sample, &error), 0);
	assert_string_equal(plan.commit, "c0ffee");
	assert_true(plan.dirty);
	first.newest_major = first.newest_minor = 0;
	first.commit = NULL;
	buf_clear(&text);
	put(&text, &first);
	assert_int_equal(plan_read(&plan, arena, text.ptr, text.len, &error), 0);
	assert_int_equal(plan_check(&plan, &first, &error), 0);
	assert_null(plan.commit);
	buf_dispose(&text);
	arena_free(arena);
}

static void test_what_is_no_plan(void **state)
{
	static const char *const rows[] = {
		"",
		"{",
		"[]",
		"{}",
		"{\"schema\":\"attio.plan/2\"}",
		"{\"schema\":\"attio.plan/1\",\"target\":1}",
	};
	struct arena *arena = arena_new();
	struct plan plan;
	struct error error;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		error = (struct error){0};
		assert_int_equal(plan_read(&plan, arena, rows[i], strlen(rows[i]), &error), -1);
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_non_null(strstr(error.fix, "--plan=FILE"));
	}
	arena_free(arena);
}

static void test_every_difference(void **state)
{
	struct plan rows[7];
	static const char *const says[] = {
		"platform",        "app",    "app", "major number", "in the meantime",
		"in the meantime", "bundles"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		rows[i] = sample;
	rows[0].target = "local";
	rows[1].slug = "other";
	rows[2].app_id = "other";
	rows[3].major = 3;
	rows[4].newest_minor = 5;
	rows[5].newest_major = 0;
	rows[6].artifact = "abd";
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error error = {0};

		assert_int_equal(plan_check(&sample, &rows[i], &error), -1);
		assert_int_equal(error.kind, ERROR_CONFLICT);
		assert_non_null(strstr(error.message, says[i]));
		assert_string_not_equal(error.why, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_what_is_no_plan),
		cmocka_unit_test(test_every_difference),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
