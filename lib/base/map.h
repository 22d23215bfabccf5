/* A hash map from strings to pointers that remembers the order of insertion, so that walking it
 * is deterministic. Keys and values are borrowed (usually from the same arena). */
#ifndef ATTIO_BASE_MAP_H
#define ATTIO_BASE_MAP_H

#include <stddef.h>

struct map_entry {
	const char *key;
	void *value;
};

struct map {
	struct map_entry *entries; /* in insertion order */
	size_t count;
	size_t *slots; /* index + 1 into entries, 0 = free */
	size_t slot_count;
	size_t capacity;
};

/* A zeroed struct is an empty map. */
void map_dispose(struct map *map);
/* Adds or replaces; `key` must stay alive. Of a const value map_get gives what is const all the
 * same. */
void map_set(struct map *map, const char *key, const void *value);
/* NULL when absent. */
void *map_get(const struct map *map, const char *key);

#endif
