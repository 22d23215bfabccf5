/* The description of the control API: shapes, a document from tables made up here, and the one of
 * the real tables, which has each route and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/control/control.h"
#include "local/control/table.h"
#include "local/openapi.h"
#include "local/route.h"
#include "local/routes.h"
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

static void expect_described(const struct route *row, const char *shape)
{
	struct buf out = {0};

	if (shape != NULL && openapi_put_shape(&out, shape) != NULL)
		fail_msg("%s %s: %s", row->method, row->pattern, openapi_put_shape(&out, shape));
	buf_dispose(&out);
}

/* The developer API is described with each of its rows, in JSON that can be read. */
static void test_developer(void **state)
{
	struct buf out = {0};
	struct error error;
	size_t count, found = 0;
	const struct route *rows = routes_table(&count);
	const cJSON *path, *operation;
	cJSON *document;

	(void)state;
	openapi_print_developer(rows, count, "http://127.0.0.1:1", &out);
	document = json_parse(buf_cstr(&out), out.len, "it", NULL, &error);
	if (document == NULL)
		fail_msg("%s", error.message);
	cJSON_ArrayForEach(path, cJSON_GetObjectItem(document, "paths"))
		cJSON_ArrayForEach(operation, path) found++;
	assert_int_equal(found, count);
	for (size_t i = 0; i < count; i++) {
		expect_described(&rows[i], rows[i].takes);
		expect_described(&rows[i], rows[i].gives);
	}
	cJSON_Delete(document);
	buf_dispose(&out);
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

static bool is_route(const char *name)
{
	for (size_t t = 0; control_tables[t] != NULL; t++) {
		for (const struct control_route *row = control_tables[t]; row->method != NULL;
		     row++) {
			size_t len = strlen(row->method);

			if (strncmp(name, row->method, len) == 0 && name[len] == ' ' &&
			    strcmp(name + len + 1, row->pattern) == 0)
				return true;
		}
	}
	return false;
}

static bool has_answer(const struct control_route *row)
{
	size_t len = strlen(row->method);

	for (size_t i = 0; i < openapi_answer_count; i++) {
		const char *name = openapi_answers[i].route;

		if (strncmp(name, row->method, len) == 0 && name[len] == ' ' &&
		    strcmp(name + len + 1, row->pattern) == 0)
			return true;
	}
	return false;
}

/* "/kv/{key}" of "/kv/{key...}" */
static const char *path_of(const struct control_route *row, char path[128])
{
	const char *dots = strstr(row->pattern, "...}");

	snprintf(path, 128, "%.*s%s", dots != NULL ? (int)(dots - row->pattern) : 127, row->pattern,
		 dots != NULL ? "}" : "");
	return path;
}

static void test_real_routes(void **state)
{
	static const char *const methods[][2] = {{"GET", "get"},
						 {"POST", "post"},
						 {"PUT", "put"},
						 {"PATCH", "patch"},
						 {"DELETE", "delete"}};
	struct buf out = {0};
	struct error error;
	const cJSON *paths, *path;
	cJSON *document;
	int routes = 0, described = 0;

	(void)state;
	openapi_print(control_tables, NULL, &out);
	document = json_parse(out.ptr, out.len, "openapi", NULL, &error);
	assert_non_null(document);
	paths = at(document, "paths", NULL, NULL);
	for (size_t t = 0; control_tables[t] != NULL; t++) {
		for (const struct control_route *row = control_tables[t]; row->method != NULL;
		     row++) {
			char name[128];
			size_t m = 0;

			while (strcmp(methods[m][0], row->method) != 0)
				m++;
			routes++;
			if (at(paths, path_of(row, name), methods[m][1], NULL) == NULL)
				fail_msg("%s %s is not described", row->method, row->pattern);
			if (!has_answer(row))
				fail_msg("lib/local/openapi_answers.c does not say what %s %s "
					 "answers",
					 row->method, row->pattern);
			assert_true(row->summary != NULL && row->summary[0] != '\0');
		}
	}
	cJSON_ArrayForEach(path, paths) described += cJSON_GetArraySize(path);
	assert_int_equal(described, routes);
	for (size_t i = 0; i < openapi_answer_count; i++) {
		if (openapi_answers[i].shape != NULL && !is_route(openapi_answers[i].route))
			fail_msg("there is no route %s", openapi_answers[i].route);
	}
	cJSON_Delete(document);
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_developer),
		cmocka_unit_test(test_document),
		cmocka_unit_test(test_real_routes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
