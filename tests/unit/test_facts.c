/* Facts of one module: imports, exports, bindings, and what a name means where it stands. Each row
 * is a source and one line of facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "source/facts.h"

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

struct row {
	const char *source, *expected;
};

static void put_imports(struct buf *out, const struct facts *facts)
{
	static const char *const kinds[] = {"static", "export", "dynamic", "require"};

	for (size_t i = 0; i < facts->import_count; i++) {
		const struct import *import = &facts->imports[i];

		buf_printf(out, "%s%s %s%s", i == 0 ? "" : "; ", kinds[import->kind],
			   import->specifier, import->type_only ? " (types)" : "");
		for (size_t n = 0; n < import->name_count; n++)
			buf_printf(out, " %s>%s%s", import->names[n].imported,
				   import->names[n].local == NULL ? "" : import->names[n].local,
				   import->names[n].type_only ? "!" : "");
	}
}

static void put_exports(struct buf *out, const struct facts *facts)
{
	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *item = &facts->exports[i];

		buf_printf(out, "%s%s%s", i == 0 ? "" : " ", item->name,
			   item->type_only ? "!" : "");
		if (item->import >= 0)
			buf_printf(out, "<%s", item->imported);
		else if (item->local != NULL)
			buf_printf(out, "=%s", item->local);
	}
}

static void check_rows(struct arena *arena, const char *path, const struct row *rows, size_t count,
		       void (*put)(struct buf *out, const struct facts *facts))
{
	for (size_t i = 0; i < count; i++) {
		struct syntax syntax;
		struct facts facts;
		struct buf out = {0};
		enum dialect dialect = DIALECT_TS;

		dialect_of(path, &dialect);
		syntax_parse(&syntax, path, dialect, rows[i].source, strlen(rows[i].source));
		assert_false(syntax_is_broken(&syntax));
		facts_read(&facts, &syntax, arena);
		put(&out, &facts);
		assert_string_equal(buf_cstr(&out), rows[i].expected);
		buf_dispose(&out);
		syntax_dispose(&syntax);
	}
}

static void test_imports(void **state)
{
	static const struct row rows[] = {
		{"import 'x'", "static x"},
		{"import a from 'x'; a", "static x default>a"},
		{"import a, {b, c as d} from 'x'; a(b, d)", "static x default>a b>b c>d"},
		{"import * as n from 'x'; n.m", "static x *>n"},
		{"import a from 'x'", "static x (types) default>a!"},
		{"import {} from 'x'", "static x (types)"},
		{"import type {A} from 'x'", "static x (types) A>A!"},
		{"import {type A, b} from 'x'; b", "static x A>A! b>b"},
		{"import {A} from 'x'; let a: A", "static x (types) A>A!"},
		{"import {a} from 'x'; let b: typeof a", "static x (types) a>a!"},
		{"import * as n from 'x'; let b: n.C", "static x (types) *>n!"},
		{"import {a} from 'x'; const f = (a: string) => a", "static x (types) a>a!"},
		{"import {a} from 'x'; const f = ({b = a}) => b", "static x a>a"},
		{"import {a} from 'x'; export {a}", "static x a>a"},
		{"import {'x y' as a} from 'x'; a", "static x x y>a"},
		{"export {a, b as c, type D} from 'x'", "export x a>a b>c D>D!"},
		{"export type {A} from 'x'", "export x (types) A>A!"},
		{"export * from 'x'; export * as n from 'y'", "export x *>*; export y *>n"},
		{"export type * from 'x'", "export x (types) *>*!"},
		{"const a = () => import('x')", "dynamic x *>"},
		{"const a = require(`x`)", "require x *>"},
		{"const a = import(x), b = require(y + 'z')", ""},
		{"import r = require('x'); r", "require x *>r"},
		{"let a: import('x').B, c = d as import('y').E", ""},
		{"// import 'x'\nconst a = \"import 'y'\"", ""},
		/* what only guess.h understands */
		{"import {type as as, type, type as, type as as b} from 'x'; as(type)",
		 "static x type>as type>type as>as! as>b!"},
		{"import type from from 'x'", "static x (types) default>from!"},
		{"import source a from 'x'; a", "static x default>a"},
		{"import defer * as a from 'x'; a.b", "static x *>a"},
		{"export {type, type as if} from 'x' with {type: 'json'}",
		 "export x type>type type>if"},
		{"export * from 'x' with {}; export * as a from 'y' with {b: 'c'}",
		 "export x *>*; export y *>a"},
		{"import type a = require('x')", "require x (types) *>a!"},
		{"import type = require('x')", "require x *>type"},
		{"export import a = require('x')", "require x *>a"},
		{"const a = import.defer('x'), b = import.source('y')",
		 "dynamic x *>; dynamic y *>"},
		{"import {a} from 'x'; await using b = a(), c = 1", "static x a>a"},
		{"import {a, B} from 'x'; a<B>`b`", "static x a>a B>B!"},
		{"import {a, B} from 'x'; a<B[]>`${b}\\x`", "static x a>a B>B!"},
		{"import {a, B} from 'x'; a<B>?.()", "static x a>a B>B!"},
		{"import {a} from 'x'; class B { abstract() {} accessor = a; static static = 1 }",
		 "static x a>a"},
		{"import {a} from 'x'; class B { static [key: string]: c; override static d() { a "
		 "} }",
		 "static x a>a"},
	};
	static const struct row javascript[] = {
		{"import a from 'x'", "static x default>a"},
		{"import {} from 'x'", "static x"},
	};
	check_rows(*state, "src/a.ts", rows, ARRAY_LEN(rows), put_imports);
	check_rows(*state, "src/a.js", javascript, ARRAY_LEN(javascript), put_imports);
}

