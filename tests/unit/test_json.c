/* JSON: what is taken, what is refused and where, getters, printing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "json/json.h"
#include "json/scan.h"

static void check_prints(const char *text, const char *printed, bool relaxed, bool pretty)
{
	struct error error = {0};
	size_t len = strlen(text);
	cJSON *value = relaxed ? json_parse_relaxed(text, len, "doc", NULL, &error)
			       : json_parse(text, len, "doc", NULL, &error);
	if (!value)
		fail_msg("%s: %s (%s)", text, error.message, error.why);
	struct buf out = {0};
	json_print(&out, value, pretty);
	assert_string_equal(buf_cstr(&out), printed);
	buf_dispose(&out);
	cJSON_Delete(value);
}

static void test_accepted(void **state)
{
	(void)state;
	static const struct {
		const char *text, *printed;
	} rows[] = {
		{"null", "null"},
		{" true ", "true"},
		{"\t[ ]\r\n", "[]"},
		{"{ }", "{}"},
		{"[1,-2.5,1e3,0,-0,123456789012345]", "[1,-2.5,1000,0,0,123456789012345]"},
		{"[0.1,1e21,1.5e-7]", "[0.1,1e+21,1.5e-07]"},
		{"[1e999]", "[null]"},
		{"{\"b\":1,\"a\":{\"c\":[null,false]}}", "{\"b\":1,\"a\":{\"c\":[null,false]}}"},
		{"\"\\u0041\\n\\/\\\"\\\\\\u001f\"", "\"A\\n/\\\"\\\\\\u001f\""},
		{"\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\""},
		{"\"\xc3\xa9\xe2\x82\xac\"", "\"\xc3\xa9\xe2\x82\xac\""},
		{"\"// no /* comment */ ,]\"", "\"// no /* comment */ ,]\""},
		{"\xef\xbb\xbf[1]", "[1]"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		check_prints(rows[i].text, rows[i].printed, false, false);
		check_prints(rows[i].text, rows[i].printed, true, false);
		/* What was printed prints the same again. */
		check_prints(rows[i].printed, rows[i].printed, false, false);
	}
}

#define ROW(text, offset, place)                                                                   \
	{                                                                                          \
		text, sizeof(text) - 1, offset, place                                              \
	}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len, offset;
		const char *place;
	} rows[] = {
		ROW("", 0, "line 1, column 1"),
		ROW("  ", 2, "line 1, column 3"),
		ROW("{\n \"a\" 1}", 7, "line 2, column 6"),
		ROW("[1,]", 3, "line 1, column 4"),
		ROW("[1 2]", 3, "line 1, column 4"),
		ROW("{\"a\":1,}", 7, "line 1, column 8"),
		ROW("{a:1}", 1, "line 1, column 2"),
		ROW("[1] x", 4, "line 1, column 5"),
		ROW("{} {}", 3, "line 1, column 4"),
		ROW("// c\n1", 0, "line 1, column 1"),
		ROW("nul", 0, "line 1, column 1"),
		ROW("[01]", 2, "line 1, column 3"),
		ROW("[1.]", 3, "line 1, column 4"),
		ROW("[.5]", 1, "line 1, column 2"),
		ROW("[+1]", 1, "line 1, column 2"),
		ROW("[1e]", 3, "line 1, column 4"),
		ROW("-", 1, "line 1, column 2"),
		ROW("NaN", 0, "line 1, column 1"),
		ROW("'a'", 0, "line 1, column 1"),
		ROW("\"abc", 0, "line 1, column 1"),
		ROW("\"a\nb\"", 2, "line 1, column 3"),
		ROW("\"a\x01\"", 2, "line 1, column 3"),
		ROW("\"\\x\"", 1, "line 1, column 2"),
		ROW("\"\\u12g4\"", 1, "line 1, column 2"),
		ROW("\"\\u12", 1, "line 1, column 2"),
		ROW("\"\\u0000\"", 1, "line 1, column 2"),
		ROW("\"\\ud800\"", 1, "line 1, column 2"),
		ROW("\"\\ude00\\ud83d\"", 1, "line 1, column 2"),
		ROW("\"\\", 1, "line 1, column 2"),
		ROW("[1\0]", 2, "line 1, column 3"),
		ROW("[\"\xff\"]", 2, "line 1, column 3"),
		ROW("[\f1]", 1, "line 1, column 2"),
		ROW("[", 1, "line 1, column 2"),
		ROW("{\"a\":", 5, "line 1, column 6"),
		ROW("[\"\xf0\x9f\x98\x80\" x]", 8, "line 1, column 7"), /* UTF-16 columns */
		ROW("\xef\xbb\xbf[x]", 4, "line 1, column 2"),
		ROW("[1234567890123456789012345678901234567890123456789012345678901234567890]", 1,
		    "line 1, column 2"),
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error error = {0};
		size_t offset = 99;
		cJSON *value = json_parse(rows[i].text, rows[i].len, "app.json", &offset, &error);
		if (value)
			fail_msg("row %zu was taken: %s", i, rows[i].text);
		assert_int_equal(offset, rows[i].offset);
		assert_int_equal(error.kind, ERROR_SERVICE);
		assert_true(str_starts(error.message, "app.json: not valid JSON at "));
		assert_true(str_ends(error.message, rows[i].place));
		assert_true(error.why[0] != '\0');
	}
}

