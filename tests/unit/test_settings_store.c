/* local/run/settings: the keys of the registered schema, null until set, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "local/run/settings.h"
#include "pieces_box.h"

static void register_schema(struct box *box)
{
	cJSON *schema =
		box_json("{\"workspace\":{\"name\":{\"type\":\"string\"},\"size\":{\"type\":"
			 "\"number\"},\"on\":{\"type\":\"boolean\"}}}");

	pieces_set_schema(&box->pieces, schema);
	cJSON_Delete(schema);
}

static void test_values_are_null_until_set(void **state)
{
	struct box *box = *state;

	register_schema(box);
	assert_string_equal(box_ask(box, "settings.get", "{}"),
			    "{\"name\":null,\"size\":null,\"on\":null}");
	box_ask(box, "settings.set", "{\"key\":\"size\",\"value\":2.5}");
	box_ask(box, "settings.set", "{\"key\":\"on\",\"value\":false}");
	box_ask(box, "settings.set", "{\"key\":\"name\",\"value\":\"\"}");
	assert_string_equal(box_ask(box, "settings.get", "{}"),
			    "{\"name\":\"\",\"size\":2.5,\"on\":false}");
	box_ask(box, "settings.set", "{\"key\":\"size\",\"value\":null}");
	assert_string_equal(box_ask(box, "settings.get", "{}"),
			    "{\"name\":\"\",\"size\":null,\"on\":false}");
}

static void test_types_and_keys_are_checked(void **state)
{
	struct box *box = *state;

	register_schema(box);
	assert_null(box_ask(box, "settings.set", "{\"key\":\"size\",\"value\":\"2\"}"));
	assert_string_equal(box->error.message, "the setting `size` takes a number or null");
	assert_null(box_ask(box, "settings.set", "{\"key\":\"on\",\"value\":1}"));
	assert_null(box_ask(box, "settings.set", "{\"key\":\"name\",\"value\":{}}"));
	assert_null(box_ask(box, "settings.set", "{\"key\":\"nam\",\"value\":\"x\"}"));
	assert_string_equal(box->error.fix, "did you mean `name`?");
	assert_null(box_ask(box, "settings.set", "{\"key\":\"name\"}"));
	assert_string_equal(box_ask(box, "settings.get", "{}"),
			    "{\"name\":null,\"size\":null,\"on\":null}");
}

static void test_several_are_all_or_none(void **state)
{
	struct box *box = *state;
	cJSON *bad = box_json("{\"name\":\"x\",\"size\":true}");
	cJSON *good = box_json("{\"name\":\"x\",\"size\":3}");

	register_schema(box);
	assert_int_equal(settings_patch(&box->pieces, bad, &box->error), -1);
	assert_string_equal(box_ask(box, "settings.get", "{}"),
			    "{\"name\":null,\"size\":null,\"on\":null}");
	assert_int_equal(settings_patch(&box->pieces, good, &box->error), 0);
	assert_string_equal(box_ask(box, "settings.get", "{}"),
			    "{\"name\":\"x\",\"size\":3,\"on\":null}");
	cJSON_Delete(bad);
	cJSON_Delete(good);
}

static void test_without_a_schema_nothing_is_checked(void **state)
{
	struct box *box = *state;
	cJSON *none = box_json("{\"workspace\":{}}");

	assert_string_equal(box_ask(box, "settings.set", "{\"key\":\"b\",\"value\":1}"), "{}");
	assert_string_equal(box_ask(box, "settings.get", "{}"), "{\"b\":1}");
	pieces_set_schema(&box->pieces, none);
	assert_string_equal(box_ask(box, "settings.get", "{}"), "{}");
	assert_null(box_ask(box, "settings.set", "{\"key\":\"b\",\"value\":1}"));
	cJSON_Delete(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_values_are_null_until_set, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_types_and_keys_are_checked, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_several_are_all_or_none, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_without_a_schema_nothing_is_checked, box_open,
						box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
