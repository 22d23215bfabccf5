/* What expressions visibly are, which paths of a function end without `return`, which package a
 * callee comes from, known texts, declared types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/flow.h"
#include "rules/types.h"
#include "rules/values.h"

static bool keep_function(struct node node, void *payload)
{
	struct node *found = payload;

	if (node_is_null(*found) && node_is_function(node) &&
	    !node_is(node, NODE_FUNCTION_SIGNATURE))
		*found = node;
	return node_is_null(*found);
}

/* A module `src/app.ts` with the source; the first function in it. */
static const struct module *open_source(struct app_folder *folder, const char *source,
					struct node *function)
{
	const struct module *module;

	folder_write(folder, "src/app.ts", source);
	folder_open(folder);
	module = app_module(&folder->app, "src/app.ts");
	*function = (struct node){0};
	node_walk(syntax_root(&module->syntax), keep_function, function);
	return module;
}

static void test_flow(void **state)
{
	static const struct {
		const char *body;
		bool falls;
	} rows[] = {
		{"", true},
		{"return", false},
		{"throw a", false},
		{"f()", true},
		{"return 1; f()", false},
		{"if (a) return", true},
		{"if (a) return; else return", false},
		{"if (a) { return } else if (b) { return }", true},
		{"if (a) { return } else if (b) { return } else { throw c }", false},
		{"if (true) return", false},
		{"{ { return } }", false},
		{"while (a) return", true},
		{"while (true) { f() }", false},
		{"while (true) { break }", true},
		{"while (true) { while (a) { break } }", false},
		{"while (1) {}", false},
		{"a: while (true) { for (;;) { break a } }", true},
		{"a: while (true) { for (;;) { continue a } }", false},
		{"for (;;) {}", false},
		{"for (;;) { if (a) break }", true},
		{"for (;a;) { return }", true},
		{"for (const a of b) { return }", true},
		{"do { return } while (a)", false},
		{"do { if (a) continue; return } while (b)", true},
		{"do { } while (true)", false},
		{"a: { break a }", true},
		{"a: { return }", false},
		{"a: { if (b) break a; return }", true},
		{"switch (a) { case 1: return }", true},
		{"switch (a) { case 1: return; default: return }", false},
		{"switch (a) { default: return; case 1: f() }", true},
		{"switch (a) { case 1: break; default: return }", true},
		{"switch (a) { case 1: f(); default: return }", false},
		{"switch (a) { case 1: { return } default: throw b }", false},
		{"switch (a) { case 1: for (;;) { break } default: return }", false},
		{"switch (a) {}", true},
		{"for (;;) { switch (a) { case 1: break } }", false},
		{"for (;;) { switch (a) { default: continue } }", false},
		{"try { return } catch { return }", false},
		{"try { return } catch { f() }", true},
		{"try { f() } catch { return }", true},
		{"try { return } finally { f() }", false},
		{"try { f() } finally { return }", false},
		{"try { f() } finally { g() }", true},
		{"try { f() } catch (e) { throw e } finally { g() }", true},
		{"fail('x')", false},
		{"await failLater()", false},
		{"const f = () => { return }", true},
		{"function g() { return }", true},
		{"class A { m() { return } }", true},
		{"const k: K = a; switch (k) { case 'x': return; case 'y': return }", false},
		{"const k: K = a; switch (k) { case 'x': return }", true},
		{"const p = a as P; switch (p.kind) { case 1: return; case 2: throw b }", false},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct node function;
		const char *source = arena_printf(
			folder.arena,
			"async function t(a: any, b: any) { %s }\nfunction fail(m: string): never "
			"{ throw m }\n"
			"async function failLater(): Promise<never> { throw 1 }\n"
			"type K = 'x' | \"y\"\ninterface P { kind: 1 | 2 }\nexport const app = t\n",
			rows[i].body);
		const struct module *module = open_source(&folder, source, &function);

		if (falls_off_end(&folder.app, module, function) != rows[i].falls)
			fail_msg("%s", rows[i].body);
	}
	folder_dispose(&folder);
}

