/* Strings: nearness, UTF-8 against every code point, widths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"

static void test_starts_ends_equal(void **state)
{
	(void)state;
	assert_true(str_starts("abc", ""));
	assert_true(str_starts("abc", "ab"));
	assert_false(str_starts("ab", "abc"));
	assert_true(str_ends("a.server.ts", ".server.ts"));
	assert_false(str_ends("ts", ".ts"));
	assert_true(str_ends("", ""));
	assert_true(str_equal(NULL, NULL));
	assert_false(str_equal(NULL, ""));
	assert_false(str_equal("", NULL));
	assert_true(str_equal("a", "a"));
	assert_false(str_equal("a", "A"));
}

static void test_is_uuid(void **state)
{
	(void)state;
	assert_true(str_is_uuid("8bbc0a7e-cff2-4526-8249-d1411e0b847d"));
	assert_true(str_is_uuid("8BBC0A7E-CFF2-4526-8249-D1411E0B847D"));
	assert_false(str_is_uuid(""));
	assert_false(str_is_uuid("8bbc0a7e-cff2-4526-8249-d1411e0b847"));
	assert_false(str_is_uuid("8bbc0a7e-cff2-4526-8249-d1411e0b847dd"));
	assert_false(str_is_uuid("8bbc0a7e-cff2-4526-8249-d1411e0b847g"));
	assert_false(str_is_uuid("8bbc0a7ecff2-4526-8249-d1411e0b847d0-"));
}

static void test_hex_value(void **state)
{
	static const char digits[] = "0123456789abcdef";
	(void)state;

	for (int c = 0; c < 256; c++) {
		const char *at = c != 0 ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;

		assert_int_equal(hex_value(c), at != NULL ? at - digits : -1);
	}
}

static void test_distance(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		size_t limit, distance;
	} rows[] = {
		{"", "", 2, 0},          {"build", "build", 2, 0},  {"biuld", "build", 2, 1},
		{"buld", "build", 2, 1}, {"build", "builds", 2, 1}, {"built", "build", 2, 1},
		{"blid", "build", 2, 2}, {"abc", "xyz", 2, 3},      {"abc", "xyz", 3, 3},
		{"a", "abcdef", 2, 3},   {"", "ab", 5, 2},          {"ca", "abc", 5, 3},
		{"abc", "abd", 0, 1},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(str_distance(rows[i].a, rows[i].b, rows[i].limit),
				 rows[i].distance);
		assert_int_equal(str_distance(rows[i].b, rows[i].a, rows[i].limit),
				 rows[i].distance);
	}
}

/* A smaller limit only ever cuts the result off; over all words of up to four letters of two. */
static void test_distance_limit_cuts(void **state)
{
	(void)state;
	char words[31][5] = {{0}};
	size_t count = 1;
	for (size_t len = 1; len <= 4; len++) {
		for (size_t bits = 0; bits < (size_t)1 << len; bits++, count++) {
			for (size_t i = 0; i < len; i++)
				words[count][i] = bits >> i & 1 ? 'b' : 'a';
		}
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			size_t full = str_distance(words[i], words[j], 10);
			assert_int_equal(full == 0, i == j);
			for (size_t limit = 0; limit < 5; limit++) {
				size_t expected = full > limit ? limit + 1 : full;
				assert_int_equal(str_distance(words[i], words[j], limit), expected);
			}
		}
	}
}

static void test_nearest(void **state)
{
	(void)state;
	static const char *const names[] = {"validate", "build", "deploy", "dev", "kv", NULL};
	static const struct {
		const char *word, *nearest;
	} rows[] = {
		{"biuld", "build"},   {"vaildate", "validate"},
		{"DEPLOY", "deploy"}, {"dep", "dev"},
		{"xyzzy", NULL},      {"", NULL},
		{"x", NULL},          {"kx", "kv"},
		{"xx", NULL},         {"validat", "validate"},
		{"vldt", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *nearest = str_nearest(rows[i].word, names);
		if (rows[i].nearest)
			assert_string_equal(nearest, rows[i].nearest);
		else
			assert_null(nearest);
	}
}

static size_t encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(leads[len] | c);
	return len;
}