static void test_exports(void **state)
{
	static const struct row rows[] = {
		{"export default 1", "default"},
		{"export default a", "default=a"},
		{"export default function f() {}", "default=f"},
		{"export default class {}", "default"},
		{"export default interface A {}", "default!=A"},
		{"export const a = 1, {b, c: [d = e]} = f", "a=a b=b d=d"},
		{"const a = 1; export {a as default, a as b, type C}", "default=a b=a C!=C"},
		{"export function f(): void\nexport function f() {}", "f!=f f=f"},
		{"export type A = 1; export interface B {}; export enum C {}; export namespace D "
		 "{}",
		 "A!=A B!=B C=C D=D"},
		{"export declare const a: 1", "a!=a"},
		{"export {a} from 'x'; export * from 'y'", "a<a *<*"},
		{"export = a", "default=a"},
		{"export {}", ""},
		/* what only guess.h understands */
		{"const type = 1; export {type, type as type, type as}",
		 "type=type type=type as!=as"},
		{"export import a = require('x'); export import b = a.c", "a=a b=b"},
		{"export default abstract class { abstract a(): void }", "default"},
		{"export default abstract", "default=abstract"},
		{"export default function(a: b): c;\nexport default function(a) {}", "default"},
	};
	check_rows(*state, "src/a.ts", rows, ARRAY_LEN(rows), put_exports);
}

static void test_values_before_types(void **state)
{
	static const char source[] =
		"type f = string\ninterface f {}\nexport type f2 = 1\n"
		"function f(a: 1): void\nfunction f(a: any) {}\nexport const f2 = 2\n";
	struct syntax syntax;
	struct facts facts;

	syntax_parse(&syntax, "src/a.ts", DIALECT_TS, source, strlen(source));
	facts_read(&facts, &syntax, *state);
	assert_true(node_is(facts_binding(&facts, "f")->node, NODE_FUNCTION_DECLARATION));
	assert_true(node_is(facts_binding_type(&facts, "f")->node, NODE_TYPE_ALIAS_DECLARATION));
	assert_false(facts_export(&facts, "f2")->type_only);
	assert_true(facts_export_type(&facts, "f2")->type_only);
	assert_null(facts_binding(&facts, "g"));
	assert_null(facts_export(&facts, ""));
	syntax_dispose(&syntax);
}

/* `|` marks the use of `x`; the expected text is the line of its declaration, "" for the top level.
 */
