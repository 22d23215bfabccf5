/* Which changes can matter to other files. Each row is a module before and after, and what another
 * file has in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "types/narrow.h"

struct row {
	const char *before, *now, *other;
	bool inside;
};

static bool is_package(const char *name, void *data)
{
	(void)data;
	return strcmp(name, "zod") == 0 || strcmp(name, "@s/p") == 0;
}

static struct narrow_text text_at(const char *path, const char *bytes)
{
	return (struct narrow_text){path, bytes, strlen(bytes)};
}

static bool ask(struct narrow_question *question, const struct row *row)
{
	struct narrow_change change = {text_at("/app/m.tsx", row->before),
				       text_at("/app/m.tsx", row->now)};
	struct narrow_text others[] = {text_at("/app/other.ts", row->other),
				       text_at("/app/third.ts", "export {}")};
	bool inside;

	question->arena = arena_new();
	question->changes = &change;
	question->change_count = 1;
	question->others = others;
	question->other_count = ARRAY_LEN(others);
	question->is_package = is_package;
	inside = narrow_stays_inside(question);
	arena_free(question->arena);
	return inside;
}

#define A "export const a = 1\n"
#define TAKES_A "import {a} from './m'; export const c = a"

static const struct row rows[] = {
	/* nothing, comments, what has its type written down */
	{A, A, TAKES_A, true},
	{A, "/* c */ " A "// d", TAKES_A, true},
	{"export const a: number = 1", "export const a: number = 2", TAKES_A, true},
	{"export function a(): number { return 1 }", "export function a(): number { return 2 }",
	 TAKES_A, true},
	{"export const a = (): number => 1", "export const a = (): number => 2", TAKES_A, true},
	{"export class a { m(): void {} p: number = 1 }",
	 "export class a { m(): void { let x } p: number = 2 }", TAKES_A, true},
	{"const x = 1; export const a: number = x", "const x = 2; export const a: number = x",
	 TAKES_A, true},
	{"const x = 1; export function a(): number { return x }",
	 "const x = 2; export function a(): number { return x }", TAKES_A, true},
	/* something more that nobody knows of yet */
	{A, A "export const b = 2", TAKES_A, true},
	{A, A "const z = 2; export type B = {z: 1}; export {z as b}", TAKES_A, true},
	{A, "import {z} from 'zod'\n" A "export const b = z", TAKES_A, true},
	{A, "export enum E { X }\nexport interface I {}\n" A, TAKES_A, true},
	{A, A "export const b = 2", TAKES_A "\nconst b = 3, d = x.b", true},
	{A, A "export const b = 2", "import * as z from 'zod'; import('@s/p/x'); " TAKES_A, true},
	{A, A "export const b = 2", "export * from './third'; /** * from b */", true},
	{A, "import {z} from 'zod'\n" A, TAKES_A, true},
	/* what others take is another */
	{A, "export const a = 2", TAKES_A, false},
	{A, "export const z = 1", TAKES_A, false},
	{"export const a: number = 1", "export const a: string = 1", TAKES_A, false},
	{"export function a() { return 1 }", "export function a() { return 2 }", TAKES_A, false},
	{"export class a { constructor() { this.p = 1 } p }",
	 "export class a { constructor() { this.p = '' } p }", TAKES_A, false},
	{"const x = 1; export const a = x", "const x = 2; export const a = x", TAKES_A, false},
	{"const x = 1; const y = [x]; export {y as a}",
	 "const x = 2; const y = [x]; export {y as a}", TAKES_A, false},
	{"type T = 1; export type a = T[]", "type T = 2; export type a = T[]", TAKES_A, false},
	{"import {x} from 'zod'; export const a = x",
	 "import {y as x} from 'zod'; export const a = x", TAKES_A, false},
	{A "export const b = 2", A "export const b = 3", "export {b as x} from './m'", false},
	{A, A "export const b = 2", "import {\\u0062} from './m'", false},
	{A, A "export const b = 2", "import {\\u{62} as x} from './m'", false},
	{A "let f = (): void => {}", "let f = (): void => {}\n" A, TAKES_A, false},
	{"function o(x: 1): 1\nfunction o(x: 2): 2\nfunction o(x: any): any {}\nexport {o as a}",
	 "function o(x: 2): 2\nfunction o(x: 1): 1\nfunction o(x: any): any {}\nexport {o as a}",
	 TAKES_A, false},
	/* modules that are taken as a whole */
	{A, A "export const b = 2", "import * as m from './m'", false},
	{A, A "export const b = 2", "import d, * /* c */ as m // d\n from './m'", false},
	{A, A "export const b = 2", "export * from './m'", false},
	{A, A "export const b = 2", "export * as m from './folder'", false},
	{A, A "export const b = 2", "export * as 'm' from './third'", false},
	{A, A "export const b = 2", "import * as m from '#m'", false},
	{A, A "export const b = 2", "import * as m from 'own-name'", false},
	{A, A "export const b = 2", "const m = await import('./m')", false},
	{A, A "export const b = 2", "type M = typeof import(/* c */ './m')", false},
	{A, A "export const b = 2", "import(x)", false},
	{A, A "export const b = 2", "import m = require('./m')", false},
	{A, A "export const b = 2", "export {}; declare module './m' { const b: 1 }", false},
	/* what has no name of its own, or one for everybody */
	{"export default 1", "export default 2", "", false},
	{A, A "export default 1", "", false},
	{A, A "export * from 'zod'", "", false},
	{A, A "export * as b from 'zod'", "", false},
	{"const a = 1", "const a = 2", "", false},
	{A "declare global { var g: 1 }", A "declare global { var g: 2 }", "", false},
	{A "a.x = 1", A "a.x = 2", "", false},
	{A, A "if (a) { var b = 1 }", "", false},
	{A, A "export import b = a.c", "", false},
	{A, A "namespace N { export const b = 1 }", "", false},
	{"const x = 1\n" A "x.y = 2", "const x = 2\n" A "x.y = 2", "", false},
	/* what is not understood */
	{A, A "export const b =", "", false},
	{A, A "export const b = 2", "const c = ; import {b} from './n'", false},
};

