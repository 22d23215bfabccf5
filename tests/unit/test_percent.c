/* base/percent: what decodes, what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/percent.h"

static void test_decodes(void **state)
{
	static const struct {
		const char *text;
		enum percent_plus plus;
		const char *want; /* NULL: it does not decode */
	} rows[] = {
		{"", PERCENT_PLUS_IS_PLUS, ""},
		{"a-b", PERCENT_PLUS_IS_PLUS, "a-b"},
		{"a+b", PERCENT_PLUS_IS_PLUS, "a+b"},
		{"a+b", PERCENT_PLUS_IS_BLANK, "a b"},
		{"%2B+%2b", PERCENT_PLUS_IS_BLANK, "+ +"},
		{"%41", PERCENT_PLUS_IS_PLUS, "A"},
		{"%c3%A9", PERCENT_PLUS_IS_PLUS, "\xc3\xa9"},
		{"%2F", PERCENT_PLUS_IS_PLUS, "/"},
		{"%25%34%31", PERCENT_PLUS_IS_PLUS, "%41"},
		{"%", PERCENT_PLUS_IS_PLUS, NULL},
		{"a%4", PERCENT_PLUS_IS_PLUS, NULL},
		{"%4g", PERCENT_PLUS_IS_PLUS, NULL},
		{"%g4", PERCENT_PLUS_IS_PLUS, NULL},
		{"% 41", PERCENT_PLUS_IS_PLUS, NULL},
		{"%00", PERCENT_PLUS_IS_PLUS, NULL},
		{"%c3", PERCENT_PLUS_IS_PLUS, NULL},
		{"\xff", PERCENT_PLUS_IS_PLUS, NULL},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *out =
			percent_decode(arena, rows[i].text, strlen(rows[i].text), rows[i].plus);

		if (rows[i].want == NULL)
			assert_null(out);
		else
			assert_string_equal(out, rows[i].want);
	}
	arena_free(arena);
}

/* What is behind the length is not read: "%41" cut after each byte. */
static void test_stays_within_the_length(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(percent_decode(arena, "%41", 0, PERCENT_PLUS_IS_PLUS), "");
	assert_null(percent_decode(arena, "%41", 1, PERCENT_PLUS_IS_PLUS));
	assert_null(percent_decode(arena, "%41", 2, PERCENT_PLUS_IS_PLUS));
	assert_string_equal(percent_decode(arena, "%41&b", 3, PERCENT_PLUS_IS_PLUS), "A");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decodes),
		cmocka_unit_test(test_stays_within_the_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
