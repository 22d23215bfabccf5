/* Fast hashes of content, for cache keys and checksums: XXH3 of xxHash. Not for secrets, and not
 * the same on machines of another byte order. */
#ifndef ATTIO_BASE_HASH_H
#define ATTIO_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hash128 {
	uint64_t high, low;
};

uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t len);
/* Wide enough to stand for the content itself. */
struct hash128 hash_content(uint64_t seed, const void *bytes, size_t len);

bool hash_equal(struct hash128 a, struct hash128 b);

#endif