static void changes(void **state)
{
	struct narrow_question question = {0};
	bool wrong = false;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (ask(&question, &rows[i]) == rows[i].inside)
			continue;
		wrong = true;
		print_error("%s: %s -> %s | %s\n", rows[i].inside ? "not inside" : "inside",
			    rows[i].before, rows[i].now, rows[i].other);
	}
	assert_false(wrong);
}

static void nothing_is_sure_where_imports_are_mapped(void **state)
{
	const struct row row = {A, A "export const b = 2", "import * as z from 'zod'", true};
	struct narrow_question question = {0};

	(void)state;
	assert_true(ask(&question, &row));
	question.mapped = true;
	assert_false(ask(&question, &row));
}

/* What one of them gives the other, and that to a third. */
static void several_changes(void **state)
{
	struct narrow_change both[] = {
		{text_at("/app/m.ts", "export const a = 1"),
		 text_at("/app/m.ts", "export const a = 2")},
		{text_at("/app/n.ts", "import {a as x} from './m'\nexport const b = x"),
		 text_at("/app/n.ts", "import {a as x} from './m'\nexport const b = x // new")}};
	struct narrow_text other = text_at("/app/o.ts", "import {c} from './n'");
	struct narrow_question question = {.arena = arena_new(),
					   .changes = both,
					   .change_count = 2,
					   .others = &other,
					   .other_count = 1,
					   .is_package = is_package};

	(void)state;
	assert_true(narrow_stays_inside(&question));
	other = text_at("/app/o.ts", "import {b} from './n'");
	assert_false(narrow_stays_inside(&question));
	other = text_at("/app/o.ts", "");
	assert_true(narrow_stays_inside(&question));
	both[1].now = text_at("/app/n.ts", "import * as m from './m'\nexport const b = m");
	assert_false(narrow_stays_inside(&question));
	arena_free(question.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes),
		cmocka_unit_test(nothing_is_sure_where_imports_are_mapped),
		cmocka_unit_test(several_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
