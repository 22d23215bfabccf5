/* Parsing: strings and their escapes, valid spellings that the grammar does not know, places of
 * errors, texts that are kept away from the parser's recovery. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "source/syntax.h"

struct search {
	const struct syntax *syntax;
	struct arena *arena;
	char *text;
};

static bool first_string(struct node node, void *payload)
{
	struct search *search = payload;

	if (search->text == NULL &&
	    (node_is(node, NODE_STRING) || node_is(node, NODE_TEMPLATE_STRING)))
		search->text = node_string(search->syntax, search->arena, node);
	return search->text == NULL;
}

static void test_strings(void **state)
{
	static const struct {
		const char *source, *value;
	} rows[] = {
		{"x = \"\"", ""},
		{"x = 'a\"b'", "a\"b"},
		{"x = `a`", "a"},
		{"x = ('a' as const)", "a"},
		{"x = 'a\\nb\\tc\\\\d\\'e'", "a\nb\tc\\d'e"},
		{"x = '\\x41\\u0042\\u{43}\\u{1F600}'", "ABC\xf0\x9f\x98\x80"},
		{"x = '\\ud83d\\ude00'", "\xf0\x9f\x98\x80"},
		{"x = '\\ud83d'", "\xef\xbf\xbd"},
		{"x = 'a\\\nb'", "ab"},
		{"x = 'a\\\r\nb'", "ab"},
		{"x = 'caf\xc3\xa9'", "caf\xc3\xa9"},
		{"x = '\\q\\0'", "q0"},
		{"x = `a${b}c`", NULL},
		{"x = a", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct syntax syntax;
		struct search search = {&syntax, *state, NULL};

		syntax_parse(&syntax, "a.ts", DIALECT_TS, rows[i].source, strlen(rows[i].source));
		node_walk(syntax_root(&syntax), first_string, &search);
		if (rows[i].value == NULL)
			assert_null(search.text);
		else
			assert_string_equal(search.text, rows[i].value);
		syntax_dispose(&syntax);
	}
}

static void test_dialects(void **state)
{
	static const struct {
		const char *path;
		bool known;
		enum dialect dialect;
	} rows[] = {
		{"a.ts", true, DIALECT_TS},    {"a.tsx", true, DIALECT_TSX},
		{"a.js", true, DIALECT_TSX},   {"a.jsx", true, DIALECT_TSX},
		{"a.mts", true, DIALECT_TS},   {"a.cts", true, DIALECT_TS},
		{"a.mjs", true, DIALECT_TSX},  {"a.cjs", true, DIALECT_TSX},
		{"a.json", false, DIALECT_TS}, {"a.graphql", false, DIALECT_TS},
		{"ts", false, DIALECT_TS},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		enum dialect dialect = DIALECT_TS;

		assert_int_equal(dialect_of(rows[i].path, &dialect), rows[i].known);
		assert_int_equal(dialect, rows[i].dialect);
	}
}

/* Valid code that tree-sitter-typescript alone refuses, and code that is broken all the same. */
static void test_spellings(void **state)
{
	static const struct {
		enum dialect dialect;
		bool valid;
		const char *source;
	} rows[] = {
		{DIALECT_TS, true, "export type * from './a'\nexport type * as ns from './b'"},
		{DIALECT_TS, true, "let a: import('x').B[] = [], c: import('x').D<E>"},
		{DIALECT_TS, true, "f<typeof import('x')>()"},
		{DIALECT_TS, true, "class A { accessor x = 1; static accessor y = 2 }"},
		{DIALECT_TS, true, "interface A<in T, out U, in out V> { x: T }"},
		{DIALECT_TS, true, "import defer * as d from 'd'"},
		{DIALECT_TS, true, "export * from 'x' assert {type: 'json'}"},
		{DIALECT_TS, true, "interface A { abstract: boolean }"},
		{DIALECT_TS, true, "type A = (string) => void"},
		{DIALECT_TS, true, "interface A {\n  (a: B): C\n  <T>(a: T): D\n}"},
		{DIALECT_TSX, true, "x = <A title=\"R & D\">AT&T & more &amp; {a && b}</A>"},
		{DIALECT_TSX, true, "type A = B & C\nx = <A>a & b</A>"},
		{DIALECT_TS, true, "using x = f()\nconst y = z satisfies W"},
		{DIALECT_TS, true, "type A = [new: B, this?: C, ...void: D[]]"},
		{DIALECT_TS, true, "a = String.raw`\\u${b}\\x`"},
		{DIALECT_TS, true, "a = b<C<D>[]>`e` + f?.<G>(h) + i<{j: 1}>?.()"},
		{DIALECT_TS, true, "f<<T>(x: T) => void>(g)"},
		{DIALECT_TS, true, "class A { readonly static [x: string]: any; get\n*x() {} }"},
		{DIALECT_TS, true,
		 "class A<const in out T> { constructor(readonly override a: B) {} }"},
		{DIALECT_TS, true,
		 "abstract class A { abstract accessor a; abstract override b(): c }"},
		{DIALECT_TS, true,
		 "interface A { abstract(): void; declare<T>(): T; get: 1; set?: 2 }"},
		{DIALECT_TS, true, "declare module 'a' { global { interface B {} } }"},
		{DIALECT_TS, true, "for (await using a of b) using = of; for (using of of) {}"},
		{DIALECT_TS, true, "(a as B) = c; const f = (x: unknown): asserts x is D => {}"},
		{DIALECT_TS, true,
		 "type A<T> = T extends [infer U extends B, infer V extends C<D>] ? U : V"},
		{DIALECT_TS, true,
		 "type A = ({b}?: {b: C}) => void; type D = {[K in keyof readonly E[]]: F}"},
		{DIALECT_TS, true, "@a<B> class C { @d.e<F> g() {} }"},
		{DIALECT_TS, true, "interface A</** b */ out C, in D> {}"},
		{DIALECT_TS, true, "const a = 1\rlet b = 2\r// d\rlet c = `\r`\r\nlet e"},
		{DIALECT_TS, true,
		 "let a = 1\xe2\x80\xa8let b = '\xe2\x80\xa8'\xe2\x80\xa9let c = 2"},
		{DIALECT_TSX, true, "let a = <A b='\xe2\x80\xa8\r' />\rlet c = 2"},
		{DIALECT_TS, false, "export type * from"},
		{DIALECT_TS, false, "class A { accessor x = }"},
		{DIALECT_TSX, false, "x = <A>a & b</B"},
		{DIALECT_TS, false, "a & & b c"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct syntax syntax;

		syntax_parse(&syntax, "a.ts", rows[i].dialect, rows[i].source,
			     strlen(rows[i].source));
		if (syntax_is_broken(&syntax) == rows[i].valid)
			fail_msg("%s", rows[i].source);
		syntax_dispose(&syntax);
	}
}

/* A string that goes on in the next line is one for the grammar of TSX, and for nobody else. */
static void test_open_strings(void **state)
{
	static const struct {
		bool doubtful;
		size_t at;
		const char *source;
	} rows[] = {
		{true, 4, "x = 'a\n'"},     {true, 12, "x = 'a' + \n \"\r\n\""},
		{false, 0, "x = 'a\\\n'"},  {false, 0, "x = 'a\\\r\n'"},
		{true, 4, "x = 'a\\\\\n'"}, {false, 0, "x = <A b='c\nd' />"},
		{false, 0, "x = `a\n`"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct syntax syntax;

		syntax_parse(&syntax, "a.tsx", DIALECT_TSX, rows[i].source, strlen(rows[i].source));
		if (syntax.doubtful != rows[i].doubtful ||
		    (syntax.doubtful && syntax.broken_at != rows[i].at))
			fail_msg("%s: %d, %zu", rows[i].source, syntax.doubtful, syntax.broken_at);
		syntax_dispose(&syntax);
	}
}

static void test_error_places(void **state)
{
	static const struct {
		const char *source;
		size_t start;
		const char *what;
	} rows[] = {
		{"const a = {x: 1 2}", 16, NULL},
		{"f(", 1, NULL},
		{"let a = 1\nlet b = = 2\n", 18, NULL},
		{"if (a {\n}\n", 6, NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct syntax syntax;
		struct place place;
		const char *what;

		syntax_parse(&syntax, "a.ts", DIALECT_TS, rows[i].source, strlen(rows[i].source));
		assert_true(syntax_first_error(&syntax, &place, &what));
		assert_int_equal(place.start, rows[i].start);
		assert_true(place.end > place.start && place.end <= syntax.len);
		syntax_dispose(&syntax);
	}
}

/* `part` many times over. */
static char *repeat(const char *part, size_t count, size_t *len)
{
	size_t size = strlen(part);
	char *text = malloc(size * count + 1);

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * size, part, size);
	text[size * count] = '\0';
	*len = size * count;
	return text;
}

/* Texts with more than 65,535 unfinished parts at a time, or comments in a row. */
static void test_depth(void **state)
{
	static const struct {
		const char *part, *end;
		bool broken;
	} rows[] = {
		{"(", "", true},
		{"!", "1", false},
		{"/**/", "a", false},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t len, end = strlen(rows[i].end);
		char *text = repeat(rows[i].part, 70000, &len);
		struct syntax syntax;

		text = realloc(text, len + end + 1);
		memcpy(text + len, rows[i].end, end + 1);
		syntax_parse(&syntax, "a.ts", DIALECT_TS, text, len + end);
		if (syntax_is_broken(&syntax) != rows[i].broken)
			fail_msg("%s", rows[i].part);
		syntax_dispose(&syntax);
		free(text);
	}
}

static void test_large_broken(void **state)
{
	size_t len;
	char *text = repeat("const a = {b: 1};\n", 20000, &len);
	struct syntax syntax;
	struct place place;
	const char *what;

	(void)state;
	syntax_parse(&syntax, "a.ts", DIALECT_TS, text, len);
	assert_false(syntax_is_broken(&syntax));
	syntax_dispose(&syntax);
	memcpy(text + 18 * 1000, "const a = 1 2    \n", 18);
	syntax_parse(&syntax, "a.ts", DIALECT_TS, text, len);
	assert_true(syntax_is_broken(&syntax));
	assert_true(syntax_first_error(&syntax, &place, &what));
	assert_int_equal(place.start, 18 * 1000 + 12);
	syntax_dispose(&syntax);
	free(text);
}

/* Recovery from the errors of this text never ends. */
static void test_endless_recovery(void **state)
{
	static const char source[] = "o[[\xef\xbb\xbfp\0>{t t*m`\".n q}\na<T}\\";
	struct syntax syntax;
	struct place place;
	const char *what;

	(void)state;
	syntax_parse(&syntax, "a.ts", DIALECT_TS, source, sizeof(source) - 1);
	assert_true(syntax_is_broken(&syntax));
	assert_true(syntax_first_error(&syntax, &place, &what));
	assert_true(place.start < place.end && place.end <= syntax.len);
	syntax_dispose(&syntax);
}

/* Every prefix of a text parses to something. */
static void test_truncated(void **state)
{
	static const char source[] =
		"import {a as b} from \"x\"\nexport default async function f<T>(c: T) {\n"
		"  return `${b} ${(() => c)()}`.replace(/x[/]y/g, '')\n}\n";
	(void)state;
	for (size_t len = 0; len <= strlen(source); len++) {
		char *copy = malloc(len + 1);
		struct syntax syntax;
		struct place place;
		const char *what;

		memcpy(copy, source, len);
		copy[len] = '\0';
		syntax_parse(&syntax, "a.ts", DIALECT_TS, copy, len);
		if (syntax_first_error(&syntax, &place, &what))
			assert_true(place.end <= len);
		syntax_dispose(&syntax);
		free(copy);
	}
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_dialects),
		cmocka_unit_test(test_spellings),
		cmocka_unit_test(test_error_places),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_large_broken),
		cmocka_unit_test(test_open_strings),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_endless_recovery),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
