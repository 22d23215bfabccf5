/* The description of the control API: shapes, and a document from tables made up here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/control/control.h"
#include "local/openapi.h"
#include "json/json.h"

static void expect_shape(const char *shape, const char *schema)
{
	struct buf out = {0};

	assert_null(openapi_put_shape(&out, shape));
	assert_string_equal(buf_cstr(&out), schema);
	buf_dispose(&out);
}

static void test_shapes(void **state)
{
	static const char *const wrong[] = {"",      "{",       "{a}",    "{a:}",  "[int",
					    "words", "int,int", "{a:int", "int|x", "{a:int b:int}"};

	(void)state;
	expect_shape("string", "{\"type\":\"string\"}");
	expect_shape("any", "{}");
	expect_shape("time|null", "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
	expect_shape("{}", "{\"type\":\"object\",\"properties\":{}}");
	expect_shape("{a:int,b?:[{c:bool}]}",
		     "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{"
		     "\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"c\":{"
		     "\"type\":\"boolean\"}},\"required\":[\"c\"]}}},\"required\":[\"a\"]}");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct buf out = {0};

		if (openapi_put_shape(&out, wrong[i]) == NULL)
			fail_msg("`%s` is a shape", wrong[i]);
		buf_dispose(&out);
	}
	for (size_t i = 0; i < openapi_answer_count; i++) {
		struct buf out = {0};

		if (openapi_answers[i].shape != NULL &&
		    openapi_put_shape(&out, openapi_answers[i].shape) != NULL)
			fail_msg("%s: %s", openapi_answers[i].route,
				 openapi_put_shape(&out, openapi_answers[i].shape));
		buf_dispose(&out);
	}
}

static const struct control_field fields[] = {
	{"name", "string", true, "what it is \"called\""},
	{"any", "any", false, "whatever"},
	{0},
};

static const struct control_route one[] = {
	{"GET", "/kv/{key...}", NULL, "one value", NULL, fields},
	{"POST", "/kv", NULL, "a new one", fields, NULL},
	{0},
};

static const struct control_route two[] = {
	{"PUT", "/kv/{key...}", NULL, "set it", fields, NULL},
	{"GET", "/events", NULL, "what happens", NULL, NULL},
	{0},
};

static const cJSON *at(const cJSON *object, const char *a, const char *b, const char *c)
{
	object = cJSON_GetObjectItemCaseSensitive(object, a);
	if (b != NULL)
		object = cJSON_GetObjectItemCaseSensitive(object, b);
	return c != NULL ? cJSON_GetObjectItemCaseSensitive(object, c) : object;
}

static void test_document(void **state)
{
	const struct control_route *const tables[] = {one, two, NULL};
	struct buf out = {0};
	struct error error;
	const cJSON *paths, *schema, *parameters;
	cJSON *document;

	(void)state;
	openapi_print(tables, "http://127.0.0.1:1/__attio/api", &out);
	document = json_parse(out.ptr, out.len, "openapi", NULL, &error);
	if (document == NULL)
		fail_msg("%s: %s: %s", error.message, error.why, buf_cstr(&out));
	paths = at(document, "paths", NULL, NULL);
	assert_int_equal(cJSON_GetArraySize(paths), 3);
	assert_int_equal(cJSON_GetArraySize(at(paths, "/kv/{key}", NULL, NULL)), 2);
	assert_string_equal(json_string_or_null(at(paths, "/kv/{key}", "get", NULL), "operationId"),
			    "get_kv_key");
	parameters = at(paths, "/kv/{key}", "get", "parameters");
	assert_int_equal(cJSON_GetArraySize(parameters), 3);
	assert_string_equal(json_string_or_null(parameters->child, "in"), "path");
	assert_string_equal(json_string_or_null(parameters->child->next, "description"),
			    "what it is \"called\"");
	schema = at(at(paths, "/kv", "post", "requestBody"), "content", "application/json",
		    "schema");
	assert_int_equal(cJSON_GetArraySize(at(schema, "required", NULL, NULL)), 1);
	assert_non_null(at(schema, "properties", "any", NULL));
	assert_null(at(schema, "properties", "any", "type"));
	assert_non_null(at(at(at(paths, "/events", "get", "responses"), "200", "content", NULL),
			   "text/event-stream", NULL, NULL));
	assert_non_null(at(document, "components", "responses", "No"));
	cJSON_Delete(document);
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
