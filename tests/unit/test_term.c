/* Colour, prompts and escaping: the order of precedence row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/term.h"

static void test_color(void **state)
{
	static const struct {
		struct term_facts facts;
		bool color;
	} rows[] = {
		{{.color = "auto", .tty = true, .term = "xterm"}, true},
		{{.color = "auto", .tty = false, .term = "xterm"}, false},
		{{.color = "auto", .tty = true, .term = "dumb"}, false},
		{{.color = "auto", .tty = true, .term = NULL}, true},
		/* NO_COLOR beats the terminal and what forces. */
		{{.color = "auto", .tty = true, .no_color = "1"}, false},
		{{.color = "auto", .tty = true, .no_color = "0"}, false},
		{{.color = "auto", .no_color = "1", .force_color = "1"}, false},
		/* Forcing beats pipes and dumb terminals. */
		{{.color = "auto", .force_color = "1"}, true},
		{{.color = "auto", .force_color = "3", .term = "dumb"}, true},
		{{.color = "auto", .clicolor_force = "1"}, true},
		{{.color = "auto", .force_color = "0"}, false},
		{{.color = "auto", .force_color = "false"}, false},
		{{.color = "auto", .clicolor_force = "0"}, false},
		{{.color = "auto", .clicolor = "0", .tty = true}, false},
		{{.color = "auto", .clicolor = "1", .tty = true}, true},
		{{.color = "auto", .clicolor = "0", .force_color = "1", .tty = true}, true},
		{{.color = "always", .clicolor = "0"}, true},
		{{.color = "auto", .force_color = "0", .tty = true}, true},
		/* The option beats them all. */
		{{.color = "always", .no_color = "1", .term = "dumb"}, true},
		{{.color = "never", .force_color = "1", .tty = true, .term = "xterm"}, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (term_color(&rows[i].facts) != rows[i].color)
			fail_msg("row %zu", i);
}

static void test_columns(void **state)
{
	static const struct {
		const char *columns;
		size_t told, width;
	} rows[] = {
		{NULL, 0, 0},
		{NULL, 80, 80},
		{NULL, 3, 40},
		{"60", 80, 60},
		{"60", 0, 60},
		{"1", 80, 40},
		{"0", 80, 80},
		{"wide", 80, 80},
		{"-5", 80, 80},
		{"60x", 80, 80},
		{"99999", 0, 0},
		{"9999", 0, 9999},
		{"99999999999999999999", 100, 100},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (term_columns(rows[i].columns, rows[i].told) != rows[i].width)
			fail_msg("row %zu", i);
}

static void test_interactive(void **state)
{
	(void)state;
	assert_true(term_interactive(true, true, NULL, false));
	assert_false(term_interactive(false, true, NULL, false));
	assert_false(term_interactive(true, false, NULL, false));
	assert_false(term_interactive(true, true, "true", false));
	assert_false(term_interactive(true, true, NULL, true));
}

static void test_escape(void **state)
{
	static const struct {
		const char *text;
		const char *safe;
	} rows[] = {
		{"", ""},
		{"plain `x` \\ \"y\"", "plain `x` \\ \"y\""},
		{"caf\xc3\xa9 \xf0\x9f\x98\x80", "caf\xc3\xa9 \xf0\x9f\x98\x80"},
		{"a\x1b[31mb", "a\\x1b[31mb"},
		{"a\nb\tc\r", "a\\nb\\tc\\x0d"},
		{"\x07\x7f", "\\x07\\x7f"},
		{"\xc2\x9b"
		 "31m",
		 "\\u009b31m"}, /* CSI as one character */
		{"\xff\xc3", "\\xff\\xc3"},
		{"a\xe2\x80\xae"
		 "b",
		 "a\\u202eb"}, /* right to left */
		{"\xe2\x81\xa6\xe2\x80\xa8", "\\u2066\\u2028"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0};
		term_escape(&out, rows[i].text);
		assert_string_equal(buf_cstr(&out), rows[i].safe);
		buf_dispose(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_color),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_interactive),
		cmocka_unit_test(test_escape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
