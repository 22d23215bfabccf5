/* local/rest/deliver: from what happens to deliveries, and what becomes of those that fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hmac.h"
#include "local/rest/deliver.h"
#include "rest_box.h"

#define DAY_MS (24LL * 3600 * 1000)

struct due {
	struct delivery *items;
	size_t count;
	long long wait_ms;
};

static struct due find_due(struct rest_box *box)
{
	struct due due;
	struct error error = {0};

	assert_int_equal(
		deliver_due(&box->rest, box->arena, &due.items, &due.count, &due.wait_ms, &error),
		0);
	return due;
}

static void end_with(struct rest_box *box, const char *id, int status)
{
	struct error error = {0};

	assert_int_equal(deliver_result(&box->rest, id, status, &error), 0);
}

/* What happened while the world was made is of no interest. */
static void open_box(struct rest_box *box)
{
	box_open(box);
	find_due(box);
}

static const char *subscribe(struct rest_box *box, const char *event, const char *filter)
{
	const char *body = arena_printf(
		box->arena,
		"{\"data\":{\"target_url\":\"https://example.com/hook\",\"subscriptions\":[{"
		"\"event_type\":\"%s\",\"filter\":%s}]}}",
		event, filter);

	assert_int_equal(box_call(box, "POST", "/v2/webhooks", body), 200);
	return box_text(box, "data.id.webhook_id");
}

static const char *add_task(struct rest_box *box)
{
	assert_int_equal(
		box_call(box, "POST", "/v2/tasks",
			 "{\"data\":{\"content\":\"A\",\"format\":\"plaintext\",\"deadline_at\":"
			 "null,\"is_completed\":false,\"linked_records\":[],\"assignees\":[]}}"),
		200);
	return box_text(box, "data.id.task_id");
}

static const char *status_of(struct rest_box *box, const char *webhook)
{
	box_call(box, "GET", arena_printf(box->arena, "/v2/webhooks/%s", webhook), NULL);
	return box_text(box, "data.status");
}

static void an_event_goes_to_who_asked(void **state)
{
	struct rest_box box;
	const char *webhook, *secret, *task;
	char signature[SHA256_TEXT_SIZE];
	struct due due;

	(void)state;
	open_box(&box);
	webhook = subscribe(&box, "task.created", "null");
	secret = box_text(&box, "data.secret");
	subscribe(&box, "note.created", "null");
	task = add_task(&box);
	due = find_due(&box);
	assert_int_equal(due.count, 1);
	assert_int_equal(due.wait_ms, -1);
	assert_string_equal(due.items[0].url, "https://example.com/hook");
	assert_string_equal(due.items[0].webhook_id, webhook);
	assert_int_equal(due.items[0].attempt, 1);
	box_call(&box, "GET", "/v2/self", NULL);
	assert_string_equal(
		due.items[0].body,
		arena_printf(box.arena,
			     "{\"webhook_id\":\"%s\",\"events\":[{\"event_type\":\"task.created\","
			     "\"id\":{\"workspace_id\":\"%s\",\"task_id\":\"%s\"},\"actor\":{"
			     "\"type\":\"api-token\",\"id\":\"" REST_TOKEN_ID "\"}}]}",
			     webhook, box_text(&box, "workspace_id"), task));
	hmac_sha256_text(secret, due.items[0].body, due.items[0].body_len, signature);
	assert_string_equal(due.items[0].signature, signature);
	/* It is on its way: nobody gets it again. */
	assert_int_equal(find_due(&box).count, 0);
	end_with(&box, due.items[0].id, 204);
	due = find_due(&box);
	assert_int_equal(due.count, 0);
	assert_int_equal(due.wait_ms, -1);
	box_close(&box);
}

