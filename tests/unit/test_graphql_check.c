/* graphql_check: each rule with documents that break it and documents that do not; then every
 * GraphQL probe (tests/probes/apps) against what the official CLI made of it. */
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
#include "base/mem.h"
#include "base/str.h"
#include "diag/text.h"
#include "graphql/check.h"
#include "graphql/findings.h"
#include "graphql/schema.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char zoo[] =
	"directive @mark(n: Int! = 1) repeatable on FIELD\n"
	"directive @once(x: Color!) on FIELD\n"
	"scalar Json\n"
	"enum Color { RED GREEN }\n"
	"input Point { x: Int! y: Int! = 0 tags: [String!] next: Point }\n"
	"input Pick @oneOf { id: ID at: Point }\n"
	"interface Being { id: ID! name: String }\n"
	"type Dog implements Being { id: ID! name: String barks: Boolean! size: Int owner: Person "
	"}\n"
	"type Cat implements Being { id: ID! name: String meows: Boolean! size: Float owner: "
	"Person }\n"
	"type Person { id: ID! nick(short: Boolean): String pets(near: Point, first: Int = 9): "
	"[Pet!]! }\n"
	"union Pet = Dog | Cat\n"
	"type Query {\n"
	"  me: Person being(id: ID!): Being pet: Pet dog: Dog cat: Cat\n"
	"  find(c: Color, f: Float, b: Boolean, i: Int, s: String, many: [Int!], deep: [[Int]],\n"
	"    pick: Pick, j: Json): Pet\n"
	"}\n";

struct world {
	struct arena *arena;
	struct graphql_schema *schema;
	struct texts texts;
	struct diags diags;
};

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	struct error error;

	world->arena = arena_new();
	world->diags.arena = world->arena;
	texts_init(&world->texts, world->arena, "/nowhere");
	if (graphql_schema_parse(zoo, strlen(zoo), "zoo", &world->schema, &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	graphql_schema_free(world->schema);
	texts_dispose(&world->texts);
	arena_free(world->arena);
	mem_free(world);
	return 0;
}

/* "4010@1:5 4019@1:9": the findings of a document, warnings with a `w`. */
static const char *findings(struct world *world, const struct graphql_schema *schema,
			    const char *document)
{
	struct text *text = texts_add(&world->texts, document, document, strlen(document));
	struct diags *diags = &world->diags;
	struct buf out = {0};
	const char *words;

	diags->items = NULL;
	diags->count = 0;
	graphql_check(schema, text->path, graphql_parse(diags->arena, text->bytes, text->len),
		      diags);
	diags_sort(diags);
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];
		struct position at = text_position(&world->texts, text, diag->place.start);

		assert_true(diag->place.start <= diag->place.end && diag->place.end <= text->len);
		buf_printf(&out, "%s%s%s@%zu:%zu", i > 0 ? " " : "",
			   diag->severity == SEVERITY_WARNING ? "w" : "", diag->code + 3, at.line,
			   at.column);
	}
	words = arena_strdup(world->arena, buf_cstr(&out));
	buf_dispose(&out);
	return words;
}

struct row {
	const char *document;
	const char *findings;
};

static void check_rows(void **state, const struct row *rows, size_t count, bool with_schema)
{
	struct world *world = *state;

	for (size_t i = 0; i < count; i++) {
		const char *found =
			findings(world, with_schema ? world->schema : NULL, rows[i].document);

		if (strcmp(found, rows[i].findings) != 0)
			fail_msg("%s\n\tgives:  %s\n\twanted: %s", rows[i].document, found,
				 rows[i].findings);
	}
}

