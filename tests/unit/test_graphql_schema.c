/* GraphQL schemas: linking, what cannot be used, and finding the SDK's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "graphql/schema.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char zoo[] = "interface Being { id: ID! }\n"
			  "interface Animal implements Being { id: ID! }\n"
			  "type Dog implements Animal & Being { id: ID! friends(first: Int = 3, "
			  "like: Color!): [Pet!] }\n"
			  "type Cat implements Being { id: ID! }\n"
			  "type Stone { weight: Float }\n"
			  "union Pet = Dog | Cat\n"
			  "enum Color { RED GREEN }\n"
			  "input Where { x: Int! y: Int! = 2 next: Where }\n"
			  "scalar Json\n"
			  "type Query { pet(where: Where): Pet }\n"
			  "extend type Stone { color: Color }\n"
			  "directive @d(a: Int) repeatable on FIELD | QUERY | OBJECT\n";

static struct graphql_schema *read_schema(const char *text)
{
	struct graphql_schema *schema;
	struct error error;

	if (graphql_schema_parse(text, strlen(text), "test", &schema, &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	return schema;
}

static void test_linked(void **state)
{
	struct graphql_schema *schema = read_schema(zoo);
	const struct graphql_type *dog = graphql_schema_type(schema, "Dog");
	const struct graphql_type *stone = graphql_schema_type(schema, "Stone");
	const struct graphql_type *where = graphql_schema_type(schema, "Where");
	const struct graphql_field *friends = graphql_schema_field(schema, dog, "friends");
	struct arena *arena = arena_new();
	(void)state;

	assert_string_equal(schema->query->name, "Query");
	assert_null(schema->mutation);
	assert_int_equal(dog->kind, GRAPHQL_OBJECT);
	assert_string_equal(graphql_ref_words(arena, friends->type), "[Pet!]");
	assert_ptr_equal(friends->type->named, graphql_schema_type(schema, "Pet"));
	assert_false(graphql_input_required(&friends->arguments[0]));
	assert_true(graphql_input_required(&friends->arguments[1]));
	assert_null(graphql_schema_field(schema, dog, "nope"));
	assert_int_equal(stone->field_count, 2);
	assert_non_null(graphql_schema_field(schema, stone, "color"));
	assert_true(graphql_input_required(&where->inputs[0]));
	assert_false(graphql_input_required(&where->inputs[1]));
	assert_ptr_equal(where->inputs[2].type->named, where);
	assert_int_equal(graphql_schema_type(schema, "Color")->value_count, 2);
	assert_int_equal(graphql_schema_directive(schema, "d")->locations,
			 GRAPHQL_AT_FIELD | GRAPHQL_AT_QUERY);
	assert_true(graphql_schema_directive(schema, "d")->repeatable);
	arena_free(arena);
	graphql_schema_free(schema);
}

static void test_relations(void **state)
{
	static const struct {
		const char *a, *b;
		bool subtype, overlap; /* a in b; a meets b */
	} rows[] = {
		{"Dog", "Dog", true, true},      {"Dog", "Pet", true, true},
		{"Pet", "Dog", false, true},     {"Dog", "Being", true, true},
		{"Animal", "Being", true, true}, {"Being", "Animal", false, true},
		{"Cat", "Animal", false, false}, {"Pet", "Animal", false, true},
		{"Stone", "Pet", false, false},  {"Stone", "Being", false, false},
	};
	struct graphql_schema *schema = read_schema(zoo);
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct graphql_type *a = graphql_schema_type(schema, rows[i].a);
		const struct graphql_type *b = graphql_schema_type(schema, rows[i].b);

		assert_int_equal(graphql_type_is_subtype(a, b), rows[i].subtype);
		assert_int_equal(graphql_types_overlap(a, b), rows[i].overlap);
		assert_int_equal(graphql_types_overlap(b, a), rows[i].overlap);
	}
	graphql_schema_free(schema);
}

