/* platform/publish: the whole sequence against the local platform, and what stops it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "bundle/bundle.h"
#include "local/server.h"
#include "local/store.h"
#include "platform/api.h"
#include "platform/publish.h"
#include "sys/fs.h"
#include "tests/unit/canned.h"

static struct bundle items[] = {
	{.path = "index.js", .bytes = "client()", .len = 8},
	{.path = "server.js", .bytes = "server()", .len = 8},
	{.path = "workflow/zeta.js", .block = "zeta", .bytes = "zeta()", .len = 6},
	{.path = "workflow/alpha.js", .block = "alpha", .bytes = "", .len = 0},
};
static const struct bundles four = {.items = items, .count = 4};

static void note_step(void *context, const char *text)
{
	buf_puts(context, text);
	buf_putc(context, '\n');
}

struct published {
	const char *app_title;
	long long major, minor;
};

/* Looks and sends, with nothing remembered. */
static int publish_version(struct attio_api *platform, const char *slug,
			   const struct bundles *bundles, const struct publish_progress *progress,
			   struct published *published, struct error *error)
{
	const struct publish_request request = {
		.slug = slug, .bundles = bundles, .artifact = "sum", .progress = *progress};
	struct publishing publishing;

	if (publish_look(&publishing, platform, &request, error) != 0 ||
	    publish_send(&publishing, error) != 0)
		return -1;
	*published = (struct published){publishing.app.title, publishing.draft.version.major,
					publishing.draft.version.minor};
	return 0;
}

struct world {
	struct arena *arena;
	char *root;
	struct local_store *store;
	struct local_server *server;
	struct http_client *client;
	struct attio_api platform;
	struct error error;
};

static int platform_start(struct attio_api *platform, struct world *world, const char *url,
			  const char *token)
{
	const struct addresses_wanted wanted = {.api = url};
	struct addresses addresses;

	if (addresses_choose(world->arena, &wanted, &addresses, &world->error) != 0)
		return -1;
	return platform_init(platform, world->arena, world->client, &addresses, token,
			     &world->error);
}

static int set_up(void **state)
{
	struct http_retry retry = {.tries = 2, .base_ms = 1, .max_ms = 1};
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-publish-", &world->root, &world->error) != 0)
		return -1;
	world->store = local_store_open(world->root, &world->error);
	if (world->store == NULL)
		return -1;
	world->server = local_server_start(world->store, 0, &world->error);
	world->client = http_client_new(10, &world->error);
	if (world->server == NULL || world->client == NULL)
		return -1;
	http_client_set_retry(world->client, &retry);
	*state = world;
	return platform_start(&world->platform, world, local_server_url(world->server),
			      local_server_token(world->server));
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

static void test_end_to_end(void **state)
{
	struct world *world = *state;
	struct buf steps = {0};
	struct publish_progress progress = {.step = note_step, .context = &steps};
	struct published published;
	struct platform_app app;
	const char *bytes;
	size_t len;

	assert_int_equal(publish_version(&world->platform, "@me/my app", &four, &progress,
					 &published, &world->error),
			 0);
	assert_int_equal(published.major, 1);
	assert_int_equal(published.minor, 0);
	assert_string_equal(published.app_title, "@me/my app");
	assert_non_null(strstr(buf_cstr(&steps), "uploading"));
	buf_dispose(&steps);
	progress = (struct publish_progress){0};
	assert_int_equal(publish_version(&world->platform, "@me/my app", &four, &progress,
					 &published, &world->error),
			 0);
	assert_int_equal(published.minor, 1);

	assert_int_equal(platform_app_by_slug(&world->platform, "@me/my app", &app, &world->error),
			 0);
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		static const char *const kinds[] = {"client", "server", "block:zeta",
						    "block:alpha"};

		assert_int_equal(local_store_bundle(world->store, world->arena, app.id, 1, 1,
						    kinds[i], &bytes, &len, &world->error),
				 0);
		assert_int_equal(len, items[i].len);
		assert_memory_equal(bytes, items[i].bytes, len);
	}
}

static void test_highest_major_counts(void **state)
{
	struct world *world = *state;
	struct publish_progress progress = {0};
	struct published published;
	struct platform_app app;
	struct local_draft draft;

	assert_int_equal(platform_app_by_slug(&world->platform, "a", &app, &world->error), 0);
	assert_int_equal(local_store_begin(world->store, app.id, 4, NULL, 0, &draft, &world->error),
			 0);
	local_store_put(world->store, draft.row, "client", "c", 1, &world->error);
	local_store_put(world->store, draft.row, "server", "s", 1, &world->error);
	assert_int_equal(
		local_store_complete(world->store, app.id, 4, 0, draft.bundle_id, &world->error),
		0);
	assert_int_equal(
		publish_version(&world->platform, "a", &four, &progress, &published, &world->error),
		0);
	assert_int_equal(published.major, 4);
	assert_int_equal(published.minor, 1);
}

