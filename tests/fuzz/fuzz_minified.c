/* Arbitrary items in the store of minified texts: what is given back lies inside. The input's first
 * byte is the number of items, the rest what follows the head, which is made right. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "bundle/minified.h"
#include "sys/fs.h"
#include "sys/path.h"

/* Where the head of the file has these. */
enum { COUNT_AT = 12, CHECKSUM_AT = 16, HEAD = 24 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replace_rest(struct arena *arena, const char *path, const uint8_t *data, size_t size)
{
	uint32_t count = data[0];
	uint64_t checksum = hash_bytes(count, data + 1, size - 1);
	struct error error;
	struct buf out = {0};
	char *bytes;
	size_t len;

	if (fs_read(arena, path, 1 << 20, &bytes, &len, &error) != 0 || len < HEAD)
		abort();
	memcpy(bytes + COUNT_AT, &count, sizeof(count));
	memcpy(bytes + CHECKSUM_AT, &checksum, sizeof(checksum));
	buf_add(&out, bytes, HEAD);
	buf_add(&out, data + 1, size - 1);
	if (fs_write_atomic(path, out.ptr, out.len, 0666, &error) != 0)
		abort();
	buf_dispose(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct minified *minified;
	struct fs_entry *entries;
	struct error error;
	size_t count, len, sum = 0;
	char *folder;

	if (size > 0 && fs_make_temp_dir(arena, "/tmp/attio-fuzz-", &folder, &error) == 0) {
		minified = minified_open(folder, "/app");
		minified_put(minified, (struct hash128){0, 0}, "x", 1);
		minified_save(minified);
		minified_close(minified);
		if (fs_list(arena, folder, &entries, &count, &error) != 0 || count != 1)
			abort();
		replace_rest(arena, path_join(arena, folder, entries[0].name), data, size);
		minified = minified_open(folder, "/app");
		for (uint64_t key = 0; key < 3; key++) {
			const char *text = minified_get(minified, (struct hash128){0, key}, &len);

			for (size_t i = 0; text != NULL && i < len; i++)
				sum += (unsigned char)text[i];
		}
		minified_close(minified);
		fs_remove_tree(folder, &error);
	}
	arena_free(arena);
	return sum == SIZE_MAX;
}