static void count_return(struct node statement, struct node value, void *payload)
{
	size_t *counts = payload;

	(void)statement;
	counts[node_is_null(value) ? 1 : 0]++;
}

static void test_returns(void **state)
{
	static const struct {
		const char *source;
		size_t values, bare;
	} rows[] = {
		{"const f = () => 1", 1, 0},
		{"const f = () => {}", 0, 0},
		{"function f() { return 1; return }", 1, 1},
		{"function f() { const g = () => { return 1 }; return g() }", 1, 0},
		{"function f() { class A { m() { return 1 } } ; if (a) { return } }", 0, 1},
		{"const f = () => (a, b)", 1, 0},
		{"function f() { return /* c */ }", 0, 1},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t counts[2] = {0, 0};
		struct node function;

		open_source(&folder, rows[i].source, &function);
		each_return(function, count_return, counts);
		assert_int_equal(counts[0], rows[i].values);
		assert_int_equal(counts[1], rows[i].bare);
	}
	folder_dispose(&folder);
}

/* The argument of the call of `probe` in a source. */
struct probe {
	const struct module *module;
	struct node argument;
};

static bool find_probe(struct node node, void *payload)
{
	struct probe *probe = payload;

	if (node_is(node, NODE_CALL_EXPRESSION) &&
	    node_text_is(&probe->module->syntax, node_field(node, FIELD_FUNCTION), "probe"))
		probe->argument = node_first(node_field(node, FIELD_ARGUMENTS));
	return true;
}

static struct probe open_probe(struct app_folder *folder, const char *source)
{
	struct node function;
	struct probe probe = {.module = open_source(folder, source, &function)};

	node_walk(syntax_root(&probe.module->syntax), find_probe, &probe);
	assert_false(node_is_null(probe.argument));
	return probe;
}

static void test_values(void **state)
{
	static const struct {
		const char *source;
		enum value_kind kind;
	} rows[] = {
		{"probe(() => 1)", VALUE_FUNCTION},
		{"probe({})", VALUE_OBJECT},
		{"probe((([])))", VALUE_OBJECT},
		{"probe('x' as any)", VALUE_LITERAL},
		{"probe(1 + 2)", VALUE_COMPUTED},
		{"probe(!a)", VALUE_COMPUTED},
		{"probe(a && b)", VALUE_OTHER},
		{"probe(a.b)", VALUE_OTHER},
		{"probe(undefined)", VALUE_UNDEFINED},
		{"probe(void f())", VALUE_UNDEFINED},
		{"probe(new A())", VALUE_NEW},
		{"probe(f())", VALUE_CALL},
		{"probe(a)", VALUE_NAME},
		{"const a = 1; probe(a)", VALUE_LITERAL},
		{"const a = b, b = {}; probe(a)", VALUE_OBJECT},
		{"const a = b, b = a; probe(a)", VALUE_UNKNOWN},
		{"let a = 1; probe(a)", VALUE_LITERAL},
		{"let a = 1; a = f; probe(a)", VALUE_UNKNOWN},
		{"function f() { const a = {}; probe(a) }", VALUE_OBJECT},
		{"function f(a: any) { probe(a) }\nconst a = {}", VALUE_NAME},
		{"const a = {}; function f() { const a = 'x'; { probe(a) } }", VALUE_LITERAL},
		{"function f() { { const a = 'x' } probe(a) }\nconst a = {}", VALUE_OBJECT},
		{"function f() { let a = 1; a++; probe(a) }", VALUE_NAME},
		{"function f() { let a: any; probe(a) }", VALUE_NAME},
		{"function f() { const {a} = b; probe(a) }", VALUE_NAME},
		{"function f() { function a() {} probe(a) }", VALUE_FUNCTION},
		{"function f() { class A {} probe(A) }", VALUE_CLASS},
		{"import {p} from 'p'; probe(p)", VALUE_UNKNOWN},
		{"import {own} from './own'; probe(own)", VALUE_OBJECT},
		{"import own from './own'; probe(own)", VALUE_FUNCTION},
		{"const undefined2 = undefined; probe(undefined2)", VALUE_UNDEFINED},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/own.ts", "export const own = {a: 1}\nexport default () => 1\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct probe probe = open_probe(&folder, rows[i].source);

		if (value_of(&folder.app, probe.module, probe.argument).kind != rows[i].kind)
			fail_msg("%s", rows[i].source);
	}
	folder_dispose(&folder);
}

