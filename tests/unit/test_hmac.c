/* base/hmac: test cases of RFC 4231. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/hmac.h"

static void expect(const char *key, const char *data, const char *sum)
{
	char text[SHA256_TEXT_SIZE];

	hmac_sha256_text(key, data, strlen(data), text);
	assert_string_equal(text, sum);
}

static void sums_are_those_of_the_standard(void **state)
{
	char long_key[132];

	(void)state;
	expect("Jefe", "what do ya want for nothing?",
	       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	expect("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b",
	       "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	memset(long_key, 0xaa, 131);
	long_key[131] = '\0';
	expect(long_key, "Test Using Larger Than Block-Size Key - Hash Key First",
	       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_those_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
