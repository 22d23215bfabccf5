/* What engines write of the tests they ran. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "testing/cases.h"
#include "testing/junit.h"

static int set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

#define PASSED                                                                                     \
	"{\"ancestorTitles\":[\"a\"],\"title\":\"b\",\"status\":\"passed\",\"duration\":12.7}\n"
#define FAILED                                                                                     \
	"{\"ancestorTitles\":[],\"title\":\"c\",\"status\":\"failed\",\"failureMessages\":["       \
	"\"1 is not 2\\nat x\"]}\n"

static void test_reads_what_node_found(void **state)
{
	static const char text[] =
		"{\"running\":\"a\"}\n{\"running\":\"a > b\"}\n" PASSED
		"{\"running\":\"c\"}\n" FAILED "{\"title\":\"d\",\"status\":\"skipped\"}\n";
	struct test_cases cases = {0};
	const char *running;

	test_cases_take_node(&cases, *state, "f", text, sizeof(text) - 1, &running);
	assert_null(running);
	assert_int_equal(cases.count, 3);
	assert_string_equal(cases.items[0].name, "a > b");
	assert_string_equal(cases.items[0].file, "f");
	assert_int_equal(cases.items[0].status, TEST_PASSED);
	assert_int_equal(cases.items[0].ms, 12);
	assert_string_equal(cases.items[1].name, "c");
	assert_string_equal(cases.items[1].message, "1 is not 2\nat x");
	assert_int_equal(cases.items[2].status, TEST_SKIPPED);
	assert_string_equal(cases.items[2].message, "");
	assert_int_equal(test_count(cases.items, cases.count).failed, 1);
}

/* Cut anywhere, what is whole counts, and the test that had begun is known. */
static void test_reads_what_a_killed_one_left(void **state)
{
	static const char text[] =
		"{\"running\":\"a > b\"}\n" PASSED "{\"running\":\"c\"}\n" FAILED;
	const char *at_b = strchr(text, '\n'), *after_b = strchr(at_b + 1, '\n');
	const char *at_c = strchr(after_b + 1, '\n');

	for (size_t len = 0; len < sizeof(text); len++) {
		char *cut = mem_strndup(text, len); /* a sanitizer sees its end */
		struct test_cases cases = {0};
		const char *running, *wanted = NULL;

		test_cases_take_node(&cases, *state, "f", cut, len, &running);
		if (text + len > at_b)
			wanted = "a > b";
		if (text + len > after_b)
			wanted = NULL;
		if (text + len > at_c)
			wanted = "c";
		if (len == sizeof(text) - 1)
			wanted = NULL;
		assert_int_equal(cases.count, (text + len > after_b) + (len == sizeof(text) - 1));
		if (wanted == NULL)
			assert_null(running);
		else
			assert_string_equal(running, wanted);
		mem_free(cut);
	}
}

static void test_odd_lines_hurt_nobody(void **state)
{
	static const char text[] = "\n[]\n7\nnull\n{\n{\"running\":7}\n{}\n"
				   "{\"title\":7,\"status\":\"failed\",\"failureMessages\":7,"
				   "\"duration\":1e300,\"ancestorTitles\":[7]}\n";
	struct test_cases cases = {0};
	const char *running;

	test_cases_take_node(&cases, *state, "f", text, sizeof(text) - 1, &running);
	assert_null(running);
	assert_true(cases.count > 0);
	assert_string_equal(cases.items[cases.count - 1].message, "");
	assert_int_equal(cases.items[cases.count - 1].ms, 0);
}

static void test_reads_what_vitest_found(void **state)
{
	static const char good[] = "{\"testResults\":[{\"assertionResults\":[" PASSED "," FAILED
				   "],\"message\":\"\"}]}";
	static const char broken[] =
		"{\"testResults\":[{\"assertionResults\":[],\"message\":\"no\"}]}";
	struct test_cases cases = {0};

	assert_true(test_cases_take_vitest(&cases, *state, "f", good, sizeof(good) - 1));
	assert_int_equal(cases.count, 2);
	assert_string_equal(cases.items[0].name, "a > b");
	assert_true(test_cases_take_vitest(&cases, *state, "g", broken, sizeof(broken) - 1));
	assert_int_equal(cases.count, 3);
	assert_string_equal(cases.items[2].message, "no");
	assert_false(test_cases_take_vitest(&cases, *state, "g", "{}", 2));
	assert_false(test_cases_take_vitest(&cases, *state, "g", "", 0));
	assert_int_equal(cases.count, 3);
}

