/* queries_declare: a document and a schema -> the types. Texts are compared without white space,
 * so that the layout can change. That compilers take them as the official ones, tests/types shows.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "graphql/schema.h"
#include "types/handwritten.h"
#include "types/queries.h"

static const char zoo[] =
	"scalar Json enum Color { RED GREEN } enum Array { X } enum Empty2 { Y }\n"
	"input Point { x: Int! y: Int! = 0 tags: [String!] next: Point color: Color }\n"
	"input Pick @oneOf { id: ID at: Point }\n"
	"interface Being { id: ID! name: String friend: Being }\n"
	"type Dog implements Being { id: ID! name: String! friend: Dog barks: Boolean! }\n"
	"type Cat implements Being { id: ID! name: String friend: Being color: Color! }\n"
	"type Rock { weight: Float! }\n"
	"union Thing = Dog | Cat | Rock\n"
	"type Query {\n"
	"  dog: Dog dogs: [Dog!]! grid: [[Color]!] being: Being! thing: Thing things: [Thing]\n"
	"  json: Json array: Array count(at: Point, pick: Pick, c: [Color!]): Int\n"
	"}\n";

static struct graphql_schema *schema;

static int set_up(void **state)
{
	struct error error;

	(void)state;
	return graphql_schema_parse(zoo, sizeof(zoo) - 1, "zoo", &schema, &error);
}

static int tear_down(void **state)
{
	(void)state;
	graphql_schema_free(schema);
	return 0;
}

static void squeeze(char *text)
{
	char *to = text;

	for (char *at = text; *at != '\0'; at++)
		if (!isspace((unsigned char)*at))
			*to++ = *at;
	*to = '\0';
}

static bool declare_text(const char *text, size_t len, struct buf *out, bool *loose)
{
	struct arena *arena = arena_new();
	bool declared = queries_declare(schema, graphql_parse(arena, text, len), out, loose);

	arena_free(arena);
	return declared;
}

/* The declarations without white space. */
static const char *declare(struct arena *arena, const char *document)
{
	struct buf out = {0};
	bool loose;
	char *text;

	assert_true(declare_text(document, strlen(document), &out, &loose));
	assert_false(loose);
	assert_true(queries_is_generated(buf_cstr(&out), out.len));
	text = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	squeeze(text);
	return text;
}

/* Each part of `parts` (ends with NULL) is in the declarations of the document. */
static void expect(const char *document, const char *const *parts)
{
	struct arena *arena = arena_new();
	const char *text = declare(arena, document);

	for (; *parts != NULL; parts++) {
		char *part = arena_strdup(arena, *parts);

		squeeze(part);
		if (strstr(text, part) == NULL)
			fail_msg("%s\nis not in\n%s", part, text);
	}
	arena_free(arena);
}

#define EXPECT(document, ...) expect(document, (const char *const[]){__VA_ARGS__, NULL})

static void test_answer(void **state)
{
	(void)state;
	EXPECT("query a { dog { id aka: name t: __typename friend { barks } } dogs { id } }",
	       "import type { Query } from \"attio/client\";",
	       "export type AQuery = { dog: { id: string; aka: string; t: \"Dog\";"
	       " friend: { barks: boolean; } | null; } | null; dogs: Array<{ id: string; }>; };",
	       "export type AQueryVariables = { [name: string]: never; };",
	       "declare const query: Query<AQueryVariables, AQuery>; export default query;");
	EXPECT("{ json grid }", "Unnamed_1_QueryVariables", "Unnamed_1_Query = { json: any | null;",
	       "grid: Array<Array<Color | null>> | null;",
	       "export type Color = | \"RED\" | \"GREEN\";");
	/* Merged, in the order of first use. */
	EXPECT("{ dog { id } dog { barks id } ... on Query { dog { name } } }",
	       "= { dog: { id: string; barks: boolean; name: string; } | null; };");
	/* A name that the file uses itself. */
	EXPECT("{ array dogs { id } }", "array: Array_2 | null; dogs: Array<{",
	       "export type Array_2 = | \"X\";");
}

