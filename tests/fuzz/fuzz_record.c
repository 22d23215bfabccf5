/* The bytes of a kept check. The hash over them would let nothing through, so it is made right
 * first: whatever they say must be read within bounds, and written again read as the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/arena.h"
#include "base/buf.h"
#include "types/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first line, as in lib/types/record.c. */
static const char magic[] = "attio typecheck 2\n";

static void check(const char *bytes, size_t len)
{
	struct arena *arena = arena_new();
	struct record record, again;
	struct buf first = {0}, second = {0};

	if (record_decode(&record, arena, bytes, len) == 0) {
		record_encode(&first, &record);
		if (record_decode(&again, arena, first.ptr, first.len))
			abort();
		record_encode(&second, &again);
		if (first.len != second.len || memcmp(first.ptr, second.ptr, first.len) != 0)
			abort();
	}
	buf_dispose(&first);
	buf_dispose(&second);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	XXH128_canonical_t hash;
	struct buf bytes = {0};

	check((const char *)data, size);
	XXH128_canonicalFromHash(&hash, XXH3_128bits(data, size));
	buf_puts(&bytes, magic);
	buf_add(&bytes, hash.digest, sizeof(hash.digest));
	buf_add(&bytes, data, size);
	check(bytes.ptr, bytes.len);
	buf_dispose(&bytes);
	return 0;
}
