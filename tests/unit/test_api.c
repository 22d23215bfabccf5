/* platform/api: what goes out, and that nothing a server answers is believed unchecked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/api.h"
#include "platform/upload.h"
#include "platform/versions.h"
#include "tests/unit/canned.h"

#define TOKEN "t0ken-secret"
#define APP_ID "0cbafb09-0000-4000-8000-000000000001"
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

/* A platform at a server that answers everything with `bytes`. */
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
	wanted.api = arena_printf(world->arena, "http://127.0.0.1:%d/api//", world->server.port);
	assert_int_equal(addresses_choose(world->arena, &wanted, &world->addresses, &world->error),
			 0);
	assert_int_equal(platform_init(&world->platform, world->arena, world->client,
				       &world->addresses, TOKEN, &world->error),
			 0);
}

static void world_stop(struct world *world)
{
	assert_null(strstr(world->error.message, TOKEN));
	assert_null(strstr(world->error.why, TOKEN));
	assert_null(strstr(world->error.fix, TOKEN));
	canned_stop(&world->server);
	http_client_free(world->client);
	arena_free(world->arena);
}

static const char *asked(struct world *world)
{
	return buf_cstr(&world->server.requests[0]);
}

static void test_what_a_token_may_be(void **state)
{
	static const char *const wrong[] = {"", "a b", "a\r\nX-Evil: 1", "caf\xc3\xa9"};
	const struct addresses_wanted wanted = {0};
	struct arena *arena = arena_new();
	struct addresses addresses;
	struct attio_api platform;
	struct error error = {0};

	(void)state;
	assert_int_equal(addresses_choose(arena, &wanted, &addresses, &error), 0);
	assert_int_equal(platform_init(&platform, arena, NULL, &addresses, TOKEN, &error), 0);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(
			platform_init(&platform, arena, NULL, &addresses, wrong[i], &error), -1);
		assert_int_equal(error.kind, ERROR_AUTH);
	}
	arena_free(arena);
}

static void test_app_by_slug(void **state)
{
	struct world world;
	struct platform_app app;

	(void)state;
	world_start(&world, ANSWER("{\"more\":1,\"app\":{\"app_id\":\"" APP_ID
				   "\",\"title\":\"My \\u001b[31mApp\",\"x\":[]}}"));
	assert_int_equal(platform_app_by_slug(&world.platform, "@scope/my app", &app, &world.error),
			 0);
	assert_string_equal(app.id, APP_ID);
	assert_string_equal(app.title, "My [31mApp");
	assert_ptr_equal(
		strstr(asked(&world), "GET /api/apps/by-slug/@scope/my%20app HTTP/1.1\r\n"),
		asked(&world));
	assert_non_null(strstr(asked(&world), "\r\nAuthorization: Bearer " TOKEN "\r\n"));
	assert_non_null(strstr(asked(&world), "\r\nx-attio-platform: developer-cli\r\n"));
	assert_non_null(strstr(asked(&world), "\r\nContent-Type: application/json\r\n"));
	world_stop(&world);
}

