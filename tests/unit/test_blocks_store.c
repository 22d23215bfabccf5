/* local/run/blocks: activations and runs keep their ids, what became of them is told, and what a
 * killed process left has failed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "local/run/blocks.h"
#include "local/run/connections.h"
#include "local/run/context.h"
#include "pieces_box.h"

static struct block_place *activate(struct box *box, const char *block)
{
	struct block_place *place;

	assert_int_equal(block_activation_new(&box->pieces, box->arena, block, "{\"a\":1}", "[]",
					      &place, &box->error),
			 0);
	return place;
}

static struct block_place *start(struct box *box, const char *block, struct block_place *by)
{
	struct block_place *place;

	assert_int_equal(
		block_run_new(&box->pieces, box->arena, block, "{}", NULL, by, &place, &box->error),
		0);
	return place;
}

static const char *runs(struct box *box, const char *block, const char *id)
{
	buf_clear(&box->out);
	return block_runs_show(&box->pieces, block, id, &box->out, &box->error) == 0
		       ? buf_cstr(&box->out)
		       : NULL;
}

static void test_an_activation_lives(void **state)
{
	struct box *box = *state;
	struct block_place *first = activate(box, "new-form");
	struct block_place *second = activate(box, "new-form");
	struct block_place *found;

	assert_string_not_equal(first->id, second->id);
	assert_string_equal(first->workflow_id, second->workflow_id);
	assert_int_equal(strlen(first->workflow_id), 36);
	assert_string_not_equal(first->workflow_id, activate(box, "other")->workflow_id);
	assert_int_equal(block_activation_newest(&box->pieces, box->arena, "new-form", BLOCK_ACTIVE,
						 &found, &box->error),
			 0);
	assert_null(found);
	assert_int_equal(
		block_activation_tell(&box->pieces, first->id,
				      &(struct block_news){.state = BLOCK_ACTIVE, .attempt = true},
				      &box->error),
		0);
	block_activation_newest(&box->pieces, box->arena, "new-form", BLOCK_ACTIVE, &found,
				&box->error);
	assert_string_equal(found->id, first->id);
	assert_string_equal(found->config, "{\"a\":1}");
	assert_int_equal(found->attempts, 1);
	block_activation_find(&box->pieces, box->arena, second->id, &found, &box->error);
	assert_string_equal(found->token, second->token);
	assert_string_equal(found->state, BLOCK_ACTIVATING);
}

static void test_a_run_tells_its_outcome(void **state)
{
	struct box *box = *state;
	struct block_place *trigger = activate(box, "t");
	struct block_place *step = start(box, "s", NULL);
	struct block_place *caused = start(box, "t", trigger);
	struct block_news news = {.state = BLOCK_FAILED, .error = "no", .attempt = true};
	struct block_news done = {.state = BLOCK_DONE,
				  .outcome = "{\"id\":\"ok\",\"data\":null}",
				  .error = "",
				  .attempt = true,
				  .ended = true};

	assert_string_equal(caused->activation, trigger->id);
	assert_int_equal(block_run_tell(&box->pieces, step->id, &news, &box->error), 0);
	assert_non_null(strstr(runs(box, "s", NULL), "\"error\":\"no\""));
	assert_int_equal(block_run_tell(&box->pieces, step->id, &done, &box->error), 0);
	assert_non_null(strstr(runs(box, NULL, step->id),
			       "\"state\":\"done\",\"attempts\":2,\"config\":{},\"error\":null"));
	assert_non_null(strstr(runs(box, NULL, step->id),
			       "\"activation\":null,\"outcome\":{\"id\":\"ok\",\"data\":null}}"));
	assert_non_null(strstr(runs(box, NULL, step->id),
			       arena_printf(box->arena,
					    "\"url\":\"http://127.0.0.1:8700/w/" BOX_WORKSPACE
					    "/%s/defer/%s\"",
					    step->id, step->token)));
	assert_null(runs(box, NULL, "none"));
	assert_int_equal(box->error.kind, ERROR_NOT_FOUND);
}

static void test_what_was_left_in_the_middle_has_failed(void **state)
{
	struct box *box = *state;
	struct block_place *activating = activate(box, "t");
	struct block_place *running = start(box, "s", NULL);
	struct block_place *waiting = start(box, "s", NULL);
	struct block_place *found;

	block_run_tell(&box->pieces, waiting->id, &(struct block_news){.state = BLOCK_WAITING},
		       &box->error);
	assert_int_equal(blocks_settle(&box->pieces, &box->error), 0);
	block_activation_find(&box->pieces, box->arena, activating->id, &found, &box->error);
	assert_string_equal(found->state, BLOCK_FAILED);
	block_run_find(&box->pieces, box->arena, running->id, &found, &box->error);
	assert_string_equal(found->state, BLOCK_FAILED);
	assert_string_equal(found->execution_id, running->execution_id);
	block_run_newest(&box->pieces, box->arena, "s", BLOCK_WAITING, &found, &box->error);
	assert_string_equal(found->id, waiting->id);
}

/* context.h: what a call is sent with. */
static void test_the_context_of_a_call(void **state)
{
	struct box *box = *state;
	struct connection facts = {.owner_type = CONNECTION_USER,
				   .owner_id = "m1",
				   .created_by = "m1",
				   .type = "secret",
				   .value = "v"};
	struct connection *connection;

	assert_int_equal(
		connection_new(&box->pieces, box->arena, &facts, 0, &connection, &box->error), 0);
	assert_int_equal(connection_store(&box->pieces, connection, &box->error), 0);
	box_ask(box, "settings.set", "{\"key\":\"s\",\"value\":1}");
	buf_clear(&box->out);
	assert_int_equal(context_put(&box->pieces, "m1", false, &box->out, &box->error), 0);
	assert_string_equal(
		buf_cstr(&box->out),
		arena_printf(box->arena,
			     "{\"user\":{\"id\":\"m1\"},\"connections\":{\"user\":{\"id\":\"%s\","
			     "\"value\":\"v\",\"connection_key\":\"my-app\",\"createdBy\":{"
			     "\"type\":\"user\",\"id\":\"m1\"},\"ownedBy\":{\"type\":\"user\","
			     "\"id\":\"m1\"},\"expired\":false},\"workspace\":null},\"settings\":{"
			     "\"workspace\":{\"s\":1}}}",
			     connection->id));
	buf_clear(&box->out);
	assert_int_equal(context_put(&box->pieces, NULL, false, &box->out, &box->error), 0);
	assert_string_equal(buf_cstr(&box->out),
			    "{\"user\":null,\"connections\":{\"user\":null,\"workspace\":null},"
			    "\"settings\":{\"workspace\":{\"s\":1}}}");
	buf_clear(&box->out);
	assert_int_equal(context_put(&box->pieces, "m1", true, &box->out, &box->error), 0);
	assert_non_null(strstr(buf_cstr(&box->out), "\"connections\":{\"user\":null,"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_an_activation_lives, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_a_run_tells_its_outcome, box_open, box_close),
		cmocka_unit_test_setup_teardown(test_what_was_left_in_the_middle_has_failed,
						box_open, box_close),
		cmocka_unit_test_setup_teardown(test_the_context_of_a_call, box_open, box_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
