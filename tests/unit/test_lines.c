/* What differs from run to run is not in a flow's lines; what the app does is, also in the diff. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "local/flow/lines.h"
#include "local/flow/varying.h"

/* The only value of a flow with one crossing, as its line. */
static void plain(const char *text, const char *want)
{
	const struct flow_names names = {.now_ms = 1764400000000};
	struct buf json = {0}, line = {0};
	cJSON *flow, *lines;

	buf_printf(&json,
		   "{\"nodes\":[{\"id\":\"1\",\"kind\":\"a\",\"name\":\"b\",\"input\":\"%s\"}]}",
		   text);
	flow = cJSON_Parse(buf_cstr(&json));
	lines = flow_lines(flow, &names);
	buf_printf(&line, "  /input: \"%s\"", want);
	assert_string_equal(cJSON_GetArrayItem(lines, 1)->valuestring, buf_cstr(&line));
	cJSON_Delete(lines);
	cJSON_Delete(flow);
	buf_dispose(&json);
	buf_dispose(&line);
}

static void replaces(void **state)
{
	(void)state;
	plain("a 0b5e3606-fdd4-411e-9263-8ca990621735 b", "a <id-1> b");
	plain("0b5e3606-fdd4-411e-9263-8ca990621735 0B5E3606-FDD4-411E-9263-8CA990621735 "
	      "0b5e3606-fdd4-411e-9263-8ca990621736",
	      "<id-1> <id-1> <id-2>");
	plain("0b5e3606-fdd4-411e-9263", "0b5e3606-fdd4-411e-9263");
	plain("2026-11-29T07:06:08.054350189Z!", "<time>!");
	plain("at 2026-11-29T07:06:08", "at <time>");
	plain("2026-11-29", "2026-11-29");
	plain("1764400000123", "<time>");
	plain("1764300000123", "<time>");
	plain("1664300000123", "1664300000123");
	plain("1764400001", "<time>");
	plain("1764400001.25,", "<time>,");
	plain("+1764400001", "+1764400001");
	plain("id1764400001", "id1764400001");
	plain("17644000019", "17644000019");
	plain("Sun, 29 Nov 2026 11:44:09 GMT", "Sun, 29 Nov 2026 <time of day> GMT");
	plain("9:05:31 AM", "<time of day> AM");
	plain("a:09:05:31", "a:09:05:31");
	plain("----formdata-attio-0123456789abcdef0123456789abcdef--", "<boundary>--");
	plain("21764400000123", "21764400000123");
	plain("http://127.0.0.1:36139/a", "<platform>/a");
	plain("http://127.0.0.1/a", "http://127.0.0.1/a");
	plain("/w/1/2/trigger/0123456789abcdef01234567", "/w/1/2/trigger/<token>");
	plain("{user connection}", "{connection}");
}

/* The same where moments are told by how far they are. */
static void span(const char *text, const char *want)
{
	const struct varying_now now = {1764400000000, true};
	char name[VARYING_NAME_SIZE];
	size_t len = varying_at(text, text, &now, name);

	if (want == NULL) {
		assert_int_equal(len, 0);
		return;
	}
	assert_int_equal(len, strlen(text));
	assert_string_equal(name, want);
}

/* The flow began at 2025-11-29T07:06:40Z. */
static void spans(void **state)
{
	(void)state;
	span("2025-11-29T07:06:40Z", "<time>");
	span("2025-11-29T07:06:41.123456789Z", "<time>");
	span("2025-11-29T07:07:20Z", "<time>");
	span("2025-11-29T07:07:40.5Z", "<time+1m>");
	span("2025-11-29T07:05:42Z", "<time-1m>");
	span("2025-11-29T08:06:43.5Z", "<time+1h>");
	span("2025-12-06T09:36:42.001Z", "<time+7d2h30m>");
	span("2025-11-22T07:06:42Z", "<time-7d>");
	span("2025-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z");
	span("1764400001234", "<time>");
	span("1764403601234", "<time+1h>");
	span("1764403601", "<time+1h>");
	span("1764374400000", NULL);
	span("1964403601234", NULL);
}

/* Which of three persons an id is; the first was there before. */
static const char *kind(void *context, const char *id)
{
	(void)context;
	return id[0] == '1' ? NULL : (id[0] == '2' ? "person" : "note");
}

static void names(void **state)
{
	static const char text[] =
		"{\"nodes\":[{\"id\":\"1\",\"kind\":\"a\",\"name\":\"b\",\"input\":["
		"\"20000000-0000-0000-0000-000000000002\",\"30000000-0000-0000-0000-000000000000\","
		"\"20000000-0000-0000-0000-000000000001\",\"10000000-0000-0000-0000-000000000000\","
		"\"20000000-0000-0000-0000-000000000002\"]}]}";
	static const char *const want[] = {"a b",
					   "  /input/0: \"<person-1>\"",
					   "  /input/1: \"<note-1>\"",
					   "  /input/2: \"<person-2>\"",
					   "  /input/3: \"10000000-0000-0000-0000-000000000000\"",
					   "  /input/4: \"<person-1>\""};
	const struct flow_names known = {.kind = kind};
	cJSON *flow = cJSON_Parse(text), *lines = flow_lines(flow, &known);

	(void)state;
	assert_int_equal(cJSON_GetArraySize(lines), 6);
	for (int i = 0; i < 6; i++)
		assert_string_equal(cJSON_GetArrayItem(lines, i)->valuestring, want[i]);
	cJSON_Delete(lines);
	cJSON_Delete(flow);
}