static void test_slugs_that_lead_elsewhere(void **state)
{
	static const char *const slugs[] = {"", "..", "a/../../b", "./a", "a/."};
	struct world world;
	struct platform_app app;

	(void)state;
	world_start(&world, ANSWER("{}"));
	for (size_t i = 0; i < ARRAY_LEN(slugs); i++) {
		assert_int_equal(
			platform_app_by_slug(&world.platform, slugs[i], &app, &world.error), -1);
		assert_int_equal(world.error.kind, ERROR_USAGE);
	}
	assert_int_equal(atomic_load(&world.server.served), 0);
	world_stop(&world);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *reply;
		enum error_kind kind;
		const char *message;
		const char *why;
	} rows[] = {
		{REFUSAL("401", "{\"message\":\"expired\"}"), ERROR_AUTH, "token", "expired"},
		{REFUSAL("401", "{\"message\":\"bad token " TOKEN "\"}"), ERROR_AUTH, "token",
		 "bad token ***"},
		{REFUSAL("403", ""), ERROR_AUTH, "token", ""},
		{REFUSAL("404", "<html>"), ERROR_NOT_FOUND, "no app `my-app`", ""},
		{REFUSAL("409", "{\"message\":\"taken\"}"), ERROR_CONFLICT, "409", "taken"},
		{REFUSAL("422", "{\"message\":7}"), ERROR_SERVICE, "422", "{\"message\":7}"},
		{REFUSAL("500", "{\"message\":\"a\\u001b]0;x\\u0007b\\nc\\u202ed\\u009be\"}"),
		 ERROR_SERVICE, "500", "the server says: a]0;xb cde"},
		{REFUSAL("302", ""), ERROR_SERVICE, "302", "redirects"},
		{REFUSAL("200", "<html>"), ERROR_SERVICE, "not valid JSON", ""},
		{REFUSAL("200", ""), ERROR_SERVICE, "not valid JSON", ""},
		{REFUSAL("200", "[]"), ERROR_SERVICE, "unexpected", ""},
		{REFUSAL("200", "{\"app\":{}} trailing"), ERROR_SERVICE, "not valid JSON", ""},
		{REFUSAL("200", "{\"app\":\"x\"}"), ERROR_SERVICE, "`app`", ""},
		{REFUSAL("200", "{\"app\":{\"app_id\":5,\"title\":\"\"}}"), ERROR_SERVICE,
		 "`app.app_id` must be", ""},
		{REFUSAL("200", "{\"app\":{\"app_id\":\"..\",\"title\":\"\"}}"), ERROR_SERVICE,
		 "app_id", ""},
		{REFUSAL("200", "{\"app\":{\"app_id\":\"\",\"title\":\"\"}}"), ERROR_SERVICE,
		 "app_id", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		struct platform_app app;

		world_start(&world, rows[i].reply);
		assert_int_equal(
			platform_app_by_slug(&world.platform, "my-app", &app, &world.error), -1);
		assert_int_equal(world.error.kind, rows[i].kind);
		assert_non_null(strstr(world.error.message, rows[i].message));
		assert_non_null(strstr(world.error.why, rows[i].why));
		if (rows[i].why[0] == '\0' && rows[i].kind != ERROR_SERVICE)
			assert_string_equal(world.error.why, "");
		world_stop(&world);
	}
}

static int ask_app(struct world *world)
{
	struct platform_app app;

	return platform_app_by_slug(&world->platform, "my-app", &app, &world->error);
}

static int ask_versions(struct world *world)
{
	struct platform_version *versions;
	size_t count;

	return platform_versions(&world->platform, APP_ID, &versions, &count, &world->error);
}

static int ask_create(struct world *world)
{
	struct platform_draft draft;

	return platform_version_create(&world->platform, APP_ID, 1, NULL, 0, &draft, &world->error);
}

static int ask_complete(struct world *world)
{
	const struct platform_draft draft = {
		.major = 1, .minor = 2, .app_id = APP_ID, .bundle_id = "b"};

	return platform_version_complete(&world->platform, &draft, &world->error);
}

static const struct {
	int (*ask)(struct world *world);
	const char *doing;
	const char *path; /* what `{}` lacks first */
	bool lost;        /* a 404 has a meaning of its own */
} endpoints[] = {
	{ask_app, "look up the app", "`app` is missing", true},
	{ask_versions, "list the versions", "`app_prod_versions` is missing", false},
	{ask_create, "create a version", "`app_id` is missing", false},
	{ask_complete, "complete the version", "`success` is missing", false},
};

static const struct {
	const char *body;
	const char *why;
} bodies[] = {
	{"", ""},
	{"{\"message\":\"no \\u001b[1mway\"}", "the server says: no [1mway"},
	{"{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}", "expired"},
	{"{\"error\":{\"code\":7,\"message\":\"nested\"}}", "nested"},
	{"{\"code\":\"X\",\"errors\":[{\"message\":\"one\"},{\"message\":\"two\"}]}", "one; two"},
	{"{\"message\":7}", "{\"message\":7}"},
	{"plain \t text\r\n", "the server says: plain text"},
	{"<html><head><title>x</title><style>b{}</style></head><body><h1>Bad</h1>\n<p>gateway",
	 "the server says: Bad gateway"},
	{"token " TOKEN " https://s.example/x?sig=1", "token *** https://s.example/x?***"},
	{"\xff\xfe\x01", ""},
};

