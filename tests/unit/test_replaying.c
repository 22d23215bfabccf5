/* Which recorded answer a request gets: each once, the most alike first, and with what this run
 * made anew in the place of what the recorded one had. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/flow/replaying.h"
#include "local/sql.h"
#include "local/store.h"
#include "local/world/world.h"
#include "sys/fs.h"

#define OLD "0b5e3606-fdd4-411e-9263-8ca990621735"
#define NEW "9f1e3606-fdd4-411e-9263-8ca990621735"
#define NOW_MS 1764400000000LL

struct box {
	char folder[40];
	struct local_store *store;
	struct world world;
	struct clock clock;
};

static int set_up(void **state)
{
	struct box *box = calloc(1, sizeof(*box));
	struct error error = {0};

	strcpy(box->folder, "/tmp/attio-replaying.XXXXXX");
	assert_non_null(mkdtemp(box->folder));
	box->store = local_store_open_in(box->folder, box->folder, &error);
	assert_non_null(box->store);
	assert_int_equal(world_open(&box->world, box->store, &box->clock, &error), 0);
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;
	struct error ignored;

	world_close(&box->world);
	local_store_close(box->store);
	fs_remove_tree(box->folder, &ignored);
	free(box);
	return 0;
}

static struct replaying *with(struct box *box, const char *outside)
{
	struct error error = {0};
	cJSON *list = cJSON_Parse(outside);
	struct replaying *r;

	assert_non_null(list);
	r = replaying_new(box->store, NOW_MS, list, &error);
	assert_non_null(r);
	return r;
}

static void gets(struct replaying *r, const char *url, const char *body, const char *want)
{
	const struct replaying_request asked = {"POST", url, body};
	struct error error = {0};
	struct buf answer = {0};

	if (replaying_answer(r, &asked, &answer, &error) == 0)
		assert_string_equal(buf_cstr(&answer), want);
	else if (strstr(error.message, want) == NULL)
		fail_msg("`%s` is not in `%s`", want, error.message);
	buf_dispose(&answer);
}

#define ONE(url, body, name)                                                                       \
	"{\"method\":\"POST\",\"url\":\"" url "\",\"body\":\"" body "\",\"answer\":{\"a\":\"" name \
	"\"}}"

static void in_order(void **state)
{
	struct replaying *r =
		with(*state, "[" ONE("https://a/x", "1", "first") "," ONE(
				     "https://a/x", "1", "second") "," ONE("https://a/x", "2",
									   "other") "]");

	gets(r, "https://a/x", "2", "{\"a\":\"other\"}");
	gets(r, "https://a/x", "1", "{\"a\":\"first\"}");
	/* Another body takes what is left of the address. */
	gets(r, "https://a/x", "3", "{\"a\":\"second\"}");
	gets(r, "https://a/x", "1", "no (further) answer to POST https://a/x");
	gets(r, "https://b/x", "1", "no (further) answer");
	replaying_free(r);
}

static void alike(void **state)
{
	struct replaying *r =
		with(*state,
		     "[" ONE("https://a/" OLD, "", OLD) "," ONE(
			     "https://a/y", "{\\\"b\\\":1,\\\"a\\\":{\\\"d\\\":2,\\\"c\\\":3}}",
			     "sorted") "," ONE("https://a/y", "{\\\"b\\\":1,\\\"a\\\":9}",
					       "other") "," ONE("https://a/z?at=1764400000123",
								"2025-11-29T07:06:40Z",
								"then") "," ONE("https://a/q?a=1",
										"", "query") "]");

	gets(r, "https://a/" NEW, "", "{\"a\":\"" NEW "\"}");
	gets(r, "https://a/y", "{\"a\":{\"c\":3,\"d\":2},\"b\":1}", "{\"a\":\"sorted\"}");
	gets(r, "https://a/y", "{\"a\":9,\"b\":1}", "{\"a\":\"other\"}");
	gets(r, "https://a/z?at=1764400000999", "2025-11-29T07:06:41Z", "{\"a\":\"then\"}");
	gets(r, "https://a/q?a=2", "", "{\"a\":\"query\"}");
	replaying_free(r);
}

static void failures(void **state)
{
	struct replaying *r =
		with(*state, "[{\"method\":\"POST\",\"url\":\"https://a/x\",\"failure\":"
			     "\"fetch failed: nobody\"}]");

	gets(r, "https://a/x", "", "fetch failed: nobody");
	gets(r, "https://a/x", "", "no (further) answer");
	replaying_free(r);
}

static void kinds(void **state)
{
	struct box *box = *state;
	struct replaying *r;
	struct error error = {0};
	char id[40];
	bool found;

	assert_int_equal(
		sql_find_text(box->store, "SELECT id FROM items LIMIT 1", NULL, id, &found, &error),
		0);
	r = with(box, "[]");
	assert_null(replaying_kind(r, id));
	assert_string_equal(replaying_kind(r, NEW), "id");
	assert_int_equal(sql_run(box->store,
				 "INSERT INTO items (id, owner_id, created_at) SELECT '" OLD
				 "', id, 'x' FROM objects WHERE slug = 'people'",
				 &error),
			 0);
	assert_string_equal(replaying_kind(r, OLD), "person");
	replaying_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(alike, set_up, tear_down),
		cmocka_unit_test_setup_teardown(failures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(kinds, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
