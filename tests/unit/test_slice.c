/* Parts of JSON texts, whole, cut anywhere and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "json/slice.h"

static const char text[] =
	" {\"id\": 7, \"a\\\"b\":{\"id\":8}, \"list\":[1,[2,\"]\"] , {\"x\":\"}\"},null],"
	"\"word\":\"caf\\u00e9 \\ud83d\\ude00 \\n\\\\\\/\",\"yes\":true,\"last\":-12} ";

static void is(struct json_slice slice, const char *want)
{
	assert_int_equal(slice.len, strlen(want));
	assert_memory_equal(slice.at, want, slice.len);
}

static void members(void **state)
{
	struct json_slice object = json_slice_of(text, strlen(text));

	(void)state;
	is(json_slice_member(object, "id"), "7");
	is(json_slice_member(object, "list"), "[1,[2,\"]\"] , {\"x\":\"}\"},null]");
	is(json_slice_member(object, "last"), "-12");
	assert_null(json_slice_member(object, "none").at);
	assert_null(json_slice_member(json_slice_member(object, "id"), "id").at);
	assert_int_equal(json_slice_int(object, "last", 0), -12);
	assert_int_equal(json_slice_int(object, "word", 5), 5);
	assert_true(json_slice_true(object, "yes"));
	assert_false(json_slice_true(object, "last"));
}

static void elements(void **state)
{
	static const char *const want[] = {"1", "[2,\"]\"]", "{\"x\":\"}\"}", "null"};
	struct json_slice list = json_slice_member(json_slice_of(text, strlen(text)), "list");
	struct json_slice element;
	size_t at = 0, count = 0;

	(void)state;
	while (json_slice_next(list, &at, &element))
		is(element, want[count++]);
	assert_int_equal(count, 4);
	at = 0;
	assert_false(json_slice_next(json_slice_of("[ ]", 3), &at, &element));
	assert_false(json_slice_next(json_slice_of("{}", 2), &at, &element));
}

static void strings(void **state)
{
	struct arena *arena = arena_new();
	struct json_slice object = json_slice_of(text, strlen(text));
	size_t len;

	(void)state;
	assert_string_equal(json_slice_text(arena, object, "word"),
			    "caf\xc3\xa9 \xf0\x9f\x98\x80 \n\\/");
	assert_null(json_slice_text(arena, object, "id"));
	assert_string_equal(json_slice_string(arena, json_slice_of("\"\\ud83d\"", 8)),
			    "\xef\xbf\xbd");
	/* What a C string cannot hold does not end it. */
	assert_string_equal(json_slice_string(arena, json_slice_of("\"a\\u0000b\\u0000\"", 16)),
			    "a\xef\xbf\xbd"
			    "b\xef\xbf\xbd");
	assert_memory_equal(json_slice_bytes(arena, json_slice_of("\"a\\u0000b\"", 10), &len),
			    "a\0b", 4);
	assert_int_equal(len, 3);
	arena_free(arena);
}

/* Whatever the text is, nothing outside of it is looked at: the sanitizers watch. */
static void any_text(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t len = 0; len <= strlen(text); len++) {
		for (size_t hole = 0; hole < len; hole++) {
			char *copy = malloc(len);
			struct json_slice object, element;
			size_t at = 0;

			memcpy(copy, text, len);
			copy[hole] = "\"\\{}[],:u"[(len + hole) % 9];
			object = json_slice_of(copy, len);
			json_slice_text(arena, object, "word");
			json_slice_int(object, "last", 0);
			while (json_slice_next(json_slice_member(object, "list"), &at, &element))
				assert_true(element.at >= copy &&
					    element.at + element.len <= copy + len);
			free(copy);
		}
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members),
		cmocka_unit_test(elements),
		cmocka_unit_test(strings),
		cmocka_unit_test(any_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
