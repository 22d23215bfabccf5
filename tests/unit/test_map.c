/* The map: order of insertion, replacing, growth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/map.h"

static void test_empty(void **state)
{
	(void)state;
	struct map map = {0};
	assert_null(map_get(&map, "x"));
	assert_int_equal(map.count, 0);
	map_dispose(&map);
}

static void test_replace_keeps_order(void **state)
{
	(void)state;
	struct map map = {0};
	int one = 1, two = 2, three = 3;
	map_set(&map, "b", &one);
	map_set(&map, "a", &two);
	map_set(&map, "", &three);
	map_set(&map, "b", &three);
	assert_int_equal(map.count, 3);
	assert_string_equal(map.entries[0].key, "b");
	assert_string_equal(map.entries[1].key, "a");
	assert_string_equal(map.entries[2].key, "");
	assert_ptr_equal(map_get(&map, "b"), &three);
	assert_ptr_equal(map_get(&map, "a"), &two);
	assert_ptr_equal(map_get(&map, ""), &three);
	assert_null(map_get(&map, "ab"));
	map_dispose(&map);
	assert_int_equal(map.count, 0);
}

/* A lookup compares texts, not pointers, at every size. */
static void test_many(void **state)
{
	(void)state;
	enum { COUNT = 5000 };
	static char keys[COUNT][16];
	static int values[COUNT];
	struct map map = {0};
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(keys[i], sizeof(keys[i]), "key-%zu", i * 7);
		map_set(&map, keys[i], &values[i]);
		char other[16];
		snprintf(other, sizeof(other), "key-%zu", i / 2 * 7);
		assert_ptr_equal(map_get(&map, other), &values[i / 2]);
		snprintf(other, sizeof(other), "key-%zu", i * 7 + 1);
		assert_null(map_get(&map, other));
	}
	assert_int_equal(map.count, COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		assert_ptr_equal(map.entries[i].key, keys[i]);
		assert_ptr_equal(map_get(&map, keys[i]), &values[i]);
	}
	map_dispose(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_replace_keeps_order),
		cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
