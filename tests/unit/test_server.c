/* local/server and local/routes over real HTTP: who is let in, what is refused and how. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "http/http.h"
#include "local/server.h"
#include "local/store.h"
#include "sys/fs.h"

struct world {
	struct arena *arena;
	char *root;
	struct local_store *store;
	struct local_server *server;
	struct http_client *client;
	const char *authorization;
	char app[LOCAL_ID_SIZE];
	struct error error;
};

static int set_up(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-server-", &world->root, &world->error) != 0)
		return -1;
	world->store = local_store_open(world->root, &world->error);
	if (world->store == NULL ||
	    local_store_app(world->store, "my-app", world->app, &world->error) != 0)
		return -1;
	world->server = local_server_start(world->store, 0, &world->error);
	world->client = http_client_new(10, &world->error);
	if (world->server == NULL || world->client == NULL)
		return -1;
	world->authorization =
		arena_printf(arena, "Authorization: Bearer %s", local_server_token(world->server));
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	int result;

	http_client_free(world->client);
	local_server_stop(world->server);
	local_store_close(world->store);
	result = fs_remove_tree(world->root, &world->error);
	arena_free(world->arena);
	return result;
}

/* Sends to `url`, or to a path below the server's base URL when it starts with "/". */
static long send_raw(struct world *world, const char *method, const char *url,
		     const char *const *headers, const void *body, size_t len, char **answer)
{
	struct http_request request = {
		.method = method, .url = url, .headers = headers, .body = body, .body_len = len};
	struct http_response response;

	if (url[0] == '/')
		request.url =
			arena_printf(world->arena, "%s%s", local_server_url(world->server), url);
	assert_int_equal(http_send(world->client, &request, &response, &world->error), 0);
	long status = response.status;
	if (answer != NULL)
		*answer = arena_strndup(world->arena, buf_cstr(&response.body), response.body.len);
	if (status >= 400) {
		cJSON *document = cJSON_Parse(buf_cstr(&response.body));

		assert_true(cJSON_IsString(cJSON_GetObjectItem(document, "message")));
		cJSON_Delete(document);
	}
	http_response_dispose(&response);
	return status;
}

static long ask(struct world *world, const char *method, const char *path, const char *body,
		char **answer)
{
	const char *headers[] = {world->authorization, NULL};

	return send_raw(world, method, path, headers, body, body != NULL ? strlen(body) : 0,
			answer);
}

static const char *versions_path(struct world *world)
{
	return arena_printf(world->arena, "/apps/%s/prod-versions", world->app);
}

static void test_token_and_host(void **state)
{
	struct world *world = *state;
	const char *wrong[] = {"Authorization: Bearer 00000000000000000000000000000000", NULL};
	const char *shorter[] = {"Authorization: Bearer ", NULL};
	const char *other_host[] = {world->authorization, "Host: attacker.example", NULL};
	const char *no_port[] = {world->authorization, "Host: localhost", NULL};
	const char *url = local_server_url(world->server);
	int port = atoi(strrchr(url, ':') + 1);
	char *named = arena_printf(world->arena, "http://localhost:%d/api/apps/by-slug/a", port);
	const char *headers[] = {world->authorization, NULL};

	assert_int_equal(strlen(local_server_token(world->server)), 32);
	assert_ptr_equal(strstr(url, "http://127.0.0.1:"), url);
	assert_int_equal(send_raw(world, "GET", "/apps/by-slug/a", NULL, NULL, 0, NULL), 401);
	assert_int_equal(send_raw(world, "GET", "/apps/by-slug/a", wrong, NULL, 0, NULL), 401);
	assert_int_equal(send_raw(world, "GET", "/apps/by-slug/a", shorter, NULL, 0, NULL), 401);
	assert_int_equal(send_raw(world, "GET", "/apps/by-slug/a", other_host, NULL, 0, NULL), 403);
	assert_int_equal(send_raw(world, "GET", "/apps/by-slug/a", no_port, NULL, 0, NULL), 403);
	assert_int_equal(ask(world, "GET", "/apps/by-slug/a", NULL, NULL), 200);
	assert_int_equal(send_raw(world, "GET", named, headers, NULL, 0, NULL), 200);
}

static void test_paths_and_methods(void **state)
{
	struct world *world = *state;
	const char *versions = versions_path(world);
	const struct {
		const char *method;
		const char *path;
		long status;
	} rows[] = {
		{"GET", "/", 404},
		{"GET", "/apps/", 404},
		{"GET", "/apps/x", 404},
		{"GET", "/apps/by-slug/", 400},
		{"GET", "/apps/by-slug/%ff", 400},
		{"POST", "/apps/by-slug/a", 405},
		{"GET", "/apps/x/prod-versions", 404},
		{"GET", versions, 200},
		{"DELETE", versions, 405},
		{"GET", arena_printf(world->arena, "%s/1", versions), 404},
		{"POST", arena_printf(world->arena, "%s/1/0/bundles/b/complete", versions), 404},
		{"POST", arena_printf(world->arena, "%s/1/x/bundles/b/complete", versions), 404},
		{"POST", arena_printf(world->arena, "%s/1/0/bundles/b/complete/x", versions), 404},
		{"GET", arena_printf(world->arena, "%s/1/0/bundles/b/complete", versions), 405},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		long status = ask(world, rows[i].method, rows[i].path, NULL, NULL);

		if (status != rows[i].status)
			fail_msg("%s %s: %ld", rows[i].method, rows[i].path, status);
	}
}

