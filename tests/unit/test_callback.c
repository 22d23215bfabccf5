/* platform/callback: what counts as the browser's answer, and that nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "platform/callback.h"

#define STATE "st4te"

static void test_queries(void **state)
{
	static const struct {
		const char *query;
		enum callback_kind kind;
		const char *text; /* code, or error */
	} rows[] = {
		{"code=c&state=" STATE, CALLBACK_CODE, "c"},
		{"state=" STATE "&code=c", CALLBACK_CODE, "c"},
		{"code=a%2Fb%2bc&state=st%34te&x&y=&=z", CALLBACK_CODE, "a/b+c"},
		{"error=access_denied&state=" STATE, CALLBACK_REFUSED, "access_denied"},
		{"error=a&error_description=b+c&state=" STATE "&code=c", CALLBACK_REFUSED, "a"},
		{"", CALLBACK_STRAY, NULL},
		{"&", CALLBACK_STRAY, NULL},
		{"code=c", CALLBACK_STRAY, NULL},
		{"error=access_denied", CALLBACK_STRAY, NULL},
		{"code=c&state=", CALLBACK_STRAY, NULL},
		{"code=c&state", CALLBACK_STRAY, NULL},
		{"code=c&state=st4t", CALLBACK_STRAY, NULL},
		{"code=c&state=st4tex", CALLBACK_STRAY, NULL},
		{"code=c&state=ST4TE", CALLBACK_STRAY, NULL},
		{"code=c&STATE=" STATE, CALLBACK_STRAY, NULL},
		{"code=c&state=" STATE "&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=c&code=d&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=&state=" STATE, CALLBACK_STRAY, NULL},
		{"state=" STATE, CALLBACK_STRAY, NULL},
		{"code=a%20b&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=a+b&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=a%0d%0ab&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=c%00d&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=c&state=" STATE "%00", CALLBACK_STRAY, NULL},
		{"code=c%&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=c%4&state=" STATE, CALLBACK_STRAY, NULL},
		{"code=c%zz&state=" STATE, CALLBACK_STRAY, NULL},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct callback callback;

		assert_int_equal(callback_read(arena, rows[i].query, STATE, &callback),
				 rows[i].kind);
		if (rows[i].kind == CALLBACK_CODE)
			assert_string_equal(callback.code, rows[i].text);
		if (rows[i].kind == CALLBACK_REFUSED)
			assert_string_equal(callback.error, rows[i].text);
		if (rows[i].kind != CALLBACK_CODE)
			assert_null(callback.code);
	}
	arena_free(arena);
}

static void test_lines(void **state)
{
	static const struct {
		const char *line;
		enum callback_kind kind;
	} rows[] = {
		{"http://localhost:3000/?code=c&state=" STATE, CALLBACK_CODE},
		{"  http://localhost:3000?code=c&state=" STATE " \r", CALLBACK_CODE},
		{"http://localhost:3000/?code=c&state=" STATE "#x", CALLBACK_CODE},
		{"?code=c&state=" STATE, CALLBACK_CODE},
		{" code=c&state=" STATE, CALLBACK_CODE},
		{"http://localhost:3000/?error=x&state=" STATE, CALLBACK_REFUSED},
		{"http://localhost:3000/?code=c&state=other", CALLBACK_STRAY},
		{"http://localhost:3000/", CALLBACK_STRAY},
		{"c", CALLBACK_STRAY},
		{"", CALLBACK_STRAY},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct callback callback;

		assert_int_equal(callback_read_line(arena, rows[i].line, STATE, &callback),
				 rows[i].kind);
		if (rows[i].kind == CALLBACK_CODE)
			assert_string_equal(callback.code, "c");
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
