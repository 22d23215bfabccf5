/* The state of an earlier moment (past.h), which place.h makes again on another store, told there
 * as the same; and the journal that both rest on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "local/clock.h"
#include "local/flow/journal.h"
#include "local/flow/past.h"
#include "local/flow/place.h"
#include "local/sql.h"
#include "local/store.h"
#include "local/world/world.h"
#include "sys/fs.h"

#define NOW "2026-11-29T08:00:00.000000000Z"

/* Two stores with a seed world: one that is lived in, and one in which that is made again. */
struct place {
	char folder[40];
	struct local_store *store;
	struct world world;
	struct clock clock;
};

static void open_place(struct place *place, const char *name)
{
	struct error error = {0};

	snprintf(place->folder, sizeof(place->folder), "/tmp/attio-%s.XXXXXX", name);
	assert_non_null(mkdtemp(place->folder));
	place->store = local_store_open_in(place->folder, place->folder, &error);
	assert_non_null(place->store);
	assert_int_equal(world_open(&place->world, place->store, &place->clock, &error), 0);
}

static void close_place(struct place *place)
{
	struct error ignored;

	world_close(&place->world);
	local_store_close(place->store);
	fs_remove_tree(place->folder, &ignored);
}

static int set_up(void **state)
{
	struct place *two = calloc(2, sizeof(*two));

	open_place(&two[0], "past");
	open_place(&two[1], "place");
	*state = two;
	return 0;
}

static int tear_down(void **state)
{
	struct place *two = *state;

	close_place(&two[0]);
	close_place(&two[1]);
	free(two);
	return 0;
}

static void run(struct place *place, const char *sql)
{
	struct error error = {0};

	if (sql_run(place->store, sql, &error) != 0)
		fail_msg("%s: %s", sql, error.message);
}

static long long at(struct place *place)
{
	struct error error = {0};
	long long journal;

	assert_int_equal(journal_at(place->store, &journal, &error), 0);
	return journal;
}

static char *told(struct place *place, long long journal)
{
	cJSON *state = cJSON_CreateObject();
	struct error error = {0};
	char *text;

	if (past_tell(place->store, journal, state, &error) != 0)
		fail_msg("%s", error.message);
	text = cJSON_PrintUnformatted(state);
	cJSON_Delete(state);
	return text;
}

static void tells(struct place *place, long long journal, const char *want)
{
	char *text = told(place, journal);

	assert_string_equal(text, want);
	free(text);
}

/* What was told, made again, is told as the same. */
static void comes_back(struct place *two, long long journal, const char *part)
{
	char *text = told(&two[0], journal), *again;
	cJSON *state = cJSON_Parse(text);
	struct error error = {0};

	if (strstr(text, part) == NULL)
		fail_msg("%s is not in %s", part, text);
	if (place_state(two[1].store, state, NOW, &error) != 0)
		fail_msg("%s", error.message);
	again = told(&two[1], at(&two[1]));
	assert_string_equal(again, text);
	cJSON_Delete(state);
	free(text);
	free(again);
}

static void a_seed_world_is_nothing(void **state)
{
	struct place *two = *state;

	tells(&two[0], at(&two[0]), "{}");
}

/* Whatever is done after a moment, the state of that moment is the same. */
static void goes_back(void **state)
{
	static const char kept[] =
		"{\"kv\":{\"a\":{\"value\":{\"b\":[1,null]}}},\"settings\":{\"s\":true}}";
	struct place *two = *state;
	long long journal;

	run(&two[0],
	    "INSERT INTO kv (key, value, written_at) VALUES ('a', '{\"b\":[1,null]}', '" NOW
	    "'); INSERT INTO settings (key, value, written_at) VALUES ('s', 'true', '" NOW "')");
	journal = at(&two[0]);
	tells(&two[0], journal, kept);
	run(&two[0],
	    "UPDATE kv SET value = '2'; DELETE FROM settings; INSERT INTO kv (key, value, "
	    "written_at) VALUES ('b', '1', '" NOW "'); UPDATE kv SET key = 'c' WHERE key = "
	    "'a'; DELETE FROM kv WHERE key = 'b'; DELETE FROM items; DELETE FROM vals");
	tells(&two[0], journal, kept);
	comes_back(two, journal, "\"kv\"");
}

