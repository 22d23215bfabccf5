/* local/run/webhooks and deliveries: addresses that are given out, and what came in there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "local/run/deliveries.h"
#include "local/run/webhooks.h"
#include "pieces_box.h"

/* A handler's id, in the arena. */
static const char *create(struct box *box, const char *params)
{
	const char *answer = box_ask(box, "webhooks.create", params);
	cJSON *handler;
	const char *id;

	assert_non_null(answer);
	handler = box_json(answer);
	id = arena_strdup(box->arena, json_string_or_null(handler, "id"));
	cJSON_Delete(handler);
	return id;
}

static const char *ask_by_id(struct box *box, const char *method, const char *id, const char *more)
{
	return box_ask(box, method, arena_printf(box->arena, "{\"id\":\"%s\"%s}", id, more));
}

static void test_a_handler_has_the_services_path(void **state)
{
	struct box *box = *state;
	const char *id = create(box, "{\"fileName\":\"nested/deep\"}");

	assert_string_equal(ask_by_id(box, "webhooks.get", id, ""),
			    arena_printf(box->arena,
					 "{\"id\":\"%s\",\"url\":\"http://127.0.0.1:8700/a/%s/%s\","
					 "\"fileName\":\"nested/deep\",\"externalWebhookId\":null}",
					 id, BOX_WORKSPACE, id));
	pieces_set_app(&box->pieces, "my-app", "My App", "https://tunnel.example/x");
	assert_non_null(strstr(ask_by_id(box, "webhooks.get", id, ""),
			       "\"url\":\"https://tunnel.example/x/a/" BOX_WORKSPACE "/"));
}

static void test_handlers_are_listed_changed_and_deleted(void **state)
{
	struct box *box = *state;
	const char *first, *second;
	struct webhook *webhook;

	assert_string_equal(box_ask(box, "webhooks.list", "{}"), "[]");
	first = create(box, "{\"fileName\":\"a\"}");
	second = create(box, "{\"fileName\":\"a\"}");
	assert_string_not_equal(first, second);
	assert_string_equal(
		ask_by_id(box, "webhooks.update", first, ",\"externalWebhookId\":\"x\""), "{}");
	assert_non_null(
		strstr(ask_by_id(box, "webhooks.get", first, ""), "\"externalWebhookId\":\"x\""));
	assert_string_equal(ask_by_id(box, "webhooks.update", first, ",\"externalWebhookId\":null"),
			    "{}");
	assert_true(strstr(box_ask(box, "webhooks.list", "{}"), first) <
		    strstr(box_ask(box, "webhooks.list", "{}"), second));
	assert_int_equal(webhooks_named(&box->pieces, box->arena, "a", &webhook, &box->error), 0);
	assert_string_equal(webhook->id, second);
	assert_int_equal(webhooks_named(&box->pieces, box->arena, first, &webhook, &box->error), 0);
	assert_string_equal(webhook->id, first);
	assert_string_equal(ask_by_id(box, "webhooks.delete", first, ""), "{}");
	assert_null(ask_by_id(box, "webhooks.get", first, ""));
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
	assert_null(ask_by_id(box, "webhooks.delete", first, ""));
	assert_null(ask_by_id(box, "webhooks.update", first, ",\"externalWebhookId\":\"y\""));
	assert_null(ask_by_id(box, "webhooks.update", second, ",\"externalWebhookId\":1"));
	assert_int_equal(webhooks_find(&box->pieces, box->arena, first, &webhook, &box->error), 0);
	assert_null(webhook);
}

static void test_a_handler_needs_its_file(void **state)
{
	static const char *const files[] = {"lead-processed", "other"};
	struct box *box = *state;

	pieces_set_webhook_files(&box->pieces, files, 2);
	create(box, "{\"fileName\":\"lead-processed\"}");
	assert_null(box_ask(box, "webhooks.create", "{\"fileName\":\"lead-procesed\"}"));
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
	assert_string_equal(box->error.fix, "did you mean `lead-processed`?");
	assert_null(box_ask(box, "webhooks.create", "{}"));
}

static struct delivery *deliver(struct box *box, const char *target, const void *body, size_t len)
{
	struct delivery *delivery = arena_alloc(box->arena, sizeof(*delivery));

	*delivery = (struct delivery){.kind = "webhook",
				      .target = target,
				      .name = "a",
				      .method = "POST",
				      .path = "/x",
				      .query = "q=1",
				      .headers = "[[\"X-A\",\"1\"]]",
				      .body = body,
				      .body_len = len};
	assert_int_equal(delivery_begin(&box->pieces, box->arena, delivery, &box->error), 0);
	return delivery;
}