static void test_texts(void **state)
{
	static const struct {
		const char *source, *text;
	} rows[] = {
		{"probe('a')", "a"},
		{"probe(`a${'b'}c`)", "abc"},
		{"probe('a' + `b`)", "ab"},
		{"const a = 'x'; probe(`${a}/${a}`)", "x/x"},
		{"const o = {n: 'x'}; probe(o.n)", "x"},
		{"const o = {n: 'x', ...p}; probe(o.n)", NULL},
		{"import {NAME} from './own'; probe(NAME)", "own"},
		{"probe(f())", NULL},
		{"probe(1)", NULL},
		{"probe(a ? 'b' : 'c')", NULL},
		{"const a: any = a; probe(a)", NULL},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/own.ts", "export const NAME = 'own'\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct probe probe = open_probe(&folder, rows[i].source);
		const char *text = value_text(&folder.app, probe.module, probe.argument);

		if (!str_equal(text, rows[i].text))
			fail_msg("%s", rows[i].source);
	}
	folder_dispose(&folder);
}

static void test_packages(void **state)
{
	static const struct {
		const char *source, *name; /* in the package "p"; NULL: not a package's export */
	} rows[] = {
		{"import {a} from 'p'; probe(a)", "a"},
		{"import {a as b} from 'p'; probe(b)", "a"},
		{"import * as n from 'p'; probe(n.a)", "a"},
		{"import * as n from 'p'; probe(n['a'])", "a"},
		{"import n from 'p'; probe(n.a)", "a"},
		{"import {a} from './re'; probe(a)", "a"},
		{"import {b} from './re'; probe(b)", "a"},
		{"import {n} from './re'; probe(n.c)", "c"},
		{"import * as re from './re'; probe(re.b)", "a"},
		{"import {z} from './star'; probe(z)", "z"},
		{"const {a} = await import('p'); probe(a)", "a"},
		{"const {a: b} = require('p'); probe(b)", "a"},
		{"const b = (await import('p')).a; probe(b)", "a"},
		{"import {a} from 'p'; const b = a; probe(b)", "a"},
		{"import {a} from 'p'; function f(a: any) { probe(a) }", NULL},
		{"import {a} from './own'; probe(a)", NULL},
		{"function a() {} probe(a)", NULL},
		{"probe(a)", NULL},
		{"const a = b, b = a; probe(a)", NULL},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/re.ts", "export {a, a as b} from 'p'\nexport * as n from 'p'\n");
	folder_write(&folder, "src/star.ts", "export * from 'p'\n");
	folder_write(&folder, "src/own.ts", "export const a = () => 1\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct probe probe = open_probe(&folder, rows[i].source);
		const char *package = NULL, *name = NULL;
		bool found =
			package_member(&folder.app, probe.module, probe.argument, &package, &name);

		if (found != (rows[i].name != NULL) ||
		    (found && (strcmp(package, "p") != 0 || strcmp(name, rows[i].name) != 0)))
			fail_msg("%s", rows[i].source);
	}
	folder_dispose(&folder);
}

/* From each number of layers of `export *` on that lead on twice, and back; in half of the layers
 * one of the ways gives the names to each other. */
static void test_layers(void **state)
{
	static const struct {
		const char *name, *even, *odd; /* what it is behind an even and an odd number */
	} rows[] = {{"right", "right", "right"}, {"left", NULL, NULL},  {"any", "any", "any"},
		    {"one", "one", "two"},       {"two", "two", "one"}, {"own", NULL, NULL}};
	enum { LAYERS = 40 };
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	for (int i = 0; i <= LAYERS; i++) {
		char path[32], text[256];

		snprintf(path, sizeof(path), "src/l%d.ts", i);
		snprintf(text, sizeof(text), "export * from './l%d'\nexport * from './r%d'\n",
			 i + 1, i + 1);
		folder_write(&folder, path, i < LAYERS ? text : "export const left = 1\n");
		snprintf(text, sizeof(text),
			 "export * from './l0'\nexport * from './l%d'\nexport * from './r%d'\n",
			 i + 1, i + 1);
		snprintf(path, sizeof(path), "src/r%d.ts", i);
		folder_write(&folder, path,
			     i < LAYERS ? text : "export {right} from 'p'\nexport * from 'p'\n");
		snprintf(path, sizeof(path), "src/s%d.ts", i);
		snprintf(text, sizeof(text),
			 "export * from './t%d'\nexport {one as two, two as one} from './s%d'\n", i,
			 i + 1);
		folder_write(&folder, path,
			     i < LAYERS ? text
					: "export {one, two} from 'p'\nexport const own = 1");
		snprintf(path, sizeof(path), "src/t%d.ts", i);
		snprintf(text, sizeof(text),
			 "export {one as two, two as one} from './s%d'\nexport * from './s%d'\n",
			 i + 1, i + 1);
		folder_write(&folder, path, text);
	}
	for (int i = 0; i + 5 <= LAYERS; i++)
		for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
			const char *package = NULL, *name = NULL;
			const char *wanted = (LAYERS - i) % 2 == 0 ? rows[k].even : rows[k].odd;
			bool swaps = k > 2;
			char source[120];

			snprintf(source, sizeof(source), "import {%s as a} from './%c%d'; probe(a)",
				 rows[k].name, swaps ? 's' : 'l', i);
			struct probe probe = open_probe(&folder, source);
			package_member(&folder.app, probe.module, probe.argument, &package, &name);
			if (!str_equal(name, wanted))
				fail_msg("%s is %s", source, name != NULL ? name : "nothing");
		}
	folder_dispose(&folder);
}

