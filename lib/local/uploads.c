/* An array: a version has a handful of bundles, and they come one after the other. */
#include "local/uploads.h"

#include <string.h>

#include "base/mem.h"

void uploads_dispose(struct uploads *uploads)
{
	for (size_t i = 0; i < uploads->count; i++)
		mem_free(uploads->items[i].kind);
	mem_free(uploads->items);
	*uploads = (struct uploads){0};
}

int uploads_add(struct uploads *uploads, long long row, const char *prefix, const char *name,
		char key[RANDOM_KEY_SIZE], struct error *error)
{
	struct upload upload = {.row = row};
	size_t size = strlen(prefix) + strlen(name) + 1;

	if (random_key(upload.key, error) != 0)
		return -1;
	memcpy(key, upload.key, sizeof(upload.key));
	upload.kind = mem_alloc(size);
	memcpy(upload.kind, prefix, strlen(prefix));
	memcpy(upload.kind + strlen(prefix), name, strlen(name) + 1);
	uploads->items = mem_realloc(uploads->items, (uploads->count + 1) * sizeof(upload));
	uploads->items[uploads->count++] = upload;
	return 0;
}

const struct upload *uploads_find(const struct uploads *uploads, const char *key)
{
	for (size_t i = 0; i < uploads->count; i++)
		if (random_key_equal(uploads->items[i].key, key))
			return &uploads->items[i];
	return NULL;
}

void uploads_end(struct uploads *uploads, const struct upload *upload)
{
	size_t at = (size_t)(upload - uploads->items);

	mem_free(uploads->items[at].kind);
	uploads->items[at] = uploads->items[--uploads->count];
}
