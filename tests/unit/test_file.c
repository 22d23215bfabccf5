/* Flow files: what is wrong is told with its place, and each kind of flow begins by its request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/flow/file.h"

#define GOOD_STATE "\"state\":{\"from\":\"seed\",\"now\":\"2026-01-01T00:00:00Z\"}"
#define GOOD_START "\"start\":{\"path\":\"/actions/run\",\"body\":{}}"
#define FILE_OF(start, state, outside, vary, saw)                                                  \
	"{\"schema\":\"attio.flow/1\"," start "," state ",\n\"outside\":" outside                  \
	",\n\"may_vary\":" vary ",\n\"saw\":" saw "}"

static void refused(const char *text, const char *place, const char *what)
{
	struct error error = {0};
	cJSON *file = flow_file_read(text, strlen(text), "a.json", &error);

	assert_null(file);
	assert_int_equal(error.kind, ERROR_USAGE);
	if (strncmp(error.message, place, strlen(place)) != 0)
		assert_string_equal(error.message, place);
	assert_non_null(strstr(error.message, what));
	assert_string_not_equal(error.why, "");
	assert_string_not_equal(error.fix, "");
}

static void reads(void **state)
{
	static const char good[] =
		FILE_OF(GOOD_START, GOOD_STATE,
			"[{\"method\":\"GET\",\"url\":\"u\",\"answer\":{\"status\":200}},"
			"{\"method\":\"GET\",\"url\":\"u\",\"failure\":\"x\"}]",
			"[\"/input/*\"]", "[\"a\"]");
	struct error error = {0};
	cJSON *file = flow_file_read(good, strlen(good), "a.json", &error);

	(void)state;
	assert_non_null(file);
	cJSON_Delete(file);
	refused("", "a.json:1:1: ", "valid JSON");
	refused("{\n  \"a\": tru}", "a.json:2:8: ", "valid JSON");
	refused("[]", "a.json:1:1: ", "an object");
	refused("{}", "a.json:1:1: ", "`schema` is missing");
	refused("{\"scheme\": 1}", "a.json:1:12: ", "no member `scheme`");
	refused("{\"schema\": 1}", "a.json:1:12: ", "must be a text");
	refused(FILE_OF("\"start\":{\"path\":\"/state/reset\",\"body\":{}}", GOOD_STATE, "[]", "[]",
			"[]"),
		"a.json:1:42: ", "no flow begins");
	refused(FILE_OF(GOOD_START, "\"state\":{\"from\":\"moon\",\"now\":\"\"}", "[]", "[]", "[]"),
		"a.json:1:", "from \"seed\"");
	refused(FILE_OF(GOOD_START, GOOD_STATE, "[1]", "[]", "[]"), "a.json:2:12: ", "an object");
	refused(FILE_OF(GOOD_START, GOOD_STATE, "[{\"method\":\"GET\",\"url\":\"u\"}]", "[]", "[]"),
		"a.json:2:12: ", "`answer` or `failure`");
	refused(FILE_OF(GOOD_START, GOOD_STATE, "[]", "[\"x\"]", "[]"),
		"a.json:3:13: ", "a pointer");
	refused(FILE_OF(GOOD_START, GOOD_STATE, "[]", "[]", "[1]"), "a.json:4:8: ", "a text");
}

/* The request of a flow whose crossings are these. */
static void begins(const char *nodes, const char *as, const char *want)
{
	struct error error = {0};
	struct buf text = {0};
	cJSON *flow, *start;
	char *got;

	buf_printf(&text, "{\"nodes\":[%s]}", nodes);
	flow = cJSON_Parse(buf_cstr(&text));
	assert_non_null(flow);
	start = flow_file_start(flow, as, &error);
	if (want == NULL) {
		assert_null(start);
		assert_int_equal(error.kind, ERROR_CONFLICT);
	} else {
		got = cJSON_PrintUnformatted(start);
		assert_string_equal(got, want);
		cJSON_free(got);
	}
	cJSON_Delete(start);
	cJSON_Delete(flow);
	buf_dispose(&text);
}