static void check_refusal(size_t endpoint, int status, size_t body)
{
	static const int auth[] = {401, 403};
	struct buf reply = {0};
	struct world world;
	enum error_kind kind = ERROR_SERVICE;

	for (size_t i = 0; i < ARRAY_LEN(auth); i++)
		if (status == auth[i])
			kind = ERROR_AUTH;
	if (status == 409)
		kind = ERROR_CONFLICT;
	/* All of them are about an app. */
	if (status == 404)
		kind = ERROR_NOT_FOUND;
	buf_printf(&reply, "HTTP/1.1 %d X\r\nContent-Length: %zu\r\n\r\n%s", status,
		   strlen(bodies[body].body), bodies[body].body);
	world_start(&world, buf_cstr(&reply));
	assert_int_equal(endpoints[endpoint].ask(&world), -1);
	assert_int_equal(world.error.kind, kind);
	if (status != 401 && !(status == 404 && endpoints[endpoint].lost))
		assert_non_null(strstr(world.error.message, endpoints[endpoint].doing));
	assert_non_null(strstr(world.error.why, bodies[body].why));
	if (status != 404)
		assert_string_not_equal(world.error.fix, "");
	assert_int_equal(atomic_load(&world.server.served), 1);
	world_stop(&world);
	buf_dispose(&reply);
}

/* Every status with every kind of body from every endpoint. */
static void test_every_refusal(void **state)
{
	static const int statuses[] = {400, 401, 402, 403, 404, 405, 407, 408, 409, 410,
				       413, 415, 421, 422, 425, 426, 429, 431, 451, 500,
				       501, 502, 503, 504, 507, 511, 520, 599};

	(void)state;
	for (size_t e = 0; e < ARRAY_LEN(endpoints); e++)
		for (size_t s = 0; s < ARRAY_LEN(statuses); s++)
			for (size_t b = 0; b < ARRAY_LEN(bodies); b++)
				check_refusal(e, statuses[s], b);
}

/* What is no answer, though its status says so: named by its path, and nobody's network. */
static void test_every_wrong_answer(void **state)
{
	static const char *const wrong[] = {"", "<html>", "[]", "7", "null", "{\"app\":", "{} {}"};

	(void)state;
	for (size_t e = 0; e < ARRAY_LEN(endpoints); e++) {
		struct world world;

		for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
			struct buf reply = {0};

			buf_printf(&reply, "HTTP/1.1 200 X\r\nContent-Length: %zu\r\n\r\n%s",
				   strlen(wrong[i]), wrong[i]);
			world_start(&world, buf_cstr(&reply));
			assert_int_equal(endpoints[e].ask(&world), -1);
			assert_int_equal(world.error.kind, ERROR_SERVICE);
			assert_non_null(strstr(world.error.message, "unexpected"));
			world_stop(&world);
			buf_dispose(&reply);
		}
		world_start(&world, ANSWER("{}"));
		assert_int_equal(endpoints[e].ask(&world), -1);
		assert_non_null(strstr(world.error.message, endpoints[e].path));
		world_stop(&world);
		world_start(&world, "HTTP/1.1 204 No Content\r\n\r\n");
		assert_int_equal(endpoints[e].ask(&world), -1);
		assert_int_equal(world.error.kind, ERROR_SERVICE);
		world_stop(&world);
	}
}

static void test_long_message_is_cut(void **state)
{
	struct buf reply = {0};
	struct world world;
	struct platform_app app;

	(void)state;
	buf_puts(&reply, REFUSAL("500", "{\"message\":\"x"));
	for (int i = 0; i < 1000; i++)
		buf_puts(&reply, "\xc3\xa9");
	buf_puts(&reply, "\"}");
	world_start(&world, buf_cstr(&reply));
	assert_int_equal(platform_app_by_slug(&world.platform, "a", &app, &world.error), -1);
	assert_int_equal(strlen(world.error.why), strlen("the server says: ") + 299);
	world_stop(&world);
	buf_dispose(&reply);
}

static void test_id_of_an_app_is_one_segment(void **state)
{
	struct world world;
	struct platform_app app;

	(void)state;
	world_start(&world, ANSWER("{\"app\":{\"app_id\":\"a/../../b?c\",\"title\":\"\"}}"));
	/* Dot segments are refused; without them the rest is encoded. */
	assert_int_equal(platform_app_by_slug(&world.platform, "a", &app, &world.error), -1);
	world_stop(&world);
	world_start(&world, ANSWER("{\"app\":{\"app_id\":\"a/b?c\",\"title\":\"\"}}"));
	assert_int_equal(platform_app_by_slug(&world.platform, "a", &app, &world.error), 0);
	assert_string_equal(app.id, "a%2Fb%3Fc");
	world_stop(&world);
}

