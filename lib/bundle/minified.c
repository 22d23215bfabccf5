/* The file: a head, the items, then all texts; numbers as this machine writes them. A checksum
 * guards what follows the head, and an item is taken only when it lies inside. */
#include "bundle/minified.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "sys/cache.h"
#include "sys/fs.h"

/* To be counted up when the layout changes. What decides the texts is in their keys. */
#define FORMAT 1

#define FILE_LIMIT ((size_t)256 << 20)

static const char magic[8] = "attiomin";

struct head {
	char magic[8];
	uint32_t format;
	uint32_t count;
	uint64_t checksum;
};

struct item {
	struct hash128 key;
	uint64_t start; /* from the end of the items */
	uint64_t len;
};

struct kept {
	struct hash128 key;
	const char *text;
	size_t len;
	bool used;
};

struct minified {
	struct arena *arena;
	const char *file; /* NULL: nothing is kept */
	struct map texts; /* key in hexadecimal digits -> struct kept */
	bool grown;
};

static const char *name_of(struct arena *arena, struct hash128 key)
{
	return arena_printf(arena, "%016llx%016llx", (unsigned long long)key.high,
			    (unsigned long long)key.low);
}

static struct kept *add(struct minified *minified, struct hash128 key, const char *text, size_t len)
{
	struct kept *kept = arena_alloc(minified->arena, sizeof(*kept));

	*kept = (struct kept){.key = key, .text = text, .len = len};
	map_set(&minified->texts, name_of(minified->arena, key), kept);
	return kept;
}

static void take(struct minified *minified, const char *bytes, size_t size)
{
	struct head head;
	size_t rest = size - sizeof(head), texts;

	if (size < sizeof(head))
		return;
	memcpy(&head, bytes, sizeof(head));
	bytes += sizeof(head);
	if (memcmp(head.magic, magic, sizeof(magic)) != 0 || head.format != FORMAT ||
	    head.count > rest / sizeof(struct item) ||
	    hash_bytes(head.count, bytes, rest) != head.checksum)
		return;
	texts = rest - head.count * sizeof(struct item);
	for (size_t i = 0; i < head.count; i++) {
		struct item item;

		memcpy(&item, bytes + i * sizeof(item), sizeof(item));
		if (item.start <= texts && item.len <= texts - item.start)
			add(minified, item.key, bytes + rest - texts + item.start, item.len);
	}
}

struct minified *minified_open(const char *folder, const char *root)
{
	struct minified *minified = mem_zalloc(1, sizeof(*minified));
	struct error ignored;
	char *bytes;
	size_t size;

	minified->arena = arena_new();
	if (folder == NULL)
		return minified;
	minified->file = cache_file_of(minified->arena, folder, "minified-", root);
	if (fs_read(minified->arena, minified->file, FILE_LIMIT, &bytes, &size, &ignored) == 0)
		take(minified, bytes, size);
	return minified;
}

void minified_close(struct minified *minified)
{
	if (minified == NULL)
		return;
	map_dispose(&minified->texts);
	arena_free(minified->arena);
	mem_free(minified);
}

const char *minified_get(struct minified *minified, struct hash128 key, size_t *len)
{
	struct kept *kept = map_get(&minified->texts, name_of(minified->arena, key));

	if (kept == NULL)
		return NULL;
	kept->used = true;
	*len = kept->len;
	return kept->text;
}

void minified_put(struct minified *minified, struct hash128 key, const char *text, size_t len)
{
	if (minified->file == NULL)
		return;
	add(minified, key, arena_strndup(minified->arena, text, len), len)->used = true;
	minified->grown = true;
}

void minified_save(struct minified *minified)
{
	struct head head = {.format = FORMAT};
	struct buf out = {0}, texts = {0};

	if (!minified->grown)
		return;
	minified->grown = false;
	memcpy(head.magic, magic, sizeof(magic));
	buf_add(&out, &head, sizeof(head));
	for (size_t i = 0; i < minified->texts.count; i++) {
		const struct kept *kept = minified->texts.entries[i].value;
		struct item item = {kept->key, texts.len, kept->len};

		if (!kept->used)
			continue;
		buf_add(&out, &item, sizeof(item));
		buf_add(&texts, kept->text, kept->len);
		head.count++;
	}
	buf_add(&out, buf_cstr(&texts), texts.len);
	head.checksum = hash_bytes(head.count, out.ptr + sizeof(head), out.len - sizeof(head));
	memcpy(out.ptr, &head, sizeof(head));
	if (out.len <= FILE_LIMIT)
		fs_write_cache(minified->file, out.ptr, out.len);
	buf_dispose(&texts);
	buf_dispose(&out);
}
