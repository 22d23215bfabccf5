/* local/run/hooks and block_calls: requests from outside reach their handler once, are kept, and
 * get what it answers; activations and runs go their ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fake_calls.h"
#include "http/server.h"
#include "local/run/block_calls.h"
#include "local/run/block_prepare.h"
#include "local/run/blocks.h"
#include "local/run/deliveries.h"
#include "local/run/hooks.h"
#include "local/sql.h"

static struct told {
	int times;
	unsigned status;
	size_t body_len;
	char body[200];
	char headers[200];
	char message[200];
	char delivery[64];
	char run[64];
	long long flow;
} told;

static struct platform platform;

static int open_box(void **state)
{
	memset(&told, 0, sizeof(told));
	if (box_open(state) != 0)
		return -1;
	fake_platform(*state, &platform);
	return 0;
}

static int close_box(void **state)
{
	fake_clear();
	return box_close(state);
}

#define COPY(to, text) snprintf(to, sizeof(to), "%s", (text) != NULL ? (text) : "")

static void take(void *context, const struct hook_answer *answer)
{
	(void)context;
	told.times++;
	told.status = answer->status;
	told.body_len = answer->body_len;
	assert_true(answer->body_len < sizeof(told.body));
	memset(told.body, 0, sizeof(told.body));
	if (answer->body_len > 0)
		memcpy(told.body, answer->body, answer->body_len);
	COPY(told.headers, answer->headers);
	COPY(told.message, answer->thrown != NULL ? answer->thrown->message : answer->message);
	COPY(told.delivery, answer->delivery);
	COPY(told.run, answer->run);
	told.flow = answer->flow;
}

static void send(const char *path, const char *query, const void *body, size_t len)
{
	struct hook_request request = {.method = "PUT",
				       .path = path,
				       .query = query,
				       .headers = "[[\"X-A\",\"1\"]]",
				       .body = body,
				       .body_len = len};

	hooks_answer(&platform, &request, take, NULL);
}

/* The path of a new handler. */
static const char *handler(struct box *box)
{
	cJSON *made = box_json(box_ask(box, "webhooks.create", "{\"fileName\":\"lead\"}"));
	const char *path = arena_printf(box->arena, "/a/" BOX_WORKSPACE "/%s",
					json_string_or_null(made, "id"));

	cJSON_Delete(made);
	return path;
}

static const char *delivery_of(struct box *box, const char *id)
{
	buf_clear(&box->out);
	assert_int_equal(delivery_show(&box->pieces, id, &box->out, &box->error), 0);
	return buf_cstr(&box->out);
}

static long long number(struct box *box, const char *sql)
{
	long long value;

	assert_int_equal(sql_number(box->store, sql, &value, &box->error), 0);
	return value;
}

/* ---- webhook handlers ---- */

static void test_the_answer_passes_through(void **state)
{
	struct box *box = *state;
	const char *path = handler(box);
	struct http_reply reply = {0};
	struct hook_answer answer = {0};

	send(arena_printf(box->arena, "%s/more%%20x", path), "q=1&r", "a\0\xff", 3);
	assert_string_equal(
		fake_next()->members,
		arena_printf(box->arena,
			     "\"kind\":\"webhook\",\"module\":\"lead\",\"request\":{\"method\":"
			     "\"PUT\",\"url\":\"http://127.0.0.1:8700%s/more%%20x?q=1&r\","
			     "\"headers\":[[\"X-A\",\"1\"]],\"body\":\"YQD/\",\"encoding\":"
			     "\"base64\"}",
			     path));
	assert_int_equal(told.times, 0);
	assert_non_null(strstr(delivery_of(box, "last"), "\"response\":null"));
	fake_answer("{\"response\":{\"status\":418,\"statusText\":\"\",\"headers\":[[\"x-b\",\"2\"]"
		    ",[\"content-length\",\"9\"]],\"body\":\"a\\u0000\\u00e4\"}}",
		    NULL);
	assert_int_equal(told.times, 1);
	assert_int_equal(told.status, 418);
	assert_int_equal(told.body_len, 4);
	assert_memory_equal(told.body, "a\0\xc3\xa4", 4);
	assert_true(told.flow > 0);
	assert_non_null(strstr(delivery_of(box, told.delivery), "\"response\":{\"status\":418,"));
	answer.status = 418;
	answer.headers = told.headers;
	answer.body = "x";
	answer.body_len = 1;
	hooks_reply(&answer, &reply);
	assert_int_equal(reply.status, 418);
	assert_non_null(strstr(buf_cstr(&reply.headers), "x-b"));
	assert_null(strstr(buf_cstr(&reply.headers), "content-length"));
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
}