/* Any prefix of a document is refused, never read past its end: the copy is exact, so that the
 * sanitizers see one byte too many. */
static void test_prefixes(void **state)
{
	(void)state;
	static const char text[] =
		"{\"a\": [1.5e+3, \"\\ud83d\\ude00 \\n\", {\"b\": true}], \"c\": null}";
	for (size_t len = 0; len <= sizeof(text) - 1; len++) {
		struct error error;
		char *copy = mem_alloc(len);
		memcpy(copy, text, len);
		cJSON *strict = json_parse(copy, len, "doc", NULL, &error);
		cJSON *relaxed = json_parse_relaxed(copy, len, "doc", NULL, &error);
		assert_int_equal(strict != NULL, len == sizeof(text) - 1);
		assert_int_equal(relaxed != NULL, len == sizeof(text) - 1);
		cJSON_Delete(strict);
		cJSON_Delete(relaxed);
		mem_free(copy);
	}
}

static void test_depth(void **state)
{
	(void)state;
	for (size_t depth = JSON_DEPTH - 1; depth <= JSON_DEPTH + 1; depth++) {
		struct error error = {0};
		struct buf text = {0};
		for (size_t i = 0; i < depth; i++)
			buf_putc(&text, '[');
		buf_puts(&text, "\"[[[[\"");
		for (size_t i = 0; i < depth; i++)
			buf_putc(&text, ']');
		cJSON *value = json_parse(text.ptr, text.len, "doc", NULL, &error);
		assert_int_equal(value != NULL, depth <= JSON_DEPTH);
		cJSON_Delete(value);
		buf_dispose(&text);
	}
	/* Far too deep must not touch the stack. */
	struct error error = {0};
	char *deep = mem_alloc(1000000);
	memset(deep, '[', 1000000);
	assert_null(json_parse(deep, 1000000, "doc", NULL, &error));
	assert_string_equal(error.why, "it is nested too deeply");
	mem_free(deep);
}

