/* Development versions, workspaces and leave to read logs: what goes out, and what is made of
 * answers. */
#include "platform/dev_versions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/api.h"
#include "platform/log_token.h"
#include "platform/workspaces.h"
#include "tests/unit/canned.h"

#define TOKEN "t0ken-secret"
#define ANSWER(body) "HTTP/1.1 200 OK\r\n\r\n" body
#define REFUSAL(status, body) "HTTP/1.1 " status " X\r\n\r\n" body

struct world {
	struct canned server;
	struct canned_reply reply;
	struct arena *arena;
	struct http_client *client;
	struct addresses addresses;
	struct attio_api platform;
	struct error error;
};

static void world_start(struct world *world, const char *bytes)
{
	struct http_retry retry = {.tries = 1};
	struct addresses_wanted wanted = {0};

	memset(world, 0, sizeof(*world));
	world->reply.bytes = bytes;
	canned_start(&world->server, &world->reply, 1);
	world->arena = arena_new();
	world->client = http_client_new(5, &world->error);
	http_client_set_retry(world->client, &retry);
	wanted.api = arena_printf(world->arena, "http://127.0.0.1:%d/api", world->server.port);
	assert_int_equal(addresses_choose(world->arena, &wanted, &world->addresses, &world->error),
			 0);
	assert_int_equal(platform_init(&world->platform, world->arena, world->client,
				       &world->addresses, TOKEN, &world->error),
			 0);
}

static void world_stop(struct world *world)
{
	assert_null(strstr(world->error.message, TOKEN));
	canned_stop(&world->server);
	http_client_free(world->client);
	arena_free(world->arena);
}

static const char *asked(struct world *world)
{
	return buf_cstr(&world->server.requests[0]);
}

