/* The gate's pure parts: addresses, limits, trouble on purpose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/run/chaos.h"
#include "local/run/gate_answer.h"
#include "local/run/gate_headers.h"
#include "local/run/gate_url.h"
#include "local/run/limits.h"
#include "local/run/platform.h"

static void is(struct arena *arena, const char *url, const char *origin, const char *path,
	       const char *query)
{
	struct gate_url parts;

	assert_true(gate_url_parse(arena, url, &parts));
	assert_string_equal(parts.origin, origin);
	assert_string_equal(parts.path, path);
	assert_string_equal(parts.query, query);
}

static void addresses(void **state)
{
	struct arena *arena = arena_new();
	struct gate_url parts;

	(void)state;
	is(arena, "https://API.attio.com", "https://api.attio.com", "/", "");
	is(arena, "https://api.attio.com:443/v2/x?a=b#c", "https://api.attio.com", "/v2/x", "a=b");
	is(arena, "http://user:word@host:80/?", "http://host", "/", "");
	is(arena, "http://127.0.0.1:8080?q", "http://127.0.0.1:8080", "/", "q");
	/* Not the host that it looks like. */
	is(arena, "https://api.attio.com@evil.test/v2", "https://evil.test", "/v2", "");
	assert_false(gate_url_parse(arena, "ftp://host/", &parts));
	assert_false(gate_url_parse(arena, "https://", &parts));
	assert_false(gate_url_parse(arena, "/v2", &parts));
	arena_free(arena);
}

static void redirects(void **state)
{
	struct arena *arena = arena_new();
	struct gate_url base;

	(void)state;
	assert_true(gate_url_parse(arena, "https://a.test/one/two?x", &base));
	assert_string_equal(gate_url_join(arena, &base, "http://b.test/"), "http://b.test/");
	assert_string_equal(gate_url_join(arena, &base, "//b.test/z"), "https://b.test/z");
	assert_string_equal(gate_url_join(arena, &base, "/z?y"), "https://a.test/z?y");
	assert_string_equal(gate_url_join(arena, &base, "three"), "https://a.test/one/three");
	assert_string_equal(gate_url_join(arena, &base, "?y"), "https://a.test/one/two?y");
	assert_null(gate_url_join(arena, &base, ""));
	assert_null(gate_url_join(arena, &base, "file:///etc/passwd"));
	arena_free(arena);
}

static void routes(void **state)
{
	static const struct net_route list[] = {{"https://a.test", "http://127.0.0.1:1"},
						{NULL, NULL}};
	struct arena *arena = arena_new();
	struct gate_url url;

	(void)state;
	assert_true(gate_url_parse(arena, "https://a.test/x?y", &url));
	assert_string_equal(gate_url_routed(arena, list, &url), "http://127.0.0.1:1/x?y");
	assert_true(gate_url_parse(arena, "https://a.test.evil/x?y", &url));
	assert_null(gate_url_routed(arena, list, &url));
	assert_null(gate_url_routed(arena, NULL, &url));
	arena_free(arena);
}

static void headers(void **state)
{
	static const char json[] = "[[\"Accept\",\"a\"],[\"Empty\",\"\"],[\"Authorization\",\"s\"],"
				   "[\"Bad\",\"x\\ny\"],[\"B:ad\",\"x\"],[1,2],[]]";
	struct json_slice all = {json, sizeof(json) - 1};
	struct arena *arena = arena_new_small(512);
	const char **lines = gate_header_lines(arena, all, false);
	struct buf answer = {0};

	(void)state;
	assert_string_equal(gate_header(arena, all, "ACCEPT"), "a");
	assert_null(gate_header(arena, all, "nothing"));
	assert_string_equal(lines[0], "Accept: a");
	assert_string_equal(lines[1], "Empty;");
	assert_string_equal(lines[2], "Authorization: s");
	assert_null(lines[3]);
	assert_null(gate_header_lines(arena, all, true)[2]);
	buf_puts(&answer, "a: b\nLocation:  /x \nc: d\n");
	assert_string_equal(gate_location(arena, &answer), "/x ");
	buf_clear(&answer);
	buf_puts(&answer, "a: location: /x\n");
	assert_null(gate_location(arena, &answer));
	buf_dispose(&answer);
	arena_free(arena);
}

