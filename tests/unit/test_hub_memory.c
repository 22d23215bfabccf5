/* local/developer/hub_memory: what the log service keeps, where who comes back goes on, and how far
 * back somebody is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "local/developer/hub_memory.h"

#define RUN "0123456789abcdef"
#define NOON 1795953600000LL /* 2026-11-29T12:00:00Z */

static struct hub_memory *start(void)
{
	struct hub_memory *memory = mem_zalloc(1, sizeof(*memory));

	hub_memory_init(memory, RUN);
	return memory;
}

static void stop(struct hub_memory *memory)
{
	hub_memory_dispose(memory);
	assert_int_equal(memory->bytes, 0);
	mem_free(memory);
}

/* Said on a channel, so many seconds after eleven o'clock. */
static const struct said *say(struct hub_memory *memory, const char *channel, int second)
{
	char at[40];

	snprintf(at, sizeof(at), "2026-11-29T11:%02d:%02d.000000Z", second / 60, second % 60);
	return hub_memory_add(memory, mem_strdup(channel), mem_strdup(at), mem_strdup("{}"));
}

static long long number_of(const struct hub_memory *memory, long long number)
{
	char serial[HUB_SERIAL_SIZE];

	hub_memory_serial(memory, number, serial);
	return hub_memory_number(memory, serial);
}

/* Whoever heard all but what is kept goes on without a gap; who misses one more does not. */
static void test_a_ring(void **state)
{
	static const int counts[] = {0, 1, HUB_KEPT - 1, HUB_KEPT, HUB_KEPT + 1, 3 * HUB_KEPT + 7};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct hub_memory *memory = start();
		long long last = counts[i];
		long long first = last > (long long)HUB_KEPT ? last - HUB_KEPT + 1 : 1;

		for (int k = 0; k < counts[i]; k++)
			assert_int_equal(say(memory, "a", k % 3600)->number, k + 1);
		assert_int_equal(memory->first, first);
		assert_int_equal(memory->last, last);
		for (long long number = first; number <= last; number++)
			assert_int_equal(hub_memory_get(memory, number)->number, number);
		assert_int_equal(number_of(memory, first - 2), -1);
		for (long long number = first - 1; number <= last; number++)
			assert_int_equal(number_of(memory, number), number);
		assert_int_equal(number_of(memory, last + 1), -1);
		stop(memory);
	}
}

static void test_serials_of_others(void **state)
{
	static const char *const none[] = {"",
					   ":",
					   RUN,
					   RUN ":",
					   RUN ":x",
					   RUN ":1x",
					   RUN ":-1",
					   RUN "1",
					   "0123456789abcdee:1",
					   RUN ":99999999999999999999999",
					   RUN ":1:0"};
	struct hub_memory *memory = start();

	(void)state;
	say(memory, "a", 0);
	assert_int_equal(hub_memory_number(memory, NULL), -1);
	assert_int_equal(hub_memory_number(memory, RUN ":1"), 1);
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_int_equal(hub_memory_number(memory, none[i]), -1);
	stop(memory);
}

/* Channel a at 0, 120, 240, ... seconds after eleven, b between them. */
static void test_rewinding(void **state)
{
	static const struct {
		const char *channel, *rewind;
		long long begins; /* behind this number */
	} rows[] = {
		{"a", "0", 60},   {"a", "1", 58},   {"a", "3", 54},    {"b", "1", 59},
		{"b", "2", 57},   {"c", "9", 60},   {"a", "999", 0},   {"b", "999", 1},
		{"a", "1m", 60},  {"a", "2m", 58},  {"a", "120s", 58}, {"a", "119s", 60},
		{"b", "60s", 59}, {"a", "10m", 50}, {"a", "600s", 50}, {"a", "99999999999m", 0},
		{"a", "-5m", 60}, {"a", "x", 60},   {"a", "", 60},     {"a", "61m", 0},
	};
	struct hub_memory *memory = start();

	(void)state;
	for (int k = 0; k < 60; k++)
		say(memory, k % 2 == 0 ? "a" : "b", 60 * k);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(hub_memory_rewound(memory, rows[i].channel, rows[i].rewind, NOON),
				 rows[i].begins);
	stop(memory);
}

/* Long messages push the old ones out before there are many; one that is too long for all stays
 * until the next one comes. */
static void test_bytes(void **state)
{
	struct hub_memory *memory = start();
	char *long_one = mem_zalloc(1, HUB_KEPT_BYTES + 2);

	(void)state;
	memset(long_one, 'x', HUB_KEPT_BYTES / 4);
	for (int k = 0; k < 9; k++) {
		hub_memory_add(memory, mem_strdup("a"), mem_strdup("x"), mem_strdup(long_one));
		assert_true(memory->bytes <= HUB_KEPT_BYTES);
		assert_int_equal(memory->last - memory->first + 1, k < 4 ? k + 1 : 4);
	}
	memset(long_one, 'x', HUB_KEPT_BYTES + 1);
	hub_memory_add(memory, mem_strdup("a"), mem_strdup("x"), mem_strdup(long_one));
	assert_int_equal(memory->first, memory->last);
	say(memory, "a", 0);
	assert_int_equal(memory->first, memory->last);
	assert_int_equal(memory->bytes, 2);
	mem_free(long_one);
	stop(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_ring),
		cmocka_unit_test(test_serials_of_others),
		cmocka_unit_test(test_rewinding),
		cmocka_unit_test(test_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
