/* local/rest/query: query strings taken apart and checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/rest/bodies.h"
#include "local/rest/query.h"

static void it_is_taken_apart(void **state)
{
	struct arena *arena = arena_new();
	struct query query;

	(void)state;
	assert_int_equal(query_read(&query, "a=1&b=x%20y+z&&c&a=2&d=%26%3D", arena), 0);
	assert_string_equal(query_text(&query, "a"), "2");
	assert_string_equal(query_text(&query, "b"), "x y z");
	assert_string_equal(query_text(&query, "c"), "");
	assert_string_equal(query_text(&query, "d"), "&=");
	assert_null(query_text(&query, "e"));
	assert_int_equal(query_read(&query, "", arena), 0);
	assert_int_equal(query.count, 0);
	assert_int_equal(query_read(&query, "a=%2", arena), -1);
	assert_int_equal(query_read(&query, "a=%00", arena), -1);
	assert_int_equal(query_read(&query, "a=%ff", arena), -1);
	arena_free(arena);
}

static void expect(const char *text, const struct param *params, const char *issues)
{
	struct arena *arena = arena_new();
	struct query query;
	struct buf got = {0};

	assert_int_equal(query_read(&query, text, arena), 0);
	query_check(&query, params, &got);
	assert_string_equal(buf_cstr(&got), issues);
	buf_dispose(&got);
	arena_free(arena);
}

static void values_are_checked(void **state)
{
	(void)state;
	expect("limit=50&offset=0&other=1", query_notes, "");
	expect("limit=51", query_notes,
	       "{\"code\":\"too_big\",\"path\":[\"limit\"],\"message\":\"Number must be less than "
	       "or equal to 50\",\"maximum\":50,\"type\":\"number\",\"inclusive\":true,\"exact\":"
	       "false}");
	expect("offset=-1", query_notes,
	       "{\"code\":\"too_small\",\"path\":[\"offset\"],\"message\":\"Number must be greater "
	       "than or equal to 0\",\"minimum\":0,\"type\":\"number\",\"inclusive\":true,"
	       "\"exact\":false}");
	expect("limit=ten", query_notes,
	       "{\"code\":\"invalid_type\",\"path\":[\"limit\"],\"message\":\"Expected number, "
	       "received string\",\"expected\":\"number\",\"received\":\"string\"}");
	expect("is_completed=maybe", query_tasks,
	       "{\"code\":\"invalid_type\",\"path\":[\"is_completed\"],\"message\":\"Expected "
	       "boolean, received string\",\"expected\":\"boolean\",\"received\":\"string\"}");
	expect("limit=1", NULL, "");
}

static void values_are_read(void **state)
{
	struct arena *arena = arena_new();
	struct query query;

	(void)state;
	assert_int_equal(query_read(&query, "offset=7&is_completed=true", arena), 0);
	assert_int_equal(query_number(&query, query_tasks, "offset"), 7);
	assert_int_equal(query_number(&query, query_tasks, "limit"), 500);
	assert_int_equal(query_number(&query, query_tasks, "is_completed"), 1);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_taken_apart),
		cmocka_unit_test(values_are_checked),
		cmocka_unit_test(values_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
