/* parallel_run: each index once and only once, and all of it done when the call returns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "sys/parallel.h"

struct sums {
	size_t count;
	unsigned *times; /* written by whichever thread has the index */
	size_t *squares;
	atomic_size_t total;
};

static void count_one(size_t i, void *payload)
{
	struct sums *sums = payload;

	sums->times[i]++;
	sums->squares[i] = i * i;
	atomic_fetch_add(&sums->total, i);
}

static void check_count(size_t count)
{
	struct sums sums = {.count = count};

	sums.times = mem_zalloc(count + 1, sizeof(*sums.times));
	sums.squares = mem_zalloc(count + 1, sizeof(*sums.squares));
	atomic_init(&sums.total, 0);
	parallel_run(count, count_one, &sums);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(sums.times[i], 1);
		assert_int_equal(sums.squares[i], i * i);
	}
	assert_int_equal(sums.times[count], 0);
	assert_int_equal(atomic_load(&sums.total), count == 0 ? 0 : count * (count - 1) / 2);
	mem_free(sums.times);
	mem_free(sums.squares);
}

static void test_counts(void **state)
{
	(void)state;
	for (size_t count = 0; count < 20; count++)
		check_count(count);
	check_count(100000);
}

static void run_inner(size_t i, void *payload)
{
	size_t *counts = payload;

	check_count(counts[i]);
	counts[i] = 0;
}

static void test_inside_each_other(void **state)
{
	size_t counts[] = {100, 0, 1, 5000, 3, 7};

	(void)state;
	parallel_run(sizeof(counts) / sizeof(counts[0]), run_inner, counts);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		assert_int_equal(counts[i], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_inside_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
