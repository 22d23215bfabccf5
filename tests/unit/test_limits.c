/* local/rest/limits: what is counted in a second, and when to come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "local/rest/limits.h"

static void reads_and_writes_are_counted_apart(void **state)
{
	struct rest_limits limits = {0};

	(void)state;
	for (int i = 0; i < LIMIT_WRITES; i++)
		assert_true(limits_take(&limits, 0, 5000 + i, true));
	assert_false(limits_take(&limits, 0, 5999, true));
	for (int i = 0; i < LIMIT_READS; i++)
		assert_true(limits_take(&limits, 0, 5000, false));
	assert_false(limits_take(&limits, 0, 5000, false));
	assert_int_equal(limits_most(&limits, 5999, false), LIMIT_READS);
	assert_int_equal(limits_most(&limits, 5000, true), LIMIT_WRITES);
	assert_true(limits_take(&limits, 0, 6000, true));
	assert_true(limits_take(&limits, 0, 6000, false));
	assert_int_equal(limits_most(&limits, 6001, true), 1);
	assert_int_equal(limits_most(&limits, 7000, true), 0);
}

static void each_flow_has_its_own(void **state)
{
	static struct rest_limits limits;

	(void)state;
	for (int i = 0; i < LIMIT_WRITES; i++)
		for (long long flow = 0; flow < LIMIT_CALLERS; flow++)
			assert_true(limits_take(&limits, flow, 5000, true));
	for (long long flow = 0; flow < LIMIT_CALLERS; flow++)
		assert_false(limits_take(&limits, flow, 5000, true));
	assert_true(limits_take(&limits, LIMIT_CALLERS, 5000,
				true)); /* one too many: one is forgotten */
	for (long long flow = 0; flow < LIMIT_CALLERS; flow++)
		assert_true(limits_take(&limits, flow, 6000, true));
}

static void the_clock_may_go_back(void **state)
{
	struct rest_limits limits = {0};

	(void)state;
	for (int i = 0; i < LIMIT_WRITES; i++)
		assert_true(limits_take(&limits, 0, -1500, true));
	assert_false(limits_take(&limits, 0, -1001, true));
	assert_true(limits_take(&limits, 0, -1000, true));
}

static void the_next_second_is_an_http_date(void **state)
{
	char text[HTTP_DATE_SIZE];

	(void)state;
	limits_retry_after(1795889499123, text);
	assert_string_equal(text, "Sat, 28 Nov 2026 18:11:40 GMT");
	limits_retry_after(0, text);
	assert_string_equal(text, "Thu, 01 Jan 1970 00:00:01 GMT");
	limits_retry_after(-1, text);
	assert_string_equal(text, "Thu, 01 Jan 1970 00:00:00 GMT");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_writes_are_counted_apart),
		cmocka_unit_test(each_flow_has_its_own),
		cmocka_unit_test(the_clock_may_go_back),
		cmocka_unit_test(the_next_second_is_an_http_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