#define VERSION(major, minor, status)                                                              \
	"{\"major\":" major ",\"minor\":" minor                                                    \
	",\"created_at\":\"2026-01-02T03:04:05Z\",\"is_published\":true,"                          \
	"\"num_installations\":12,\"publication_status\":" status "}"

static void test_versions(void **state)
{
	struct world world;
	struct platform_version *versions;
	size_t count;

	(void)state;
	world_start(&world,
		    ANSWER("{\"app_prod_versions\":[" VERSION("1", "0", "\"private\"") "," VERSION(
			    "2", "7", "\"frozen\"") "]}"));
	assert_int_equal(
		platform_versions(&world.platform, APP_ID, &versions, &count, &world.error), 0);
	assert_int_equal(count, 2);
	assert_int_equal(versions[1].major, 2);
	assert_int_equal(versions[1].minor, 7);
	assert_int_equal(versions[1].installs, 12);
	assert_true(versions[1].published);
	assert_string_equal(versions[1].status, "frozen");
	assert_string_equal(versions[1].created_at, "2026-01-02T03:04:05Z");
	assert_non_null(strstr(asked(&world), "GET /api/apps/" APP_ID "/prod-versions "));
	world_stop(&world);

	world_start(&world,
		    ANSWER("{\"app_prod_versions\":[" VERSION("1", "0", "\"private\"") "," VERSION(
			    "1.5", "0", "\"private\"") "]}"));
	assert_int_equal(
		platform_versions(&world.platform, APP_ID, &versions, &count, &world.error), -1);
	assert_non_null(strstr(world.error.message, "`app_prod_versions[1].major` must be"));
	world_stop(&world);

	world_start(&world, ANSWER("{\"app_prod_versions\":[null]}"));
	assert_int_equal(
		platform_versions(&world.platform, APP_ID, &versions, &count, &world.error), -1);
	assert_int_equal(world.error.kind, ERROR_SERVICE);
	world_stop(&world);
}

#define DRAFT(client, server, blocks)                                                              \
	"{\"app_id\":\"" APP_ID "\",\"major\":2,\"minor\":3,"                                      \
	"\"app_prod_version_bundle_id\":\"b1\",\"client_bundle_upload_url\":\"" client             \
	"\",\"server_bundle_upload_url\":\"" server "\"" blocks "}"

static int create(struct world *world, struct platform_draft *draft)
{
	static const char *const blocks[] = {"alpha", "zeta\"1"};

	return platform_version_create(&world->platform, APP_ID, 2, blocks, 2, draft,
				       &world->error);
}

static void test_create(void **state)
{
	struct world world;
	struct platform_draft draft;

	(void)state;
	world_start(&world,
		    ANSWER(DRAFT("https://s.example/c?s=1", "http://127.0.0.1:9/s",
				 ",\"workflow_block_bundle_upload_urls\":{\"zeta\\\"1\":"
				 "\"https://s.example/z\",\"alpha\":\"https://s.example/a\"}")));
	assert_int_equal(create(&world, &draft), 0);
	assert_int_equal(draft.major, 2);
	assert_int_equal(draft.minor, 3);
	assert_string_equal(draft.bundle_id, "b1");
	assert_string_equal(draft.client_url, "https://s.example/c?s=1");
	assert_string_equal(draft.server_url, "http://127.0.0.1:9/s");
	assert_string_equal(draft.block_urls[0], "https://s.example/a");
	assert_string_equal(draft.block_urls[1], "https://s.example/z");
	assert_non_null(strstr(asked(&world), "POST /api/apps/" APP_ID "/prod-versions "));
	assert_non_null(strstr(asked(&world),
			       "\r\n\r\n{\"major\":2,\"cli_version\":\"1.0.4\",\"sdk_version\":"
			       "\"2026-07-24\",\"workflow_block_ids\":[\"alpha\",\"zeta\\\"1\"]}"));
	world_stop(&world);
}