static void test_scopes(void **state)
{
	static const struct row rows[] = {
		{"const x = 1\nf(|x)", ""},
		{"function f(x) {\n g(|x) }", "function"},
		{"const f = x =>\n |x", "const"},
		{"function f() {\n if (a) { var x }\n return |x }", "if"},
		{"function f() {\n if (a) { let x }\n return |x }", ""},
		{"for (const x of y)\n g(|x)", "for"},
		{"for (const x of y) {}\n g(|x)", ""},
		{"try {} catch (x) {\n |x }", "try"},
		{"try { |x } catch (x) {}", ""},
		{"const f = function x() {\n |x }", "const"},
		{"function f({a: [b, {x = 1}]}) {\n |x }", "function"},
		{"function f(...x) {\n |x }", "function"},
		{"function f(a = |x) {\n let x }", ""},
		{"{\n class x {}\n |x }", "class"},
		{"{\n enum x {}\n |x }", "enum"},
		{"function f() {\n function x() {}\n return () => |x }", "function"},
		{"function f(x) {\n let y = (x) =>\n |x }", "let"},
		{"type F = (x: string) => void\n |x", ""},
		{"switch (a) {\n case 1: let x\n case 2: |x }", "case"},
		{"class A { m(x) {\n |x } }", "class"},
		{"namespace N {\n if (a) { var x }\n |x }", "if"},
		{"namespace N { var x }\n |x", ""},
		{"namespace N {\n namespace x.y {}\n |x }", "namespace"},
		{"namespace N {\n import x = A.b\n |x }", "import"},
		{"{\n using x = y\n |x }", "using"},
		{"for (using x of y)\n |x", "for"},
		{"declare global { var x: 1 }\n |x", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *source = arena_strdup(*state, rows[i].source);
		char *mark = strchr(source, '|');
		size_t offset = (size_t)(mark - source);
		struct syntax syntax;
		struct facts facts;
		struct declared declared;
		bool found;

		memmove(mark, mark + 1, strlen(mark));
		syntax_parse(&syntax, "src/a.ts", DIALECT_TS, source, strlen(source));
		facts_read(&facts, &syntax, *state);
		found = facts_local(&facts, "x", offset, &declared);
		if (found != (rows[i].expected[0] != '\0'))
			fail_msg("%s", rows[i].source);
		if (found) {
			size_t at = node_start(declared.name);

			while (at > 0 && source[at - 1] != '\n')
				at--;
			at += strspn(source + at, " ");
			if (strncmp(source + at, rows[i].expected, strlen(rows[i].expected)) != 0)
				fail_msg("%s", rows[i].source);
		}
		syntax_dispose(&syntax);
	}
}

/* A name of the top level: bound in which line, counted from 1; 0 for not at all. */
static void test_top_level(void **state)
{
	static const struct {
		const char *source;
		size_t line;
	} rows[] = {
		{"\nfor (var x of y) {}", 2},
		{"if (a)\n{ b; { var {c: [x]} = d } }", 2},
		{"var x\nif (a) var x", 1},
		{"try {}\ncatch { var x }", 2},
		{"using x = y", 1},
		{"namespace x.y {}", 1},
		{"import x = A.b", 1},
		{"if (a) { let x = 1 }", 0},
		{"for (const x of y) {}", 0},
		{"namespace N { var x }", 0},
		{"declare global { var x: 1 }", 0},
		{"class A { static { var x } }", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *source = rows[i].source;
		struct syntax syntax;
		struct facts facts;
		const struct binding *binding;
		size_t line = 0;

		syntax_parse(&syntax, "src/a.ts", DIALECT_TS, source, strlen(source));
		facts_read(&facts, &syntax, *state);
		binding = facts_binding(&facts, "x");
		if (binding != NULL) {
			line = 1;
			for (size_t at = 0; at < node_start(binding->node); at++)
				line += source[at] == '\n';
		}
		if (line != rows[i].line)
			fail_msg("%s", source);
		syntax_dispose(&syntax);
	}
}

static void test_loading_calls(void **state)
{
	static const struct row rows[] = {
		{"import('./a' + '/b', {with: {type: 'json'}})", "dynamic ./a/b *>"},
		{"import('./a', {}); import('./b', x); require('./c', 1); import()", ""},
		{"import(x ? './a' : y ? './b' : z)", "dynamic ./a *>; dynamic ./b *>"},
		{"import(`./${x}.ts`); require('./a-' + x)",
		 "dynamic ./**/*.ts *>; require ./a-* *>"},
		{"import(x + './a'); import(`a/${x}`); import(`./${'a'}`)", ""},
		{"import(`../t/${x}${y}/z`)", "dynamic ../t/**/*/z *>"},
		{"require?.('./a'); require.resolve('./b'); module.require('./c')", ""},
		{"function f(require) { require('./a') } require('./b')", "require ./b *>"},
		{"declare const require: any; require('./a')", "require ./a *>"},
		{"const require = x; require('./a')", ""},
		{"if (process.env.NODE_ENV !== 'production') require('./a'); else require('./b')",
		 "require ./b *>"},
		{"false && import('./a'); true || import('./b'); 'x' ?? import('./c')", ""},
		{"null ?? import('./a'); 0 || import('./b'); !0 && import('./c')",
		 "dynamic ./a *>; dynamic ./b *>; dynamic ./c *>"},
		{"void 0 === undefined ? import('./a') : import('./b')", "dynamic ./a *>"},
		{"x && import('./a'); if (x) import('./b')", "dynamic ./a *>; dynamic ./b *>"},
		{"export {type A} from './a'; export {} from './b'; export type {C} from './c'",
		 "export ./a A>A!; export ./b; export ./c (types) C>C!"},
	};

	check_rows(*state, "a.ts", rows, ARRAY_LEN(rows), put_imports);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loading_calls), cmocka_unit_test(test_imports),
		cmocka_unit_test(test_exports),       cmocka_unit_test(test_values_before_types),
		cmocka_unit_test(test_scopes),        cmocka_unit_test(test_top_level),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
