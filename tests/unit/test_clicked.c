/* What a user did on the page as steps: of flows as the log shows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "base/error.h"
#include "local/flow/clicked.h"

static cJSON *steps_of(const char *nodes, struct error *error)
{
	cJSON *flow = cJSON_CreateObject(), *steps;
	cJSON *list = cJSON_Parse(nodes);

	assert_non_null(list);
	cJSON_AddItemToObject(flow, "nodes", list);
	steps = flow_clicked_steps(flow, error);
	cJSON_Delete(flow);
	return steps;
}

static void check(const char *nodes, const char *wanted)
{
	struct error error = {0};
	cJSON *steps = steps_of(nodes, &error);
	char *text;

	assert_non_null(steps);
	text = cJSON_PrintUnformatted(steps);
	assert_string_equal(text, wanted);
	cJSON_free(text);
	cJSON_Delete(steps);
}

#define ACTION "{\"kind\":\"action\",\"name\":\"act\",\"input\":{}}"

static void nobody(void **state)
{
	(void)state;
	check("[]", "[]");
	check("[" ACTION ",{\"kind\":\"host\",\"name\":\"toast.show\",\"input\":{\"id\":\"t1\"}}]",
	      "[]");
}

#define TYPED(name, value)                                                                         \
	"{\"kind\":\"user\",\"name\":\"onChange\",\"output\":{\"steps\":[{\"fill\":\"" name        \
	"\",\"value\":" value "}]}}"

static void typed_letters_are_one_step(void **state)
{
	(void)state;
	check("[" ACTION "," TYPED("a", "\"x\"") "," TYPED("a", "\"xy\"") "," TYPED(
		      "b", "2") "," TYPED("a", "\"z\"") "]",
	      "[{\"fill\":\"a\",\"value\":\"xy\"},{\"fill\":\"b\",\"value\":2},{\"fill\":\"a\","
	      "\"value\":\"z\"}]");
}

static void silent_events_are_none(void **state)
{
	(void)state;
	check("[" ACTION ",{\"kind\":\"user\",\"name\":\"onBlur\",\"output\":{\"steps\":[]}}]",
	      "[]");
}

#define ASKED(op) "{\"kind\":\"host\",\"name\":\"" op "\",\"input\":{\"call\":7}}"
#define ANSWERED(value)                                                                            \
	"{\"kind\":\"user\",\"name\":\"answer\",\"input\":{\"call\":7,\"value\":" value "}}"

static void answers(void **state)
{
	(void)state;
	check("[" ACTION "," ASKED("confirm") "," ANSWERED("true") "]",
	      "[{\"answer\":\"confirm\",\"value\":\"yes\"}]");
	check("[" ACTION "," ASKED("confirm") "," ANSWERED("false") "]",
	      "[{\"answer\":\"confirm\",\"value\":\"no\"}]");
	check("[" ACTION "," ASKED("alert") "," ANSWERED("null") "]", "[]");
}

static void callbacks_and_closing(void **state)
{
	(void)state;
	check("[" ACTION ",{\"kind\":\"host\",\"name\":\"toast.show\",\"input\":{\"action\":{"
	      "\"label\":\"Undo\",\"ref\":\"t1.action\"}}},{\"kind\":\"host\",\"name\":\"iframe."
	      "open\",\"input\":{\"on_message\":\"i1.message\",\"on_close\":\"i1.close\"}},"
	      "{\"kind\":\"user\",\"name\":\"t1.action\"},{\"kind\":\"user\",\"name\":\"i1."
	      "message\",\"input\":{\"args\":[{\"a\":1}]}},{\"kind\":\"user\",\"name\":\"i1."
	      "close\"},{\"kind\":\"user\",\"name\":\"close\"}]",
	      "[{\"toast\":\"action\",\"label\":\"Undo\"},{\"iframe.send\":{\"a\":1}},{\"close\":"
	      "true},{\"close\":true}]");
}

static void what_has_no_step(void **state)
{
	static const char *const acts[] = {
		"{\"kind\":\"user\",\"name\":\"onTrigger\",\"output\":null}",
		"{\"kind\":\"user\",\"name\":\"t9.action\"}",
		"{\"kind\":\"user\"}",
		ANSWERED("true"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		char nodes[300];
		struct error error = {0};

		assert_true(snprintf(nodes, sizeof(nodes), "[" ACTION ",%s]", acts[i]) <
			    (int)sizeof(nodes));
		assert_null(steps_of(nodes, &error));
		assert_int_equal(error.kind, ERROR_CONFLICT);
		assert_string_not_equal(error.fix, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody),
		cmocka_unit_test(typed_letters_are_one_step),
		cmocka_unit_test(silent_events_are_none),
		cmocka_unit_test(answers),
		cmocka_unit_test(callbacks_and_closing),
		cmocka_unit_test(what_has_no_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
