/* Entries that arrive out of order. */
#include "platform/log_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"

static const char *taken(struct log_order *order, long long now, struct buf *out)
{
	struct log_entry entry;

	buf_clear(out);
	while (log_order_take(order, now, &entry)) {
		buf_puts(out, entry.text);
		log_entry_dispose(&entry);
	}
	return buf_cstr(out);
}

static void test_held_and_sorted(void **state)
{
	struct log_order order = {0};
	struct buf out = {0};

	(void)state;
	assert_true(log_order_is_empty(&order));
	log_order_add(&order, "2026-01-01T00:00:02Z", "b", REALTIME_INFO, 1000);
	log_order_add(&order, "2026-01-01T00:00:01Z", "a", REALTIME_INFO, 1100);
	log_order_add(&order, "2026-01-01T00:00:02Z", "c", REALTIME_INFO, 1150);
	assert_string_equal(taken(&order, 1199, &out), "");
	/* The earlier one goes with it, though it was not held for as long; equals keep their
	 * order. */
	assert_string_equal(taken(&order, 1200, &out), "ab");
	assert_false(log_order_is_empty(&order));
	log_order_add(&order, "2026-01-01T00:00:00Z", "late", REALTIME_INFO, 1210);
	assert_string_equal(taken(&order, 1350, &out), "latec");
	assert_true(log_order_is_empty(&order));
	log_order_add(&order, "2026-01-01T00:00:00Z", "left", REALTIME_INFO, 1400);
	log_order_dispose(&order);
	buf_dispose(&out);
}

static void test_many(void **state)
{
	struct log_order order = {0};
	struct buf out = {0};
	char time[32];

	(void)state;
	for (int i = 0; i < 60; i++) {
		snprintf(time, sizeof(time), "2026-01-01T00:00:%02dZ", i * 7 % 60);
		log_order_add(&order, time, time + 17, REALTIME_ERROR, i);
	}
	taken(&order, 1000, &out);
	assert_int_equal(out.len, 60 * 3);
	for (size_t i = 0; i < 60; i++) {
		snprintf(time, sizeof(time), "%02zuZ", i);
		assert_memory_equal(out.ptr + i * 3, time, 3);
	}
	log_order_dispose(&order);
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_held_and_sorted),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
