/* Comments and the words in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "check/comments.h"
#include "check/suppressions.h"
#include "source/syntax.h"

/* The texts of all comments, joined by "|". */
static const char *joined(struct arena *arena, const struct comments *comments, const char *bytes)
{
	const char *all = "";

	for (size_t i = 0; i < comments->count; i++) {
		const struct comment *c = &comments->items[i];

		assert_true(c->start <= c->text_start && c->text_start <= c->text_end &&
			    c->text_end <= c->end);
		all = arena_printf(arena, "%s%s%.*s", all, i == 0 ? "" : "|",
				   (int)(c->text_end - c->text_start), bytes + c->text_start);
	}
	return all;
}

static void test_modules(void **state)
{
	static const struct {
		const char *source, *texts;
	} rows[] = {
		{"const a = 1 // one\n/* two */ /** three */\n", " one| two |* three "},
		{"const a = \"// no\" + '/* no */' + `// no ${b /* yes */}` + /\\/\\/ no/.source",
		 " yes "},
		{"const x = <div>// no {/* yes */}<a b=\"// no\" /* in */ /></div>", " yes | in "},
		{"// end", " end"},
		{"// crlf\r\n", " crlf"},
		{"/**/", ""},
		{"#!/usr/bin/env node // no\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct comments comments;
		struct syntax syntax;

		syntax_parse(&syntax, "a.tsx", DIALECT_TSX, rows[i].source, strlen(rows[i].source));
		comments_of_module(&comments, arena, &syntax);
		assert_string_equal(joined(arena, &comments, rows[i].source), rows[i].texts);
		syntax_dispose(&syntax);
		arena_free(arena);
	}
}

static void test_braces_of_jsx(void **state)
{
	struct arena *arena = arena_new();
	const char *source = "const x = <div>\n  {/* a */}\n  {b /* c */}\n</div>";
	struct comments comments;
	struct syntax syntax;

	(void)state;
	syntax_parse(&syntax, "a.tsx", DIALECT_TSX, source, strlen(source));
	comments_of_module(&comments, arena, &syntax);
	assert_int_equal(comments.count, 2);
	assert_int_equal(comments.items[0].outer_start, comments.items[0].start - 1);
	assert_int_equal(comments.items[0].outer_end, comments.items[0].end + 1);
	assert_int_equal(comments.items[1].outer_start, comments.items[1].start);
	syntax_dispose(&syntax);
	arena_free(arena);
}

static void test_lines(void **state)
{
	static const struct {
		bool env;
		const char *source, *texts;
	} rows[] = {
		{false, "# one\n{ a(b: \"# no\\\" # no\") # two\r\n}", " one| two"},
		{false, "\"\"\"\n# no \\\"\"\" # no\n\"\"\" # yes", " yes"},
		{false, "\"open # no\n# yes", " yes"},
		{false, "\"\" # yes\n\"\"\"\"\"\" # too", " yes| too"},
		{false, "\"\"\" open # no", ""},
		{true, "# one\nA=b # two\nB=c#no\nC=#no\n  # three", " one| two| three"},
		{true, "A=\"# no\n# no\" # yes\nB='# no' # too\n", " yes| too"},
		{true, "A=\"it is \\\" # no\" # yes", " yes"},
		{true, "A='open # yes\n# too", " yes| too"},
		{true, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct comments comments;
		const char *source = rows[i].source;

		if (rows[i].env)
			comments_of_env(&comments, arena, source, strlen(source));
		else
			comments_of_graphql(&comments, arena, source, strlen(source));
		assert_string_equal(joined(arena, &comments, source), rows[i].texts);
		arena_free(arena);
	}
}

static void test_directives(void **state)
{
	static const struct {
		const char *text;
		bool ours, known, file_wide, has_reason;
		const char *codes;
	} rows[] = {
		{" attio-ignore ATT1 -- because", true, true, false, true, "ATT1"},
		{"attio-ignore ATT1,ATT2 , a-b -- x", true, true, false, true, "ATT1,ATT2,a-b"},
		{" attio-ignore-file a-b--x", true, true, true, true, "a-b"},
		{"*\n * attio-ignore ATT1 -- x\n ", true, true, false, true, "ATT1"},
		{" attio-ignore ATT1", true, true, false, false, "ATT1"},
		{" attio-ignore ATT1 --", true, true, false, false, "ATT1"},
		{" attio-ignore ATT1 -- ...", true, true, false, false, "ATT1"},
		{" attio-ignore ATT1 -- \xc3\xa9", true, true, false, true, "ATT1"},
		{" attio-ignore ATT1 because", true, true, false, false, "ATT1"},
		{" attio-ignore ATT1 - because", true, true, false, false, "ATT1"},
		{" attio-ignore", true, true, false, false, ""},
		{" attio-ignore -- because", true, true, false, true, ""},
		{" attio-ignore-next-line ATT1 -- x", true, false, false, true, "ATT1"},
		{" attio-ignored long ago", false, false, false, false, ""},
		{" see attio-ignore", false, false, false, false, ""},
		{" attio", false, false, false, false, ""},
		{"", false, false, false, false, ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct directive d;
		const char *text = rows[i].text, *codes = "";
		size_t start, end;

		assert_int_equal(directive_parse(text, strlen(text), &d), rows[i].ours);
		for (size_t at = d.codes_start;
		     rows[i].ours && directive_next_code(text, d.codes_end, &at, &start, &end);)
			codes = arena_printf(arena, "%s%s%.*s", codes, codes[0] == '\0' ? "" : ",",
					     (int)(end - start), text + start);
		if (d.word_known != rows[i].known || d.file_wide != rows[i].file_wide ||
		    (rows[i].ours && d.has_reason != rows[i].has_reason))
			fail_msg("row %zu", i);
		assert_string_equal(codes, rows[i].codes);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_braces_of_jsx),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_directives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
