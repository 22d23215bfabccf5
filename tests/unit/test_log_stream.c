/* The hosts of the log service, in the order in which they are tried. The rest of it is seen from
 * outside: tests/cases/logs/. */
#include "platform/log_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_hosts(void **state)
{
	(void)state;
	/* Also around the end of the numbers. */
	for (unsigned n = 0; n < 24; n++) {
		unsigned chance = n - 12;
		const char *seen[6];

		for (unsigned i = 0; i < 6; i++) {
			seen[i] = log_stream_fallback(i, chance);
			assert_non_null(seen[i]);
			for (unsigned k = 0; k < i; k++)
				assert_string_not_equal(seen[k], seen[i]);
		}
		assert_string_equal(seen[0], "wss://main.realtime.ably.net");
		assert_null(log_stream_fallback(6, chance));
	}
	assert_string_not_equal(log_stream_fallback(1, 0), log_stream_fallback(1, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
