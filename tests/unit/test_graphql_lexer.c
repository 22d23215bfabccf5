/* GraphQL tokens, and what strings stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "graphql/lexer.h"

/* One letter a token: n name, i int, f float, s string, b block string, . spread, ! bad, or the
 * mark itself; with `kind start-end`. */
static void put_token(struct buf *out, const struct graphql_token *token)
{
	static const char letters[] = {'E', '?', 'n', 'i', 'f', 's', 'b', '.', 'm'};
	char letter = token->kind == GRAPHQL_TOKEN_MARK ? token->mark : letters[token->kind];

	buf_printf(out, "%s%c%zu-%zu", out->len > 0 ? " " : "", letter, token->start, token->end);
}

static void test_tokens(void **state)
{
	static const struct {
		const char *text;
		const char *tokens;
	} rows[] = {
		{"", ""},
		{" \t,\r\n# comment\n", ""},
		{"\xef\xbb\xbf{}", "{3-4 }4-5"},
		{"{\xef\xbb\xbf}", "{0-1 }4-5"},
		{"query _a9{", "n0-5 n6-9 {9-10"},
		{"!$&():=@[]{|}",
		 "!0-1 $1-2 &2-3 (3-4 )4-5 :5-6 =6-7 @7-8 [8-9 ]9-10 {10-11 |11-12 "
		 "}12-13"},
		{"...on", ".0-3 n3-5"},
		{"....", ".0-3 ?3-4"},
		{"..x", "?0-2 n2-3"},
		{"0 -0 12 -3", "i0-1 i2-4 i5-7 i8-10"},
		{"1.5 -0.1e+9 1E2", "f0-3 f4-11 f12-15"},
		{"01", "?0-2"},
		{"1.", "?0-2"},
		{"1.x y", "?0-3 n4-5"},
		{"1e", "?0-2"},
		{"-", "?0-1"},
		{"-x", "?0-2"},
		{"5a {", "?0-2 {3-4"},
		{"1.2.3", "?0-5"},
		{"\"\" \"a\\\"b\"", "s0-2 s3-9"},
		{"\"a\nb", "?0-2 n3-4"},
		{"\"a", "?0-2"},
		{"\"\\q\" x", "?0-4 n5-6"},
		{"\"\\u00zz\"", "?0-8"},
		{"\"\\u{41}\\u{10FFFF}\"", "s0-18"},
		{"\"\\u{}\"", "?0-6"},
		{"\"\\u{110000}\"", "?0-12"},
		{"\"\\u{D800}\"", "?0-10"},
		{"\"\\ud83d\\ude00\"", "s0-14"},
		{"\"\\ud83d\"", "?0-8"},
		{"\"\\ude00\"", "?0-8"},
		{"\"\\ud83d\\u0041\"", "?0-14"},
		{"\"\\", "?0-2"},
		{"\"\"\"\"\"\"", "b0-6"},
		{"\"\"\"a\n\"b\"\\\"\"\"\"\"\"", "b0-15"},
		{"\"\"\"a", "?0-4"},
		{"'x'", "?0-1 n1-2 ?2-3"},
		{"\xc3\xa9 %", "?0-2 ?3-4"},
		{"\"\xff\"", "s0-3"},
		{"\xff", "?0-1"},
	};
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct graphql_lexer lexer = {.bytes = rows[i].text, .len = strlen(rows[i].text)};
		struct buf out = {0};

		for (;;) {
			struct graphql_token token = graphql_lexer_next(&lexer);

			if (token.kind == GRAPHQL_TOKEN_END)
				break;
			assert_int_equal(token.kind == GRAPHQL_TOKEN_BAD, token.problem != NULL);
			put_token(&out, &token);
		}
		if (strcmp(buf_cstr(&out), rows[i].tokens) != 0)
			fail_msg("row %zu: %s", i, buf_cstr(&out));
		buf_dispose(&out);
	}
}

static void test_nul_byte_is_no_end(void **state)
{
	struct graphql_lexer lexer = {.bytes = "a\0b", .len = 3};
	(void)state;

	assert_int_equal(graphql_lexer_next(&lexer).kind, GRAPHQL_TOKEN_NAME);
	assert_int_equal(graphql_lexer_next(&lexer).kind, GRAPHQL_TOKEN_BAD);
	assert_int_equal(graphql_lexer_next(&lexer).kind, GRAPHQL_TOKEN_NAME);
	assert_int_equal(graphql_lexer_next(&lexer).kind, GRAPHQL_TOKEN_END);
	assert_int_equal(graphql_lexer_next(&lexer).kind, GRAPHQL_TOKEN_END);
}

static void test_problem_place(void **state)
{
	struct graphql_lexer lexer = {.bytes = "\"ab\\qc\" x", .len = 9};
	struct graphql_token token = graphql_lexer_next(&lexer);
	(void)state;

	/* The escape itself, and reading goes on after the string. */
	assert_int_equal(token.problem_start, 3);
	assert_int_equal(token.problem_end, 5);
	assert_int_equal(token.end, 7);
}

static void test_string_values(void **state)
{
	static const struct {
		const char *text;
		const char *value;
	} rows[] = {
		{"\"\"", ""},
		{"\"a b\"", "a b"},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
		{"\"\\u0041\\u00e9\\u20ac\"", "A\xc3\xa9\xe2\x82\xac"},
		{"\"\\ud83d\\ude00\\u{1F600}\"", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80"},
		{"\"\"\"\"\"\"", ""},
		{"\"\"\"a\"\"\"", "a"},
		{"\"\"\"\n    Hello,\n      World!\n\n    Yours\n  \"\"\"",
		 "Hello,\n  World!\n\nYours"},
		{"\"\"\"  first\n    second\n   third\"\"\"", "  first\n second\nthird"},
		{"\"\"\"\r\n  a\r\n  b\r  c\"\"\"", "a\nb\nc"},
		{"\"\"\"\n \n\n\"\"\"", ""},
		{"\"\"\"a \\\"\"\" \\n\"\"\"", "a \"\"\" \\n"},
	};
	struct arena *arena = arena_new();
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct graphql_lexer lexer = {.bytes = rows[i].text, .len = strlen(rows[i].text)};
		struct graphql_token token = graphql_lexer_next(&lexer);
		size_t len;
		const char *value = graphql_string_value(arena, rows[i].text, &token, &len);

		assert_int_not_equal(token.kind, GRAPHQL_TOKEN_BAD);
		assert_int_equal(token.end, lexer.len);
		assert_string_equal(value, rows[i].value);
		assert_int_equal(len, strlen(rows[i].value));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_nul_byte_is_no_end),
		cmocka_unit_test(test_problem_place),
		cmocka_unit_test(test_string_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
