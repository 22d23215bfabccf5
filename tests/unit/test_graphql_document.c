/* The GraphQL parser: shapes, places, syntax errors and what is read after them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "graphql/document.h"

static int set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static struct graphql_document *parse(struct arena *arena, const char *text)
{
	return graphql_parse(arena, text, strlen(text));
}

static const struct graphql_definition *parse_one(struct arena *arena, const char *text)
{
	struct graphql_document *document = parse(arena, text);

	if (document->error_count > 0)
		fail_msg("%s: %s", text, document->errors[0].message);
	assert_int_equal(document->definition_count, 1);
	return &document->definitions[0];
}

static void assert_slice(const char *text, size_t start, size_t end, const char *expected)
{
	assert_int_equal(end - start, strlen(expected));
	assert_memory_equal(text + start, expected, end - start);
}

static void test_operation(void **state)
{
	static const char text[] =
		"\"doc\" query get($id: [ID!]! = [\"a\", 7] @d, $b: Int) @e {\n"
		"  me: person(id: $id, o: {a: null, b: RED}) @skip(if: true) { ...F }\n"
		"  ... on T @x { a } ... { b }\n}";
	const struct graphql_definition *d = parse_one(*state, text);
	const struct graphql_selection *field = &d->set->items[0];

	assert_int_equal(d->kind, GRAPHQL_QUERY);
	assert_slice(text, d->start, d->keyword_end, "query");
	assert_int_equal(d->end, strlen(text));
	assert_string_equal(d->name.text, "get");
	assert_slice(text, d->name.start, d->name.end, "get");
	assert_int_equal(d->variable_count, 2);
	assert_string_equal(d->variables[0].name.text, "id");
	assert_slice(text, d->variables[0].name.start, d->variables[0].name.end, "$id");
	assert_slice(text, d->variables[0].type->start, d->variables[0].type->end, "[ID!]!");
	assert_int_equal(d->variables[0].type->kind, GRAPHQL_REF_NON_NULL);
	assert_int_equal(d->variables[0].type->of->kind, GRAPHQL_REF_LIST);
	assert_int_equal(d->variables[0].type->of->of->of->kind, GRAPHQL_REF_NAMED);
	assert_int_equal(d->variables[0].default_value->item_count, 2);
	assert_string_equal(d->variables[0].default_value->items[0].text, "a");
	assert_int_equal(d->variables[0].directives.count, 1);
	assert_null(d->variables[1].default_value);
	assert_int_equal(d->directives.count, 1);

	assert_int_equal(d->set->count, 3);
	assert_slice(text, d->set->start, d->set->start + 1, "{");
	assert_string_equal(field->alias.text, "me");
	assert_string_equal(field->name.text, "person");
	assert_slice(text, field->start, field->end,
		     "me: person(id: $id, o: {a: null, b: RED}) @skip(if: true) { ...F }");
	assert_int_equal(field->arguments[0].value.kind, GRAPHQL_VALUE_VARIABLE);
	assert_string_equal(field->arguments[0].value.text, "id");
	assert_int_equal(field->arguments[1].value.kind, GRAPHQL_VALUE_OBJECT);
	assert_int_equal(field->arguments[1].value.fields[0].value.kind, GRAPHQL_VALUE_NULL);
	assert_int_equal(field->arguments[1].value.fields[1].value.kind, GRAPHQL_VALUE_ENUM);
	assert_slice(text, field->directives.items[0].start, field->directives.items[0].end,
		     "@skip(if: true)");
	assert_int_equal(field->set->items[0].kind, GRAPHQL_SPREAD);
	assert_string_equal(field->set->items[0].name.text, "F");
	assert_string_equal(d->set->items[1].condition.text, "T");
	assert_int_equal(d->set->items[2].kind, GRAPHQL_INLINE);
	assert_null(d->set->items[2].condition.text);
	/* Ids in the document's order. */
	assert_int_equal(field->id, 0);
	assert_int_equal(field->set->items[0].id, 1);
	assert_int_equal(d->set->items[2].id, 4);
}

static void test_keywords_are_names(void **state)
{
	const struct graphql_definition *d =
		parse_one(*state, "query query { query fragment: on type { true null } on }");

	assert_string_equal(d->name.text, "query");
	assert_int_equal(d->set->count, 4);
	assert_true(parse_one(*state, "{ a }")->shorthand);
	assert_int_equal(parse_one(*state, "mutation { a }")->kind, GRAPHQL_MUTATION);
	assert_int_equal(parse_one(*state, "subscription { a }")->kind, GRAPHQL_SUBSCRIPTION);
	d = parse_one(*state, "fragment fragment on on { a }");
	assert_string_equal(d->condition.text, "on");
}