/* Crossings with these beginnings (in seconds) and durations (in ms), each named in its order. */
static void ordered(const char *const *names_of, const int *from, const int *ms, const char *others,
		    size_t count, const char *want)
{
	struct buf text = {0}, got = {0};
	cJSON *flow, *lines;
	const cJSON *line;

	buf_puts(&text, "{\"nodes\":[{\"id\":\"r\",\"kind\":\"k\",\"name\":\"r\"}");
	for (size_t i = 0; i < count; i++)
		buf_printf(&text,
			   ",{\"id\":\"%zu\",\"cause\":\"r\",\"kind\":\"k\",\"name\":\"%s\","
			   "\"started_at\":\"2026-01-01T00:00:%02d.000000000Z\",\"ms\":%d%s}",
			   i, names_of[i], from[i], ms[i],
			   others[i] == 'x' ? ",\"beside\":true" : "");
	buf_puts(&text, "]}");
	flow = cJSON_Parse(buf_cstr(&text));
	lines = flow_lines(flow, NULL);
	for (line = lines->child->next; line != NULL; line = line->next)
		buf_puts(&got, line->valuestring + 4);
	assert_string_equal(buf_cstr(&got), want);
	cJSON_Delete(lines);
	cJSON_Delete(flow);
	buf_dispose(&text);
	buf_dispose(&got);
}

static void orders(void **state)
{
	static const char *const three[] = {"c", "b", "a"};

	(void)state;
	/* One after the other; all at once; two at once; of which the host says so. */
	ordered(three, (int[]){1, 2, 3}, (int[]){1000, 1000, 1000}, "   ", 3, "cba");
	ordered(three, (int[]){1, 1, 1}, (int[]){5000, 5000, 5000}, "   ", 3, "abc");
	ordered(three, (int[]){1, 2, 3}, (int[]){500, 1500, 500}, "   ", 3, "cab");
	ordered(three, (int[]){1, 2, 3}, (int[]){0, 0, 0}, " x ", 3, "bca");
}

/* Two flows of one action: other ids and moments, and queries in the other order. */
static const char first[] =
	"{\"nodes\":[{\"id\":\"1\",\"kind\":\"action\",\"name\":\"a\",\"input\":{\"id\":\"a\"}},"
	"{\"id\":\"2\",\"cause\":\"1\",\"kind\":\"query\",\"name\":\"x\",\"started_at\":\"2026-01-"
	"01T00:00:00.000000000Z\",\"ms\":9,\"output\":{\"at\":"
	"\"2026-01-01T00:00:00Z\"}},"
	"{\"id\":\"3\",\"cause\":\"1\",\"kind\":\"query\",\"name\":\"y\",\"started_at\":\"2026-01-"
	"01T00:00:00.000000000Z\",\"ms\":9,\"input\":{\"node\":1}},"
	"{\"id\":\"4\",\"cause\":\"1\",\"kind\":\"host\",\"name\":\"toast\",\"input\":{\"title\":"
	"\"Sent\"}}]}";
static const char second[] =
	"{\"nodes\":[{\"id\":\"11\",\"kind\":\"action\",\"name\":\"a\",\"input\":{\"id\":\"a\"}},"
	"{\"id\":\"13\",\"cause\":\"11\",\"kind\":\"query\",\"name\":\"y\",\"started_at\":\"2026-"
	"01-01T00:00:00.000000000Z\",\"ms\":9,\"input\":{\"node\":11}}"
	",{\"id\":\"12\",\"cause\":\"11\",\"kind\":\"query\",\"name\":\"x\",\"started_at\":\"2026-"
	"01-01T00:00:00.000000000Z\",\"ms\":9,\"output\":{\"at\":"
	"\"2027-01-01T00:00:00Z\"}},"
	"{\"id\":\"14\",\"cause\":\"11\",\"kind\":\"host\",\"name\":\"toast\",\"input\":{\"title\":"
	"\"%s\"}}]}";

static cJSON *lines_of(const char *text)
{
	cJSON *flow = cJSON_Parse(text), *lines = flow_lines(flow, NULL);

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
		"  action a\n    query y\n    host toast\n-     /input/title: \"Sent\"\n+     "
		"/input/title: \"Lost\"\n");
	differs("Lost", "/input/title", false, "");
	differs("Lost", "/input", false, "");
	differs("Lost", "/input/*", false, "");
	differs("Lost", "host toast /input/title", false, "");
	differs("Lost", "host toas /input/title", true,
		"  action a\n    query y\n    host toast\n-     /input/title: \"Sent\"\n+     "
		"/input/title: \"Lost\"\n");
	differs("Lost", "/input/tit", true,
		"  action a\n    query y\n    host toast\n-     /input/title: \"Sent\"\n+     "
		"/input/title: \"Lost\"\n");
}