static void test_abstract(void **state)
{
	(void)state;
	/* Equal shapes once; the concrete type's own field counts. */
	EXPECT("{ being { id } }", "= { being: { id: string; }; };");
	EXPECT("{ being { name } }", "= { being: { name: string; } | { name: string | null; }; };");
	EXPECT("{ thing { ... on Being { id } ... on Rock { weight } } }",
	       "= { thing: { id: string; } | { weight: number; } | null; };");
	EXPECT("{ things { ... on Rock { weight } } }",
	       "= { things: Array<{ __typename?: \"Dog\"; } | { __typename?: \"Cat\"; }"
	       " | { weight: number; } | null> | null; };");
	EXPECT("{ thing { __typename ... on Cat { color } } }",
	       "{ __typename: \"Dog\"; } | { __typename: \"Cat\"; color: Color; } |"
	       " { __typename: \"Rock\"; } | null;");
}

static void test_fragments(void **state)
{
	(void)state;
	EXPECT("query q { dog { ...my_dog } being { ...B } }"
	       " fragment my_dog on Dog { barks ...B } fragment B on Being { id }"
	       " fragment unusedOne on Rock { weight }",
	       "= { dog: { barks: boolean; id: string; } | null; being: { id: string; }; };",
	       "export type My_DogFragment = { barks: boolean; id: string; };",
	       "export type BFragment = { id: string; };",
	       "export type UnusedOneFragment = { weight: number; };");
	/* Two fragments that would have one name. */
	EXPECT("{ dog { ...a ...A } } fragment a on Dog { id } fragment A on Dog { barks }",
	       "export type AFragment = { id: string; };",
	       "export type AFragment_2 = { barks: boolean; };");
}

static void test_conditions(void **state)
{
	(void)state;
	EXPECT("query q($b: Boolean!) { dog { id @include(if: $b) name @skip(if: $b) } }",
	       "{ id?: string; name?: string; }");
	EXPECT("query q($b: Boolean!) { dog { id ... @include(if: $b) { id name } ...F @skip(if: "
	       "$b) } }"
	       " fragment F on Dog { barks }",
	       "{ id: string; name?: string; barks?: boolean; }",
	       "export type FFragment = { barks: boolean; };");
	/* Certain inside of an uncertain object; not certain beside another selection of it. */
	EXPECT("query q($b: Boolean!) { dog @include(if: $b) { id friend { id } } }",
	       "= { dog?: { id: string; friend: { id: string; } | null; } | null; };");
	EXPECT("query q($b: Boolean!) { dog @include(if: $b) { id } dog { name } }",
	       "= { dog: { id?: string; name: string; } | null; };");
	EXPECT("query q($b: Boolean!) { dog @include(if: $b) { id } dog @skip(if: $b) { id name } "
	       "}",
	       "= { dog?: { id: string; name?: string; } | null; };");
	EXPECT("query q($b: Boolean!, $c: Boolean!) {"
	       " ... @include(if: $b) { dog { id } ... @include(if: $c) { dog { name } } } }",
	       "= { dog?: { id: string; name?: string; } | null; };");
	/* The same condition in two ways. */
	EXPECT("query q($b: Boolean!) { dog @include(if: $b) { id }"
	       " ... @include(if: $b) { dog { name } } }",
	       "= { dog?: { id: string; name: string; } | null; };");
	/* Constants. */
	EXPECT("{ dog { id @include(if: true) name @skip(if: false) barks @skip(if: true) } }",
	       "{ id: string; name: string; barks?: boolean; }");
	EXPECT("query q($b: Boolean!) { thing { __typename @include(if: $b) } }",
	       "{ __typename?: \"Dog\"; }");
}

