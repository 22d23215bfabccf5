/* local/run/events and connect: a connection is kept when connection-added is done with it, goes
 * when connection-removed is, and its value is shown nowhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fake_calls.h"
#include "local/run/connect.h"
#include "local/run/connections.h"
#include "local/run/consent.h"
#include "local/run/events.h"
#include "local/sql.h"

#define MEMBER "4a0d2f3c-0000-4000-8000-0000000000aa"
#define SECRET "s3cret-value"

static struct told {
	int times;
	bool done;
	char id[64];
	char message[200];
	long long flow;
} told;

static int open_box(void **state)
{
	memset(&told, 0, sizeof(told));
	return box_open(state);
}

static int close_box(void **state)
{
	fake_clear();
	return box_close(state);
}

static void take(void *context, const struct event_result *result)
{
	(void)context;
	told.times++;
	told.done = result->done;
	told.flow = result->flow;
	snprintf(told.id, sizeof(told.id), "%s", result->connection->id);
	snprintf(told.message, sizeof(told.message), "%s",
		 result->thrown != NULL ? result->thrown->message : "");
}

static void add(struct box *box, struct platform *platform, bool force)
{
	struct connection facts = {.owner_type = CONNECTION_WORKSPACE,
				   .owner_id = BOX_WORKSPACE,
				   .created_by = MEMBER,
				   .type = "secret",
				   .value = SECRET};

	fake_platform(box, platform);
	assert_int_equal(event_add(platform, &facts, 0, force, take, NULL, &box->error), 0);
}

static long long stored(struct box *box)
{
	long long count;

	assert_int_equal(
		sql_number(box->store, "SELECT count(*) FROM connections", &count, &box->error), 0);
	return count;
}

static void test_it_is_kept_after_the_event(void **state)
{
	struct box *box = *state;
	struct platform platform;
	const struct fake_call *call;

	add(box, &platform, false);
	call = fake_next();
	assert_string_equal(call->name, EVENT_ADDED);
	assert_true(call->no_connections);
	assert_ptr_equal(strstr(call->members, "\"kind\":\"event\",\"module\":\"connection-added\","
					       "\"args\":[{\"connection\":{\"id\":\""),
			 call->members);
	assert_non_null(strstr(call->members, "\"value\":\"" SECRET "\""));
	assert_null(strstr(call->members, "expired"));
	assert_int_equal(stored(box), 0);
	assert_int_equal(told.times, 0);
	fake_answer("{}", NULL);
	assert_int_equal(told.times, 1);
	assert_true(told.done);
	assert_true(told.flow > 0);
	assert_int_equal(stored(box), 1);
	assert_null(strstr(buf_cstr(&fake.shown), SECRET));
	assert_non_null(strstr(buf_cstr(&fake.secrets), SECRET));
}

static void test_a_throw_cancels_it(void **state)
{
	struct box *box = *state;
	struct platform platform;

	add(box, &platform, false);
	box_ask(box, "webhooks.create", "{\"fileName\":\"w\"}");
	fake_answer(NULL, "bad credentials");
	assert_false(told.done);
	assert_string_equal(told.message, "bad credentials");
	assert_int_equal(stored(box), 0);
	assert_non_null(strstr(buf_cstr(&fake.notes), "webhook-left"));
	/* Forced, it stays, and the throw is told all the same. */
	add(box, &platform, true);
	fake_answer(NULL, "bad credentials");
	assert_true(told.done);
	assert_string_equal(told.message, "bad credentials");
	assert_int_equal(stored(box), 1);
}

static void test_an_app_without_the_handler_is_not_asked(void **state)
{
	struct box *box = *state;
	struct platform platform;

	add(box, &platform, false);
	fake_answer(NULL, "Event handler not found");
	assert_true(told.done);
	assert_string_equal(told.message, "");
	assert_int_equal(stored(box), 1);
	/* Again: the same owner has one connection. */
	add(box, &platform, false);
	fake_answer(NULL, "this app has no event handler \"connection-added\"");
	assert_true(told.done);
	assert_int_equal(stored(box), 1);
	assert_non_null(strstr(buf_cstr(&fake.notes), "connection-replaced"));
}

