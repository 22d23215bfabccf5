/* Open addressing over an array of entries in insertion order (the slots hold indexes), as in
 * Python's dict. There is no removal: nothing here needs it, and without it probing stays simple.
 * The hash is FNV-1a without a seed, so runs are repeatable; keys come from one developer's own
 * files, where crafted collisions would only slow down their author. */
#include "base/map.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_SLOTS = 16 };

static size_t hash_key(const char *key)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (; *key != '\0'; key++) {
		hash ^= (unsigned char)*key;
		hash *= UINT64_C(1099511628211);
	}
	return (size_t)(hash ^ hash >> 32);
}

/* The slot that holds `key`, or the free one where it belongs. slot_count is a power of two and
 * some slots are always free. */
static size_t *find_slot(const struct map *map, const char *key)
{
	size_t mask = map->slot_count - 1;
	size_t at = hash_key(key) & mask;
	while (map->slots[at] != 0 && strcmp(map->entries[map->slots[at] - 1].key, key) != 0)
		at = (at + 1) & mask;
	return &map->slots[at];
}

static void grow(struct map *map)
{
	size_t slot_count = map->slot_count != 0 ? map->slot_count * 2 : FIRST_SLOTS;
	mem_free(map->slots);
	map->slots = mem_zalloc(slot_count, sizeof(*map->slots));
	map->slot_count = slot_count;
	map->capacity = slot_count / 2;
	map->entries = mem_realloc(map->entries, map->capacity * sizeof(*map->entries));
	for (size_t i = 0; i < map->count; i++)
		*find_slot(map, map->entries[i].key) = i + 1;
}

void map_dispose(struct map *map)
{
	mem_free(map->entries);
	mem_free(map->slots);
	*map = (struct map){0};
}

/* As bsearch(3): what comes out is as const as it was when it went in, which the caller knows. */
static void *borrowed(const void *value)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-qual"
	return (void *)value;
#pragma GCC diagnostic pop
}

void map_set(struct map *map, const char *key, const void *value)
{
	if (map->count == map->capacity)
		grow(map);
	size_t *slot = find_slot(map, key);
	if (*slot != 0) {
		map->entries[*slot - 1].value = borrowed(value);
		return;
	}
	map->entries[map->count++] = (struct map_entry){.key = key, .value = borrowed(value)};
	*slot = map->count;
}

void *map_get(const struct map *map, const char *key)
{
	if (map->count == 0)
		return NULL;
	size_t slot = *find_slot(map, key);
	return slot != 0 ? map->entries[slot - 1].value : NULL;
}
