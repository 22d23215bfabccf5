/* Bodies inside JSON: all bytes there and back, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "json/body.h"

static void there_and_back(const char *bytes, size_t len)
{
	struct arena *arena = arena_new();
	struct buf json = {0};
	const char *read;
	size_t got = 77;

	buf_putc(&json, '{');
	json_put_body(&json, bytes, len);
	buf_putc(&json, '}');
	read = json_read_body(arena, json_slice_of(json.ptr, json.len), &got);
	assert_non_null(read);
	assert_int_equal(got, len);
	assert_memory_equal(read, bytes, len);
	buf_dispose(&json);
	arena_free(arena);
}

static void all_bytes(void **state)
{
	char bytes[256];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)i;
	there_and_back("", 0);
	there_and_back("\0", 1);
	there_and_back("a\0b\0", 4);
	there_and_back("\xf0\x9f\x98\x80\xed\x9f\xbf", 7);
	there_and_back("\xef\xbb\xbfx", 4);
	there_and_back("\xc3(\0", 3);
	/* Every tail: text up to 127, base64 from then on. */
	for (size_t len = 0; len <= sizeof(bytes); len++)
		there_and_back(bytes, len);
}

static void no_body(void **state)
{
	static const char *const none[] = {"{}", "{\"body\":null}", "{\"body\":5}",
					   "{\"body\":\"!\",\"encoding\":\"base64\"}",
					   "{\"body\":\"AA==\",\"encoding\":\"rot13\"}"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		size_t len = 77;

		assert_null(json_read_body(arena, json_slice_of(none[i], strlen(none[i])), &len));
		assert_int_equal(len, 0);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_bytes),
		cmocka_unit_test(no_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
