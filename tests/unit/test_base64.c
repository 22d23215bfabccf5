/* base/base64: the vectors of RFC 4648, all lengths both ways, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"

static void test_vectors(void **state)
{
	static const char *const pairs[][2] = {
		{"", ""},
		{"f", "Zg=="},
		{"fo", "Zm8="},
		{"foo", "Zm9v"},
		{"foob", "Zm9vYg=="},
		{"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct buf out = {0};
		struct buf back = {0};

		base64_put(&out, pairs[i][0], strlen(pairs[i][0]));
		assert_string_equal(buf_cstr(&out), pairs[i][1]);
		assert_true(base64_read(out.ptr, out.len, &back));
		assert_string_equal(buf_cstr(&back), pairs[i][0]);
		buf_dispose(&out);
		buf_dispose(&back);
	}
}

static void test_form_for_addresses(void **state)
{
	static const char *const pairs[][2] = {
		{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"\xfb\xff\xfe", "-__-"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct buf out = {0};

		buf_puts(&out, "+/==");
		base64_put_url(&out, pairs[i][0], strlen(pairs[i][0]));
		assert_memory_equal(out.ptr, "+/==", 4);
		assert_string_equal(out.ptr + 4, pairs[i][1]);
		buf_dispose(&out);
	}
}

static void test_all_bytes_come_back(void **state)
{
	unsigned char bytes[256];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(255 - i);
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		struct buf out = {0};
		struct buf back = {0};

		buf_puts(&out, "kept");
		base64_put(&out, bytes, len);
		buf_puts(&back, "kept");
		assert_true(base64_read(out.ptr + 4, out.len - 4, &back));
		assert_int_equal(back.len, 4 + len);
		assert_memory_equal(back.ptr + 4, bytes, len);
		buf_dispose(&out);
		buf_dispose(&back);
	}
}

static void test_what_is_refused(void **state)
{
	static const char *const bad[] = {"Zg",   "Zg=",  "Z===", "Zg==Zg==", "Zm9v\n",
					  "Z-8=", "====", "Zm9",  "Zm 9v==="};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct buf out = {0};

		buf_puts(&out, "kept");
		assert_false(base64_read(bad[i], strlen(bad[i]), &out));
		assert_int_equal(out.len, 4);
		buf_dispose(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_form_for_addresses),
		cmocka_unit_test(test_all_bytes_come_back),
		cmocka_unit_test(test_what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
