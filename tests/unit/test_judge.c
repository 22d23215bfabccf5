/* esbuild as judge: what it decides, where, and what comes of an esbuild that misbehaves. Run from
 * the top of the source tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "bundle/judge.h"
#include "source/syntax.h"

#define FAKE "tests/fake/esbuild.sh"

/* Asks about a text under a name; the verdict is in the arena. */
static struct verdict ask(struct arena *arena, const struct judge *judge, const char *path,
			  const char *text)
{
	struct syntax syntax = {.path = path, .bytes = text, .len = strlen(text)}, *list = &syntax;

	size_t fresh = judge->syntax.judge(&list, 1, arena, judge->syntax.payload);

	assert_int_equal(fresh, syntax.verdict.kind != VERDICT_UNKNOWN);
	return syntax.verdict;
}

static void test_verdicts(void **state)
{
	static const struct {
		const char *path, *text, *cause, *rest; /* of the text, from the place on */
		size_t len;
	} rows[] = {
		{"a.ts", "let a: number = <string>b", NULL, NULL, 0},
		{"a.mts", "let a: number = <string>b", NULL, NULL, 0},
		{"a.cts", "import x = require('x')", NULL, NULL, 0},
		{"a.tsx", "let a: number = <b>x</b>", NULL, NULL, 0},
		{"a.jsx", "let a = <b>x</b>", NULL, NULL, 0},
		{"a.js", "await 1", NULL, NULL, 0},
		{"", "let a = 1", NULL, NULL, 0},
		{"a.js", "let a: number", "expected `;` but found `:`", ": number", 1},
		{"a.js", "let a = <b/>", "the JSX syntax extension is not currently enabled",
		 "<b/>", 1},
		{"a.ts", "let a = {\n b: 1 1\n}", "expected `}` but found `1`", "1\n}", 1},
		{"a.ts", "let a = `\xE2\x80\xA8` +\r\n  \xC3\xA4\xC3\xB6 ++ b",
		 "expected `;` but found `b`", "b", 1},
		{"a.ts", "// \xE2\x80\xA9\rlet 1", "expected `;` but found `1`", "1", 1},
		{"a.ts", "\xEF\xBB\xBFlet 1", "expected `;` but found `1`", "1", 1},
		{"a.ts", "f(", "unexpected end of file", "", 0},
		{"a.ts", "let a, b, a", "the symbol `a` has already been declared", "a", 0},
		{"a.ts", "class A { constructor(@b c: D) {} }", NULL, NULL, 0},
		{"a.ts", "class A { constructor(@b c: D) {} } 1 1", "expected `;` but found `1`",
		 "1", 1},
		{"a.ts", "let a = @b class {}", NULL, NULL, 0},
	};
	struct arena *arena = arena_new();
	struct judge judge;

	(void)state;
	judge_init(&judge, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct verdict verdict = ask(arena, &judge, rows[i].path, rows[i].text);

		if (rows[i].cause == NULL) {
			if (verdict.kind != VERDICT_ACCEPTED)
				fail_msg("row %zu: %s", i, verdict.cause);
			continue;
		}
		assert_int_equal(verdict.kind, VERDICT_REFUSED);
		if (strcmp(verdict.cause, rows[i].cause) != 0 ||
		    strcmp(rows[i].text + verdict.start, rows[i].rest) != 0)
			fail_msg("row %zu: %s at %s", i, verdict.cause,
				 rows[i].text + verdict.start);
		if (verdict.end - verdict.start != rows[i].len)
			fail_msg("row %zu: %zu bytes", i, verdict.end - verdict.start);
	}
	arena_free(arena);
}

/* Many at once, in one session and in several builds; a verdict of the same judge stands, one of
 * another does not. */
static void test_many(void **state)
{
	static const char *const rows[] = {
		"let 1",                                 /* refused */
		"let a",                                 /* accepted */
		"class A { constructor(@b c: D) {} }",   /* accepted, asked twice */
		"class A { constructor(@b c: D) {} 1 1", /* refused, asked twice */
		"if (a === NaN) b()",                    /* accepted with a remark */
	};
	enum { COUNT = 300, KINDS = ARRAY_LEN(rows), PADDING = 2000 };
	static struct syntax syntaxes[COUNT];
	struct syntax *list[COUNT];
	struct arena *arena = arena_new();
	struct judge judge;

	(void)state;
	judge_init(&judge, NULL);
	for (size_t i = 0; i < COUNT; i++) {
		const char *text = arena_printf(arena, "%s // %*d", rows[i % KINDS], PADDING, 1);

		syntaxes[i] = (struct syntax){.path = "a.ts", .bytes = text, .len = strlen(text)};
		list[i] = &syntaxes[i];
	}
	assert_int_equal(judge.syntax.judge(list, COUNT, arena, judge.syntax.payload), COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		const struct verdict *verdict = &syntaxes[i].verdict;

		assert_int_equal(verdict->kind, i % KINDS == 0 || i % KINDS == 3
							? VERDICT_REFUSED
							: VERDICT_ACCEPTED);
		if (i % KINDS == 4)
			assert_string_equal(verdict->remarks,
					    "6 9 comparison with NaN using the `===` operator "
					    "here is always false\n");
		else
			assert_null(verdict->remarks);
	}
	assert_int_equal(judge.syntax.judge(list, COUNT, arena, judge.syntax.payload), 0);
	syntaxes[7].verdict.judge++;
	syntaxes[8].path = "a.tsx";
	assert_int_equal(judge.syntax.judge(list, COUNT, arena, judge.syntax.payload), 2);
	arena_free(arena);
}

static void test_no_judge(void **state)
{
	static const struct {
		const char *path, *mode, *cause;
	} rows[] = {
		{"/nowhere/esbuild", "", "`ESBUILD_BINARY_PATH` names no program that can run"},
		{FAKE, "exit", "exit code 3: cannot do anything"},
		{FAKE, "never-ready", "nothing came from it for 0.4 s"},
		{FAKE, "silence", "nothing came from it for 0.4 s"},
		{FAKE, "garbage", "cannot be understood"},
		{FAKE, "huge", "cannot be understood"},
		{FAKE, "unasked", "it answers what was not asked"},
		{FAKE, "cut", "stopped in the middle"},
		{FAKE, "panic", "panic: something broke"},
		{FAKE, "noise", "the last word"},
		{FAKE, "kill", "killed by SIGKILL"},
		{FAKE, "empty", "a text without a verdict"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct judge judge;

		judge_init(&judge, rows[i].path);
		judge.silence_ms = 400;
		setenv("FAKE_ESBUILD", rows[i].mode, 1);
		struct verdict verdict = ask(arena, &judge, "a.ts", "let 1");
		assert_int_equal(verdict.kind, VERDICT_UNKNOWN);
		if (strstr(verdict.cause, rows[i].cause) == NULL)
			fail_msg("row %zu: %s", i, verdict.cause);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_no_judge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
