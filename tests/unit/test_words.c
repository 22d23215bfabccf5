/* platform/words: what of a server's words people see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "platform/api.h"
#include "platform/words.h"

static void check(const char *text, size_t limit, const char *shown)
{
	struct attio_api platform = {.arena = arena_new(), .token = "t0ken"};

	assert_string_equal(words_shown(&platform, text, limit), shown);
	arena_free(platform.arena);
}

static void test_what_is_taken_out(void **state)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{"", ""},
		{"plain words, h\xc3\xa4", "plain words, h\xc3\xa4"},
		{"a\tb\r\nc\x1b[2J\x7f\xc2\x9b", "a b  c[2J"},
		{"bad \xff\xc3 bytes", "bad  bytes"},
		{"turn \xe2\x80\xae me", "turn  me"},
		{"t0ken and t0t0ken t0ke", "*** and t0*** t0ke"},
		{"t0\x01k\xe2\x80\x8f\xff"
		 "en",
		 "***"},
		{"see https://a.b/c?sig=x&y, z", "see https://a.b/c?*** z"},
		{"HTTP://a?b'http://c?d", "HTTP://a?***'http://c?***"},
		{"https://a/t0ken?x", "https://a/***?***"},
		{"http://a.b/c http://", "http://a.b/c http://"},
		{"what? http", "what? http"},
		{"https\x02://a?b", "https://a?***"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(rows[i].text, 100, rows[i].shown);
}

static void test_where_it_is_cut(void **state)
{
	(void)state;
	check("abcdef", 3, "abc");
	check("ab\xe2\x82\xac", 4, "ab");
	check("ab\xe2\x82\xac", 5, "ab\xe2\x82\xac");
	/* Nothing of what is hidden comes into sight because of the cut. */
	check("xxt0ken", 4, "xx**");
	check("http://a?secret", 10, "http://a?*");
}

/* One pass, however often an address begins. */
static void test_much(void **state)
{
	struct buf text = {0};

	(void)state;
	for (size_t i = 0; i < 200000; i++)
		buf_puts(&text, "http://");
	check(buf_cstr(&text), 7, "http://");
	buf_dispose(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_taken_out),
		cmocka_unit_test(test_where_it_is_cut),
		cmocka_unit_test(test_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