static void test_operations(void **state)
{
	static const struct row rows[] = {
		{"", "4003@1:1"},
		{"# nothing\n", "4003@1:1"},
		{"\n fragment F on Dog { id }", "4003@2:2"},
		{"type Query { a: Int }", "4003@1:1"},
		{"type A\nfragment F on Dog { id }", "4003@2:1"},
		{"query a { dog { id } }", ""},
		{"query a { dog { id } } type T { x: Nope }", ""},
		{"{ dog { id } }", "w4005@1:1"},
		{"query { dog { id } }", "w4005@1:1"},
		{"query a { dog { id } }\nquery b { dog { id } }", "4004@2:1"},
		{"mutation m { x }", "4002@1:1"},
		{"subscription m { x }", "4002@1:1"},
		{"query a { dog { id } }\nmutation m { x }", "4002@2:1"},
		{"query a { dog { id }", "4001@1:21"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_names_of_types(void **state)
{
	static const struct {
		const char *name;
		const char *better; /* NULL: fine as it is */
	} rows[] = {
		{"getPerson2", NULL},
		{"Get", NULL},
		{"a", NULL},
		{"getUser", NULL},
		{"get_person", "getPerson"},
		{"getPersonByID", "getPersonById"},
		{"GET_PERSON", "getPerson"},
		{"_private", "private"},
		{"getURLFor2FA", "getUrlFor2Fa"},
		{"URL", "Url"},
		{"x_y_z", "xYz"},
		{"__", NULL},
		{"_1_b", ""}, /* nothing to suggest */
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *document =
			arena_printf(world->arena, "query %s { dog { id } }", rows[i].name);
		const char *found = findings(world, world->schema, document);

		assert_string_equal(found, rows[i].better == NULL ? "" : "w4006@1:7");
		if (rows[i].better == NULL || rows[i].better[0] == '\0')
			continue;
		assert_string_equal(world->diags.items[0].help,
				    arena_printf(world->arena, "call it `%s`", rows[i].better));
		/* What is suggested is fine itself. */
		document = arena_printf(world->arena, "query %s { dog { id } }", rows[i].better);
		assert_string_equal(findings(world, world->schema, document), "");
	}
}

static void test_schema_names(void **state)
{
	static const struct row rows[] = {
		{"query a { dog { id nmae } }", "4010@1:20"},
		{"query a { nope { x { y } } dog { id } }", "4010@1:11"},
		{"query a { pet { id } }", "4010@1:17"},
		{"query a { pet { __typename ... on Dog { id } } __typename }", ""},
		{"query a { being(id: 1) { barks } }", "4010@1:26"},
		{"query a { dog { __schema { types { name } } } }", "4010@1:17"},
		{"query a { __schema { types { name } } __type(name: \"Dog\") { name } }", ""},
		{"query a($x: Nope) { find(i: $x) { __typename } }", "4011@1:13"},
		{"query a { pet { ... on Nope { x } } }", "4011@1:24"},
		{"query a { pet { ...F } }\nfragment F on Nope { x }", "4011@2:15"},
		{"query a { pet { ... on T { x } } } type T { x: Int }", "4011@1:24"},
		{"query a { dog(id: 1) { id } }", "4012@1:15"},
		{"query a { being(id: 1, uid: 2) { id } }", "4012@1:24"},
		{"query a { dog { id @skip(if: true, iff: 1) } }", "4012@1:36"},
		{"query a { dog { id @nope(x: 1) } }", "w4013@1:20"},
		{"query a @skip(if: true) { dog { id } }", "w4013@1:9"},
		{"query a { dog { id @mark @mark(n: 2) } }", ""},
		{"query a { ...F @mark } fragment F on Query { dog { id } }", "w4013@1:16"},
		{"query a { being { id } }", "4015@1:11"},
		{"query a { dog { id @include } }", "4015@1:20"},
		{"query a { dog { id @once(x: RED) } }", ""},
		{"query a { dog { id @once } }", "4015@1:20"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_values(void **state)
{
	static const struct row rows[] = {
		{"query a { find(c: RED, f: 1, b: true, i: -5, s: \"x\", many: [1, 2]) { "
		 "__typename } }",
		 ""},
		{"query a { find(f: 1.5e3, many: 1, deep: [[1, null], null], s: \"\"\"x\"\"\") { "
		 "__typename } }",
		 ""},
		{"query a { find(c: BLUE) { __typename } }", "4016@1:19"},
		{"query a { find(c: \"RED\") { __typename } }", "4016@1:19"},
		{"query a { find(f: \"1\") { __typename } }", "4016@1:19"},
		{"query a { find(b: 1) { __typename } }", "4016@1:19"},
		{"query a { find(i: 1.0) { __typename } }", "4016@1:19"},
		{"query a { find(i: 2147483647) { __typename } }", ""},
		{"query a { find(i: 2147483648) { __typename } }", "4016@1:19"},
		{"query a { find(i: -2147483649) { __typename } }", "4016@1:19"},
		{"query a { find(i: 99999999999999999999999) { __typename } }", "4016@1:19"},
		{"query a { find(s: 5) { __typename } }", "4016@1:19"},
		{"query a { find(s: word) { __typename } }", "4016@1:19"},
		{"query a { find(s: [\"x\"]) { __typename } }", "4016@1:19"},
		{"query a { find(s: {a: 1}) { __typename } }", "4016@1:19"},
		{"query a { find(s: null) { __typename } }", ""},
		{"query a { find(many: [1, null, \"2\"]) { __typename } }", "4016@1:26 4016@1:32"},
		{"query a { being(id: null) { id } }", "4016@1:21"},
		{"query a { being(id: 5) { id } }", ""},
		{"query a { being(id: true) { id } }", "4016@1:21"},
		{"query a { find(j: {a: [1, B, null], b: \"x\"}) { __typename } }", ""},
		{"query a { me { pets(near: {x: 1, next: {x: 2, tags: \"t\"}}) { __typename } } }",
		 ""},
		{"query a { me { pets(near: {y: 1}) { __typename } } }", "4016@1:27"},
		{"query a { me { pets(near: {x: 1, z: 2}) { __typename } } }", "4016@1:34"},
		{"query a { me { pets(near: 5) { __typename } } }", "4016@1:27"},
		{"query a { find(pick: {id: 1}) { __typename } }", ""},
		{"query a { find(pick: {}) { __typename } }", "4016@1:22"},
		{"query a { find(pick: {id: 1, at: {x: 1}}) { __typename } }", "4016@1:22"},
		{"query a { find(pick: {id: null}) { __typename } }", "4016@1:22"},
		{"query a($i: Int = \"x\") { find(i: $i) { __typename } }", "4016@1:19"},
		{"query a($i: [Point] = [{x: 1}, {x: true}]) { me { pets(near: $i) { __typename } "
		 "} }",
		 "4016@1:36 4017@1:62"},
		{"query a { dog { id @mark(n: \"x\") } }", "4016@1:29"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_variables(void **state)
{
	static const struct row rows[] = {
		{"query a($i: ID!) { being(id: $i) { id } }", ""},
		{"query a($i: ID) { being(id: $i) { id } }", "4017@1:29"},
		{"query a($i: ID = 5) { being(id: $i) { id } }", ""},
		{"query a($i: ID = null) { being(id: $i) { id } }", "4017@1:36"},
		{"query a($i: Int!) { being(id: $i) { id } }", "4017@1:31"},
		{"query a($i: Int) { dog { id @mark(n: $i) } }", ""},
		{"query a($i: [Int!]!) { find(many: $i) { __typename } }", ""},
		{"query a($i: [Int]) { find(many: $i) { __typename } }", "4017@1:33"},
		{"query a($i: Int) { find(many: [$i]) { __typename } }", "4017@1:32"},
		{"query a($i: Int!) { find(many: $i) { __typename } }", "4017@1:32"},
		{"query a($i: Int!) { find(deep: [[$i]]) { __typename } }", ""},
		{"query a($p: ID) { find(pick: {id: $p}) { __typename } }", "4017@1:35"},
		{"query a($p: ID!) { find(pick: {id: $p}) { __typename } }", ""},
		{"query a($y: Int) { me { pets(near: {x: 1, y: $y}) { __typename } } }", ""},
		{"query a($y: Int) { me { pets(near: {x: $y}) { __typename } } }", "4017@1:40"},
		{"query a($s: String) { ...F } fragment F on Query { find(i: $s) { __typename } }",
		 "4017@1:60"},
		{"query a { find(i: $x, many: [$x]) { __typename } }", "4018@1:19 4018@1:30"},
		{"query a { ...F }\nfragment F on Query { find(i: $x) { __typename } }",
		 "4018@2:31"},
		{"query a { dog { id } }\nfragment F on Query { find(i: $x) { __typename } }",
		 "w4020@2:10"},
		{"query a { dog { id @nope(x: [{y: $x}]) } }", "w4013@1:20 4018@1:34"},
		{"query a($x: Int) { dog { id } }", "w4019@1:9"},
		{"query a($x: Int) { ...F } fragment F on Query { find(i: $x) { __typename } }",
		 ""},
		{"query a($x: Dog) { dog { id } }", "w4019@1:9 4027@1:13"},
		{"query a($x: [Pet!]!) { find(i: $x) { __typename } }", "4027@1:13"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_fragments(void **state)
{
	static const struct row rows[] = {
		{"query a { dog { ...F } } fragment F on Dog { ...G } fragment G on Being { id }",
		 ""},
		{"query a { dog { ...F } }", "4014@1:20"},
		{"query a { dog { id } }\nfragment F on Dog { ...G }\nfragment G on Dog { id }",
		 "w4020@2:10 w4020@3:10"},
		{"query a { dog { ...F } }\nfragment F on Dog { ...F }", "4021@2:24"},
		{"query a { dog { ...F } }\nfragment F on Dog { id ...G }\nfragment G on Dog { "
		 "...F }",
		 "4021@3:24"},
		{"query a { dog { ...F } }\nfragment F on Dog { ...G ...G }\nfragment G on Dog { "
		 "id }",
		 ""},
		{"query a { me { pets { ... on Dog { id } ... on Being { name } ... { __typename } "
		 "} } }",
		 ""},
		{"query a { dog { ... on Cat { id } } }", "4022@1:24"},
		{"query a { me { ...F } }\nfragment F on Pet { __typename }", "4022@1:19"},
		{"query a { pet { ... on Color { id } } }", "4022@1:24"},
		{"query a { pet { ...F } }\nfragment F on Point { id }", "4022@2:15"},
		{"query a { dog { id { x } } }", "4023@1:20"},
		{"query a { me { nick { x { y } } } }", "4023@1:21"},
		{"query a { me { pets } }", "4024@1:16"},
		{"query a { dog }", "4024@1:11"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_conflicts(void **state)
{
	static const struct row rows[] = {
		{"query a { dog { id id } dog { name } }", ""},
		{"query a { dog { x: id x: name } }", "4025@1:23"},
		{"query a { dog { id: name id } }", "4025@1:26"},
		{"query a { me { nick(short: true) nick } }", "4025@1:34"},
		{"query a { me { nick(short: true) nick(short: false) } }", "4025@1:34"},
		{"query a { me { nick(short: true) nick(short: true) } }", ""},
		{"query a { find(pick: {at: {x: 1, y: 2}}, s: \"A\") { __typename } "
		 "find(s: \"\\u0041\", pick: {at: {y: 2, x: 1}}) { __typename } }",
		 ""},
		/* Two object types: other fields are fine, other shapes are not. */
		{"query a { pet { ... on Dog { x: barks } ... on Cat { x: meows } } }", ""},
		{"query a { pet { ... on Dog { x: barks } ... on Cat { x: name } } }", "4025@1:54"},
		{"query a { pet { ... on Dog { size } ... on Cat { size } } }", "4025@1:50"},
		{"query a { pet { ... on Dog { x: name } ... on Being { x: id } } }", "4025@1:55"},
		{"query a { pet { ... on Dog { o: owner { x: id } } ... on Cat { o: owner { x: "
		 "nick } } } }",
		 "4025@1:75"},
		{"query a { pet { ... on Dog { owner { x: id } } ... on Cat { owner { y: nick } } "
		 "} }",
		 ""},
		/* Through fragments and nested fields. */
		{"query a { dog { x: id ...F } }\nfragment F on Dog { x: name }", "4025@2:21"},
		{"query a { dog { ...F ...G } }\nfragment F on Dog { x: id }\n"
		 "fragment G on Dog { ...H }\nfragment H on Dog { x: name }",
		 "4025@4:21"},
		{"query a { dog { owner { x: id } } dog { owner { x: nick } } }", "4025@1:49"},
		{"query a { dog { owner { ...F } } dog { owner { ...G } } }\n"
		 "fragment F on Person { x: id }\nfragment G on Person { x: nick }",
		 "4025@3:24"},
		{"query a { dog { ...F } }\nfragment F on Dog { x: id ...F x: name }",
		 "4021@2:30 4025@2:32"},
		/* As the official tool: nothing is said about __typename. */
		{"query a { pet { ... on Dog { x: __typename } ... on Cat { x: size } } }", ""},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_duplicates(void **state)
{
	static const struct row rows[] = {
		{"query a($i: Int, $i: Int) { find(i: $i) { __typename } }", "4026@1:18"},
		{"query a { find(i: 1, i: 1) { __typename } }", "4026@1:22"},
		{"query a { me { pets(near: {x: 1, x: 2}) { __typename } } }", "4026@1:34"},
		{"query a { dog { id @skip(if: true) @skip(if: true) } }", "4026@1:37"},
		{"query a { dog { id @nope @nope } }", "w4013@1:20 w4013@1:26"},
		{"query a { dog { id @skip(if: true, if: true) } }", "4026@1:36"},
		{"query a { dog { id } }\nquery a { dog { id } }", "4004@2:1"},
		{"query a { dog { ...F } }\nfragment F on Dog { id }\nfragment F on Dog { name }",
		 "4026@3:10"},
		{"query a { dog { ...F } }\nfragment F on Dog { id }\nfragment F on Dog {\n  id, # "
		 "x\n}",
		 "w4026@3:10"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_introspection(void **state)
{
	static const struct row rows[] = {
		{"query a { __schema { types { fields { type { fields { name } } } } } }", ""},
		{"query a { __schema { types { fields { type { interfaces { fields { name } } } } "
		 "} } }",
		 "4028@1:11"},
		{"query a { __type(name: \"Dog\") { ...F } }\n"
		 "fragment F on __Type { fields { type { ...G } } }\n"
		 "fragment G on __Type { possibleTypes { inputFields { name } } }",
		 "4028@1:11"},
		{"query a { __schema { types { ...F } } }\nfragment F on __Type { ofType { ...F } "
		 "}",
		 "4021@2:36"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), true);
}

static void test_without_schema(void **state)
{
	static const struct row rows[] = {
		{"query a($x: Nope) { nope(x: $x, y: $y) { x: a x: b } }", "4018@1:36"},
		{"query a($x: Int) { a @skip @skip }", "w4019@1:9"},
		{"query a { ...F ...G }\nfragment F on T { ...F a(b: 1, b: 2) }",
		 "4014@1:19 4021@2:22 4026@2:32"},
		{"mutation m { a }", "4002@1:1"},
		{"", "4003@1:1"},
		{"query a {", "4001@1:10"},
	};

	check_rows(state, rows, ARRAY_LEN(rows), false);
}

/* Help, notes and places beyond the first column. */
static void test_messages(void **state)
{
	static const struct {
		const char *document;
		const char *help; /* or NULL */
		const char *note; /* message of the first one, or NULL */
	} rows[] = {
		{"query a { dog { nmae } }", "did you mean `name`?", NULL},
		{"query a { pet { barks } }",
		 "ask for it in an inline fragment: `... on Dog { barks }`", NULL},
		{"query a { pet { owner { id } } }",
		 "ask for it in an inline fragment: `... on Dog { owner }`; `Cat` has it too",
		 NULL},
		{"query a { being(id: 1) { size } }",
		 "ask for it in an inline fragment: `... on Dog { size }`; `Cat` has it too", NULL},
		{"query a { pet { ... on Dgo { id } } }", "did you mean `Dog`?", NULL},
		{"query a { find(cc: RED) { __typename } }", "did you mean `c`?", NULL},
		{"query a { find(c: RAD) { __typename } }", "did you mean `RED`?", NULL},
		{"query a { dog { id @skp(if: true) } }", "did you mean `@skip`?", NULL},
		{"query a { dog { ...Fragmnt } } fragment Fragment on Dog { id }",
		 "did you mean `Fragment`?", NULL},
		{"query a($i: ID) { being(id: $i) { id } }", "declare it as `$i: ID!`",
		 "`$i` is declared here"},
		{"query a($ids: ID!) { being(id: $id) { id } }", "did you mean `$ids`?", NULL},
		{"query a { being(id: $i) { id } }", "declare it: `query a($i: ID!)`", NULL},
		{"query a { dog { x: id x: name } }", "give one of them another alias",
		 "the other one is here"},
		{"query a { dog { ...F } } fragment F on Dog { ...G } fragment G on Dog { ...F }",
		 NULL, "through `G`, used here"},
		{"query a { dog { id", NULL, "this is not closed"},
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct diag *diag;

		findings(world, world->schema, rows[i].document);
		assert_true(world->diags.count >= 1);
		diag = world->diags.items;
		if (rows[i].help != NULL &&
		    (diag->help == NULL || strcmp(diag->help, rows[i].help) != 0))
			fail_msg("%s: help %s", rows[i].document, diag->help);
		if (rows[i].note != NULL) {
			assert_true(diag->note_count > 0);
			assert_string_equal(diag->notes[0].message, rows[i].note);
		}
	}
}

/* Work and findings stay bounded on documents made to be expensive. */
static void test_bounded(void **state)
{
	struct world *world = *state;
	struct buf text = {0};

	buf_puts(&text, "query a { dog { ");
	for (int i = 0; i < 3000; i++)
		buf_puts(&text, "id ");
	buf_puts(&text, "} }");
	assert_string_equal(findings(world, world->schema, buf_cstr(&text)), "4025@1:15");
	buf_clear(&text);
	buf_puts(&text, "query a { dog { ...A0 ...B0 } }\n");
	for (int i = 0; i < 100; i++)
		buf_printf(&text,
			   "fragment A%d on Dog { owner { pets { ...A%d ...B%d } } }\n"
			   "fragment B%d on Dog { owner { pets { ...A%d ...B%d } } }\n",
			   i, i + 1, i + 1, i, i + 1, i + 1);
	buf_puts(&text, "fragment A100 on Dog { x: id }\nfragment B100 on Dog { x: name }");
	assert_string_equal(findings(world, world->schema, buf_cstr(&text)), "4025@203:24");
	buf_clear(&text);
	buf_puts(&text, "query a { dog { x: id ");
	for (int i = 0; i < 300; i++)
		buf_puts(&text, "x: name ");
	buf_puts(&text, "} }");
	findings(world, world->schema, buf_cstr(&text));
	assert_int_equal(world->diags.count, 50);
	buf_dispose(&text);
}

/* -- the probes: text files of sections, see tests/probes/apps.mjs -- */

static const char *const checked_later[] = {
	/* Refused by the type check or the bundler, not for the document. */
	"gql-use-wrong.app",
	"gql-same-name-two-dirs.app",
	"gql-same-name-two-dirs-both-used.app",
	"gql-variables-optional-use.app",
	"gql-in-server.app",
	NULL};

/* Checks each document of the app and counts the errors. A section's content goes up to the next
 * line that begins with "-- ". */
static size_t check_documents(struct world *world, const struct graphql_schema *schema, char *text)
{
	static const char head[] = "-- file ";
	size_t errors = 0;
	char *section = text;

	while ((section = strstr(section, head)) != NULL) {
		char *name = section + strlen(head);
		char *content = strchr(name, '\n') + 1;
		char *end = strstr(content - 1, "\n-- ") + 1;
		size_t len = strcspn(name, " \n");
		char *path = arena_strndup(world->arena, name, len);

		section = end;
		if (!str_ends(path, ".graphql") && !str_ends(path, ".gql"))
			continue;
		assert_int_equal(name[len], '\n'); /* no options */
		world->diags.items = NULL;
		world->diags.count = 0;
		graphql_check(schema, path,
			      graphql_parse(world->arena, content, (size_t)(end - content)),
			      &world->diags);
		errors += diags_count(&world->diags, SEVERITY_ERROR);
	}
	return errors;
}

static bool in_list(const char *const *list, const char *word)
{
	while (*list != NULL && strcmp(*list, word) != 0)
		list++;
	return *list != NULL;
}

static void test_probes(void **state)
{
	static const char folder[] = "tests/probes/apps";
	static const char sdk[] = "tests/sdk/node_modules/attio/schema.graphql";
	struct world *world = *state;
	struct graphql_schema *schema;
	struct fs_entry *entries;
	struct error error;
	size_t count, probes = 0, len;
	char *text;

	if (fs_type(sdk) != FS_FILE) {
		print_message("SKIPPED: no %s\n", sdk);
		skip();
	}
	assert_int_equal(fs_read(world->arena, sdk, 1 << 20, &text, &len, &error), 0);
	if (graphql_schema_parse(text, len, sdk, &schema, &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	assert_int_equal(fs_list(world->arena, folder, &entries, &count, &error), 0);
	for (size_t i = 0; i < count; i++) {
		const char *probe = path_join(world->arena, folder, entries[i].name);
		bool refused;
		size_t errors;

		if (!str_starts(entries[i].name, "gql-"))
			continue;
		probes++;
		assert_int_equal(fs_read(world->arena, probe, 1 << 20, &text, &len, &error), 0);
		refused = strstr(text, "\n-- official refuses\n") != NULL &&
			  !in_list(checked_later, entries[i].name);
		errors = check_documents(world, schema, text);
		if ((errors > 0) != refused)
			fail_msg("%s: %zu errors, officially %s", entries[i].name, errors,
				 refused ? "refused" : "taken");
	}
	assert_true(probes > 0);
	print_message("%zu probes\n", probes);
	graphql_schema_free(schema);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_operations, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names_of_types, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_schema_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_variables, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fragments, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_conflicts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_duplicates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_introspection, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_without_schema, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_messages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_probes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
