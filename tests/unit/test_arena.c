/* The arena: alignment, zeroing, separation of objects, growing arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdalign.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/mem.h"

static bool is_filled(const unsigned char *bytes, size_t size, unsigned char value)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != value)
			return false;
	}
	return true;
}

static void test_objects_are_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	enum { COUNT = 3000 };
	struct arena *arena = arena_new();
	unsigned char **objects = mem_zalloc(COUNT, sizeof(*objects));
	/* Sizes around every border: 0, 1, the alignment, a quarter block, many blocks. */
	static const size_t extra[] = {0, 1, 15, 16, 17, 4095, 4096, 4097, 70000, 200000};
	for (size_t i = 0; i < COUNT; i++) {
		size_t size = i < ARRAY_LEN(extra) ? extra[i] : i % 333;
		objects[i] = arena_alloc(arena, size);
		assert_int_equal((uintptr_t)objects[i] % alignof(max_align_t), 0);
		assert_true(is_filled(objects[i], size, 0));
		memset(objects[i], (int)(i % 251 + 1), size);
	}
	for (size_t i = 0; i < COUNT; i++) {
		size_t size = i < ARRAY_LEN(extra) ? extra[i] : i % 333;
		assert_true(is_filled(objects[i], size, (unsigned char)(i % 251 + 1)));
	}
	mem_free(objects);
	arena_free(arena);
	arena_free(NULL);
}

static void test_strings(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(arena_strdup(arena, ""), "");
	assert_string_equal(arena_strdup(arena, "abc"), "abc");
	assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(arena, "abcdef", 0), "");
	assert_string_equal(arena_printf(arena, "%s-%d", "x", 7), "x-7");
	char *wide = arena_printf(arena, "%0*d", 100000, 1);
	assert_int_equal(strlen(wide), 100000);
	arena_free(arena);
}

/* Two arrays pushed in turn keep their items at every length; new items are zeroed. */
static void test_push_keeps_items(void **state)
{
	(void)state;
	struct item {
		size_t number;
		char pad[24];
	};
	struct arena *arena = arena_new();
	struct item *items = NULL;
	uint8_t *bytes = NULL;
	size_t count = 0, byte_count = 0;
	for (size_t i = 0; i < 1100; i++) {
		struct item *item = arena_push(arena, &items, &count, sizeof(*item));
		assert_ptr_equal(item, &items[i]);
		assert_int_equal(item->number, 0);
		item->number = i;
		uint8_t *byte = arena_push(arena, &bytes, &byte_count, sizeof(*byte));
		assert_int_equal(*byte, 0);
		*byte = (uint8_t)i;
	}
	assert_int_equal(count, 1100);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(items[i].number, i);
		assert_int_equal(bytes[i], (uint8_t)i);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_objects_are_zeroed_aligned_and_apart),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_push_keeps_items),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
