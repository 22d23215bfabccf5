/* local/run/seed: a written-down world is added by the service's rules, all of it or nothing, and a
 * reset leaves the seed world and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "local/rest/rest.h"
#include "local/run/platform.h"
#include "local/run/seed.h"
#include "local/run/state.h"
#include "local/sql.h"
#include "local/world/world.h"
#include "pieces_box.h"

#define TOKEN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct here {
	struct box *box;
	struct platform platform;
	struct world world;
	struct rest rest;
};

static int open_here(void **state)
{
	struct here *here;
	void *box;

	if (box_open(&box) != 0)
		return -1;
	here = arena_alloc(((struct box *)box)->arena, sizeof(*here));
	here->box = box;
	if (world_open(&here->world, here->box->store, &here->box->clock, &here->box->error) != 0)
		return -1;
	here->rest.world = &here->world;
	here->rest.clock = &here->box->clock;
	here->rest.api_token = TOKEN;
	here->rest.app_id = "6f1a7f0e-51a5-4bb5-9d24-9d6f1d6c8f11";
	here->platform.store = here->box->store;
	here->platform.pieces = &here->box->pieces;
	here->platform.world = &here->world;
	here->platform.rest = &here->rest;
	memcpy(here->platform.api_token, TOKEN, sizeof(TOKEN));
	*state = here;
	return 0;
}

static int close_here(void **state)
{
	struct here *here = *state;
	void *box = here->box;

	world_close(&here->world);
	return box_close(&box);
}

static long long number(struct here *here, const char *sql)
{
	long long value;

	assert_int_equal(sql_number(here->box->store, sql, &value, &here->box->error), 0);
	return value;
}

static int seed(struct here *here, const char *world)
{
	cJSON *parsed = box_json(world);
	int result;

	buf_clear(&here->box->out);
	result = seed_from(&here->platform, parsed, &here->box->out, &here->box->error);
	cJSON_Delete(parsed);
	return result;
}

static const char big[] =
	"{\"objects\":[{\"api_slug\":\"planets\",\"singular_noun\":\"Planet\",\"plural_noun\":"
	"\"Planets\",\"attributes\":[{\"api_slug\":\"title\",\"type\":\"text\"},{\"api_slug\":"
	"\"kind\",\"title\":\"Kind\",\"type\":\"select\",\"options\":[\"rock\",{\"title\":\"gas\"}]"
	"}"
	"]}],\"attributes\":{\"people\":[{\"api_slug\":\"shoe_size\",\"type\":\"number\"}]},"
	"\"records\":{\"planets\":[{\"values\":{\"title\":\"Mars\",\"kind\":\"rock\"}},{\"title\":"
	"\"Saturn\",\"kind\":\"gas\"}],\"people\":[{\"name\":\"Hopper, Grace\",\"shoe_size\":38}]},"
	"\"kv\":{\"k\":{\"a\":1}},\"settings\":{\"s\":true}}";

static void test_a_world_is_added(void **state)
{
	struct here *here = *state;
	long long people = number(here, "SELECT count(*) FROM items WHERE owner_id = (SELECT id "
					"FROM objects WHERE slug = 'people')");

	if (seed(here, big) != 0)
		fail_msg("%s: %s", here->box->error.message, here->box->error.why);
	assert_string_equal(buf_cstr(&here->box->out),
			    "{\"objects\":1,\"attributes\":1,\"lists\":0,\"records\":3,"
			    "\"entries\":0,\"notes\":0,\"tasks\":0,\"comments\":0,\"kv\":1,"
			    "\"settings\":1}");
	assert_int_equal(number(here, "SELECT count(*) FROM items WHERE owner_id = (SELECT id FROM "
				      "objects WHERE slug = 'planets')"),
			 2);
	assert_int_equal(number(here, "SELECT count(*) FROM items WHERE owner_id = (SELECT id FROM "
				      "objects WHERE slug = 'people')"),
			 people + 1);
	assert_string_equal(box_ask(here->box, "kv.get", "{\"key\":\"k\"}"),
			    "{\"value\":{\"a\":1}}");
	assert_false(here->rest.unlimited);
}

static void test_all_or_nothing(void **state)
{
	struct here *here = *state;
	long long items = number(here, "SELECT count(*) FROM items");

	/* The last record names an attribute that is not there. */
	assert_int_equal(seed(here, "{\"records\":{\"people\":[{\"name\":\"A, B\"},{\"values\":{"
				    "\"no_such\":1}}]},\"kv\":{\"k\":1}}"),
			 -1);
	assert_int_equal(here->box->error.kind, ERROR_USAGE);
	assert_string_equal(here->box->error.message, "record 2 of `people` cannot be made");
	assert_non_null(strstr(here->box->error.why, "no_such"));
	assert_int_equal(number(here, "SELECT count(*) FROM items"), items);
	assert_int_equal(seed(here, "{\"kv\":{\"k\":1},\"objects\":[{\"api_slug\":\"people\"}]}"),
			 -1);
	assert_string_equal(box_ask(here->box, "kv.get", "{\"key\":\"k\"}"), "null");
	assert_int_equal(seed(here, "{\"recrods\":{}}"), -1);
	assert_int_equal(seed(here, "{\"records\":[]}"), -1);
	assert_int_equal(here->box->error.kind, ERROR_USAGE);
	/* And it goes on as before. */
	assert_int_equal(seed(here, "{\"kv\":{\"k\":1}}"), 0);
}

static void test_a_reset_is_the_seed_world(void **state)
{
	struct here *here = *state;
	long long items = number(here, "SELECT count(*) FROM items");
	char app[LOCAL_ID_SIZE];

	assert_int_equal(local_store_app(here->box->store, "kept", app, &here->box->error), 0);
	assert_int_equal(seed(here, big), 0);
	box_ask(here->box, "webhooks.create", "{\"fileName\":\"w\"}");
	assert_int_equal(state_save(here->box->store, "full", &here->box->error), 0);
	if (seed_anew(&here->platform, &here->box->error) != 0)
		fail_msg("%s: %s", here->box->error.message, here->box->error.why);
	assert_int_equal(number(here, "SELECT count(*) FROM items"), items);
	assert_int_equal(number(here, "SELECT count(*) FROM webhook_handlers"), 0);
	assert_int_equal(number(here, "SELECT count(*) FROM kv"), 0);
	assert_int_equal(number(here, "SELECT count(*) FROM schema_stamp"), 1);
	assert_int_equal(number(here, "SELECT count(*) FROM apps WHERE slug = 'kept'"), 1);
	/* The structure in memory is the new one. */
	assert_int_equal(seed(here, "{\"records\":{\"planets\":[{\"title\":\"X\"}]}}"), -1);
	assert_int_equal(state_restore(here->box->store, "full", &here->box->error), 0);
	assert_int_equal(seed(here, "{\"records\":{\"planets\":[{\"title\":\"X\"}]}}"), 0);
	assert_int_equal(number(here, "SELECT count(*) FROM webhook_handlers"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_world_is_added, open_here, close_here),
		cmocka_unit_test_setup_teardown(test_all_or_nothing, open_here, close_here),
		cmocka_unit_test_setup_teardown(test_a_reset_is_the_seed_world, open_here,
						close_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
