/* Arbitrary tables in the cache of parsed modules: what is taken can be walked in every direction.
 * The input is the table; head and checksum are made right, or nothing would ever get that far. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "source/cache.h"
#include "source/facts.h"
#include "sys/fs.h"

#define TEXT "export default 1\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(struct syntax *syntax, struct arena *arena)
{
	struct facts facts;
	struct place place;
	const char *what;

	for (uint32_t i = 0; i < syntax->count; i++) {
		struct node node = {syntax, i};

		node_text(syntax, arena, node);
		node_string(syntax, arena, node);
		node_field(node, FIELD_NAME);
		node_next_named(node_down_named(node));
		node_last(node);
		node_parent(node_unwrap(node));
		if (node_end(node) > syntax->len)
			abort();
	}
	syntax_first_error(syntax, &place, &what);
	facts_read(&facts, syntax, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct syntax syntax = {.bytes = TEXT, .len = strlen(TEXT)}, taken;
	const struct syntax *list[] = {&syntax};
	struct arena *arena = arena_new();
	struct syntax_cache *cache;
	struct error error = {0};
	char *folder;

	if (size < sizeof(struct entry) ||
	    fs_make_temp_dir(arena, "/tmp/attio-fuzz-", &folder, &error) != 0) {
		arena_free(arena);
		return 0;
	}
	syntax.count = (uint32_t)(size / sizeof(struct entry));
	syntax.entries = arena_alloc(arena, syntax.count * sizeof(struct entry));
	memcpy(syntax.entries, data, syntax.count * sizeof(struct entry));
	cache = syntax_cache_open(folder, "/app");
	syntax_cache_save(cache, list, 1);
	syntax_cache_close(cache);
	cache = syntax_cache_open(folder, "/app");
	if (syntax_cache_take(cache, &taken, "a.ts", DIALECT_TS, TEXT, strlen(TEXT)))
		look(&taken, arena);
	syntax_cache_close(cache);
	fs_remove_tree(folder, &error);
	arena_free(arena);
	return 0;
}
