/* Strings of JSON texts cut at every length: what is left is strict JSON, and says the beginning of
 * what it said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "json/scan.h"
#include "json/shorten.h"

static const char text[] =
	"{\"id\": 7,\"a\\\"b\\\\\":[\"caf\\u00e9 \\ud83d\\ude00 \xC3\xA4\xE2\x82\xAC"
	"\xF0\x9F\x98\x80 \\n\\\\\",\"\",\"]}\"],\"long\":\"0123456789\"}";

static size_t shorten(struct buf *out, const char *from, size_t most)
{
	return json_shorten(out, json_slice_of(from, strlen(from)), most);
}

static void is(const char *from, size_t most, const char *want, size_t left_out)
{
	struct buf out = {0};

	assert_int_equal(shorten(&out, from, most), left_out);
	assert_string_equal(buf_cstr(&out), want);
	buf_dispose(&out);
}

static void cuts(void **state)
{
	(void)state;
	is("\"0123456789\"", 4, "\"0123\xE2\x80\xA6\"", 6);
	is("\"0123456789\"", 10, "\"0123456789\"", 0);
	is("{\"a\":[\"01\",\"0123\",1]}", 2, "{\"a\":[\"01\",\"01\xE2\x80\xA6\",1]}", 2);
	is("\"\\\\\\\\\\\\\"", 3, "\"\\\\\\\\\xE2\x80\xA6\"", 2);
	is("\"\\ud83d\\ude00x\"", 6, "\"\\ud83d\\ude00\xE2\x80\xA6\"", 1);
	is("[1,true,null]", 0, "[1,true,null]", 0);
}

static void every_length(void **state)
{
	const size_t longest =
		strlen("caf\\u00e9 \\ud83d\\ude00 \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80 \\n\\\\");
	size_t offset;

	(void)state;
	for (size_t most = 0; most <= sizeof(text); most++) {
		struct buf out = {0};
		size_t left_out = shorten(&out, text, most);

		assert_null(json_scan(out.ptr, out.len, &offset));
		/* The last character has two bytes. */
		assert_int_equal(left_out == 0, most >= longest - 1);
		if (left_out == 0)
			assert_string_equal(buf_cstr(&out), text);
		buf_dispose(&out);
	}
}

/* Nothing outside of a text that ends anywhere is looked at. */
static void broken(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof(text); len++)
		for (size_t most = 0; most < 8; most++) {
			char *part = mem_strndup(text, len);
			struct buf out = {0};

			json_shorten(&out, (struct json_slice){part, len}, most);
			buf_dispose(&out);
			mem_free(part);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts),
		cmocka_unit_test(every_length),
		cmocka_unit_test(broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
