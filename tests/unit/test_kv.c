/* local/run/kv: any JSON under a key, gone when its time is over on the platform's clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "local/run/kv.h"
#include "pieces_box.h"

static void test_what_is_set_is_there(void **state)
{
	struct box *box = *state;

	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "null");
	assert_string_equal(box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":{\"n\":[1,null]}}"),
			    "{}");
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"),
			    "{\"value\":{\"n\":[1,null]}}");
	assert_string_equal(box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":null}"), "{}");
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "{\"value\":null}");
	assert_string_equal(box_ask(box, "kv.mget", "{\"keys\":[\"a\",\"b\",\"\"]}"),
			    "{\"a\":{\"value\":null},\"b\":null,\"\":null}");
	assert_string_equal(box_ask(box, "kv.delete", "{\"key\":\"a\"}"), "{}");
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "null");
	assert_string_equal(box_ask(box, "kv.delete", "{\"key\":\"a\"}"), "{}");
}

static void test_a_value_ends_on_the_platforms_clock(void **state)
{
	struct box *box = *state;
	bool found;

	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":1,\"ttl\":60}");
	box_ask(box, "kv.set", "{\"key\":\"b\",\"value\":2,\"ttl\":0}");
	box_ask(box, "kv.set", "{\"key\":\"c\",\"value\":3,\"ttl\":1e300}");
	assert_string_equal(box_ask(box, "kv.mget", "{\"keys\":[\"a\",\"b\",\"c\"]}"),
			    "{\"a\":{\"value\":1},\"b\":null,\"c\":{\"value\":3}}");
	box->clock.offset_ms += 59000;
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "{\"value\":1}");
	box->clock.offset_ms += 1001;
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "null");
	buf_clear(&box->out);
	assert_int_equal(kv_show(&box->pieces, "a", &box->out, &found, &box->error), 0);
	assert_false(found);
	/* Set again without a time it stays. */
	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":4,\"ttl\":1}");
	box_ask(box, "kv.set", "{\"key\":\"a\",\"value\":5}");
	box->clock.offset_ms += 3600000;
	assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "{\"value\":5}");
}

/* However long it is to last, it is there until then: no time is too far away to be written. */
static void test_a_value_lasts_for_any_time(void **state)
{
	struct box *box = *state;
	char params[80];

	for (double ttl = 1; ttl < 1e30; ttl *= 7) {
		snprintf(params, sizeof(params), "{\"key\":\"a\",\"value\":1,\"ttl\":%.17g}", ttl);
		assert_string_equal(box_ask(box, "kv.set", params), "{}");
		assert_string_equal(box_ask(box, "kv.get", "{\"key\":\"a\"}"), "{\"value\":1}");
	}
}

static void test_a_key_has_a_longest_form(void **state)
{
	static const char *const forms[][2] = {
		{"kv.get", "{\"key\":\"%s\"}"},
		{"kv.set", "{\"key\":\"%s\",\"value\":1}"},
		{"kv.mget", "{\"keys\":[\"%s\"]}"},
		{"kv.delete", "{\"key\":\"%s\"}"},
	};
	struct box *box = *state;
	char key[4098];
	char params[5000];

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const char *hole = strstr(forms[i][1], "%s");

		for (size_t len = 4096; len <= 4097; len++) {
			memset(key, 'k', len);
			key[len] = '\0';
			snprintf(params, sizeof(params), "%.*s%s%s", (int)(hole - forms[i][1]),
				 forms[i][1], key, hole + 2);
			if (len == 4096)
				assert_non_null(box_ask(box, forms[i][0], params));
			else
				assert_null(box_ask(box, forms[i][0], params));
		}
		assert_int_equal(box->error.kind, ERROR_USAGE);
	}
}

static void test_people_see_keys_and_times(void **state)
{
	struct box *box = *state;
	bool found;

	box_ask(box, "kv.set", "{\"key\":\"z\",\"value\":\"last\"}");
	box_ask(box, "kv.set", "{\"key\":\"a\\\"\",\"value\":[]}");
	buf_clear(&box->out);
	assert_int_equal(kv_list(&box->pieces, &box->out, &box->error), 0);
	assert_string_equal(buf_cstr(&box->out),
			    "[{\"key\":\"a\\\"\",\"value\":[],\"expires_at\":null},"
			    "{\"key\":\"z\",\"value\":\"last\",\"expires_at\":null}]");
	buf_clear(&box->out);
	assert_int_equal(kv_show(&box->pieces, "z", &box->out, &found, &box->error), 0);
	assert_true(found);
	assert_string_equal(buf_cstr(&box->out),
			    "{\"key\":\"z\",\"value\":\"last\",\"expires_at\":null}");
}

static void test_what_is_no_request_is_refused(void **state)
{
	static const char *const bad[][2] = {
		{"kv.get", "{}"},
		{"kv.get", "{\"key\":1}"},
		{"kv.set", "{\"key\":\"a\"}"},
		{"kv.set", "{\"value\":1}"},
		{"kv.set", "{\"key\":\"a\",\"value\":1,\"ttl\":\"x\"}"},
		{"kv.mget", "{\"keys\":\"a\"}"},
		{"kv.mget", "{\"keys\":[1]}"},
		{"kv.delete", "[]"},
	};
	struct box *box = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_null(box_ask(box, bad[i][0], bad[i][1]));
		assert_int_equal(box->error.kind, ERROR_USAGE);
	}
	assert_null(piece_request_find("kv.list"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_is_set_is_there, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_a_value_ends_on_the_platforms_clock, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_a_value_lasts_for_any_time, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_a_key_has_a_longest_form, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_people_see_keys_and_times, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_what_is_no_request_is_refused, box_open,
						box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