static void test_bodies(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *body;
		long status;
	} rows[] = {
		{"", 400},
		{"{", 400},
		{"[]", 400},
		{"{\"major\":1}", 400},
		{"{\"major\":0,\"cli_version\":\"1\",\"sdk_version\":\"1\",\"workflow_block_ids\":["
		 "]}",
		 400},
		{"{\"major\":1,\"cli_version\":\"1\",\"sdk_version\":\"1\",\"workflow_block_ids\":["
		 "1]}",
		 400},
		{"{\"major\":1,\"cli_version\":\"1\",\"sdk_version\":\"1\",\"workflow_block_ids\":"
		 "[\"a\",\"a\"]}",
		 400},
		{"{\"major\":1,\"cli_version\":\"1\",\"sdk_version\":\"1\",\"workflow_block_ids\":"
		 "[\"a\",\"b\\\"\"]}",
		 200},
	};
	char *big = mem_zalloc(1, 3 << 20);
	const char *headers[] = {world->authorization, NULL};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(ask(world, "POST", versions_path(world), rows[i].body, NULL),
				 rows[i].status);
	memset(big, ' ', 3 << 20);
	assert_int_equal(send_raw(world, "POST", versions_path(world), headers, big, 3 << 20, NULL),
			 413);
	/* Nor is a large body kept of somebody without the token. */
	assert_int_equal(send_raw(world, "POST", versions_path(world), NULL, big, 3 << 20, NULL),
			 401);
	mem_free(big);
}

static const char *string_at(const cJSON *object, const char *key)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, key));

	assert_non_null(text);
	return text;
}

static void test_uploads(void **state)
{
	struct world *world = *state;
	char *answer;
	const char *url = local_server_url(world->server);
	const char *complete;
	cJSON *draft;

	assert_int_equal(ask(world, "POST", versions_path(world),
			     "{\"major\":3,\"cli_version\":\"1\",\"sdk_version\":\"1\","
			     "\"workflow_block_ids\":[]}",
			     &answer),
			 200);
	draft = cJSON_Parse(answer);
	complete = arena_printf(world->arena, "%s/3/0/bundles/%s/complete", versions_path(world),
				string_at(draft, "app_prod_version_bundle_id"));
	assert_int_equal(send_raw(world, "GET", string_at(draft, "client_bundle_upload_url"), NULL,
				  NULL, 0, NULL),
			 405);
	assert_int_equal(send_raw(world, "PUT", string_at(draft, "client_bundle_upload_url"), NULL,
				  "cc", 2, NULL),
			 200);
	/* Who was cut off sends it again. */
	assert_int_equal(send_raw(world, "PUT", string_at(draft, "client_bundle_upload_url"), NULL,
				  "again", 5, NULL),
			 200);
	assert_int_equal(ask(world, "POST", complete, "{}", &answer), 400);
	assert_non_null(strstr(answer, "`server`"));
	assert_int_equal(ask(world, "GET", versions_path(world), NULL, &answer), 200);
	assert_string_equal(answer, "{\"app_prod_versions\":[]}");
	assert_int_equal(send_raw(world, "PUT", string_at(draft, "server_bundle_upload_url"), NULL,
				  "", 0, NULL),
			 200);
	assert_int_equal(ask(world, "POST", complete, "{}", &answer), 200);
	assert_string_equal(answer, "{\"success\":true}");
	assert_int_equal(ask(world, "GET", versions_path(world), NULL, &answer), 200);
	assert_non_null(strstr(answer, "\"major\":3,\"minor\":0,"));
	assert_int_equal(send_raw(world, "PUT", string_at(draft, "server_bundle_upload_url"), NULL,
				  "late", 4, NULL),
			 404);
	cJSON_Delete(draft);
	assert_int_equal(
		send_raw(world, "PUT",
			 arena_printf(world->arena, "%.*s/upload/00000000000000000000000000000000",
				      (int)(strlen(url) - strlen("/api")), url),
			 NULL, "x", 1, NULL),
		401);
	assert_false(local_server_failed(world->server, &world->error));
}

static void test_taken_port(void **state)
{
	struct world *world = *state;
	int port = atoi(strrchr(local_server_url(world->server), ':') + 1);
	char name[16];

	assert_null(local_server_start(world->store, port, &world->error));
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	snprintf(name, sizeof(name), "port %d", port);
	assert_non_null(strstr(world->error.message, name));
	assert_non_null(strstr(world->error.fix, "`--port 0`"));
	assert_null(local_server_start(world->store, 65536, &world->error));
	assert_int_equal(world->error.kind, ERROR_USAGE);
}

static void test_tokens_differ(void **state)
{
	struct world *world = *state;
	struct local_server *other = local_server_start(world->store, 0, &world->error);

	assert_non_null(other);
	assert_string_not_equal(local_server_token(other), local_server_token(world->server));
	local_server_stop(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_token_and_host, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_paths_and_methods, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bodies, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_uploads, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_taken_port, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_tokens_differ, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