/* Every code point reads back; every prefix of it, and every surrogate, is refused byte by byte. */
static void test_utf8_all(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char bytes[4];
		uint32_t decoded;
		bool valid;
		size_t len = encode(c, bytes);
		bool surrogate = c >= 0xd800 && c <= 0xdfff;
		char ours[4];

		assert_int_equal(utf8_encode(c, ours), surrogate ? 3 : len);
		assert_memory_equal(ours, surrogate ? "\xef\xbf\xbd" : bytes, surrogate ? 3 : len);
		size_t step = utf8_decode(bytes, len, &decoded, &valid);
		assert_int_equal(valid, !surrogate);
		assert_int_equal(step, surrogate ? 1 : len);
		assert_int_equal(decoded, surrogate ? 0xfffd : c);
		if (surrogate)
			continue;
		assert_int_equal(utf8_utf16_len(bytes, len), c >= 0x10000 ? 2 : 1);
		for (size_t cut = 1; cut < len; cut++) {
			assert_int_equal(utf8_decode(bytes, cut, &decoded, &valid), 1);
			assert_false(valid);
		}
	}
}

static void test_utf8_invalid(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t invalid_at, utf16_len;
	} rows[] = {
		{"", 0, 0},
		{"abc", 3, 3},
		{"\xc3\xa9x", 3, 2},
		{"ab\xff", 2, 3},
		{"\xc0\x80", 0, 2},              /* overlong */
		{"a\xe0\x80\x80", 1, 4},         /* overlong */
		{"\xf0\x80\x80\x80", 0, 4},      /* overlong */
		{"\xed\xa0\x80", 0, 3},          /* surrogate */
		{"\xf4\x90\x80\x80", 0, 4},      /* past U+10FFFF */
		{"\xf0\x9f\x98", 0, 3},          /* cut */
		{"\xf0\x9f\x98\x80z\x80", 5, 4}, /* stray continuation */
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t len = strlen(rows[i].text);
		assert_int_equal(utf8_invalid_at(rows[i].text, len), rows[i].invalid_at);
		assert_int_equal(utf8_utf16_len(rows[i].text, len), rows[i].utf16_len);
	}
}

static void test_width(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{"", 0},
		{"abc", 3},
		{"\t", 4},
		{"a\tb", 6},
		{"\xc3\xa9", 1},
		{"e\xcc\x81", 1},                /* combining acute */
		{"\xe6\x97\xa5\xe6\x9c\xac", 4}, /* CJK */
		{"\xea\xb0\x80", 2},             /* Hangul syllable */
		{"\xef\xbc\xa1", 2},             /* fullwidth A */
		{"\xef\xbd\xb1", 1},             /* halfwidth katakana */
		{"\xf0\x9f\x98\x80", 2},         /* emoji */
		{"\xe2\x9c\x85", 2},             /* check mark button */
		{"\xe2\x9c\x93", 1},             /* check mark */
		{"a\xe2\x80\x8d"
		 "b",
		 2},                     /* zero width joiner */
		{"\xf0\xa0\x80\x80", 2}, /* CJK extension B */
		{"\xd7\x90\xd6\xb0", 1}, /* Hebrew letter and point */
		{"\xff", 1},             /* shown as U+FFFD */
		{"\x1b\x07", 0},         /* control characters */
		{"\xe2\x80\xa6", 1},     /* ellipsis */
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(utf8_width(rows[i].text, strlen(rows[i].text), 4), rows[i].width);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_starts_ends_equal),
		cmocka_unit_test(test_hex_value),
		cmocka_unit_test(test_is_uuid),
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_distance_limit_cuts),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_utf8_all),
		cmocka_unit_test(test_utf8_invalid),
		cmocka_unit_test(test_width),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