static void test_what_is_no_answer_is_500(void **state)
{
	struct box *box = *state;
	const char *path = handler(box);

	send(path, "", NULL, 0);
	fake_answer("{\"response\":{\"status\":204,\"headers\":[],\"body\":null}}", NULL);
	assert_int_equal(told.status, 204);
	assert_int_equal(told.body_len, 0);
	send(path, "", NULL, 0);
	fake_answer("{\"not_response\":true}", NULL);
	assert_int_equal(told.status, 500);
	send(path, "", NULL, 0);
	fake_answer(NULL, "boom in the app");
	assert_int_equal(told.status, 500);
	assert_string_equal(told.message, "boom in the app");
	/* The sender is not told what happens inside. */
	assert_null(strstr(told.body, "boom"));
	assert_non_null(strstr(delivery_of(box, told.delivery),
			       "\"error\":{\"message\":\"boom in the app\"}"));
	send(path, "", NULL, 0);
	fake_answer("{\"response\":{\"status\":101,\"headers\":[],\"body\":null}}", NULL);
	assert_int_equal(told.status, 500);
	send(path, "", NULL, 0);
	fake_answer(NULL, "Webhook handler not found: lead");
	assert_int_equal(told.status, 404);
}

static void test_unknown_addresses(void **state)
{
	static const char *const paths[] = {"/a/" BOX_WORKSPACE "/none",
					    "/a/" BOX_WORKSPACE,
					    "/a",
					    "/",
					    "",
					    "/b/" BOX_WORKSPACE "/none",
					    "/a/" BOX_WORKSPACE "/%zz",
					    "/w/" BOX_WORKSPACE "/x",
					    "/w/" BOX_WORKSPACE "/x/defer/y"};
	struct box *box = *state;
	const char *path = handler(box);

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		send(paths[i], "", "x", 1);
		assert_int_equal(told.times, i + 1);
		assert_int_equal(told.status, 404);
		assert_string_equal(told.delivery, "");
	}
	send(arena_printf(box->arena, "/a/other%s", path + strlen("/a/" BOX_WORKSPACE)), "", "", 0);
	assert_int_equal(told.status, 404);
	assert_int_equal(fake.count, 0);
	assert_int_equal(number(box, "SELECT count(*) FROM hook_deliveries"), 0);
}

static void test_many_at_once_and_one_after_the_other(void **state)
{
	struct box *box = *state;
	const char *path = handler(box);

	for (int i = 0; i < 50; i++)
		send(path, "", "x", 1);
	assert_int_equal(fake.count, 50);
	for (int i = 0; i < 50; i++)
		fake_answer("{\"response\":{\"status\":200,\"headers\":[],\"body\":\"\"}}", NULL);
	for (int i = 0; i < 1000; i++) {
		send(path, "", "x", 1);
		fake_answer("{\"response\":{\"status\":200,\"headers\":[],\"body\":\"\"}}", NULL);
	}
	assert_int_equal(told.times, 1050);
	assert_int_equal(number(box, "SELECT count(*) FROM hook_deliveries WHERE status = 200"),
			 1050);
}

/* ---- blocks ---- */

static struct reported {
	int times;
	bool ok;
	char type[32];
	char message[200];
	char run[64];
	char problems[400];
} reported;