static void test_removing(void **state)
{
	struct box *box = *state;
	struct platform platform;
	char id[64];

	add(box, &platform, false);
	fake_answer("{}", NULL);
	memcpy(id, told.id, sizeof(id));
	assert_int_equal(event_remove(&platform, id, false, take, NULL, &box->error), 0);
	assert_string_equal(fake_next()->name, EVENT_REMOVED);
	assert_false(fake_next()->no_connections);
	fake_answer(NULL, "no");
	assert_false(told.done);
	assert_int_equal(stored(box), 1);
	assert_int_equal(event_send(&platform, EVENT_REMOVED, id, take, NULL, &box->error), 0);
	fake_answer("{}", NULL);
	assert_int_equal(stored(box), 1);
	assert_int_equal(event_remove(&platform, "workspace", true, take, NULL, &box->error), 0);
	fake_answer(NULL, "no");
	assert_true(told.done);
	assert_int_equal(stored(box), 0);
	assert_int_equal(event_remove(&platform, id, true, take, NULL, &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
	assert_int_equal(event_send(&platform, "connection-lost", id, take, NULL, &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_USAGE);
}

/* ---- the consent page ---- */

static struct page {
	unsigned status;
	char html[8000];
} page;

static void take_page(void *context, const struct connect_answer *answer)
{
	(void)context;
	page.status = answer->status;
	assert_true(answer->len < sizeof(page.html));
	memcpy(page.html, answer->html, answer->len);
	page.html[answer->len] = '\0';
}

static const char *begin(struct box *box, struct platform *platform)
{
	struct buf url = {0};
	const char *key;

	fake_platform(box, platform);
	assert_int_equal(
		connect_begin(platform, CONNECTION_USER, MEMBER, MEMBER, &url, &box->error), 0);
	key = arena_strdup(box->arena, strrchr(buf_cstr(&url), '/') + 1);
	assert_ptr_equal(strstr(url.ptr, "http://127.0.0.1:8700/__attio/consent/"), url.ptr);
	buf_dispose(&url);
	return key;
}

static void serve(struct platform *platform, const char *key, const char *method, const char *form)
{
	memset(&page, 0, sizeof(page));
	connect_serve(platform, key, method, form, strlen(form), take_page, NULL);
}

static void test_the_page_is_answered_once(void **state)
{
	struct box *box = *state;
	struct platform platform;
	const char *key = begin(box, &platform);
	struct connection *connection;

	serve(&platform, "0123", "GET", "");
	assert_int_equal(page.status, 404);
	serve(&platform, key, "GET", "");
	assert_int_equal(page.status, 200);
	assert_non_null(strstr(page.html, "<form method=\"post\">"));
	assert_null(strstr(page.html, "<script"));
	serve(&platform, key, "DELETE", "");
	assert_int_equal(page.status, 405);
	serve(&platform, key, "POST", "value=x");
	assert_int_equal(page.status, 400);
	serve(&platform, key, "POST", "value=a%2Bb+c%25&choice=approve");
	assert_int_equal(page.status, 0);
	fake_answer("{}", NULL);
	assert_int_equal(page.status, 200);
	assert_int_equal(connection_of(&box->pieces, box->arena, CONNECTION_USER, MEMBER, NULL,
				       &connection, &box->error),
			 0);
	assert_string_equal(connection->value, "a+b c%");
	assert_string_equal(connection->type, "oauth");
	assert_non_null(connection->expires_at);
	assert_false(connection->expired);
	serve(&platform, key, "POST", "choice=approve");
	assert_int_equal(page.status, 404);
}

static void test_denied_expired_and_refused(void **state)
{
	struct box *box = *state;
	struct platform platform;
	const char *key = begin(box, &platform);
	struct connection *connection;

	serve(&platform, key, "POST", "choice=deny");
	assert_int_equal(page.status, 200);
	assert_int_equal(fake.count, 0);
	assert_int_equal(stored(box), 0);
	key = begin(box, &platform);
	serve(&platform, key, "POST", "choice=expire&value=");
	fake_answer("{}", NULL);
	connection_of(&box->pieces, box->arena, CONNECTION_USER, MEMBER, NULL, &connection,
		      &box->error);
	assert_true(connection->expired);
	assert_true(strlen(connection->value) >= 32);
	key = begin(box, &platform);
	serve(&platform, key, "POST", "choice=approve&value=x");
	fake_answer(NULL, "<b>no</b> & \"never\"");
	assert_non_null(strstr(page.html, "&lt;b&gt;no&lt;/b&gt; &amp; &quot;never&quot;"));
	/* Too late. */
	key = begin(box, &platform);
	platform.clock.offset_ms += CONSENT_MINUTES * 60 * 1000 + 1;
	serve(&platform, key, "GET", "");
	assert_int_equal(page.status, 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_it_is_kept_after_the_event, open_box,
						close_box),
		cmocka_unit_test_setup_teardown(test_a_throw_cancels_it, open_box, close_box),
		cmocka_unit_test_setup_teardown(test_an_app_without_the_handler_is_not_asked,
						open_box, close_box),
		cmocka_unit_test_setup_teardown(test_removing, open_box, close_box),
		cmocka_unit_test_setup_teardown(test_the_page_is_answered_once, open_box,
						close_box),
		cmocka_unit_test_setup_teardown(test_denied_expired_and_refused, open_box,
						close_box),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
