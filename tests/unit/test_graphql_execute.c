/* graphql_execute on a small world whose data goes in circles: answers, errors with their paths,
 * and queries that want to hurt. What the language says in full is compared with another executor
 * by tests/graphql/run.mjs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "graphql/execute.h"
#include "json/json.h"

static const char text[] =
	"type Query { a: A! list(n: Int!): [A!] broken: Int lost: Int! text(n: Int! "
	"= 3): String at: Json } scalar Json\n"
	"type A { a: A as: [A!]! name: String! fails: String! wants: [String!] }\n";

static int resolve(void *context, const struct graphql_call *call, struct graphql_datum *answer,
		   struct error *error)
{
	const char *name = call->field->name;
	static const char node[] = "a";
	size_t *calls = context;

	++*calls;
	if (strcmp(name, "a") == 0) {
		*answer = graphql_node(NULL, node);
	} else if (strcmp(name, "as") == 0 || strcmp(name, "list") == 0) {
		size_t count = call->argument_count > 0 ? (size_t)call->arguments[0].number : 3;

		*answer = graphql_list(arena_alloc(call->arena, count * sizeof(*answer)), count);
		for (size_t i = 0; i < count; i++)
			answer->items[i] = graphql_node(NULL, node);
	} else if (strcmp(name, "text") == 0) {
		size_t len = (size_t)call->arguments[0].number;
		char *bytes = arena_alloc(call->arena, len + 1);

		memset(bytes, 'x', len);
		*answer = graphql_text(bytes);
	} else if (strcmp(name, "name") == 0) {
		*answer = (struct graphql_datum){.kind = GRAPHQL_TEXT, .text = "a\0b", .len = 3};
	} else if (strcmp(name, "fails") == 0) {
		*answer = graphql_text("it failed");
		answer->kind = GRAPHQL_FAILED;
	} else if (strcmp(name, "broken") == 0) {
		return error_set(error, ERROR_SYSTEM, "the disk is gone");
	}
	return 0;
}

struct box {
	struct graphql_schema *schema;
	struct buf out;
	size_t calls;
	struct error error;
};

static int set_up(void **state)
{
	static struct box box;

	box = (struct box){0};
	if (graphql_schema_parse(text, strlen(text), "text", &box.schema, &box.error) != 0)
		fail_msg("%s: %s", box.error.message, box.error.why);
	*state = &box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;

	graphql_schema_free(box->schema);
	buf_dispose(&box->out);
	return 0;
}

static const char *run(struct box *box, const char *query)
{
	const struct graphql_resolver resolver = {.context = &box->calls, .resolve = resolve};
	struct graphql_request request = {
		.schema = box->schema, .query = query, .query_len = strlen(query)};

	buf_clear(&box->out);
	box->calls = 0;
	if (graphql_execute(&request, &resolver, &box->out, &box->error) != 0)
		return NULL;
	return buf_cstr(&box->out);
}

static void test_answers(void **state)
{
	struct box *box = *state;

	assert_string_equal(run(box, "{ b: a { __typename name } text(n: 1) at }"),
			    "{\"data\":{\"b\":{\"__typename\":\"A\",\"name\":\"a\\u0000b\"},"
			    "\"text\":\"x\",\"at\":null}}");
	assert_string_equal(run(box, "{ list(n: 0) { name } a { as { __typename } } }"),
			    "{\"data\":{\"list\":[],\"a\":{\"as\":[{\"__typename\":\"A\"},"
			    "{\"__typename\":\"A\"},{\"__typename\":\"A\"}]}}}");
	/* What is added to stays. */
	buf_clear(&box->out);
	buf_puts(&box->out, "before ");
	assert_int_equal(graphql_execute(&(struct graphql_request){.schema = box->schema,
								   .query = "{ text }",
								   .query_len = 8},
					 &(struct graphql_resolver){.context = &box->calls,
								    .resolve = resolve},
					 &box->out, &box->error),
			 0);
	assert_string_equal(buf_cstr(&box->out), "before {\"data\":{\"text\":\"xxx\"}}");
}

static void test_errors(void **state)
{
	struct box *box = *state;

	assert_string_equal(
		run(box, "{ text list(n: 2) {\n name a { as { fails } } } }"),
		"{\"data\":{\"text\":\"xxx\",\"list\":[{\"name\":\"a\\u0000b\",\"a\":null},"
		"{\"name\":\"a\\u0000b\",\"a\":null}]},\"errors\":["
		"{\"message\":\"it failed\",\"locations\":[{\"line\":2,\"column\":16}],\"path\":["
		"\"list\",0,\"a\",\"as\",0,\"fails\"]},"
		"{\"message\":\"it failed\",\"locations\":[{\"line\":2,\"column\":16}],\"path\":["
		"\"list\",1,\"a\",\"as\",0,\"fails\"]}]}");
	assert_string_equal(run(box, "{ text lost }"),
			    "{\"data\":null,\"errors\":[{\"message\":\"Cannot return null for "
			    "non-nullable field Query.lost.\",\"locations\":[{\"line\":1,"
			    "\"column\":8}],\"path\":[\"lost\"]}]}");
	assert_non_null(strstr(run(box, "{ nothing }"), "{\"errors\":[{\"message\":\""));
	assert_int_equal(box->calls, 0);
	assert_null(run(box, "{ text broken text2: text }"));
	assert_string_equal(box->error.message, "the disk is gone");
	assert_int_equal(box->out.len, 0);
}