static void filters_choose(void **state)
{
	static const struct {
		const char *filter;
		size_t count;
	} cases[] = {
		{"{\"$and\":[{\"field\":\"actor.type\",\"operator\":\"equals\",\"value\":"
		 "\"api-token\"}]}",
		 1},
		{"{\"$and\":[{\"field\":\"actor.type\",\"operator\":\"not_equals\",\"value\":"
		 "\"api-token\"}]}",
		 0},
		{"{\"$or\":[{\"field\":\"actor.type\",\"operator\":\"equals\",\"value\":\"app\"},{"
		 "\"field\":\"event_type\",\"operator\":\"equals\",\"value\":\"task.created\"}]}",
		 1},
		{"{\"$or\":[{\"field\":\"id.nothing\",\"operator\":\"equals\",\"value\":\"\"}]}",
		 0},
		{"{\"$and\":[]}", 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct rest_box box;

		open_box(&box);
		subscribe(&box, "task.created", cases[i].filter);
		add_task(&box);
		assert_int_equal(find_due(&box).count, cases[i].count);
		box_close(&box);
	}
}

/* Ten more attempts in about three days, under one key; then the webhook suffers. */
static void failures_are_tried_again(void **state)
{
	struct rest_box box;
	const char *webhook, *id = NULL;
	long long start;
	struct due due;

	(void)state;
	open_box(&box);
	webhook = subscribe(&box, "task.created", "null");
	start = box.clock.offset_ms;
	for (int deliveries = 0; deliveries < 2; deliveries++) {
		add_task(&box);
		due = find_due(&box);
		id = due.items[0].id;
		for (int attempt = 1; attempt <= DELIVER_RETRIES; attempt++) {
			end_with(&box, id, attempt % 2 == 0 ? 500 : 0);
			due = find_due(&box);
			assert_int_equal(due.count, 0);
			assert_true(due.wait_ms > 0);
			box.clock.offset_ms += due.wait_ms + 1;
			due = find_due(&box);
			assert_int_equal(due.count, 1);
			assert_string_equal(due.items[0].id, id);
			assert_int_equal(due.items[0].attempt, attempt + 1);
		}
		end_with(&box, id, 500);
		assert_int_equal(find_due(&box).wait_ms, -1);
		assert_string_equal(status_of(&box, webhook),
				    deliveries == 0 ? "degraded" : "inactive");
	}
	assert_true(box.clock.offset_ms - start > 5 * DAY_MS);
	assert_true(box.clock.offset_ms - start < 7 * DAY_MS);
	/* Nothing is sent to one that is inactive. */
	add_task(&box);
	assert_int_equal(find_due(&box).count, 0);
	box_close(&box);
}

static void a_success_makes_it_active_again(void **state)
{
	struct rest_box box;
	const char *webhook;
	struct due due;

	(void)state;
	open_box(&box);
	webhook = subscribe(&box, "task.created", "null");
	add_task(&box);
	due = find_due(&box);
	for (int attempt = 0; attempt <= DELIVER_RETRIES; attempt++) {
		end_with(&box, due.items[0].id, 500);
		box.clock.offset_ms += 3 * DAY_MS;
		find_due(&box);
	}
	assert_string_equal(status_of(&box, webhook), "degraded");
	add_task(&box);
	due = find_due(&box);
	end_with(&box, due.items[0].id, 202);
	assert_string_equal(status_of(&box, webhook), "active");
	box_close(&box);
}

static void one_target_gets_25_in_a_second(void **state)
{
	struct rest_box box;
	struct due due;

	(void)state;
	open_box(&box);
	subscribe(&box, "task.created", "null");
	for (int i = 0; i < 30; i++)
		add_task(&box);
	due = find_due(&box);
	assert_int_equal(due.count, DELIVER_PER_SECOND);
	due = find_due(&box);
	assert_int_equal(due.count, 0);
	assert_true(due.wait_ms > 0 && due.wait_ms <= 1000);
	box.clock.offset_ms += 1001;
	assert_int_equal(find_due(&box).count, 5);
	box_close(&box);
}

static void what_a_dead_process_was_sending_is_due_again(void **state)
{
	struct rest_box box;
	struct error error = {0};
	struct due due;

	(void)state;
	open_box(&box);
	subscribe(&box, "task.created", "null");
	add_task(&box);
	due = find_due(&box);
	assert_int_equal(due.count, 1);
	assert_int_equal(deliver_recover(&box.rest, &error), 0);
	box.clock.offset_ms += 1001;
	assert_string_equal(find_due(&box).items[0].id, due.items[0].id);
	box_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_goes_to_who_asked),
		cmocka_unit_test(filters_choose),
		cmocka_unit_test(failures_are_tried_again),
		cmocka_unit_test(a_success_makes_it_active_again),
		cmocka_unit_test(one_target_gets_25_in_a_second),
		cmocka_unit_test(what_a_dead_process_was_sending_is_due_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