static void take_report(void *context, const struct block_report *report)
{
	struct buf problems = {0};

	(void)context;
	memset(&reported, 0, sizeof(reported));
	reported.times = 1;
	reported.ok = report->ok;
	COPY(reported.type, report->type);
	COPY(reported.message, report->message);
	COPY(reported.run, report->run);
	json_print(&problems, report->problems, false);
	COPY(reported.problems, buf_cstr(&problems));
	buf_dispose(&problems);
}

static struct block_place *activation(struct box *box, const char *outcomes)
{
	struct block_place *place;

	assert_int_equal(block_activation_new(&box->pieces, box->arena, "form", "{\"a\":1}",
					      outcomes, &place, &box->error),
			 0);
	return place;
}

static struct block_place *run_of(struct box *box)
{
	struct block_place *place;

	assert_int_equal(block_run_new(&box->pieces, box->arena, "enrich", "{}", NULL, NULL, &place,
				       &box->error),
			 0);
	return place;
}

static const char *state_of(struct box *box, const struct block_place *place, bool run)
{
	struct block_place *now = NULL;

	if (run)
		block_run_find(&box->pieces, box->arena, place->id, &now, &box->error);
	else
		block_activation_find(&box->pieces, box->arena, place->id, &now, &box->error);
	assert_non_null(now);
	return arena_printf(box->arena, "%s %lld", now->state, now->attempts);
}

static void call(enum block_handler handler_, const struct block_place *place)
{
	reported.times = 0;
	block_call(&platform, handler_, place, NULL, 0, take_report, NULL);
}

static void test_activating(void **state)
{
	struct box *box = *state;
	struct block_place *place = activation(box, NULL);

	call(HANDLER_ACTIVATE, place);
	assert_non_null(
		strstr(fake_next()->members, "\"handler\":\"activate\",\"config\":{\"a\":1}"));
	assert_non_null(
		strstr(fake_next()->members,
		       arena_printf(box->arena, "\"uniqueActivationId\":\"%s\"", place->id)));
	/* A throw is tried again with the same id. */
	fake_answer(NULL, "first");
	assert_int_equal(reported.times, 0);
	assert_non_null(strstr(fake_next()->members, place->id));
	fake_answer("{\"value\":{\"type\":\"complete\"}}", NULL);
	assert_true(reported.ok);
	assert_string_equal(state_of(box, place, false), "active 2");
	call(HANDLER_DEACTIVATE, place);
	assert_null(strstr(fake_next()->members, "triggerCallbackUrl"));
	fake_answer("{\"value\":{\"type\":\"error\",\"errorMessage\":\"later\"}}", NULL);
	assert_false(reported.ok);
	assert_string_equal(reported.message, "later");
	assert_string_equal(state_of(box, place, false), "active 2");
	call(HANDLER_DEACTIVATE, place);
	fake_answer("{\"value\":{\"type\":\"complete\"}}", NULL);
	assert_string_equal(state_of(box, place, false), "inactive 2");
	/* An error that is returned is not tried again; a throw three times in all. */
	place = activation(box, NULL);
	call(HANDLER_ACTIVATE, place);
	fake_answer("{\"value\":{\"type\":\"error\",\"errorMessage\":\"no\"}}", NULL);
	assert_string_equal(state_of(box, place, false), "failed 1");
	place = activation(box, NULL);
	call(HANDLER_ACTIVATE, place);
	fake_answer(NULL, "a");
	fake_answer(NULL, "b");
	fake_answer(NULL, "c");
	assert_int_equal(reported.times, 1);
	assert_string_equal(state_of(box, place, false), "failed 3");
}

static const char *callback(struct box *box, const struct block_place *place, const char *kind)
{
	return arena_printf(box->arena, "/w/" BOX_WORKSPACE "/%s/%s/%s", place->id, kind,
			    place->token);
}

