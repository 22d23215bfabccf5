/* local/run/block_check: what fits a block's schema passes, and what does not is told with its
 * path.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/run/block_check.h"
#include "json/json.h"

static cJSON *parse(const char *text)
{
	struct error error;
	cJSON *value = json_parse(text, strlen(text), "test", NULL, &error);

	if (value == NULL)
		fail_msg("%s: %s", error.message, text);
	return value;
}

/* `told`: the problems as "path: message" lines. */
static void expect(const char *schema, const char *value, const char *told)
{
	cJSON *node = parse(schema);
	cJSON *parsed = value != NULL ? parse(value) : NULL;
	cJSON *problems = cJSON_CreateArray();
	struct buf out = {0};
	const cJSON *item;

	block_check(node, parsed, problems);
	cJSON_ArrayForEach(item, problems)
	{
		buf_printf(&out, "%s: %s\n", json_string_or_null(item, "path"),
			   json_string_or_null(item, "message"));
	}
	assert_string_equal(buf_cstr(&out), told);
	buf_dispose(&out);
	cJSON_Delete(node);
	cJSON_Delete(parsed);
	cJSON_Delete(problems);
}

#define STRUCT(fields) "{\"type\":\"struct\",\"fields\":{" fields "}}"
#define LEAF(type) "{\"type\":\"" type "\"}"
#define OPTIONAL(node) "{\"type\":\"union\",\"nodes\":[" node "," LEAF("undefined") "]}"

static void test_leaves(void **state)
{
	(void)state;
	expect(LEAF("string"), "\"x\"", "");
	expect(LEAF("string"), "1", ": must be a text\n");
	expect(LEAF("number"), "1.5", "");
	expect(LEAF("boolean"), "false", "");
	expect(LEAF("boolean"), "0", ": must be true or false\n");
	expect(LEAF("timestamp"), "\"2026-01-02T03:04:05Z\"", "");
	expect(LEAF("timestamp"), "\"soon\"", ": must be a time: 2026-01-02T03:04:05Z\n");
	expect(LEAF("rich-text"), "\"*x*\"", "");
	expect(LEAF("date"), "{\"value\":\"2026-01-02\"}", "");
	expect(LEAF("currency"), "{\"value\":1,\"code\":\"EUR\"}", "");
	expect(LEAF("currency"), "{\"value\":\"1\",\"code\":\"EUR\"}",
	       ": must be {value: number, code: text}\n");
	expect(LEAF("location"), "{\"locality\":\"Oslo\",\"latitude\":59.9}", "");
	expect(LEAF("location"), "{\"latitude\":\"59\"}", ": `latitude` must be a number\n");
	expect(LEAF("attio-entity-reference"), "{\"recordId\":\"r\"}",
	       ": needs the text `object`\n");
	expect("{\"type\":\"string-enum\",\"values\":[\"a\",\"b\"]}", "\"b\"", "");
	expect("{\"type\":\"string-enum\",\"values\":[\"a\",\"b\"]}", "\"c\"",
	       ": must be one of `a`, `b`\n");
	expect(LEAF("of a later SDK"), "{\"x\":1}", "");
	expect(LEAF("phone-number"), "\"+1555\"",
	       ": must be an object of type phone-number: {original, normalized, country_code}, "
	       "each a text\n");
	expect(LEAF("string"), NULL, ": is missing (string)\n");
	expect(LEAF("string"), "null", ": is missing (string)\n");
}

static void test_what_holds_others(void **state)
{
	(void)state;
	expect(STRUCT("\"a\":" LEAF("string") ",\"b\":" OPTIONAL(LEAF("number"))), "{\"a\":\"x\"}",
	       "");
	expect(STRUCT("\"a\":" LEAF("string") ",\"b\":" OPTIONAL(LEAF("number"))),
	       "{\"b\":\"x\",\"c\":1}",
	       "a: is missing (string)\nb: must be a number\nc: the schema has no such field\n");
	expect("{\"a\":" LEAF("string") "}", "{\"a\":1}", "a: must be a text\n");
	expect("{\"type\":\"array\",\"element\":" STRUCT("\"n\":" LEAF("number")) "}",
	       "[{\"n\":1},{\"n\":\"x\"},{}]", "1.n: must be a number\n2.n: is missing (number)\n");
	expect("{\"type\":\"array\",\"element\":" LEAF("number") "}", "{}", ": must be an array\n");
	expect("{\"type\":\"record\",\"value\":" LEAF("number") "}", "{\"k\":1,\"l\":\"x\"}",
	       "l: must be a number\n");
	expect(STRUCT(""), "[]", ": must be an object\n");
	expect(OPTIONAL(STRUCT("\"a\":" LEAF("string"))), "{\"a\":1}", "a: must be a text\n");
	expect(OPTIONAL(LEAF("string")), NULL, "");
	expect("null", "1", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_leaves),
		cmocka_unit_test(test_what_holds_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