static void test_variables(void **state)
{
	(void)state;
	EXPECT("query q($a: ID!, $b: String, $c: Int! = 1, $d: Float = 1, $e: Json!, $f: Boolean!)"
	       " { json }",
	       "QQueryVariables = { a: string; b?: string | null; c?: number; d?: number | null;"
	       " e: any; f: boolean; };");
	EXPECT("query q($a: [Int!]!, $b: [Int], $c: [[Color!]]) { json }",
	       "{ a: Array<number> | number; b?: Array<number | null> | number | null;"
	       " c?: Array<Array<Color> | Color | null> | Array<Color> | Color | null; };",
	       "export type Color =");
	EXPECT("query q($p: Point!, $k: Pick) { count(at: $p, pick: $k) }",
	       "{ p: Point; k?: Pick | null; }",
	       "export type Point = { x: number; y?: number; tags?: Array<string> | string | null;"
	       " next?: Point | null; color?: Color | null; };",
	       "export type Pick = | { id: string; at?: never; } | { id?: never; at: Point; };",
	       "export type Color =");
}

/* Documents with errors are not asked for, but must not do harm. */
static void test_wrong(void **state)
{
	static const char cycles[] =
		"query q($x: Nope, $t: Thing) { nope dog json { x } ...Q ...R }"
		" fragment Q on Query { ...Q dog { ...D } } fragment D on Dog { friend { ...D } }";
	static const char *const documents[] = {
		cycles,
		"query q { dog { ...D } } fragment D on Nope { id } fragment D on Dog { id }",
		"query q { ... on Rock { weight } }",
	};
	struct buf out = {0};
	bool loose;
	const char *none = "fragment F on Dog { id }";

	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		declare_text(documents[i], strlen(documents[i]), &out, &loose);
		buf_clear(&out);
	}
	assert_false(declare_text(none, strlen(none), &out, &loose));
	buf_dispose(&out);
}

/* Two selections on each of 40 levels: 2^40 objects. */
static void test_without_measure(void **state)
{
	struct buf text = {0}, out = {0};
	bool loose;

	(void)state;
	buf_puts(&text, "{ dog { ...F0 } }");
	for (int i = 0; i < 40; i++)
		buf_printf(&text,
			   " fragment F%d on Dog { a: friend { ...F%d } b: friend { ...F%d } }", i,
			   i + 1, i + 1);
	buf_puts(&text, " fragment F40 on Dog { id }");
	assert_true(declare_text(text.ptr, text.len, &out, &loose));
	assert_true(loose);
	assert_non_null(strstr(buf_cstr(&out), "= any;"));
	/* But spreading one fragment again and again is fine. */
	buf_clear(&text);
	buf_clear(&out);
	buf_puts(&text, "{ dog { ...F0 } }");
	for (int i = 0; i < 40; i++)
		buf_printf(&text, " fragment F%d on Dog { ...F%d ...F%d }", i, i + 1, i + 1);
	buf_puts(&text, " fragment F40 on Dog { id }");
	assert_true(declare_text(text.ptr, text.len, &out, &loose));
	assert_false(loose);
	buf_dispose(&text);
	buf_dispose(&out);
}

static bool generated(const char *text)
{
	return queries_is_generated(text, strlen(text));
}

static void test_is_generated(void **state)
{
	(void)state;
	assert_true(generated("// Generated by `attio types` x"));
	assert_true(generated("/** AUTO-GENERATED */\nimport { Query } from \"attio/client\";\n"));
	assert_true(
		generated("/* Generated: x. */\nimport type { Query } from \"attio/client\";\n"));
	assert_false(generated("/** AUTO-GENERATED */\nexport type A = 1\n"));
	assert_false(generated("import { Query } from \"attio/client\";\n// generated\n"));
	assert_false(generated("/* mine */\nimport { Query } from \"attio/client\";\n"));
	assert_false(generated("/* not closed, generated import { Query } from \"attio/client\""));
	assert_false(generated("/"));
	assert_false(generated(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answer),          cmocka_unit_test(test_abstract),
		cmocka_unit_test(test_fragments),       cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_variables),       cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_without_measure), cmocka_unit_test(test_is_generated),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