/* Thirty in any second, whenever it begins. */
static void egress(void **state)
{
	static struct limits limits;
	struct error error = {0};
	int passed = 0;

	(void)state;
	assert_int_equal(limits_set(&limits, NULL, &error), 0);
	for (long long now = 5000; now < 7000; now += 10)
		passed += limits_egress(&limits, 1, now, false) ? 1 : 0;
	assert_int_equal(passed, 60);
	assert_int_equal(limits_egress_most(&limits, 6999), 30);
	assert_int_equal(limits_egress_most(&limits, 9000), 0);
	for (int i = 0; i < 30; i++)
		assert_true(limits_egress(&limits, 2, 7000, false)); /* another flow has its own */
	assert_false(limits_egress(&limits, 2, 7999, false));
	assert_true(limits_egress(&limits, 2, 8000, false));
	assert_true(limits_egress(&limits, 1, 3000, false)); /* the clock went back */
	for (int i = 0; i < 30; i++)
		assert_true(limits_egress(&limits, 3, 9000 + i, i == 7));
	assert_false(limits_egress(&limits, 3, 9400, true));
	assert_int_equal(limits_room(&limits, 3, 9400), 600);
	assert_int_equal(limits_room(&limits, 3, 10500), 0);
	assert_true(limits_fetched(&limits, 3));
	assert_false(limits_fetched(&limits, 2));
	for (long long flow = 100; flow < 100 + 2 * LIMIT_FLOWS; flow++)
		assert_true(limits_egress(&limits, flow, 9000, false));
	assert_int_equal(limits_set(&limits, "rest,egress", &error), 0);
	assert_true(limits.rest_off && limits.egress_off && !limits.time_off);
	assert_true(limits_egress(&limits, 1, 0, false));
	assert_int_equal(limits_set(&limits, "speed", &error), -1);
	assert_int_equal(error.kind, ERROR_USAGE);
}

static void trouble(void **state)
{
	static const char *const wrong[] = {
		"fetch",        "fetch.error=10",    "fetch.error=101%", "rest.200=10%",
		"rest.429",     "latency=3",         "fetch.latency=x",  "seed=",
		"rest.429=5%x", "developers.500=5%", "developer"};
	struct chaos chaos, again;
	struct error error = {0};
	int errors = 0, statuses = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(chaos_set(&chaos, wrong[i], &error), -1);
	assert_int_equal(
		chaos_set(&chaos,
			  "fetch.error=20%,fetch.latency=7,rest.429=100%,developer.503=100%,seed=3",
			  &error),
		0);
	assert_int_equal(chaos_next(&chaos, CHAOS_DEVELOPER).status, 503);
	again = chaos;
	for (int i = 0; i < 1000; i++) {
		struct chaos_turn turn = chaos_next(&chaos, CHAOS_FETCH);

		assert_int_equal(turn.error, chaos_next(&again, CHAOS_FETCH).error);
		assert_int_equal(turn.latency, 7);
		errors += turn.error;
		statuses += chaos_next(&chaos, CHAOS_REST).status == 429;
		chaos_next(&again, CHAOS_REST);
	}
	assert_int_equal(statuses, 1000);
	assert_in_range(errors, 100, 300);
}

static void answers(void **state)
{
	struct buf out = {0};

	(void)state;
	gate_put_answer(&out, 200, "OK", "http://x/",
			"Content: a\nCONTENT-ENCODING: gzip\nc:  b\nTransfer-Encoding: chunked\n"
			"t: c\nno header\nempty:\n",
			"a\0b", 3);
	assert_string_equal(
		buf_cstr(&out),
		"{\"status\":200,\"statusText\":\"OK\",\"url\":\"http://x/\",\"headers\":"
		"[[\"Content\",\"a\"],[\"c\",\"b\"],[\"t\",\"c\"],[\"empty\",\"\"]],"
		"\"body\":\"a\\u0000b\"}");
	buf_clear(&out);
	gate_put_answer(&out, 204, "", "u", "", NULL, 0);
	assert_string_equal(buf_cstr(&out), "{\"status\":204,\"statusText\":\"\",\"url\":\"u\","
					    "\"headers\":[],\"body\":null}");
	buf_clear(&out);
	gate_put_answer(&out, 200, "", "u", "", "\xff", 1);
	assert_non_null(strstr(buf_cstr(&out), "\"body\":\"/w==\",\"encoding\":\"base64\""));
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),   cmocka_unit_test(addresses), cmocka_unit_test(headers),
		cmocka_unit_test(redirects), cmocka_unit_test(routes),    cmocka_unit_test(egress),
		cmocka_unit_test(trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