static void starts(void **state)
{
	(void)state;
	begins("{\"kind\":\"action\",\"name\":\"a\",\"input\":{\"id\":\"a\"}}", NULL,
	       "{\"path\":\"/actions/run\",\"body\":{\"id\":\"a\"}}");
	begins("{\"kind\":\"surface\",\"name\":\"a\",\"input\":{\"kind\":\"widget\"}}", "m@x",
	       "{\"path\":\"/surfaces/show\",\"body\":{\"kind\":\"widget\",\"as\":\"m@x\"}}");
	begins("{\"kind\":\"server\",\"name\":\"s\",\"input\":[1]}", NULL,
	       "{\"path\":\"/server/call\",\"body\":{\"module\":\"s\",\"args\":[1]}}");
	begins("{\"kind\":\"webhook\",\"name\":\"w\",\"input\":{\"method\":\"PUT\",\"url\":"
	       "\"http://h/a/b/a/0b5e3606-fdd4-411e-9263-8ca990621735/id/"
	       "x?q=1\",\"headers\":[],\"body\":\"b\"}}",
	       NULL,
	       "{\"path\":\"/webhooks/send\",\"body\":{\"handler\":\"id\",\"path\":\"/"
	       "x\",\"query\":"
	       "\"q=1\",\"method\":\"PUT\",\"headers\":[],\"body\":\"b\"}}");
	begins("{\"kind\":\"webhook\",\"name\":\"w\",\"input\":{\"url\":\"http://other/a\"}}", NULL,
	       NULL);
	begins("{\"kind\":\"connection\",\"name\":\"add\",\"input\":{\"id\":\"c\",\"owned_by\":{"
	       "\"type\":\"user\"},\"type\":\"secret\",\"created_by\":{\"id\":\"m\"}}}",
	       NULL,
	       "{\"path\":\"/connections\",\"body\":{\"owner\":\"user\",\"type\":\"secret\","
	       "\"value\":\"placeholder-of-the-user-connection\",\"as\":\"m\"}}");
	begins("{\"kind\":\"connection\",\"name\":\"remove\",\"input\":{\"id\":\"c\"}}", NULL,
	       "{\"path\":\"/connections/c\",\"body\":{},\"method\":\"DELETE\"}");
	begins("{\"kind\":\"connection\",\"name\":\"send\",\"input\":{\"id\":\"c\"}},{\"kind\":"
	       "\"event\",\"name\":\"connection-added\"}",
	       NULL,
	       "{\"path\":\"/events/send\",\"body\":{\"event\":\"connection-added\",\"connection\":"
	       "\"c\"}}");
	begins("{\"kind\":\"block\",\"name\":\"run b\",\"input\":{\"x\":1}},{\"kind\":\"block\","
	       "\"name\":\"b/finish\",\"input\":{\"method\":\"POST\",\"body\":\"z\"}}",
	       NULL,
	       "{\"path\":\"/blocks/b/run\",\"body\":{\"config\":{\"x\":1},\"finish\":{\"method\":"
	       "\"POST\",\"body\":\"z\"}}}");
	begins("{\"kind\":\"block\",\"name\":\"trigger b\"},{\"kind\":\"block\",\"name\":"
	       "\"b/trigger\",\"input\":{\"method\":\"POST\"}}",
	       NULL,
	       "{\"path\":\"/blocks/b/trigger\",\"body\":{\"request\":{\"method\":\"POST\"}}}");
	begins("{\"kind\":\"action\",\"name\":\"a\",\"input\":{}},{\"kind\":\"user\"}", NULL, NULL);
	begins("{\"kind\":\"action\",\"input\":{\"cut\":\"x\",\"bytes\":9}}", NULL, NULL);
	begins("{\"kind\":\"query\",\"name\":\"q\"}", NULL, NULL);
	begins("", NULL, NULL);
}

static void answers(void **state)
{
	static const char text[] =
		"{\"nodes\":[{\"kind\":\"fetch\",\"input\":{\"url\":\"u\"},\"output\":{\"status\":"
		"200}},"
		"{\"kind\":\"fetch\",\"input\":{\"method\":\"POST\",\"url\":\"v\",\"body\":\"b\"},"
		"\"error\":\"fetch failed\"}%s]}";
	struct buf good = {0}, cut = {0};
	struct error error = {0};
	cJSON *flow, *outside;
	char *got;

	(void)state;
	buf_printf(&good, text, "");
	buf_printf(
		&cut, text,
		",{\"kind\":\"fetch\",\"name\":\"GET big\",\"input\":{},\"output\":{\"cut\":\"x\","
		"\"bytes\":9}}");
	flow = cJSON_Parse(buf_cstr(&good));
	outside = flow_file_outside(flow, &error);
	got = cJSON_PrintUnformatted(outside);
	assert_string_equal(got, "[{\"method\":\"GET\",\"url\":\"u\",\"answer\":{\"status\":200}},{"
				 "\"method\":\"POST\",\"url\":\"v\",\"body\":\"b\",\"failure\":"
				 "\"fetch failed\"}]");
	cJSON_free(got);
	cJSON_Delete(outside);
	cJSON_Delete(flow);
	flow = cJSON_Parse(buf_cstr(&cut));
	assert_null(flow_file_outside(flow, &error));
	assert_non_null(strstr(error.message, "256 KB"));
	cJSON_Delete(flow);
	buf_dispose(&good);
	buf_dispose(&cut);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(starts),
		cmocka_unit_test(answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