static void test_a_trigger_starts_one_run(void **state)
{
	struct box *box = *state;
	struct block_place *place = activation(
		box,
		"[{\"id\":\"sent\",\"schema\":{\"type\":\"struct\",\"fields\":{\"n\":{\"type\":"
		"\"number\"}}}}]");

	call(HANDLER_ACTIVATE, place);
	fake_answer("{\"value\":{\"type\":\"complete\"}}", NULL);
	send(callback(box, place, "trigger"), "", "{}", 2);
	assert_non_null(strstr(fake_next()->members, "\"handler\":\"trigger\""));
	assert_non_null(strstr(fake_next()->members, "\"request\":{\"method\":\"PUT\""));
	fake_answer("{\"value\":{\"type\":\"no-op\"}}", NULL);
	assert_int_equal(told.status, 200);
	assert_int_equal(told.body_len, 0);
	assert_int_equal(number(box, "SELECT count(*) FROM block_runs"), 0);
	send(callback(box, place, "trigger"), "", "{}", 2);
	fake_answer("{\"value\":{\"type\":\"outcome\",\"slug\":\"sent\",\"data\":{\"n\":1}}}",
		    NULL);
	assert_int_equal(told.status, 200);
	assert_int_equal(number(box, "SELECT count(*) FROM block_runs WHERE state = 'done' AND "
				     "outcome = '{\"id\":\"sent\",\"data\":{\"n\":1}}'"),
			 1);
	assert_int_equal(strlen(told.run), 36);
	assert_string_equal(buf_cstr(&fake.notes), "");
	/* What does not fit is told and counts all the same. */
	call(HANDLER_TRIGGER, place);
	fake_answer("{\"value\":{\"type\":\"outcome\",\"id\":\"sent\",\"data\":{\"n\":\"x\"}}}",
		    NULL);
	assert_string_equal(reported.problems,
			    "[{\"path\":\"n\",\"message\":\"must be a number\"}]");
	call(HANDLER_TRIGGER, place);
	fake_answer(
		"{\"value\":{\"type\":\"outcome\",\"id\":\"other\",\"data\":null},\"problems\":[{"
		"\"path\":\"data\",\"message\":\"m\"}]}",
		NULL);
	assert_non_null(strstr(reported.problems, "declares no outcome `other`"));
	assert_non_null(strstr(reported.problems, "\"path\":\"data\",\"message\":\"m\""));
	assert_int_equal(number(box, "SELECT count(*) FROM block_runs"), 3);
	send(callback(box, place, "trigger"), "", "{}", 2);
	fake_answer(NULL, "boom");
	assert_int_equal(told.status, 500);
	send(callback(box, place, "trigger"), "", "{}", 2);
	fake_answer("{\"value\":{\"type\":\"defer\"}}", NULL);
	assert_int_equal(told.status, 500);
	call(HANDLER_DEACTIVATE, place);
	fake_answer("{\"value\":{\"type\":\"complete\"}}", NULL);
	send(callback(box, place, "trigger"), "", "{}", 2);
	assert_int_equal(told.status, 404);
	assert_int_equal(fake.next, fake.count);
}

static void test_a_step_is_tried_three_times(void **state)
{
	static const char retry[] =
		"{\"value\":{\"type\":\"error\",\"errorMessage\":\"busy\",\"retryable\":true}}";
	struct box *box = *state;
	struct block_place *place = run_of(box);

	call(HANDLER_EXECUTE, place);
	fake_answer(retry, NULL);
	assert_non_null(strstr(fake_next()->members, place->execution_id));
	fake_answer(retry, NULL);
	fake_answer(retry, NULL);
	assert_false(reported.ok);
	assert_string_equal(reported.message, "busy");
	assert_string_equal(state_of(box, place, true), "failed 3");
	place = run_of(box);
	call(HANDLER_EXECUTE, place);
	fake_answer(retry, NULL);
	fake_answer("{\"value\":{\"type\":\"outcome\",\"id\":\"ok\",\"data\":null}}", NULL);
	assert_true(reported.ok);
	assert_string_equal(state_of(box, place, true), "done 2");
	place = run_of(box);
	call(HANDLER_EXECUTE, place);
	fake_answer(NULL, "threw");
	assert_string_equal(state_of(box, place, true), "failed 1");
	place = run_of(box);
	call(HANDLER_EXECUTE, place);
	fake_answer("{\"value\":{\"type\":\"exit\"}}", NULL);
	assert_string_equal(state_of(box, place, true), "exited 1");
	place = run_of(box);
	call(HANDLER_EXECUTE, place);
	fake_answer("{\"value\":null}", NULL);
	assert_string_equal(
		reported.message,
		"the handler must return {type: `outcome`, `exit`, `error` or `defer`}");
}

