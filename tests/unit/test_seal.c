/* base/seal: what was sealed comes back with the secret and without it nothing does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/seal.h"

static void test_comes_back(void **state)
{
	char text[300];
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 7);
	for (size_t len = 0; len <= sizeof(text); len += len < 70 ? 1 : 50) {
		struct buf sealed = {0}, again = {0}, out = {0};

		assert_int_equal(seal_put(&sealed, "secret", text, len, &error), 0);
		assert_int_equal(seal_put(&again, "secret", text, len, &error), 0);
		assert_string_not_equal(buf_cstr(&sealed), buf_cstr(&again));
		assert_true(seal_read(&out, "secret", buf_cstr(&sealed)));
		assert_int_equal(out.len, len);
		if (len > 0)
			assert_memory_equal(out.ptr, text, len);
		buf_clear(&out);
		assert_false(seal_read(&out, "Secret", buf_cstr(&sealed)));
		assert_int_equal(out.len, 0);
		buf_dispose(&sealed);
		buf_dispose(&again);
		buf_dispose(&out);
	}
}

/* Any one character changed, or any left out at the end. */
static void test_damage(void **state)
{
	static const char text[] = "https://storage.example/up?sig=hush";
	struct buf sealed = {0}, out = {0};
	struct error error;
	char *copy;

	(void)state;
	assert_int_equal(seal_put(&sealed, "s", text, strlen(text), &error), 0);
	assert_null(strstr(buf_cstr(&sealed), "hush"));
	copy = sealed.ptr;
	for (size_t i = 0; i < sealed.len; i++) {
		char before = copy[i];

		copy[i] = before == 'A' ? 'B' : 'A';
		/* The last digit before the padding has bits that stand for nothing. */
		if (i + 3 < sealed.len)
			assert_false(seal_read(&out, "s", copy));
		copy[i] = before;
	}
	for (size_t len = sealed.len; len-- > 0;) {
		copy[len] = '\0';
		assert_false(seal_read(&out, "s", copy));
	}
	buf_dispose(&sealed);
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comes_back),
		cmocka_unit_test(test_damage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