static void test_many_large_bundles(void **state)
{
	struct world *world = *state;
	struct publish_progress progress = {0};
	struct bundle many[40];
	struct bundles bundles = {.items = many, .count = ARRAY_LEN(many)};
	struct published published;
	char *bytes = mem_zalloc(1, 1 << 20);

	memset(bytes, 'j', 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(many); i++) {
		many[i] = (struct bundle){.path = "x.js", .bytes = bytes, .len = 1 << 20};
		if (i >= 2)
			many[i].block = arena_printf(world->arena, "block-%zu", i);
	}
	assert_int_equal(publish_version(&world->platform, "a", &bundles, &progress, &published,
					 &world->error),
			 0);
	mem_free(bytes);
}

#define HEAD "HTTP/1.1 200 OK\r\n\r\n"

/* A service of which the upload of one bundle fails as the last reply says: what was asked of it
 * never contains "complete". */
static void check_refused_upload(struct world *world, const char *last, const char *says)
{
	struct canned_reply service_replies[3] = {
		{.bytes = HEAD "{\"app\":{\"app_id\":\"x\",\"title\":\"T\"}}"},
		{.bytes = HEAD "{\"app_prod_versions\":[]}"},
	};
	struct canned_reply storage_reply = {.bytes = last};
	struct bundles two = {.items = items, .count = 2};
	struct publish_progress progress = {0};
	struct canned service;
	struct canned storage;
	struct attio_api platform;
	struct published published;

	canned_start(&storage, &storage_reply, 1);
	service_replies[2].bytes =
		arena_printf(world->arena,
			     HEAD "{\"app_id\":\"x\",\"major\":1,\"minor\":0,"
				  "\"app_prod_version_bundle_id\":\"b\","
				  "\"client_bundle_upload_url\":\"http://127.0.0.1:%d/k3y?s=sgn\","
				  "\"server_bundle_upload_url\":\"http://127.0.0.1:%d/k3y?s=sgn\"}",
			     storage.port, storage.port);
	canned_start(&service, service_replies, 3);
	assert_int_equal(
		platform_start(&platform, world,
			       arena_printf(world->arena, "http://127.0.0.1:%d", service.port),
			       "tok"),
		0);
	assert_int_equal(
		publish_version(&platform, "a", &two, &progress, &published, &world->error), -1);
	assert_non_null(strstr(world->error.message, says));
	assert_null(strstr(world->error.message, "k3y"));
	assert_null(strstr(world->error.why, "sgn"));
	assert_int_equal(atomic_load(&service.served), 3);
	canned_stop(&service);
	canned_stop(&storage);
}

static void test_refused_upload_ends_it(void **state)
{
	struct world *world = *state;

	check_refused_upload(world, "HTTP/1.1 403 No\r\n\r\n<Error>sgn k3y</Error>",
			     "(status 403)");
	assert_int_equal(world->error.kind, ERROR_SERVICE);
	assert_non_null(strstr(world->error.message, "`index.js`"));
	check_refused_upload(world, "HTTP/1.1 500 No\r\n\r\n", "(status 500)");
	check_refused_upload(world, "", "in the middle");
	assert_int_equal(world->error.kind, ERROR_SERVICE);
}

static void test_failed_store_is_told(void **state)
{
	struct world *world = *state;
	struct publish_progress progress = {0};
	struct published published;
	struct error cause;

	assert_false(local_server_failed(world->server, &cause));
	/* The store breaks behind the server's back. */
	sqlite3 *db;
	assert_int_equal(sqlite3_open(local_store_path(world->arena, world->root), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DROP TABLE bundles", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(
		publish_version(&world->platform, "a", &four, &progress, &published, &world->error),
		-1);
	assert_int_equal(world->error.kind, ERROR_SERVICE);
	assert_true(local_server_failed(world->server, &cause));
	assert_int_equal(cause.kind, ERROR_SYSTEM);
}

static void test_incomplete_bundles(void **state)
{
	struct world *world = *state;
	struct bundles one = {.items = items, .count = 1};
	struct publish_progress progress = {0};
	struct published published;

	assert_int_equal(
		publish_version(&world->platform, "a", &one, &progress, &published, &world->error),
		-1);
	assert_int_equal(world->error.kind, ERROR_INTERNAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_end_to_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_highest_major_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_many_large_bundles, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refused_upload_ends_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_failed_store_is_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_incomplete_bundles, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