static void test_specified(void **state)
{
	struct graphql_schema *schema = read_schema(zoo);
	const struct graphql_type *pet = graphql_schema_type(schema, "Pet");
	const struct graphql_type *dog = graphql_schema_type(schema, "Dog");
	(void)state;

	assert_true(graphql_schema_type(schema, "Int")->specified);
	assert_false(graphql_schema_type(schema, "Json")->specified);
	assert_non_null(graphql_schema_field(schema, pet, "__typename"));
	assert_null(graphql_schema_field(schema, dog, "__schema"));
	assert_non_null(graphql_schema_field(schema, schema->query, "__schema"));
	assert_true(graphql_input_required(
		&graphql_schema_field(schema, schema->query, "__type")->arguments[0]));
	assert_int_equal(graphql_schema_directive(schema, "skip")->locations,
			 GRAPHQL_AT_FIELD | GRAPHQL_AT_FRAGMENT_SPREAD |
				 GRAPHQL_AT_INLINE_FRAGMENT);
	assert_null(graphql_schema_type(schema, "Query2"));
	graphql_schema_free(schema);

	/* A schema may repeat them. */
	schema = read_schema(
		"scalar ID directive @skip(if: Boolean!) on FIELD type Query { a: ID }");
	assert_true(graphql_schema_type(schema, "ID")->specified);
	assert_int_equal(graphql_schema_directive(schema, "skip")->locations, GRAPHQL_AT_FIELD);
	graphql_schema_free(schema);

	schema = read_schema("schema { query: R mutation: M } type R { a: Int } type M { b: Int } "
			     "type Subscription { c: Int }");
	assert_string_equal(schema->query->name, "R");
	assert_string_equal(schema->mutation->name, "M");
	assert_null(schema->subscription);
	graphql_schema_free(schema);
	graphql_schema_free(NULL);
}

static void test_unusable(void **state)
{
	static const struct {
		const char *text;
		const char *place; /* in why */
	} rows[] = {
		{"", "line 1, column 1"},
		{"type Query {", "line 1, column 13"},
		{"type A { a: Int }", "line 1, column 1"},
		{"type Query { a: Int }\nquery q { a }", "line 2, column 1"},
		{"type Query { a: Nope }", "line 1, column 17"},
		{"type Query { a(b: Nope): Int }", "line 1, column 19"},
		{"type Query { a(b: Query): Int }", "line 1, column 19"},
		{"input I { a: Int } type Query { a: [I!] }", "line 1, column 37"},
		{"type Query { a: Int a: Int }", "line 1, column 21"},
		{"type Query { a: Int }\ntype Query { b: Int }", "line 2, column 6"},
		{"type Query implements I { a: Int }", "line 1, column 23"},
		{"type A { a: Int } type Query implements A { a: Int }", "line 1, column 41"},
		{"union U = Int type Query { a: U }", "line 1, column 11"},
		{"type Query { a: Int } extend type B { a: Int }", "line 1, column 35"},
		{"type Query { a: Int } extend enum Query { A }", "line 1, column 35"},
		{"schema { query: Int }", "line 1, column 17"},
		{"directive @d(a: No) on FIELD type Query { a: Int }", "line 1, column 17"},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct graphql_schema *schema;
		struct error error = {0};

		if (graphql_schema_parse(rows[i].text, strlen(rows[i].text), "x.graphql", &schema,
					 &error) == 0)
			fail_msg("taken: %s", rows[i].text);
		assert_null(schema);
		assert_non_null(strstr(error.message, "x.graphql"));
		if (strncmp(error.why, rows[i].place, strlen(rows[i].place)) != 0 ||
		    error.why[strlen(rows[i].place)] != ':')
			fail_msg("%s: %s", rows[i].text, error.why);
	}
}

static void test_read(void **state)
{
	static const char text[] = "type Query { a: Int }";
	struct arena *arena = arena_new();
	struct graphql_schema *schema;
	struct error error;
	char *root;
	const char *deep, *sdk;
	(void)state;

	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-schema-", &root, &error), 0);
	deep = path_join(arena, root, "app/src");
	assert_int_equal(fs_make_dirs(deep, &error), 0);
	assert_int_equal(graphql_schema_read(deep, &schema, &error), 0);
	assert_null(schema);

	sdk = path_join(arena, root, "node_modules/attio");
	assert_int_equal(fs_make_dirs(sdk, &error), 0);
	sdk = path_join(arena, sdk, "schema.graphql");
	assert_int_equal(fs_write_atomic(sdk, text, strlen(text), 0644, &error), 0);
	assert_string_equal(graphql_schema_path(arena, deep), sdk);
	assert_int_equal(graphql_schema_read(deep, &schema, &error), 0);
	assert_non_null(schema);
	graphql_schema_free(schema);

	/* The nearest one counts, even if it is broken. */
	sdk = path_join(arena, root, "app/node_modules/attio");
	assert_int_equal(fs_make_dirs(sdk, &error), 0);
	sdk = path_join(arena, sdk, "schema.graphql");
	assert_int_equal(fs_write_atomic(sdk, "type", 4, 0644, &error), 0);
	assert_int_equal(graphql_schema_read(deep, &schema, &error), -1);
	assert_null(schema);
	assert_int_equal(fs_remove_tree(root, &error), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_linked),    cmocka_unit_test(test_relations),
		cmocka_unit_test(test_specified), cmocka_unit_test(test_unusable),
		cmocka_unit_test(test_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