static void test_a_deferred_step_is_finished_from_outside(void **state)
{
	struct box *box = *state;
	struct block_place *place = run_of(box);
	const char *path = callback(box, place, "defer");

	call(HANDLER_EXECUTE, place);
	assert_non_null(strstr(fake_next()->members, arena_printf(box->arena,
								  "\"finishCallbackUrl\":"
								  "\"http://127.0.0.1:8700%s\"",
								  path)));
	fake_answer("{\"value\":{\"type\":\"defer\"}}", NULL);
	assert_true(reported.ok);
	assert_string_equal(state_of(box, place, true), "waiting 1");
	send(arena_printf(box->arena, "%sx", path), "", "", 0);
	assert_int_equal(told.status, 404);
	send(path, "", "{}", 2);
	assert_non_null(strstr(fake_next()->members, "\"handler\":\"finish\""));
	fake_answer("{\"value\":{\"type\":\"no-op\"}}", NULL);
	assert_int_equal(told.status, 200);
	assert_string_equal(state_of(box, place, true), "waiting 1");
	/* Two at once: the first to end it counts. */
	send(path, "", "{}", 2);
	send(path, "", "{}", 2);
	fake_answer("{\"value\":{\"type\":\"outcome\",\"id\":\"a\",\"data\":1}}", NULL);
	fake_answer("{\"value\":{\"type\":\"outcome\",\"id\":\"b\",\"data\":2}}", NULL);
	assert_int_equal(number(box, "SELECT count(*) FROM block_runs WHERE outcome = "
				     "'{\"id\":\"a\",\"data\":1}'"),
			 1);
	assert_non_null(strstr(buf_cstr(&fake.notes), "run-over"));
	send(path, "", "{}", 2);
	assert_int_equal(told.status, 404);
}

static void test_finished_before_it_was_deferred(void **state)
{
	struct box *box = *state;
	struct block_place *place = run_of(box);
	struct fake_call first;

	call(HANDLER_EXECUTE, place);
	first = fake.calls[fake.next++];
	send(callback(box, place, "defer"), "", "{}", 2);
	fake_answer("{\"value\":{\"type\":\"exit\"}}", NULL);
	assert_string_equal(state_of(box, place, true), "exited 0");
	first.done(first.context, json_slice_of("{\"value\":{\"type\":\"defer\"}}", 26), NULL);
	assert_string_equal(state_of(box, place, true), "exited 0");
}

static void test_a_user_only_where_the_block_asks_for_one(void **state)
{
	struct box *box = *state;
	struct generations generations = {0};

	buf_puts(&generations.surfaces,
		 "{\"workflow-block\":[{\"id\":\"form\",\"block\":{\"id\":\"form\"}},{\"id\":"
		 "\"enrich\",\"block\":{\"id\":\"enrich\",\"requireUserConnection\":true}}]}");
	platform.generations = &generations;
	call(HANDLER_ACTIVATE, activation(box, NULL));
	assert_false(fake_next()->as_user);
	fake_answer("{\"value\":{\"type\":\"complete\"}}", NULL);
	call(HANDLER_EXECUTE, run_of(box));
	assert_true(fake_next()->as_user);
	fake_answer("{\"value\":{\"type\":\"exit\"}}", NULL);
	buf_dispose(&generations.surfaces);
}

/* ---- preparing ---- */

static struct {
	int times;
	char config[200], outcomes[200], problems[400], message[100];
} ready;