static void records_come_back(void **state)
{
	struct place *two = *state;

	run(&two[0],
	    "DELETE FROM vals WHERE item = (SELECT max(row) FROM items); DELETE FROM items WHERE "
	    "row = (SELECT max(row) FROM items); INSERT INTO items (id, owner_id, created_at) "
	    "SELECT "
	    "'11111111-1111-4111-8111-111111111111', id, '" NOW "' FROM objects WHERE slug = "
	    "'companies'; INSERT INTO vals (item, attribute, position, active_from, actor_type, "
	    "value, key) SELECT (SELECT max(row) FROM items), a.row, 0, '" NOW "', 'system', "
	    "'\"Acme\"', 'acme' FROM attributes a JOIN objects o ON o.id = a.owner_id WHERE o.slug "
	    "= 'companies' AND a.slug = 'name'; UPDATE vals SET active_until = '" NOW
	    "' WHERE row = (SELECT min(row) FROM vals)");
	comes_back(two, at(&two[0]), "11111111-1111-4111-8111-111111111111");
}

/* Values of connections, secrets and tokens are not told. */
static void secrets_stay(void **state)
{
	struct place *two = *state;
	char *text;

	run(&two[0],
	    "INSERT INTO connections (id, connection_key, owner_type, owner_id, created_by, "
	    "type, value, created_at) SELECT '22222222-2222-4222-8222-222222222222', 'k', "
	    "'workspace', (SELECT id FROM workspace), (SELECT id FROM members LIMIT 1), "
	    "'secret', 'the-secret', '" NOW "'; INSERT INTO rest_webhooks (id, target_url, "
	    "subscriptions, status, secret, created_at) VALUES "
	    "('33333333-3333-4333-8333-333333333333', 'https://a.example', '[]', 'active', "
	    "'the-secret', '" NOW "')");
	text = told(&two[0], at(&two[0]));
	assert_null(strstr(text, "the-secret"));
	free(text);
	comes_back(two, at(&two[0]), "placeholder-of-a-secret");
}

static void too_far(void **state)
{
	struct place *two = *state;
	cJSON *into = cJSON_CreateObject();
	struct error error = {0};
	long long journal = at(&two[0]);

	run(&two[0], "BEGIN");
	assert_int_equal(journal_pause(two[0].store, &error), 0);
	run(&two[0], "DELETE FROM kv");
	assert_int_equal(journal_resume(two[0].store, &error), 0);
	run(&two[0], "COMMIT");
	assert_true(at(&two[0]) > journal);
	assert_int_equal(past_tell(two[0].store, journal, into, &error), -1);
	assert_int_equal(error.kind, ERROR_CONFLICT);
	cJSON_Delete(into);
	tells(&two[0], at(&two[0]), "{}");
}

/* All or nothing, and what does not fit has its name. */
static void refuses(void **state)
{
	static const char *const states[][2] = {
		{"{\"kv\":{\"a\":{\"value\":1}},\"records\":{\"peple\":{}}}", "records of `peple`"},
		{"{\"records\":{\"people\":{\"x\":{}}}}", "the record `x`"},
		{"{\"rows\":{\"sqlite_schema\":{}}}", "rows of `sqlite_schema`"},
		{"{\"rows\":{\"notes\":{\"set\":[{\"row) SELECT\":1}]}}}",
		 "the column `row) SELECT`"},
		{"{\"rows\":{\"notes\":{\"set\":[{\"row\":1,\"object_id\":\"x\"}]}}}", "notes"},
		{"{\"rows\":{\"task_links\":{\"set\":[{\"row\":1,\"task\":99,\"object_id\":\"x\","
		 "\"record_id\":\"y\"}]}}}",
		 ""},
		{"{\"connections\":[{}]}", "the connection"},
		{"{\"webhooks\":[{}]}", "the webhook handler"},
	};
	struct place *two = *state;

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		cJSON *one = cJSON_Parse(states[i][0]);
		struct error error = {0};

		assert_non_null(one);
		assert_int_equal(place_state(two[1].store, one, NOW, &error), -1);
		if (strstr(error.message, states[i][1]) == NULL)
			fail_msg("`%s` is not in `%s`", states[i][1], error.message);
		cJSON_Delete(one);
		tells(&two[1], at(&two[1]), "{}");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_seed_world_is_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(goes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(records_come_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(secrets_stay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(too_far, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