static void expect_refused(struct box *box, struct buf *query, const char *words, size_t calls)
{
	const char *answer = run(box, buf_cstr(query));

	if (strncmp(answer, "{\"errors\":[{\"message\":\"", 23) != 0 ||
	    strstr(answer, words) == NULL || box->out.len > 4096)
		fail_msg("answered with %.300s", answer);
	assert_true(box->calls <= calls);
	buf_clear(query);
}

/* Each of these would take more memory or time than there is. */
static void test_hostile(void **state)
{
	struct box *box = *state;
	struct buf query = {0};

	/* 3^60 objects. */
	buf_puts(&query, "{ a { ");
	for (int i = 0; i < 26; i++)
		buf_puts(&query, "as { ");
	buf_puts(&query, "name ");
	for (int i = 0; i < 28; i++)
		buf_puts(&query, "} ");
	expect_refused(box, &query, "too much at once", GRAPHQL_ANSWER_STEPS);
	/* A chain of fragments, each one deeper than the last: 400 levels. */
	buf_puts(&query, "{ a { ...F0 } }");
	for (int i = 0; i < 400; i++)
		buf_printf(&query, " fragment F%d on A { a { ...F%d } }", i, i + 1);
	buf_puts(&query, " fragment F400 on A { name }");
	expect_refused(box, &query, "nested too deep", GRAPHQL_ANSWER_DEPTH);
	/* 2^40 fields in a short text. */
	buf_puts(&query, "{ a { ...F0 } }");
	for (int i = 0; i < 40; i++)
		buf_printf(&query, " fragment F%d on A { x: a { ...F%d } y: a { ...F%d } }", i,
			   i + 1, i + 1);
	buf_puts(&query, " fragment F40 on A { name }");
	expect_refused(box, &query, "", GRAPHQL_ANSWER_STEPS);
	/* One large text, many times. */
	buf_puts(&query, "{ ");
	for (int i = 0; i < 100; i++)
		buf_printf(&query, "t%d: text(n: 1000000) ", i);
	buf_puts(&query, "}");
	expect_refused(box, &query, "too much at once", 50);
	/* More mistakes than anybody reads. */
	buf_puts(&query, "{ ");
	for (int i = 0; i < 5000; i++)
		buf_printf(&query, "none%d ", i);
	buf_puts(&query, "}");
	assert_non_null(strstr(run(box, buf_cstr(&query)), "and 4900 more like these"));
	assert_true(box->out.len < 30000);
	buf_clear(&query);
	for (size_t i = 0; i <= GRAPHQL_QUERY_LIMIT; i++)
		buf_putc(&query, ' ');
	expect_refused(box, &query, "longer than 1 MB", 0);
	buf_dispose(&query);
}

/* A chain of fragments without fields of their own is no depth; one that is much longer is refused
 * by the rules. */
static void test_long_chain(void **state)
{
	struct box *box = *state;
	struct buf query = {0};

	buf_puts(&query, "{ a { ...F0 } }");
	for (int i = 0; i < 400; i++)
		buf_printf(&query, " fragment F%d on A { ...F%d }", i, i + 1);
	buf_puts(&query, " fragment F400 on A { name }");
	assert_string_equal(run(box, buf_cstr(&query)),
			    "{\"data\":{\"a\":{\"name\":\"a\\u0000b\"}}}");
	buf_clear(&query);
	buf_puts(&query, "{ a { ...F0 } }");
	for (int i = 0; i < 20000; i++)
		buf_printf(&query, " fragment F%d on A { ...F%d }", i, i + 1);
	buf_puts(&query, " fragment F20000 on A { name }");
	expect_refused(box, &query, "", 0);
	buf_dispose(&query);
}

/* What an answer of the allowed depth says can be read again. */
static void test_depth_fits(void **state)
{
	struct box *box = *state;
	struct buf query = {0};
	cJSON *json;

	buf_puts(&query, "{ ");
	for (int i = 0; i < GRAPHQL_ANSWER_DEPTH - 1; i++)
		buf_puts(&query, "a { ");
	buf_puts(&query, "name ");
	for (int i = 0; i < GRAPHQL_ANSWER_DEPTH; i++)
		buf_puts(&query, "} ");
	/* The text has a NUL, which json_parse takes for no text. */
	assert_non_null(strstr(run(box, buf_cstr(&query)), "\"name\":\"a"));
	buf_clear(&query);
	buf_puts(&query, "{ ");
	for (int i = 0; i < GRAPHQL_ANSWER_DEPTH - 1; i++)
		buf_puts(&query, "a { ");
	buf_puts(&query, "wants ");
	for (int i = 0; i < GRAPHQL_ANSWER_DEPTH; i++)
		buf_puts(&query, "} ");
	run(box, buf_cstr(&query));
	json = json_parse(box->out.ptr, box->out.len, "the answer", NULL, &box->error);
	assert_non_null(json);
	cJSON_Delete(json);
	buf_dispose(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_errors, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hostile, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_long_chain, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_depth_fits, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
