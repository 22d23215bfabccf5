/* What differs from run to run is not in a flow's lines; what the app does is, also in the diff. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "local/run/flow_lines.h"

static void plain(const char *text, const char *want)
{
	struct buf out = {0};

	flow_lines_put_plain(&out, text);
	assert_string_equal(buf_cstr(&out), want);
	buf_dispose(&out);
}

static void replaces(void **state)
{
	(void)state;
	plain("a 0b5e3606-fdd4-411e-9263-8ca990621735 b", "a <id> b");
	plain("0b5e3606-fdd4-411e-9263", "0b5e3606-fdd4-411e-9263");
	plain("2026-11-29T07:06:08.054350189Z!", "<time>!");
	plain("at 2026-11-29T07:06:08", "at <time>");
	plain("2026-11-29", "2026-11-29");
	plain("http://127.0.0.1:36139/a", "<platform>/a");
	plain("http://127.0.0.1/a", "http://127.0.0.1/a");
}

/* Two flows of one action: other ids and moments, and queries in the other order. */
static const char first[] =
	"{\"nodes\":[{\"id\":\"1\",\"kind\":\"action\",\"name\":\"a\",\"input\":{\"id\":\"a\"}},"
	"{\"id\":\"2\",\"cause\":\"1\",\"kind\":\"query\",\"name\":\"x\",\"output\":{\"at\":"
	"\"2026-01-01T00:00:00Z\"}},"
	"{\"id\":\"3\",\"cause\":\"1\",\"kind\":\"query\",\"name\":\"y\",\"input\":{\"node\":1}},"
	"{\"id\":\"4\",\"cause\":\"1\",\"kind\":\"host\",\"name\":\"toast\",\"input\":{\"title\":"
	"\"Sent\"}}]}";
static const char second[] =
	"{\"nodes\":[{\"id\":\"11\",\"kind\":\"action\",\"name\":\"a\",\"input\":{\"id\":\"a\"}},"
	"{\"id\":\"13\",\"cause\":\"11\",\"kind\":\"query\",\"name\":\"y\",\"input\":{\"node\":11}}"
	",{\"id\":\"12\",\"cause\":\"11\",\"kind\":\"query\",\"name\":\"x\",\"output\":{\"at\":"
	"\"2027-01-01T00:00:00Z\"}},"
	"{\"id\":\"14\",\"cause\":\"11\",\"kind\":\"host\",\"name\":\"toast\",\"input\":{\"title\":"
	"\"%s\"}}]}";

static cJSON *lines_of(const char *text)
{
	cJSON *flow = cJSON_Parse(text), *lines = flow_lines(flow);

	cJSON_Delete(flow);
	return lines;
}

static void differs(const char *title, const char *vary, bool want, const char *diff)
{
	cJSON *may_vary = vary != NULL ? cJSON_CreateStringArray(&vary, 1) : NULL;
	struct buf text = {0}, out = {0};
	cJSON *a, *b;

	buf_printf(&text, second, title);
	a = lines_of(first);
	b = lines_of(buf_cstr(&text));
	assert_int_equal(flow_lines_diff(a, b, may_vary, &out), want);
	assert_string_equal(buf_cstr(&out), diff);
	cJSON_Delete(a);
	cJSON_Delete(b);
	cJSON_Delete(may_vary);
	buf_dispose(&text);
	buf_dispose(&out);
}

static void compares(void **state)
{
	(void)state;
	differs("Sent", NULL, false, "");
	differs("Lost", NULL, true,
		"    query y\n    host toast\n-     /input/title: \"Sent\"\n+     /input/title: "
		"\"Lost\"\n");
	differs("Lost", "/input/title", false, "");
	differs("Lost", "/input", false, "");
	differs("Lost", "/input/tit", true,
		"    query y\n    host toast\n-     /input/title: \"Sent\"\n+     /input/title: "
		"\"Lost\"\n");
}

static void survives(void **state)
{
	static const char *const texts[] = {
		"{}", "{\"nodes\":[]}", "{\"nodes\":[1]}",
		"{\"nodes\":[{\"id\":\"1\",\"cause\":\"1\",\"kind\":\"a\",\"name\":\"b\"}]}"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		cJSON_Delete(lines_of(texts[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces),
		cmocka_unit_test(compares),
		cmocka_unit_test(survives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