static void test_relaxed(void **state)
{
	(void)state;
	static const struct {
		const char *text, *printed; /* NULL: refused */
	} rows[] = {
		{"// c\n{/* x */\"a\": 1, // y\n}", "{\"a\":1}"},
		{"[1, /* , */ 2 , /* z */ ]", "[1,2]"},
		{"{\"a\":[\"x\",],}", "{\"a\":[\"x\"]}"},
		{"{\"a\": \"http://x/*y*/\"}", "{\"a\":\"http://x/*y*/\"}"},
		{"[\"\\\"//\", 1,]", "[\"\\\"//\",1]"},
		{"1 // end", "1"},
		{"/**/1/***/", "1"},
		{"[,]", NULL},
		{"[1,,]", NULL},
		{"{,}", NULL},
		{",", NULL},
		{"[1, /* open ]", NULL},
		{"[1] / 2", NULL},
		{"{\"a\":,}", NULL},
		{"", NULL},
		{"// only", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error error;
		if (rows[i].printed) {
			check_prints(rows[i].text, rows[i].printed, true, false);
			continue;
		}
		cJSON *value =
			json_parse_relaxed(rows[i].text, strlen(rows[i].text), "doc", NULL, &error);
		if (value)
			fail_msg("taken: %s", rows[i].text);
	}
	/* Places are those of the text as written, its comments included. */
	struct error error;
	size_t offset;
	const char *text = "// \xc3\xa9\n[/* \xc3\xa9 */ x]";
	assert_null(json_parse_relaxed(text, strlen(text), "doc", &offset, &error));
	assert_string_equal(error.message, "doc: not valid JSON at line 2, column 10");
	assert_ptr_equal(text + offset, strchr(text, 'x'));
}

static void test_pretty(void **state)
{
	(void)state;
	check_prints("{\"a\":[1,{\"b\":[]}],\"c\":{}}",
		     "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}",
		     false, true);
}

static void test_print_repairs_utf8(void **state)
{
	(void)state;
	cJSON *value = cJSON_CreateString("a\xff\x7f");
	struct buf out = {0};
	json_print(&out, value, false);
	assert_string_equal(buf_cstr(&out), "\"a\xef\xbf\xbd\\u007f\"");
	buf_dispose(&out);
	cJSON_Delete(value);
}

static const char DOCUMENT[] =
	"{\"s\":\"text\",\"i\":-7,\"big\":9007199254740991,\"huge\":9007199254740993,\"f\":1.5,"
	"\"e\":1e300,\"inf\":1e999,\"t\":true,\"o\":{},\"a\":[],\"n\":null,\"S\":1}";

static void test_getters(void **state)
{
	(void)state;
	struct error error;
	cJSON *doc = json_parse(DOCUMENT, sizeof(DOCUMENT) - 1, "doc", NULL, &error);
	const char *text;
	long long number;
	bool flag = false;
	const cJSON *child;
	assert_int_equal(json_get_string(doc, "doc", "s", &text, &error), 0);
	assert_string_equal(text, "text");
	assert_int_equal(json_get_int(doc, "doc", "i", &number, &error), 0);
	assert_int_equal(number, -7);
	assert_int_equal(json_get_int(doc, "doc", "big", &number, &error), 0);
	assert_true(number == 9007199254740991LL);
	assert_int_equal(json_get_bool(doc, "doc", "t", &flag, &error), 0);
	assert_true(flag);
	assert_int_equal(json_get_object(doc, "doc", "o", &child, &error), 0);
	assert_true(cJSON_IsObject(child));
	assert_int_equal(json_get_array(doc, "doc", "a", &child, &error), 0);
	assert_true(cJSON_IsArray(child));
	assert_string_equal(json_string_or_null(doc, "s"), "text");
	assert_null(json_string_or_null(doc, "i"));
	assert_null(json_string_or_null(doc, "none"));
	assert_null(json_string_or_null(NULL, "s"));
	cJSON_Delete(doc);
}

static void test_getters_refuse(void **state)
{
	(void)state;
	static const struct {
		char getter;
		const char *key, *message;
	} rows[] = {
		{'s', "x", "reply: `x` is missing"},
		{'s', "n", "reply: `n` must be a string"},
		{'s', "i", "reply: `i` must be a string"},
		{'i', "s", "reply: `s` must be a whole number"},
		{'i', "f", "reply: `f` must be a whole number"},
		{'i', "e", "reply: `e` must be a whole number"},
		{'i', "inf", "reply: `inf` must be a whole number"},
		{'i', "huge", "reply: `huge` must be a whole number"},
		{'b', "i", "reply: `i` must be true or false"},
		{'o', "a", "reply: `a` must be an object"},
		{'a', "o", "reply: `o` must be an array"},
		{'a', "T", "reply: `T` is missing"},
	};
	struct error error;
	cJSON *doc = json_parse(DOCUMENT, sizeof(DOCUMENT) - 1, "doc", NULL, &error);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *text, *key = rows[i].key;
		long long number;
		bool flag;
		const cJSON *child;
		int result = 0;
		if (rows[i].getter == 's')
			result = json_get_string(doc, "reply", key, &text, &error);
		else if (rows[i].getter == 'i')
			result = json_get_int(doc, "reply", key, &number, &error);
		else if (rows[i].getter == 'b')
			result = json_get_bool(doc, "reply", key, &flag, &error);
		else if (rows[i].getter == 'o')
			result = json_get_object(doc, "reply", key, &child, &error);
		else
			result = json_get_array(doc, "reply", key, &child, &error);
		assert_int_equal(result, -1);
		assert_int_equal(error.kind, ERROR_SERVICE);
		assert_string_equal(error.message, rows[i].message);
	}
	const char *text;
	const cJSON *array = cJSON_GetObjectItemCaseSensitive(doc, "a");
	assert_int_equal(json_get_string(array, "reply", "s", &text, &error), -1);
	assert_string_equal(error.message, "reply: an object with `s` is expected");
	assert_int_equal(json_get_string(NULL, "reply", "s", &text, &error), -1);
	cJSON_Delete(doc);
}

static void escaped_nul_is_replaced(void **state)
{
	char text[] = "[\"a\\u0000b\\\\u0000c\\u00001\", \"\\u000\", \"\\";

	(void)state;
	json_replace_nul(text, strlen(text));
	assert_string_equal(text, "[\"a\\ufffdb\\\\u0000c\\ufffd1\", \"\\u000\", \"\\");
}

/* What JSON.stringify makes of strings that ours cannot hold; pairs and other escapes stay. */
static void answers_of_javascript_are_read(void **state)
{
	static const char *const rows[][2] = {
		{"\"a\\u0000b\"", "a\xef\xbf\xbd"
				  "b"},
		{"\"\\ud800\"", "\xef\xbf\xbd"},
		{"\"\\ude00\\ud83dx\"", "\xef\xbf\xbd\xef\xbf\xbdx"},
		{"\"\\ud83d\\ude00\\n\"", "\xf0\x9f\x98\x80\n"},
		{"\"\\\\u0000\\\\ud800\"", "\\u0000\\ud800"},
	};
	struct error error = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cJSON *doc = json_parse_answer(rows[i][0], strlen(rows[i][0]), "it", &error);

		assert_non_null(doc);
		assert_string_equal(doc->valuestring, rows[i][1]);
		cJSON_Delete(doc);
	}
	assert_null(json_parse_answer("\"\\ud8\"", 6, "it", &error));
	assert_null(json_parse_answer("\"\\", 2, "it", &error));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_of_javascript_are_read),
		cmocka_unit_test(escaped_nul_is_replaced),
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_relaxed),
		cmocka_unit_test(test_pretty),
		cmocka_unit_test(test_getters),
		cmocka_unit_test(test_print_repairs_utf8),
		cmocka_unit_test(test_getters_refuse),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