static void test_a_delivery_is_kept_before_it_is_answered(void **state)
{
	struct box *box = *state;
	struct delivery *sent = deliver(box, "t1", "a\0\xff", 3);
	struct delivery_answer answer = {
		.status = 201, .headers = "[]", .body = "ok", .body_len = 2, .ms = 7};
	struct delivery *found;

	assert_int_equal(delivery_show(&box->pieces, sent->id, &box->out, &box->error), 0);
	assert_non_null(strstr(buf_cstr(&box->out), "\"status\":null"));
	assert_non_null(strstr(buf_cstr(&box->out), "\"response\":null"));
	assert_non_null(strstr(buf_cstr(&box->out), "\"body\":\"YQD/\",\"encoding\":\"base64\""));
	assert_int_equal(delivery_end(&box->pieces, sent->id, &answer, &box->error), 0);
	buf_clear(&box->out);
	assert_int_equal(delivery_show(&box->pieces, "last", &box->out, &box->error), 0);
	assert_non_null(strstr(buf_cstr(&box->out),
			       "\"response\":{\"status\":201,\"headers\":[],\"body\":\"ok\"}"));
	assert_int_equal(delivery_find(&box->pieces, box->arena, "last", &found, &box->error), 0);
	assert_string_equal(found->id, sent->id);
	assert_int_equal(found->body_len, 3);
	assert_memory_equal(found->body, "a\0\xff", 3);
	assert_int_equal(delivery_find(&box->pieces, box->arena, "none", &found, &box->error), 0);
	assert_null(found);
	assert_int_equal(delivery_show(&box->pieces, "none", &box->out, &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
}

static void test_a_body_is_changed_for_another_try(void **state)
{
	struct box *box = *state;
	struct delivery *sent = deliver(box, "t1", "{\"a\":{\"b\":1}}", 13);
	cJSON *set = box_json("[{\"pointer\":\"/a/b\",\"value\":2},{\"pointer\":\"/c\",\"value\":"
			      "\"x\"}]");
	cJSON *bad =
		box_json("[{\"pointer\":\"/c\",\"value\":3},{\"pointer\":\"/n/b\",\"value\":2}]");

	assert_int_equal(delivery_change(box->arena, sent, set, &box->error), 0);
	assert_string_equal(sent->body, "{\"a\":{\"b\":2},\"c\":\"x\"}");
	assert_int_equal(delivery_change(box->arena, sent, bad, &box->error), -1);
	assert_string_equal(sent->body, "{\"a\":{\"b\":2},\"c\":\"x\"}");
	assert_int_equal(delivery_change(box->arena, sent, NULL, &box->error), 0);
	sent->body = "no JSON";
	sent->body_len = 7;
	assert_int_equal(delivery_change(box->arena, sent, set, &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_USAGE);
	cJSON_Delete(set);
	cJSON_Delete(bad);
}

static size_t count_of(struct box *box, const char *target)
{
	cJSON *items;
	size_t count;

	buf_clear(&box->out);
	assert_int_equal(delivery_list(&box->pieces, target, 100000, &box->out, &box->error), 0);
	items = box_json(buf_cstr(&box->out));
	count = (size_t)cJSON_GetArraySize(items);
	cJSON_Delete(items);
	return count;
}

static void test_only_the_newest_are_kept(void **state)
{
	struct box *box = *state;

	deliver(box, "first", "x", 1);
	for (size_t i = 0; i < 5; i++)
		deliver(box, "t1", "x", 1);
	assert_int_equal(count_of(box, "t1"), 5);
	assert_int_equal(count_of(box, "a"), 6);
	assert_int_equal(count_of(box, "t2"), 0);
	for (size_t i = 0; i < DELIVERIES_KEPT + 512; i++)
		deliver(box, "t2", "x", 1);
	assert_int_equal(count_of(box, "first"), 0);
	assert_in_range(count_of(box, NULL), DELIVERIES_KEPT, DELIVERIES_KEPT + 256);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_handler_has_the_services_path, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_handlers_are_listed_changed_and_deleted,
						box_open, box_close),
		cmocka_unit_test_setup_teardown(test_a_handler_needs_its_file, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_a_delivery_is_kept_before_it_is_answered,
						box_open, box_close),
		cmocka_unit_test_setup_teardown(test_a_body_is_changed_for_another_try, box_open,
						box_close),
		cmocka_unit_test_setup_teardown(test_only_the_newest_are_kept, box_open, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
