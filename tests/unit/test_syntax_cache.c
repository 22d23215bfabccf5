/* The cache of parsed modules: what is taken is what was parsed, and nothing damaged, foreign or
 * senseless is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "source/cache.h"
#include "sys/fs.h"
#include "sys/path.h"

static const char good[] =
	"import {a} from './a'\nexport default async function f() { return a }\n";
static const char broken[] = "export const x = {\n";

struct world {
	struct arena *arena;
	char *folder;
	char *file; /* the only one in it, once there is one */
};

static void open_world(struct world *world)
{
	struct error error = {0};

	world->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(world->arena, "/tmp/attio-test-", &world->folder, &error),
			 0);
}

static void close_world(struct world *world)
{
	struct error error = {0};

	assert_int_equal(fs_remove_tree(world->folder, &error), 0);
	arena_free(world->arena);
}

/* Parses the two texts and keeps them. */
static void fill(struct world *world)
{
	struct syntax_cache *cache = syntax_cache_open(world->folder, "/app");
	const struct syntax *syntaxes[2];
	struct syntax a, b;
	struct fs_entry *entries;
	struct error error = {0};
	size_t count;

	syntax_parse(&a, "good.ts", DIALECT_TS, good, strlen(good));
	syntax_parse(&b, "broken.tsx", DIALECT_TSX, broken, strlen(broken));
	syntaxes[0] = &a;
	syntaxes[1] = &b;
	syntax_cache_save(cache, syntaxes, 2);
	syntax_dispose(&a);
	syntax_dispose(&b);
	syntax_cache_close(cache);
	assert_int_equal(fs_list(world->arena, world->folder, &entries, &count, &error), 0);
	assert_int_equal(count, 1);
	world->file = path_join(world->arena, world->folder, entries[0].name);
}

static bool takes(const struct world *world, const char *root, enum dialect dialect,
		  const char *text)
{
	struct syntax_cache *cache = syntax_cache_open(world->folder, root);
	struct syntax taken, parsed;
	bool took = syntax_cache_take(cache, &taken, "x.ts", dialect, text, strlen(text));

	if (took) {
		syntax_parse(&parsed, "x.ts", dialect, text, strlen(text));
		assert_int_equal(taken.count, parsed.count);
		assert_memory_equal(taken.entries, parsed.entries,
				    parsed.count * sizeof(struct entry));
		assert_int_equal(taken.unread, parsed.unread);
		assert_int_equal(taken.broken_at, parsed.broken_at);
		syntax_dispose(&parsed);
		syntax_dispose(&taken);
	}
	syntax_cache_close(cache);
	return took;
}

static void test_takes_what_was_kept(void **state)
{
	struct world world;

	(void)state;
	open_world(&world);
	assert_false(takes(&world, "/app", DIALECT_TS, good));
	fill(&world);
	assert_true(takes(&world, "/app", DIALECT_TS, good));
	assert_true(takes(&world, "/app", DIALECT_TSX, broken));
	assert_false(takes(&world, "/app", DIALECT_TSX, good));
	assert_false(takes(&world, "/app", DIALECT_TS, "export {}"));
	assert_false(takes(&world, "/other", DIALECT_TS, good));
	close_world(&world);
}

/* Each byte of the file changed, and the file cut at each place: taken rightly or not at all. */
static void test_damage(void **state)
{
	struct world world;
	struct error error = {0};
	char *text;
	size_t len;

	(void)state;
	open_world(&world);
	fill(&world);
	assert_int_equal(fs_read(world.arena, world.file, 1 << 20, &text, &len, &error), 0);
	for (size_t i = 0; i < len; i += i < 64 ? 1 : 7) {
		text[i] = (char)(text[i] ^ 0x10);
		assert_int_equal(fs_write_atomic(world.file, text, len, 0600, &error), 0);
		assert_false(takes(&world, "/app", DIALECT_TS, good));
		text[i] = (char)(text[i] ^ 0x10);
		assert_int_equal(fs_write_atomic(world.file, text, i, 0600, &error), 0);
		assert_false(takes(&world, "/app", DIALECT_TS, good));
	}
	assert_int_equal(fs_write_atomic(world.file, text, len, 0600, &error), 0);
	assert_true(takes(&world, "/app", DIALECT_TS, good));
	close_world(&world);
}

/* A file that is whole, but whose tables lead nowhere. */
static void test_senseless_tables(void **state)
{
	static const struct entry whole = {.end = 4, .after = 2};
	static const struct entry part = {.start = 1, .end = 3, .after = 2};
	struct entry tables[][2] = {
		{whole, part}, {whole, part}, {whole, part}, {whole, part},
		{whole, part}, {whole, part}, {whole, part}, {whole, part},
	};
	struct world world;

	(void)state;
	tables[1][1].end = 5;
	tables[2][1].start = 4;
	tables[3][1].parent = 1;
	tables[4][0].parent = 7;
	tables[5][1].after = 1;
	tables[6][0].after = 1;
	tables[7][1].field = UINT8_MAX;
	open_world(&world);
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct syntax_cache *cache = syntax_cache_open(world.folder, "/app");
		struct syntax syntax = {
			.bytes = "abcd", .len = 4, .entries = tables[i], .count = 2};
		const struct syntax *list[] = {&syntax};
		struct syntax taken;

		syntax_cache_save(cache, list, 1);
		syntax_cache_close(cache);
		cache = syntax_cache_open(world.folder, "/app");
		assert_int_equal(syntax_cache_take(cache, &taken, "x.ts", DIALECT_TS, "abcd", 4),
				 i == 0);
		syntax_cache_close(cache);
	}
	close_world(&world);
}

static void test_no_place_to_write(void **state)
{
	char folder[] = "/dev/null/no";
	struct world world = {.folder = folder};

	(void)state;
	assert_false(takes(&world, "/app", DIALECT_TS, good));
	struct syntax_cache *cache = syntax_cache_open(world.folder, "/app");
	syntax_cache_save(cache, NULL, 0);
	syntax_cache_close(cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_takes_what_was_kept),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_senseless_tables),
		cmocka_unit_test(test_no_place_to_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
