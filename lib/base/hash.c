/* xxHash is compiled in from its header: a shared library would cost more at the start of every
 * command than it saves. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t len)
{
	return XXH3_64bits_withSeed(bytes, len, seed);
}

struct hash128 hash_content(uint64_t seed, const void *bytes, size_t len)
{
	XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, len, seed);

	return (struct hash128){.high = hash.high64, .low = hash.low64};
}

bool hash_equal(struct hash128 a, struct hash128 b)
{
	return a.high == b.high && a.low == b.low;
}
