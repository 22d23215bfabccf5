/* base/random: the form of what it gives, that no two are the same, and that keys are compared
 * whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/random.h"

static void test_bytes_are_filled_to_the_end(void **state)
{
	/* More than the system gives at once; a byte that is never written stays 0 each time. */
	unsigned char seen[1000] = {0};
	struct error error;

	(void)state;
	for (int i = 0; i < 8; i++) {
		unsigned char bytes[sizeof(seen) + 1] = {0};

		assert_int_equal(random_bytes(bytes, sizeof(seen), &error), 0);
		assert_int_equal(bytes[sizeof(seen)], 0);
		for (size_t at = 0; at < sizeof(seen); at++)
			seen[at] |= bytes[at];
	}
	for (size_t at = 0; at < sizeof(seen); at++)
		assert_int_not_equal(seen[at], 0);
	assert_int_equal(random_bytes(NULL, 0, &error), 0);
}

static void test_forms(void **state)
{
	static const char form[] = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
	char key[RANDOM_KEY_SIZE];
	char uuid[RANDOM_UUID_SIZE];
	char other[RANDOM_UUID_SIZE];
	struct error error;

	(void)state;
	assert_int_equal(random_key(key, &error), 0);
	assert_int_equal(strlen(key), RANDOM_KEY_SIZE - 1);
	assert_int_equal(strspn(key, "0123456789abcdef"), RANDOM_KEY_SIZE - 1);
	assert_int_equal(random_uuid(uuid, &error), 0);
	assert_int_equal(strlen(uuid), RANDOM_UUID_SIZE - 1);
	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		const char *of = form[i] == 'x'   ? "0123456789abcdef"
				 : form[i] == 'y' ? "89ab"
				 : form[i] == '4' ? "4"
						  : "-";

		assert_non_null(strchr(of, uuid[i]));
	}
	assert_int_equal(random_uuid(other, &error), 0);
	assert_string_not_equal(uuid, other);
}

static void test_keys_are_compared_whole(void **state)
{
	(void)state;
	assert_true(random_key_equal("", ""));
	assert_true(random_key_equal("abc", "abc"));
	assert_false(random_key_equal("abc", "abd"));
	assert_false(random_key_equal("abc", "xbc"));
	assert_false(random_key_equal("abc", "ab"));
	assert_false(random_key_equal("ab", "abc"));
	assert_false(random_key_equal("abc", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes_are_filled_to_the_end),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_keys_are_compared_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
