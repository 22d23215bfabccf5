/* Names with a `*`: a list, a text, the name that it means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/patterns.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

static void test_best(void **state)
{
	static const struct {
		const char *names[6], *text;
		bool some;
		const char *best;
	} rows[] = {
		{{NULL}, "a", false, NULL},
		{{"*"}, "", false, "*"},
		{{"*", "a*", "ab*", "b*"}, "abc", false, "ab*"},
		{{"*", "a*", "ab*", "abd*"}, "abc", false, "ab*"},
		{{"a*", "aa*", "ab*", "aac*"}, "aab", false, "aa*"},
		{{"a*", "aa*"}, "b", false, NULL},
		{{"a/*", "a/*x", "a/*yx"}, "a/zyx", false, "a/*yx"},
		{{"a/*", "a/*x", "a/*yx"}, "a/x", false, "a/*x"},
		{{"a/*", "a/*x", "a/*yx"}, "a/z", false, "a/*"},
		{{"a*", "ab*z"},
		 "abc",
		 false,
		 "a*"}, /* the longer one has an end that is missing */
		{{"a/*x"}, "a/x", true, NULL},
		{{"a/*x", "a/*"}, "a/x", true, "a/*"},
		{{"a/*"}, "a/", true, "a/*"},
		{{"a*ba"}, "aba", false, "a*ba"},
		{{"ab*ba"}, "aba", false, NULL}, /* the two may not overlap */
		{{"a/", "a/*x"}, "a/bx", true, "a/*x"},
		{{"a/", "a/*x"}, "a/b", true, "a/"},
		{{"a/", "a/b/"}, "a/b/c", true, "a/b/"},
		{{"a"}, "ab", false, NULL},
		{{"\xc3*", "z*"}, "\xc3\xa9", false, "\xc3*"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct patterns patterns = {0};
		const char *best;

		for (size_t k = 0; rows[i].names[k] != NULL; k++)
			patterns_add(&patterns, *state, rows[i].names[k],
				     str_ends(rows[i].names[k], "/"), rows[i].names[k]);
		patterns_settle(&patterns, *state);
		best = patterns_best(&patterns, rows[i].text, rows[i].some);
		if (!str_equal(best, rows[i].best))
			fail_msg("%s in row %zu: %s", rows[i].text, i, best);
	}
}

/* Each pair of a list and a text, beside what looking at every name gives. */
static void test_all(void **state)
{
	static const char *const names[] = {"*",  "a*", "*a",  "a*a", "ab*", "a*b",
					    "b*", "*b", "ba*", "*ab", "b*a", "aa*aa"};
	static const char letters[] = "ab";

	for (unsigned chosen = 0; chosen < 1u << ARRAY_LEN(names); chosen += 7) {
		struct patterns patterns = {0};

		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			if ((chosen >> i & 1) != 0)
				patterns_add(&patterns, *state, names[i], false, names[i]);
		patterns_settle(&patterns, *state);
		for (unsigned text = 0; text < 32; text++) {
			char word[6] = {0};
			const char *best = NULL;
			size_t before = 0, after = 0;

			for (size_t i = 0; i < 1 + text % 5; i++)
				word[i] = letters[text >> i & 1];
			for (size_t i = 0; i < ARRAY_LEN(names); i++) {
				const char *star = strchr(names[i], '*');
				size_t prefix = (size_t)(star - names[i]);
				size_t suffix = strlen(star + 1);

				if ((chosen >> i & 1) == 0 || strlen(word) < prefix + suffix ||
				    strncmp(word, names[i], prefix) != 0 ||
				    !str_ends(word, star + 1))
					continue;
				if (best == NULL || prefix > before ||
				    (prefix == before && suffix > after)) {
					best = names[i];
					before = prefix;
					after = suffix;
				}
			}
			if (!str_equal(patterns_best(&patterns, word, false), best))
				fail_msg("%s of %u", word, chosen);
		}
	}
}

static void test_exact(void **state)
{
	static const char *const names[] = {"b", "a", "c*", "a", "", "ab"};
	struct patterns patterns = {0};

	assert_null(patterns_exact(&patterns, "a"));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		patterns_add(&patterns, *state, names[i], false, &names[i]);
	patterns_settle(&patterns, *state);
	assert_ptr_equal(patterns_exact(&patterns, "a"), &names[1]); /* the first of two */
	assert_ptr_equal(patterns_exact(&patterns, "c*"), &names[2]);
	assert_ptr_equal(patterns_exact(&patterns, ""), &names[4]);
	assert_null(patterns_exact(&patterns, "c"));
	assert_null(patterns_exact(&patterns, "abc"));
}

static int open_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int close_arena(void **state)
{
	arena_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_best, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_all, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_exact, open_arena, close_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