static void test_bad_drafts(void **state)
{
	static const struct {
		const char *reply;
		const char *says;
	} rows[] = {
		{ANSWER(DRAFT("https://s/c", "https://s/s", "")),
		 "`workflow_block_bundle_upload_urls` is missing"},
		{ANSWER(DRAFT(
			 "https://s/c", "https://s/s",
			 ",\"workflow_block_bundle_upload_urls\":{\"alpha\":\"https://s/a\"}")),
		 "`workflow_block_bundle_upload_urls.zeta\"1` is missing"},
		{ANSWER(DRAFT("http://s.example/c", "https://s/s", "")),
		 "client_bundle_upload_url"},
		{ANSWER(DRAFT("file:///etc/passwd", "https://s/s", "")),
		 "client_bundle_upload_url"},
		{ANSWER(DRAFT("https://s/c", "", "")), "server_bundle_upload_url"},
		{ANSWER("{}"), "`app_id`"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		struct platform_draft draft;

		world_start(&world, rows[i].reply);
		assert_int_equal(create(&world, &draft), -1);
		assert_int_equal(world.error.kind, ERROR_SERVICE);
		assert_non_null(strstr(world.error.message, rows[i].says));
		world_stop(&world);
	}
}

static void test_a_post_is_sent_once(void **state)
{
	struct http_retry retry = {.tries = 3, .base_ms = 1, .max_ms = 1};
	struct world world;
	struct platform_draft draft;

	(void)state;
	world_start(&world, REFUSAL("503", ""));
	http_client_set_retry(world.client, &retry);
	assert_int_equal(create(&world, &draft), -1);
	assert_int_equal(atomic_load(&world.server.served), 1);
	world_stop(&world);
}

static void test_upload(void **state)
{
	struct world world;
	char url[100];

	(void)state;
	world_start(&world, REFUSAL("201", "anything"));
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/put?signature=abc", world.server.port);
	struct platform_upload upload = {"server.js", url, "js()", 4};
	assert_int_equal(platform_upload(&world.platform, &upload, 1, &world.error), 0);
	assert_ptr_equal(strstr(asked(&world), "PUT /put?signature=abc HTTP/1.1\r\n"),
			 asked(&world));
	assert_non_null(strstr(asked(&world), "\r\nContent-Type: text/javascript\r\n"));
	assert_non_null(strstr(asked(&world), "\r\n\r\njs()"));
	assert_null(strstr(asked(&world), "Authorization"));
	assert_null(strstr(asked(&world), TOKEN));
	assert_null(strstr(asked(&world), "x-attio-platform"));
	world_stop(&world);

	world_start(&world, REFUSAL("403", "signature=abc is wrong"));
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/put?signature=abc", world.server.port);
	assert_int_equal(platform_upload(&world.platform, &upload, 1, &world.error), -1);
	assert_int_equal(world.error.kind, ERROR_SERVICE);
	assert_non_null(strstr(world.error.message, "`server.js` (status 403)"));
	assert_null(strstr(world.error.message, "signature"));
	assert_null(strstr(world.error.why, "signature"));
	world_stop(&world);
}

static void test_complete(void **state)
{
	struct platform_draft draft = {.major = 2, .minor = 3, .app_id = APP_ID, .bundle_id = "b1"};
	struct world world;

	(void)state;
	world_start(&world, ANSWER("{\"success\":true}"));
	assert_int_equal(platform_version_complete(&world.platform, &draft, &world.error), 0);
	assert_non_null(strstr(asked(&world),
			       "POST /api/apps/" APP_ID "/prod-versions/2/3/bundles/b1/complete "));
	assert_non_null(strstr(asked(&world), "\r\n\r\n{}"));
	world_stop(&world);

	world_start(&world, ANSWER("{\"success\":false}"));
	assert_int_equal(platform_version_complete(&world.platform, &draft, &world.error), -1);
	assert_int_equal(world.error.kind, ERROR_SERVICE);
	world_stop(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_token_may_be),
		cmocka_unit_test(test_app_by_slug),
		cmocka_unit_test(test_slugs_that_lead_elsewhere),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_every_refusal),
		cmocka_unit_test(test_every_wrong_answer),
		cmocka_unit_test(test_long_message_is_cut),
		cmocka_unit_test(test_id_of_an_app_is_one_segment),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_create),
		cmocka_unit_test(test_bad_drafts),
		cmocka_unit_test(test_a_post_is_sent_once),
		cmocka_unit_test(test_upload),
		cmocka_unit_test(test_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
