/* Buffers and their JSON string literals; errors, which are formatted the same way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

static void test_append(void **state)
{
	(void)state;
	struct buf buf = {0};
	assert_string_equal(buf_cstr(&buf), "");
	buf_puts(&buf, "ab");
	buf_putc(&buf, 'c');
	buf_add(&buf, "d\0e", 3);
	buf_printf(&buf, "%d", 42);
	assert_int_equal(buf.len, 8);
	assert_memory_equal(buf.ptr, "abcd\0e42", 9);
	buf_drop(&buf, 0);
	buf_drop(&buf, 4);
	assert_int_equal(buf.len, 4);
	assert_memory_equal(buf.ptr, "\0e42", 5);
	buf_drop(&buf, 4);
	assert_int_equal(buf.len, 0);
	buf_clear(&buf);
	assert_string_equal(buf_cstr(&buf), "");
	buf_dispose(&buf);
	assert_null(buf.ptr);
}

/* Every length around the growth steps keeps content and terminator. */
static void test_growth(void **state)
{
	(void)state;
	struct buf buf = {0};
	for (size_t i = 0; i < 3000; i++) {
		buf_putc(&buf, (char)('a' + i % 26));
		assert_int_equal(buf.ptr[buf.len], 0);
	}
	for (size_t i = 0; i < 3000; i++)
		assert_int_equal(buf.ptr[i], 'a' + (int)(i % 26));
	buf_printf(&buf, "%0*d", 50000, 7);
	assert_int_equal(buf.len, 53000);
	assert_int_equal(buf.ptr[52999], '7');
	buf_dispose(&buf);
}

static void test_take(void **state)
{
	(void)state;
	struct buf buf = {0};
	char *empty = buf_take(&buf);
	assert_string_equal(empty, "");
	mem_free(empty);
	buf_puts(&buf, "mine");
	char *taken = buf_take(&buf);
	assert_string_equal(taken, "mine");
	assert_int_equal(buf.len, 0);
	mem_free(taken);
	memcpy(buf_reserve(&buf, 3), "xyz", 3);
	buf.len += 3;
	assert_string_equal(buf_cstr(&buf), "xyz");
	buf_dispose(&buf);
}

static void test_json_string(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len;
		const char *literal;
	} rows[] = {
		{"", 0, "\"\""},
		{"plain /'", 8, "\"plain /'\""},
		{"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
		{"\n\r\t\b\f\x01\x1f\x7f", 8, "\"\\n\\r\\t\\b\\f\\u0001\\u001f\\u007f\""},
		{"\0", 1, "\"\\u0000\""},
		{"\xc3\xa9", 2, "\"\\u00e9\""},
		{"\xe2\x80\xa8", 3, "\"\\u2028\""},
		{"\xf0\x9f\x98\x80", 4, "\"\\ud83d\\ude00\""},
		{"\xf4\x8f\xbf\xbf", 4, "\"\\udbff\\udfff\""},
		{"a\xff"
		 "b",
		 3, "\"a\\ufffdb\""},
		{"\xe2\x82", 2, "\"\\ufffd\\ufffd\""},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf buf = {0};
		buf_put_json_string(&buf, rows[i].text, rows[i].len);
		assert_string_equal(buf_cstr(&buf), rows[i].literal);
		buf_dispose(&buf);
	}
}

static void test_json_member(void **state)
{
	struct buf buf = {0};

	(void)state;
	/* The rest of an object whose beginning is elsewhere. */
	buf_put_json_member(&buf, "a", "1");
	assert_string_equal(buf_cstr(&buf), ",\"a\":\"1\"");
	buf_clear(&buf);
	buf_putc(&buf, '{');
	buf_put_json_member(&buf, "a\"", "{");
	buf_put_json_member(&buf, "b", NULL);
	buf_puts(&buf, ",\"c\":{");
	buf_put_json_member(&buf, "d", ",");
	buf_puts(&buf, "},");
	buf_put_json_member(&buf, "e", "");
	assert_string_equal(buf_cstr(&buf), "{\"a\\\"\":\"{\",\"b\":null,\"c\":{\"d\":\",\"},"
					    "\"e\":\"\"");
	buf_dispose(&buf);
}

/* Each byte that is not UTF-8 is replaced, nothing else changes. */
static void test_utf8(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *valid;
	} rows[] = {
		{"", 0, ""},
		{"caf\xc3\xa9 \xf0\x9f\x98\x80", 10, "caf\xc3\xa9 \xf0\x9f\x98\x80"},
		{"\xff", 1, "\xef\xbf\xbd"},
		{"a\xff\xfe z", 5, "a\xef\xbf\xbd\xef\xbf\xbd z"},
		{"\xe2\x82", 2, "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xc3(", 2, "\xef\xbf\xbd("},
	};
	struct buf buf = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_put_utf8(&buf, rows[i].text, rows[i].len);
		assert_string_equal(buf_cstr(&buf), rows[i].valid);
		buf_clear(&buf);
	}
	buf_put_char(&buf, 'a');
	buf_put_char(&buf, 0x1f600);
	buf_put_char(&buf, 0xd83d);
	buf_put_char(&buf, 0x110000);
	assert_string_equal(buf_cstr(&buf), "a\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd");
	buf_dispose(&buf);
}

static void test_errors(void **state)
{
	(void)state;
	struct error error;
	assert_int_equal(error_set(&error, ERROR_USAGE, "bad `%s`", "x"), -1);
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_string_equal(error.message, "bad `x`");
	assert_string_equal(error.why, "");
	assert_int_equal(error_why(&error, "because"), -1);
	assert_int_equal(error_fix(&error, "do %d", 2), -1);
	assert_string_equal(error.why, "because");
	assert_string_equal(error.fix, "do 2");
	/* The old message may be part of the new one. */
	error_set(&error, ERROR_TOOL, "outer: %s (%s)", error.message, error.why);
	assert_string_equal(error.message, "outer: bad `x` (because)");
	assert_string_equal(error.fix, "");
	error_system(&error, ENOENT, "no `%s`", "f");
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_string_equal(error.why, "no such file or directory");
	error_system(&error, ELOOP, "x");
	assert_string_equal(error.why, "symbolic links form a loop");
}

/* Whatever the length, a message that is cut is still valid UTF-8 and fits. */
static void test_long_messages(void **state)
{
	(void)state;
	for (size_t pad = 490; pad < 520; pad++) {
		struct error error;
		char text[600];
		memset(text, 'x', pad);
		strcpy(text + pad, "\xf0\x9f\x98\x80\xf0\x9f\x98\x80");
		error_set(&error, ERROR_USAGE, "%s", text);
		size_t len = strlen(error.message);
		assert_int_equal(utf8_invalid_at(error.message, len), len);
		if (pad + 8 < sizeof(error.message))
			assert_string_equal(error.message, text);
		else
			assert_true(str_ends(error.message, "\xe2\x80\xa6"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_append),      cmocka_unit_test(test_growth),
		cmocka_unit_test(test_take),        cmocka_unit_test(test_json_string),
		cmocka_unit_test(test_json_member), cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_errors),      cmocka_unit_test(test_long_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