static void test_return_types(void **state)
{
	static const struct {
		const char *source;
		const char *name; /* of the global that the promise's type is, or NULL */
		bool open;
	} rows[] = {
		{"function f(): Promise<Response> {}", "Response", false},
		{"type R = Response\nfunction f(): Promise<R> {}", "Response", false},
		{"type P = Promise<Response>\nconst f = (): P => {}", "Response", false},
		{"const f: () => Promise<Response> = () => {}", "Response", false},
		{"interface F { (): Promise<Response> }\nconst f: F = () => {}", "Response", false},
		{"const f = (() => {}) satisfies () => Promise<Response>", "Response", false},
		{"import type {R} from './own'\nfunction f(): Promise<R> {}", "Response", false},
		{"import type * as O from './own'\nfunction f(): Promise<O.R> {}", "Response",
		 false},
		{"function f(): Promise<globalThis.Response> {}", "Response", false},
		{"function f<T>(): Promise<T> {}", NULL, true},
		{"import type {R} from 'p'\nfunction f(): Promise<R> {}", NULL, true},
		{"function f(): Promise<any> {}", NULL, true},
		{"type A = A\nfunction f(): Promise<A> {}", NULL, true},
		{"type B<T> = T\nfunction f(): Promise<B<Response>> {}", NULL, true},
		{"function f(): Promise<string> {}", NULL, false},
		{"function f(): Promise<{a: 1}> {}", NULL, false},
		{"interface R {}\nfunction f(): Promise<R> {}", NULL, false},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/own.ts", "export * from './more'\n");
	folder_write(&folder, "src/more.ts", "export type R = Response\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct node function;
		const struct module *module = open_source(&folder, rows[i].source, &function);
		struct type type = return_type(&folder.app, module, function);

		assert_true(type_is_promise(&type));
		type = type_argument(&folder.app, &type);
		if (!str_equal(type.name, rows[i].name) || type_is_open(&type) != rows[i].open)
			fail_msg("%s", rows[i].source);
	}
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flow),         cmocka_unit_test(test_returns),
		cmocka_unit_test(test_values),       cmocka_unit_test(test_texts),
		cmocka_unit_test(test_packages),     cmocka_unit_test(test_layers),
		cmocka_unit_test(test_return_types),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
