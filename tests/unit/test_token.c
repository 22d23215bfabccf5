/* local/rest/token: the token of a header, and its scopes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/rest/token.h"

static void both_schemes_carry_it(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(token_of("Bearer abc", arena), "abc");
	assert_string_equal(token_of("bearer  abc", arena), "abc");
	assert_string_equal(token_of("Basic YWJjOg==", arena), "abc");
	assert_string_equal(token_of("basic YWJjOnNlY3JldA==", arena), "abc");
	assert_null(token_of(NULL, arena));
	assert_null(token_of("abc", arena));
	assert_null(token_of("Digest abc", arena));
	assert_null(token_of("Basic YWJj", arena)); /* no colon */
	assert_null(token_of("Basic %%%", arena));
	assert_null(token_of("Basic AGE6", arena)); /* a NUL */
	assert_null(token_of("Bearer \xff", arena));
	arena_free(arena);
}

static void expect(const char *granted, const char *needed, const char *missing)
{
	struct buf got = {0};

	token_missing_scopes(granted, needed, &got);
	assert_string_equal(buf_cstr(&got), missing);
	buf_dispose(&got);
}

static void scopes_are_words(void **state)
{
	(void)state;
	expect(NULL, "note:read-write", "");
	expect("note:read task:read-write", "note:read task:read", "");
	expect("note:read task:read-write", "note:read-write task:read user_management:read",
	       "note:read-write, user_management:read");
	expect("", "note:read", "note:read");
	expect("", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_schemes_carry_it),
		cmocka_unit_test(scopes_are_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