static void test_reads_verdicts_on_flows(void **state)
{
	static const struct {
		const char *line;
		bool is_one;
		enum test_status status;
		const char *message, *refusal;
	} rows[] = {
		{"{\"file\":\"a\",\"equal\":true,\"diff\":\"\",\"ms\":7}", true, TEST_PASSED, "",
		 NULL},
		{"{\"equal\":false,\"diff\":\"- a\\n+ b\\n\",\"ms\":7}", true, TEST_FAILED,
		 "- a\n+ b\n", NULL},
		{"{\"equal\":false,\"error\":{\"message\":\"no\",\"why\":\"w\",\"fix\":\"f\"}}",
		 true, TEST_FAILED, "no\nbecause: w\nto mend it: f", NULL},
		{"{\"equal\":false,\"error\":{\"message\":\"no\",\"why\":\"\",\"fix\":7}}", true,
		 TEST_FAILED, "no", NULL},
		{"{\"equal\":false}", true, TEST_FAILED, "", NULL},
		{"{\"ok\":false,\"error\":{\"message\":\"no app\"}}", false, TEST_PASSED, "",
		 "no app"},
		{"{\"equal\":7}", false, TEST_PASSED, "", NULL},
		{"{", false, TEST_PASSED, "", NULL},
		{"", false, TEST_PASSED, "", NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct test_cases cases = {0};
		const char *refusal = NULL;

		assert_int_equal(test_cases_take_flow(&cases, *state, "tests/a.flow.json",
						      rows[i].line, strlen(rows[i].line), &refusal),
				 rows[i].is_one);
		assert_int_equal(cases.count, rows[i].is_one);
		if (rows[i].refusal == NULL)
			assert_null(refusal);
		else
			assert_string_equal(refusal, rows[i].refusal);
		if (!rows[i].is_one)
			continue;
		assert_string_equal(cases.items[0].name, "a.flow.json");
		assert_int_equal(cases.items[0].status, rows[i].status);
		assert_string_equal(cases.items[0].message, rows[i].message);
	}
}

static void test_names_are_told_apart(void **state)
{
	static const char *const wanted[] = {"a", "a (2)", "a (3)", "a"};
	static const char *const files[] = {"f", "f", "f", "g"};
	struct test_cases cases = {0};

	for (size_t i = 0; i < 4; i++)
		test_cases_add(&cases, *state, files[i], "a", TEST_PASSED, NULL);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(cases.items[i].name, wanted[i]);
}

static void test_junit_is_a_suite_a_file(void **state)
{
	struct test_cases cases = {0};
	struct buf out = {0};

	test_cases_add(&cases, *state, "f", "a < \"b\"", TEST_PASSED, NULL)->ms = 1234;
	test_cases_add(&cases, *state, "f", "c", TEST_FAILED, "x < y\nthen ]]> & more");
	test_cases_add(&cases, *state, "g", "d", TEST_SKIPPED, NULL);
	test_cases_add(&cases, *state, "h", "h", TEST_INTERRUPTED, "it was <running>");
	test_put_junit(&out, &cases);
	assert_string_equal(
		buf_cstr(&out),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"attio test\" tests=\"4\" failures=\"1\" errors=\"1\" "
		"skipped=\"1\">\n"
		"  <testsuite name=\"f\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
		"    <testcase classname=\"f\" name=\"a &lt; &quot;b&quot;\" file=\"f\" "
		"time=\"1.234\">\n"
		"    </testcase>\n"
		"    <testcase classname=\"f\" name=\"c\" file=\"f\" time=\"0.000\">\n"
		"      <failure message=\"x &lt; y\">x &lt; y\nthen ]]&gt; &amp; more</failure>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"  <testsuite name=\"g\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">\n"
		"    <testcase classname=\"g\" name=\"d\" file=\"g\" time=\"0.000\">\n"
		"      <skipped/>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"  <testsuite name=\"h\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"
		"    <testcase classname=\"h\" name=\"h\" file=\"h\" time=\"0.000\">\n"
		"      <error message=\"interrupted\">it was &lt;running&gt;</error>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reads_what_node_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reads_what_a_killed_one_left, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_odd_lines_hurt_nobody, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reads_what_vitest_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reads_verdicts_on_flows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names_are_told_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_junit_is_a_suite_a_file, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