static void test_type_system(void **state)
{
	const struct graphql_definition *d;

	d = parse_one(*state, "schema @a { query: Q mutation: M }");
	assert_int_equal(d->operation_count, 2);
	assert_string_equal(d->operations[1].text, "mutation");
	assert_string_equal(d->names[1].text, "M");
	d = parse_one(*state,
		      "\"\"\"x\"\"\" type T implements & A & B @d { \"f\" a(\"x\" b: Int = 1 @d): "
		      "[T!]! @e c: ID }");
	assert_int_equal(d->kind, GRAPHQL_OBJECT);
	assert_int_equal(d->name_count, 2);
	assert_int_equal(d->field_count, 2);
	assert_string_equal(d->fields[0].arguments[0].name.text, "b");
	assert_non_null(d->fields[0].arguments[0].default_value);
	assert_int_equal(parse_one(*state, "type T")->field_count, 0);
	assert_int_equal(parse_one(*state, "interface I implements J { a: A }")->name_count, 1);
	assert_int_equal(parse_one(*state, "union U = | A | B")->name_count, 2);
	assert_int_equal(parse_one(*state, "enum E { A \"x\" B @d }")->name_count, 2);
	assert_int_equal(parse_one(*state, "input I { a: Int = 1 b: [I] }")->input_count, 2);
	assert_int_equal(parse_one(*state, "scalar S @d(x: 1)")->directives.count, 1);
	d = parse_one(*state, "directive @d(a: Int!) repeatable on | FIELD | QUERY");
	assert_true(d->repeatable);
	assert_int_equal(d->name_count, 2);
	assert_true(parse_one(*state, "extend type T { a: A }")->extension);
	assert_true(parse_one(*state, "extend schema @x")->extension);
}

static void test_errors(void **state)
{
	/* start-end of each error */
	static const struct {
		const char *text;
		const char *errors;
	} rows[] = {
		{"", ""},
		{"# only a comment", ""},
		{"query a { b }", ""},
		{"quary a { b }", "0-5"},
		{"query a { }", "8-11"},
		{"query a { b", "11-11"},
		{"query a { b } }", "14-15"},
		{"query a($id String) { b }", "12-18"},
		{"query a() { b }", "8-9"},
		{"query a { b() }", "12-13"},
		{"query a { b(x: ) }", "15-16"},
		{"query a { b(x: $) }", "16-17"},
		{"query a { b(x: \"y) }", "15-20"},
		{"query a($x: Int = $y) { b }", "18-20"},
		{"query a { b @ }", "14-15"},
		{"query a { x: }", "13-14"},
		{"query a { ... on { b } }", "17-18"},
		{"query a { ... on T }", "19-20"},
		{"query a { ...on }", "16-17"},
		{"query a", "7-7"},
		{"fragment on on T { a }", "9-11"},
		{"fragment F { a }", "11-12"},
		{"\"doc\" { a }", "6-7"},
		{"type T { }", "9-10"},
		{"enum E { true }", "9-13"},
		{"union U =", "9-9"},
		{"extend type T", "13-13"},
		{"extend directive @d on FIELD", "7-16"},
		{"directive @d on NOWHERE", "16-23"},
		{"schema { qry: Q }", "9-12"},
		/* Reading goes on at a line that begins a definition. */
		{"query a { b( }\nquery c { d }\nfragment F on T { 5 }", "13-14 47-48"},
		{"quary a { b }\nquery c {", "0-5 23-23"},
		/* The definition before is not closed, and swallows the next one's text. */
		{"query a {\n b {\n c\n}\nfragment F on T { d }\nquery e { f( }", "20-28 55-56"},
		{"query a {\n b {\n c\n}\nquery d($e: Int) { f }", "20-25"},
		/* A field called like a keyword is none. */
		{"query a {\nfragment\nquery\n}", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct graphql_document *document = parse(*state, rows[i].text);
		struct buf out = {0};

		for (size_t k = 0; k < document->error_count; k++) {
			assert_non_null(document->errors[k].message);
			buf_printf(&out, "%s%zu-%zu", k > 0 ? " " : "", document->errors[k].start,
				   document->errors[k].end);
		}
		if (strcmp(buf_cstr(&out), rows[i].errors) != 0)
			fail_msg("%s: %s instead of %s", rows[i].text, buf_cstr(&out),
				 rows[i].errors);
		buf_dispose(&out);
	}
}

static void test_error_texts(void **state)
{
	struct graphql_document *document = parse(*state, "quary a { b }");

	assert_string_equal(document->errors[0].help, "did you mean `query`?");
	document = parse(*state, "query a {\n b { c\n}");
	assert_non_null(document->errors[0].related_message);
	assert_int_equal(document->errors[0].related_start, 8);
	document = parse(*state, "query a {\n b {\n c\n}\nfragment F on T { d }");
	assert_int_equal(document->definition_count, 1);
	assert_string_equal(document->definitions[0].name.text, "F");
}

static void test_depth(void **state)
{
	static const struct {
		const char *open, *core, *close;
		size_t levels; /* that fit */
	} rows[] = {
		{"{a", "{b}", "}", GRAPHQL_DEPTH_LIMIT - 1},
		/* Two levels are the selection and the argument itself. */
		{"[", "1", "]", GRAPHQL_DEPTH_LIMIT - 2},
		{"{a:", "1", "}", GRAPHQL_DEPTH_LIMIT - 2},
	};
	static const char *const around[][2] = {{"", ""}, {"{a(x:", ")}"}, {"{a(x:", ")}"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (size_t more = 0; more < 2; more++) {
			struct buf text = {0};
			struct graphql_document *document;

			buf_puts(&text, around[i][0]);
			for (size_t k = 0; k < rows[i].levels + more; k++)
				buf_puts(&text, rows[i].open);
			buf_puts(&text, rows[i].core);
			for (size_t k = 0; k < rows[i].levels + more; k++)
				buf_puts(&text, rows[i].close);
			buf_puts(&text, around[i][1]);
			document = parse(*state, buf_cstr(&text));
			assert_int_equal(document->error_count, more);
			buf_dispose(&text);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_operation, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_keywords_are_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_type_system, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_errors, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_error_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_depth, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