static void test_names_of_variables(void **state)
{
	static const struct {
		const char *name, *problem; /* NULL: none */
	} rows[] = {
		{"A", NULL},
		{"A_2", NULL},
		{"ATTIO", NULL},
		{"a", "`a` must begin with a capital letter"},
		{"_A", "`_A` must begin with a capital letter"},
		{"2", "`2` must begin with a capital letter"},
		{"A.B", "`A.B` may hold capital letters, digits and underscores only"},
		{"Aa", "`Aa` may hold capital letters, digits and underscores only"},
		{"ATTIO_", "`ATTIO_` begins as the platform's own names do"},
		{"__ATTIOX", "`__ATTIOX` begins as the platform's own names do"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct env_variable one = {rows[i].name, "s3cret"};
		const char *problem = platform_env_problems(arena, &one, 1);

		if (rows[i].problem == NULL)
			assert_null(problem);
		else
			assert_string_equal(problem, rows[i].problem);
	}
	assert_null(platform_env_problems(arena, NULL, 0));
	arena_free(arena);
}

static void test_version(void **state)
{
	static const struct env_variable env[] = {{"A", "1 \"x\""}, {"B", "\xc3\xa9"}};
	struct world world;
	const char *id;

	(void)state;
	world_start(&world, ANSWER("{\"app_id\":\"a\",\"app_dev_version_id\":\"v/1\",\"more\":1}"));
	assert_int_equal(
		platform_dev_version_create(&world.platform, "a1", "w1", env, 2, &id, &world.error),
		0);
	assert_string_equal(id, "v%2F1");
	assert_non_null(strstr(asked(&world), "POST /api/apps/a1/dev-versions HTTP/1.1\r\n"));
	assert_non_null(
		strstr(asked(&world),
		       "{\"major\":1,\"target_workspace_id\":\"w1\",\"environment_variables\":"
		       "{\"A\":\"1 \\\"x\\\"\",\"B\":\"\\u00e9\"},\"cli_version\":\"1.0.4\"}"));
	world_stop(&world);
}

static void test_verdicts(void **state)
{
	static const struct {
		const char *reply;
		enum error_kind kind;
		const char *why;
	} rows[] = {
		{REFUSAL("400",
			 "{\"code\":\"ENV_VARIABLES_VALIDATION_FAILED\",\"errors\":[{\"code\":"
			 "\"VALUE_TOO_LARGE\",\"key\":\"A\",\"max_bytes\":9,\"message\":\"m\"},{"
			 "\"code\":\"EMPTY_VALUE\",\"key\":\"B\",\"message\":\"m\"},{\"code\":"
			 "\"OTHER\",\"message\":\"be good\"},{}]}"),
		 ERROR_USAGE,
		 "`A` has too large a value (at most 9 bytes); `B` has no value; be good; is "
		 "refused"},
		{REFUSAL("400", "{\"message\":\"ordinary\"}"), ERROR_SERVICE,
		 "the server says: ordinary"},
		{REFUSAL("400", "no json"), ERROR_SERVICE, "the server says: no json"},
		{REFUSAL("403", "{\"message\":\"not you\"}"), ERROR_AUTH,
		 "the server says: not you"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		const char *id;

		world_start(&world, rows[i].reply);
		assert_int_equal(platform_dev_version_create(&world.platform, "a", "w", NULL, 0,
							     &id, &world.error),
				 -1);
		assert_int_equal(world.error.kind, rows[i].kind);
		assert_string_equal(world.error.why, rows[i].why);
		world_stop(&world);
	}
}

/* A server that repeats what it was sent. */
static void test_values_are_not_told(void **state)
{
	static const char *const replies[] = {
		REFUSAL("400",
			"{\"code\":\"ENV_VARIABLES_VALIDATION_FAILED\",\"errors\":[{\"code\":"
			"\"OTHER\",\"message\":\"hush hush\\nme is bad\"}]}"),
		REFUSAL("422", "{\"message\":\"hush hush\\nme is bad\"}"),
		REFUSAL("500", "hush hush\nme is bad"),
	};
	struct env_variable variables[] = {{.name = "A", .value = "1"},
					   {.name = "B", .value = "hush\nme"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(replies); i++) {
		struct world world;
		const char *id;

		world_start(&world, replies[i]);
		assert_int_equal(platform_dev_version_create(&world.platform, "a", "w", variables,
							     2, &id, &world.error),
				 -1);
		assert_non_null(strstr(world.error.why, "hush *** is bad"));
		world_stop(&world);
	}
}

static void test_bundle(void **state)
{
	static const char *const blocks[] = {"one", "two"};
	struct world world;
	struct platform_dev_bundle bundle;

	(void)state;
	world_start(&world,
		    ANSWER("{\"app_dev_version_bundle_id\":\"b\",\"client_bundle_upload_url\":"
			   "\"https://s/c?sig=1\",\"server_bundle_upload_url\":\"https://s/s\","
			   "\"workflow_block_bundle_upload_urls\":{\"two\":\"https://s/2\",\"one\":"
			   "\"https://s/1\"}}"));
	assert_int_equal(platform_dev_bundle_create(&world.platform, "a", "v", blocks, 2, &bundle,
						    &world.error),
			 0);
	assert_string_equal(bundle.client_url, "https://s/c?sig=1");
	assert_string_equal(bundle.block_urls[0], "https://s/1");
	assert_string_equal(bundle.block_urls[1], "https://s/2");
	assert_non_null(strstr(asked(&world),
			       "{\"sdk_version\":\"2026-07-24\",\"workflow_block_ids\":["
			       "\"one\",\"two\"]}"));
	world_stop(&world);
}

#define START "{\"app_dev_version_bundle_id\":\"b\",\"client_bundle_upload_url\":"

static void test_bad_bundles(void **state)
{
	static const char *const blocks[] = {"one"};
	static const struct {
		const char *reply, *part;
		enum error_kind kind;
	} rows[] = {
		{ANSWER("{}"), "`app_dev_version_bundle_id`", ERROR_SERVICE},
		{ANSWER(START "\"http://s/c\",\"server_bundle_upload_url\":\"https://s\"}"),
		 "`client_bundle_upload_url`", ERROR_SERVICE},
		{ANSWER(START "\"https://s/c\",\"server_bundle_upload_url\":\"https://s\"}"),
		 "`workflow_block_bundle_upload_urls`", ERROR_SERVICE},
		{ANSWER(START "\"https://s/c\",\"server_bundle_upload_url\":\"https://s\","
			      "\"workflow_block_bundle_upload_urls\":{\"other\":\"https://s\"}}"),
		 "workflow_block_bundle_upload_urls.one", ERROR_SERVICE},
		{REFUSAL("404", ""), "not there any more", ERROR_NOT_FOUND},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		struct platform_dev_bundle bundle;

		world_start(&world, rows[i].reply);
		assert_int_equal(platform_dev_bundle_create(&world.platform, "a", "v", blocks, 1,
							    &bundle, &world.error),
				 -1);
		assert_int_equal(world.error.kind, rows[i].kind);
		if (strstr(world.error.message, rows[i].part) == NULL)
			assert_string_equal(world.error.message, rows[i].part);
		world_stop(&world);
	}
}

static void test_installation(void **state)
{
	static const struct {
		const char *reply;
		int result;
		bool installed;
	} rows[] = {
		{ANSWER("{\"app_id\":\"a\",\"workspace_id\":\"w\"}"), 0, true},
		{REFUSAL("404", "{\"message\":\"no\"}"), 0, false},
		{REFUSAL("401", ""), -1, false},
		{REFUSAL("400", ""), -1, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		bool installed = true;

		world_start(&world, rows[i].reply);
		assert_int_equal(
			platform_installation(&world.platform, "a", "w", &installed, &world.error),
			rows[i].result);
		assert_int_equal(installed, rows[i].installed);
		assert_non_null(
			strstr(asked(&world),
			       "GET /api/apps/a/workspace/w/dev-installation HTTP/1.1\r\n"));
		world_stop(&world);
	}
}

static void test_workspaces(void **state)
{
	struct world world;
	struct platform_workspace *items;
	size_t count;

	(void)state;
	world_start(&world,
		    ANSWER("{\"workspaces\":[{\"workspace_id\":\"w1\",\"slug\":\"acme\",\"name\":"
			   "\"Ac\\u001b[1mme\",\"logo_url\":null},{\"workspace_id\":\"w2\","
			   "\"slug\":\"b\","
			   "\"name\":\"\"}],\"next\":\"x\"}"));
	assert_int_equal(platform_workspaces(&world.platform, &items, &count, &world.error), 0);
	assert_int_equal(count, 2);
	assert_string_equal(items[0].slug, "acme");
	assert_string_equal(items[0].name, "Ac[1mme");
	assert_string_equal(items[1].id, "w2");
	world_stop(&world);
	world_start(&world, ANSWER("{\"workspaces\":[{\"slug\":\"acme\",\"name\":\"A\"}]}"));
	assert_int_equal(platform_workspaces(&world.platform, &items, &count, &world.error), -1);
	assert_non_null(strstr(world.error.message, "`workspaces[0].workspace_id`"));
	world_stop(&world);
}

static void test_log_token(void **state)
{
	struct platform_log_token token;
	struct world world;

	(void)state;
	world_start(&world,
		    ANSWER("{\"token\":\"t.1\",\"issued\":1,\"expires\":2,\"capability\":\"{}\"}"));
	assert_int_equal(platform_log_token(&world.platform, "ch", NULL, &token, &world.error), 0);
	assert_string_equal(token.token, "t.1");
	assert_null(token.client_id);
	assert_non_null(strstr(asked(&world), "POST /api/integrations/ably/auth HTTP/1.1\r\n"));
	assert_non_null(strstr(asked(&world), "{\"token_params\":{\"capability\":\"{\\\"ch\\\":["
					      "\\\"subscribe\\\"]}\"}}"));
	world_stop(&world);
	world_start(&world, ANSWER("{\"token\":\"\",\"clientId\":\"c\"}"));
	assert_int_equal(platform_log_token(&world.platform, "ch", "c", &token, &world.error), -1);
	assert_int_equal(world.error.kind, ERROR_SERVICE);
	assert_non_null(strstr(asked(&world), "\"clientId\":\"c\"}}"));
	world_stop(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_of_variables),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_values_are_not_told),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_bundle),
		cmocka_unit_test(test_bad_bundles),
		cmocka_unit_test(test_installation),
		cmocka_unit_test(test_workspaces),
		cmocka_unit_test(test_log_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
