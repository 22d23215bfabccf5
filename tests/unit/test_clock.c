/* Moments as text and back, over the whole range of years. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "local/clock.h"

static void known_moments(void **state)
{
	char text[CLOCK_TEXT_SIZE];

	(void)state;
	clock_write(0, text);
	assert_string_equal(text, "1970-01-01T00:00:00.000000000Z");
	clock_write(1778363 * 1000000000000LL + 480000000, text);
	assert_string_equal(text, "2026-05-09T21:43:20.480000000Z");
	clock_write(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59.999999999Z");
	clock_write(951782400 * 1000000000LL, text);
	assert_string_equal(text, "2000-02-29T00:00:00.000000000Z");
}

static void every_day_comes_back(void **state)
{
	(void)state;
	for (long long day = -90000; day < 100000; day += 7) {
		char text[CLOCK_TEXT_SIZE];
		long long ms;
		long long moment = day * 86400000 + day % 86400000;

		clock_write(moment * 1000000, text);
		assert_int_equal(clock_read(text, &ms), 0);
		assert_true(ms == moment);
	}
}

static void forms_that_are_read(void **state)
{
	long long a, b;

	(void)state;
	assert_int_equal(clock_read("2026-01-01", &a), 0);
	assert_int_equal(clock_read("2026-01-01T02:30:00+02:30", &b), 0);
	assert_true(a == b);
	assert_int_equal(clock_read("2026-01-01T00:00Z", &b), 0);
	assert_true(a == b);
	assert_int_equal(clock_read("2025-12-31T19:00:00.250-05:00", &b), 0);
	assert_true(b == a + 250);
}

static void what_is_no_moment(void **state)
{
	static const char *const texts[] = {"",
					    "2026",
					    "2026-02-30",
					    "2026-13-01",
					    "2026-01-01 00:00:00Z",
					    "2026-01-01T24:00:00Z",
					    "2026-01-01T00:00:00",
					    "2026-01-01T00:00:00.Z",
					    "2026-01-01T00:00:00Zx",
					    "2026-01-01T00:00:00+2:00"};
	long long ms;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(clock_read(texts[i], &ms), -1);
}

static void the_offset_moves_it(void **state)
{
	struct clock still = {0}, moved = {.offset_ms = 3600000};
	long long from = clock_ms(&still);
	long long to = clock_ms(&moved);

	(void)state;
	assert_true(to >= from + 3600000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_moments),       cmocka_unit_test(every_day_comes_back),
		cmocka_unit_test(forms_that_are_read), cmocka_unit_test(what_is_no_moment),
		cmocka_unit_test(the_offset_moves_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