/* One crossing's lines. */
static void told(const char *node, const char *want)
{
	struct buf text = {0}, got = {0};
	const cJSON *line;
	cJSON *lines;

	buf_printf(&text, "{\"nodes\":[{\"id\":\"1\",%s}]}", node);
	lines = lines_of(buf_cstr(&text));
	for (line = lines->child->next; line != NULL; line = line->next)
		buf_printf(&got, "%s\n", line->valuestring + 2);
	assert_string_equal(buf_cstr(&got), want);
	cJSON_Delete(lines);
	buf_dispose(&text);
	buf_dispose(&got);
}

static void values(void **state)
{
	(void)state;
	/* Members by their names, nothing left out of what the app says. */
	told("\"kind\":\"server\",\"name\":\"a\",\"output\":{\"flow\":1,\"b\":null,\"a\":[]}",
	     "/output/a: []\n/output/b: null\n/output/flow: 1\n");
	told("\"kind\":\"kv\",\"name\":\"a\",\"input\":{\"node\":1,\"key\":\"k\",\"beside\":true}",
	     "/input/key: \"k\"\n");
	told("\"kind\":\"block\",\"name\":\"a\",\"input\":{\"flow\":\"x\"}",
	     "/input/flow: \"x\"\n");
	told("\"kind\":\"fetch\",\"name\":\"a\",\"input\":{\"headers\":[[\"b\",\"2\"],[\"a\",\"1\"]"
	     "],"
	     "\"body\":\"{\\\"z\\\":1,\\\"y\\\":null}\"},\"output\":{\"headers\":[[\"c\",\"3\"]],"
	     "\"status\":200}",
	     "/input/body/y: null\n/input/body/z: 1\n/input/headers/a: \"1\"\n"
	     "/input/headers/b: \"2\"\n/output/status: 200\n");
	told("\"kind\":\"webhook\",\"name\":\"a\",\"output\":{\"response\":{\"headers\":[[\"c\","
	     "\"3\"]],"
	     "\"body\":\"{\\\"b\\\":1}\"}}",
	     "/output/response/body/b: 1\n/output/response/headers/c: \"3\"\n");
	/* What the user saw: lists that have something, trees by what is in them. */
	told("\"kind\":\"surface\",\"name\":\"a\",\"output\":{\"alerts\":[],\"logs\":[{\"text\":"
	     "\"x\"}],"
	     "\"surface\":{\"tree\":[\"Form\",\"  "
	     "Row\"],\"nodes\":[{\"id\":1,\"type\":\"Form\",\"props\":{},"
	     "\"children\":[{\"id\":2,\"type\":\"Input\",\"props\":{\"name\":\"n\"}},{\"id\":3,"
	     "\"type\":\"Row\"},"
	     "{\"id\":4,\"type\":\"Row\"},\"text\"]}]}}",
	     "/output/surface/nodes/Form: {}\n/output/surface/nodes/Form/Input:n/name: \"n\"\n"
	     "/output/surface/nodes/Form/Row: {}\n/output/surface/nodes/Form/Row#2: {}\n"
	     "/output/surface/tree: \"Form\"\n/output/surface/tree: \"  Row\"\n");
	/* A query is the fields that it asks for. */
	told("\"kind\":\"query\",\"name\":\"q\",\"input\":{\"query\":\"query q ($id: ID!) { b(x : "
	     "$id, y:1) "
	     "{ d c } a # more\\n}\"}",
	     "/input/query: query q($id:ID!)\n/input/query/a\n/input/query/b(x:$id y:1)/c\n"
	     "/input/query/b(x:$id y:1)/d\n");
	told("\"kind\":\"query\",\"name\":\"q\",\"input\":{\"query\":\"{ a\"}",
	     "/input/query: \"{ a\"\n");
}

static void moves(void **state)
{
	static const char *const before[] = {"action a", "  server app/a/send.server"};
	static const char *const after[] = {"action a", "  server app/b/send.server"};
	static const char *const other[] = {"action a", "  server app/a/tell.server"};
	cJSON *a = cJSON_CreateStringArray(before, 2), *b = cJSON_CreateStringArray(after, 2),
	      *c = cJSON_CreateStringArray(other, 2);
	struct buf out = {0};

	(void)state;
	assert_false(flow_lines_diff(a, b, NULL, &out));
	assert_true(flow_lines_diff(a, c, NULL, &out));
	assert_string_equal(buf_cstr(&out), "  action a\n-   server app/a/send.server\n+   server "
					    "app/a/tell.server\n");
	cJSON_Delete(a);
	cJSON_Delete(b);
	cJSON_Delete(c);
	buf_dispose(&out);
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
		cmocka_unit_test(replaces), cmocka_unit_test(names),    cmocka_unit_test(orders),
		cmocka_unit_test(compares), cmocka_unit_test(survives), cmocka_unit_test(spans),
		cmocka_unit_test(values),   cmocka_unit_test(moves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
