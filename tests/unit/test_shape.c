/* local/rest/shape: the words of zod for each way in which a body can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/mem.h"
#include "local/rest/bodies.h"
#include "local/rest/shape.h"

/* Checks `json` ("" for no body) and compares the issues. */
static void expect(const struct shape *shape, const char *json, const char *issues)
{
	cJSON *value = json[0] != '\0' ? cJSON_Parse(json) : NULL;
	struct buf got = {0};
	size_t count = shape_check(shape, value, &got);

	assert_string_equal(buf_cstr(&got), issues);
	assert_int_equal(count > 0, issues[0] != '\0');
	buf_dispose(&got);
	cJSON_Delete(value);
}

static void missing_members_are_required(void **state)
{
	(void)state;
	expect(&body_values, "{\"data\":{}}",
	       "{\"code\":\"invalid_type\",\"path\":[\"data\",\"values\"],\"message\":\"Required\","
	       "\"expected\":\"object\",\"received\":\"undefined\"}");
	expect(&body_values, "{}",
	       "{\"code\":\"invalid_type\",\"path\":[\"data\"],\"message\":\"Required\","
	       "\"expected\":\"object\",\"received\":\"undefined\"}");
	expect(&body_values, "",
	       "{\"code\":\"invalid_type\",\"path\":[],\"message\":\"Required\",\"expected\":"
	       "\"object\",\"received\":\"undefined\"}");
	expect(&body_values, "{\"data\":{\"values\":{\"name\":1}},\"more\":1}", "");
}

static void types_are_named(void **state)
{
	(void)state;
	expect(&body_values, "{\"data\":{\"values\":[]}}",
	       "{\"code\":\"invalid_type\",\"path\":[\"data\",\"values\"],\"message\":\"Expected "
	       "object, received array\",\"expected\":\"object\",\"received\":\"array\"}");
	expect(&body_values, "{\"data\":null}",
	       "{\"code\":\"invalid_type\",\"path\":[\"data\"],\"message\":\"Expected object, "
	       "received null\",\"expected\":\"object\",\"received\":\"null\"}");
	expect(&body_query, "{\"limit\":1.5}",
	       "{\"code\":\"invalid_type\",\"path\":[\"limit\"],\"message\":\"Expected integer, "
	       "received float\",\"expected\":\"integer\",\"received\":\"float\"}");
	expect(&body_query, "", "");
}

static void sizes_are_told(void **state)
{
	(void)state;
	expect(&body_option_create, "{\"data\":{\"title\":\"\"}}",
	       "{\"code\":\"too_small\",\"path\":[\"data\",\"title\"],\"message\":\"String must "
	       "contain at least 1 character(s)\",\"minimum\":1,\"type\":\"string\",\"inclusive\":"
	       "true,\"exact\":false}");
	expect(&body_search,
	       "{\"query\":\"a\",\"objects\":[],\"limit\":26,\"request_as\":{\"type\":"
	       "\"workspace\"}}",
	       "{\"code\":\"too_big\",\"path\":[\"limit\"],\"message\":\"Number must be less than "
	       "or equal to 25\",\"maximum\":25,\"type\":\"number\",\"inclusive\":true,\"exact\":"
	       "false}");
}

static void choices_are_listed(void **state)
{
	(void)state;
	expect(&body_list_update, "{\"data\":{\"workspace_access\":\"all\"}}",
	       "{\"code\":\"invalid_option\",\"path\":[\"data\",\"workspace_access\"],\"message\":"
	       "\"Invalid enum value. Expected 'full-access' | 'read-and-write' | 'read-only', "
	       "received 'all'\",\"options\":[\"full-access\",\"read-and-write\",\"read-only\"]}");
	expect(&body_list_update, "{\"data\":{\"workspace_access\":null}}", "");
	expect(&body_task_update,
	       "{\"data\":{\"assignees\":[{\"referenced_actor_type\":\"workspace-member\","
	       "\"referenced_actor_id\":\"50cf242c-7fa3-4cad-87d0-75b1af71c57b\"},7]}}",
	       "{\"code\":\"invalid_union\",\"path\":[\"data\",\"assignees\",1],\"message\":"
	       "\"Invalid input\"}");
}

static void a_search_without_a_searcher(void **state)
{
	(void)state;
	expect(&body_search, "{\"query\":\"a\",\"objects\":[\"people\"],\"limit\":5}",
	       "{\"code\":\"invalid_union\",\"path\":[\"request_as\"],\"message\":\"Invalid "
	       "input\"}");
}

static void formats_are_checked(void **state)
{
	(void)state;
	expect(&body_merge,
	       "{\"data\":{\"primary_record_id\":\"x\",\"secondary_record_id\":"
	       "\"50cf242c-7fa3-4cad-87d0-75b1af71c57b\"}}",
	       "{\"code\":\"invalid_string\",\"path\":[\"data\",\"primary_record_id\"],"
	       "\"message\":\"Invalid uuid\",\"validation\":\"uuid\"}");
	expect(&body_recording, "{\"data\":{\"video_url\":\"nowhere\"}}",
	       "{\"code\":\"invalid_string\",\"path\":[\"data\",\"video_url\"],\"message\":"
	       "\"Invalid url\",\"validation\":\"url\"}");
	expect(&body_task_update, "{\"data\":{\"deadline_at\":\"soon\"}}",
	       "{\"code\":\"invalid_string\",\"path\":[\"data\",\"deadline_at\"],\"message\":"
	       "\"Invalid datetime\",\"validation\":\"datetime\"}");
	expect(&body_task_update, "{\"data\":{\"deadline_at\":\"1013-05-09\"}}",
	       "{\"code\":\"invalid_string\",\"path\":[\"data\",\"deadline_at\"],\"message\":"
	       "\"Invalid datetime\",\"validation\":\"datetime\"}");
	expect(&body_task_update, "{\"data\":{\"deadline_at\":\"2026-05-09T21:43:08Z\"}}", "");
}

static void several_issues_have_commas_between(void **state)
{
	(void)state;
	expect(&body_task_create,
	       "{\"data\":{\"content\":\"a\",\"format\":\"html\",\"deadline_at\":null,"
	       "\"is_completed\":false,\"linked_records\":[{}],\"assignees\":[]}}",
	       "{\"code\":\"invalid_literal\",\"path\":[\"data\",\"format\"],\"message\":\"Invalid "
	       "literal value, expected "
	       "\\\"plaintext\\\"\",\"expected\":\"plaintext\",\"received\":\"html\"},{\"code\":"
	       "\"invalid_type\",\"path\":[\"data\",\"linked_records\",0,\"target_object\"],"
	       "\"message\":\"Required\",\"expected\":\"string\",\"received\":\"undefined\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_members_are_required),
		cmocka_unit_test(types_are_named),
		cmocka_unit_test(sizes_are_told),
		cmocka_unit_test(choices_are_listed),
		cmocka_unit_test(a_search_without_a_searcher),
		cmocka_unit_test(formats_are_checked),
		cmocka_unit_test(several_issues_have_commas_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
