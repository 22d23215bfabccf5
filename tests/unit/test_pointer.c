/* json/pointer: places inside a document are found and changed, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "json/json.h"
#include "json/pointer.h"

static cJSON *parse(const char *text)
{
	struct error error;
	cJSON *value = json_parse(text, strlen(text), "test", NULL, &error);

	assert_non_null(value);
	return value;
}

/* What `document` is after `value` was put at `pointer`; NULL: it was refused and did not change.
 */
static void expect(const char *document, const char *pointer, const char *value, const char *after)
{
	cJSON *parsed = parse(document);
	struct buf out = {0};
	struct error error;
	int result = json_pointer_set(&parsed, pointer, parse(value), &error);

	assert_int_equal(result, after != NULL ? 0 : -1);
	json_print(&out, parsed, false);
	assert_string_equal(buf_cstr(&out), after != NULL ? after : document);
	if (result != 0)
		assert_int_equal(error.kind, ERROR_USAGE);
	cJSON_Delete(parsed);
	buf_dispose(&out);
}

static void test_setting(void **state)
{
	(void)state;
	expect("{\"a\":1,\"b\":2}", "/a", "\"x\"", "{\"a\":\"x\",\"b\":2}");
	expect("{\"a\":1}", "/b", "{\"c\":[]}", "{\"a\":1,\"b\":{\"c\":[]}}");
	expect("{\"a\":{\"b\":[1,2]}}", "/a/b/1", "null", "{\"a\":{\"b\":[1,null]}}");
	expect("{\"a\":[1]}", "/a/-", "2", "{\"a\":[1,2]}");
	expect("{\"a\":[1]}", "/a/1", "2", "{\"a\":[1,2]}");
	expect("{\"a/b\":1,\"m~n\":2}", "/a~1b", "3", "{\"a/b\":3,\"m~n\":2}");
	expect("{\"a/b\":1,\"m~n\":2}", "/m~0n", "3", "{\"a/b\":1,\"m~n\":3}");
	expect("{\"\":1}", "/", "2", "{\"\":2}");
	expect("{\"A\":1}", "/a", "2", "{\"A\":1,\"a\":2}");
	expect("[1,2]", "", "3", "3");
	expect("[1,2]", "/0", "[9]", "[[9],2]");
}

static void test_refusing(void **state)
{
	(void)state;
	expect("{\"a\":1}", "a", "2", NULL);
	expect("{\"a\":1}", "/a/b", "2", NULL);
	expect("{\"a\":1}", "/b/c", "2", NULL);
	expect("{\"a\":[1]}", "/a/2", "2", NULL);
	expect("{\"a\":[1]}", "/a/01", "2", NULL);
	expect("{\"a\":[1]}", "/a/-1", "2", NULL);
	expect("{\"a\":[1]}", "/a/99999999999999999999", "2", NULL);
	expect("{\"a\":[1]}", "/a/x", "2", NULL);
	expect("{\"a\":1}", "/~", "2", NULL);
	expect("{\"a\":1}", "/~2", "2", NULL);
	expect("7", "/a", "2", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_setting),
		cmocka_unit_test(test_refusing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