static void take_prepared(void *context, const struct block_prepared *p)
{
	struct buf problems = {0};

	(void)context;
	ready.times++;
	COPY(ready.config, p->config);
	COPY(ready.outcomes, p->outcomes);
	COPY(ready.message, p->thrown != NULL ? p->thrown->message : NULL);
	json_print(&problems, p->problems, false);
	COPY(ready.problems, buf_cstr(&problems));
	buf_dispose(&problems);
}

static void prepare(const char *config)
{
	cJSON *parsed = box_json(config);

	memset(&ready, 0, sizeof(ready));
	block_prepare(&platform, "enrich", parsed, 1, take_prepared, NULL);
	cJSON_Delete(parsed);
}

static void test_a_configuration_is_completed_and_checked(void **state)
{
	static const char schema[] = "{\"schema\":{\"type\":\"struct\",\"fields\":{\"a\":{\"type\":"
				     "\"number\"},\"b\":{\"type\":\"string\"}}}}";

	(void)state;
	prepare("{\"a\":\"x\"}");
	assert_non_null(strstr(fake_next()->members, "\"kind\":\"block-schema\""));
	fake_answer(schema, NULL);
	assert_string_equal(fake_next()->name, "client.mount");
	fake_answer("{\"surface\":\"s1\"}", NULL);
	assert_string_equal(fake_next()->name, "client.config");
	fake_answer("{\"config\":{\"a\":7,\"b\":\"begun\"},\"outcomes\":[{\"id\":\"o\"}]}", NULL);
	assert_string_equal(fake_next()->name, "client.unmount");
	assert_int_equal(ready.times, 0);
	fake_answer("{}", NULL);
	assert_int_equal(ready.times, 1);
	assert_string_equal(ready.config, "{\"a\":\"x\",\"b\":\"begun\"}");
	assert_string_equal(ready.outcomes, "[{\"id\":\"o\"}]");
	assert_string_equal(ready.problems, "[{\"path\":\"a\",\"message\":\"must be a number\"}]");
	/* The host reads what was written as texts. */
	prepare("{\"a\":\"1\",\"b\":\"x\"}");
	assert_non_null(strstr(fake_next()->members, ",\"config\":{\"a\":\"1\",\"b\":\"x\"}"));
	fake_answer("{\"schema\":null,\"config\":{\"a\":{\"value\":1}}}", NULL);
	assert_non_null(strstr(fake_next()->members, "\"config\":{\"a\":{\"value\":1}}"));
	fake_answer(NULL, "it broke");
	assert_string_equal(ready.config, "{\"a\":{\"value\":1}}");
	/* A configurator that fails costs the outcomes. */
	prepare("{\"a\":1,\"b\":\"x\"}");
	fake_answer(schema, NULL);
	fake_answer(NULL, "it broke");
	assert_int_equal(ready.times, 1);
	assert_string_equal(ready.outcomes, "");
	assert_string_equal(ready.problems, "[]");
	prepare("{}");
	fake_answer(NULL, "no such block");
	assert_string_equal(ready.message, "no such block");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_answer_passes_through, open_box,
						close_box),
		cmocka_unit_test_setup_teardown(test_what_is_no_answer_is_500, open_box, close_box),
		cmocka_unit_test_setup_teardown(test_unknown_addresses, open_box, close_box),
		cmocka_unit_test_setup_teardown(test_many_at_once_and_one_after_the_other, open_box,
						close_box),
		cmocka_unit_test_setup_teardown(test_activating, open_box, close_box),
		cmocka_unit_test_setup_teardown(test_a_trigger_starts_one_run, open_box, close_box),
		cmocka_unit_test_setup_teardown(test_a_step_is_tried_three_times, open_box,
						close_box),
		cmocka_unit_test_setup_teardown(test_a_deferred_step_is_finished_from_outside,
						open_box, close_box),
		cmocka_unit_test_setup_teardown(test_finished_before_it_was_deferred, open_box,
						close_box),
		cmocka_unit_test_setup_teardown(test_a_user_only_where_the_block_asks_for_one,
						open_box, close_box),
		cmocka_unit_test_setup_teardown(test_a_configuration_is_completed_and_checked,
						open_box, close_box),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
