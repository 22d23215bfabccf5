/* The store of minified texts: what it gives back, what it lets go, and what it makes of damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "bundle/minified.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char *const texts[] = {"a", "", "const b=1", "with \0 a zero"};
static const size_t lengths[] = {1, 0, 9, 13};

struct place {
	struct arena *arena;
	char *folder;
	const char *file;
};

static int set_up(void **state)
{
	struct place *place = mem_zalloc(1, sizeof(*place));
	struct minified *minified;
	struct fs_entry *entries;
	struct error error;
	size_t count;

	place->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(place->arena, "/tmp/attio-test-", &place->folder, &error),
			 0);
	minified = minified_open(place->folder, "/app");
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		minified_put(minified, (struct hash128){i, 7}, texts[i], lengths[i]);
	minified_save(minified);
	minified_close(minified);
	assert_int_equal(fs_list(place->arena, place->folder, &entries, &count, &error), 0);
	assert_int_equal(count, 1);
	place->file = path_join(place->arena, place->folder, entries[0].name);
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	struct error error;

	assert_int_equal(fs_remove_tree(place->folder, &error), 0);
	arena_free(place->arena);
	mem_free(place);
	return 0;
}

static size_t count_kept(const struct place *place, const char *root)
{
	struct minified *minified = minified_open(place->folder, root);
	size_t found = 0, len;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *text = minified_get(minified, (struct hash128){i, 7}, &len);

		if (text == NULL)
			continue;
		assert_int_equal(len, lengths[i]);
		assert_memory_equal(text, texts[i], len);
		found++;
	}
	minified_close(minified);
	return found;
}

static void test_kept(void **state)
{
	struct minified *none = minified_open(NULL, "/app");
	size_t len;

	assert_int_equal(count_kept(*state, "/app"), ARRAY_LEN(texts));
	assert_int_equal(count_kept(*state, "/other"), 0);
	minified_put(none, (struct hash128){1, 1}, "x", 1);
	minified_save(none);
	assert_null(minified_get(none, (struct hash128){2, 2}, &len));
	minified_close(none);
}

static void test_unused_go(void **state)
{
	struct place *place = *state;
	struct minified *minified = minified_open(place->folder, "/app");
	size_t len;

	/* Nothing new: the file stays as it is. */
	assert_non_null(minified_get(minified, (struct hash128){2, 7}, &len));
	minified_save(minified);
	assert_int_equal(count_kept(place, "/app"), ARRAY_LEN(texts));
	minified_put(minified, (struct hash128){9, 9}, "new", 3);
	minified_save(minified);
	minified_close(minified);
	assert_int_equal(count_kept(place, "/app"), 1);
}

/* Any byte that is other, and any length that is. */
static void test_damaged(void **state)
{
	struct place *place = *state;
	struct error error;
	char *bytes;
	size_t len;

	assert_int_equal(fs_read(place->arena, place->file, 1 << 20, &bytes, &len, &error), 0);
	for (size_t i = 0; i < len; i++) {
		bytes[i] ^= 0x41;
		assert_int_equal(fs_write_atomic(place->file, bytes, len, 0666, &error), 0);
		assert_int_equal(count_kept(place, "/app"), 0);
		bytes[i] ^= 0x41;
		assert_int_equal(fs_write_atomic(place->file, bytes, i, 0666, &error), 0);
		assert_int_equal(count_kept(place, "/app"), 0);
	}
	assert_int_equal(fs_write_atomic(place->file, bytes, len, 0666, &error), 0);
	assert_int_equal(count_kept(place, "/app"), ARRAY_LEN(texts));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unused_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damaged, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
