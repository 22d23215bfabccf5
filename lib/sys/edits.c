/* See edits.h. */
#include "sys/edits.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/overlay.h"

static char *copy(const char *bytes, size_t len)
{
	char *text = mem_zalloc(len + 1, 1);

	if (len > 0)
		memcpy(text, bytes, len);
	return text;
}

static void free_edited(struct edited *edited)
{
	mem_free(edited->path);
	mem_free(edited->bytes);
}

void edits_dispose(struct edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		free_edited(&edits->items[i]);
	mem_free(edits->items);
	*edits = (struct edits){0};
}

/* Where the path is, or would be. */
static size_t place_of(const struct edits *edits, const char *path, bool *there)
{
	size_t low = 0, high = edits->count;

	*there = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(edits->items[middle].path, path);

		if (order == 0) {
			*there = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct edited *insert(struct edits *edits, size_t at, const char *path)
{
	if (edits->count == edits->room) {
		edits->room = edits->room == 0 ? 8 : edits->room * 2;
		edits->items = mem_realloc(edits->items, edits->room * sizeof(*edits->items));
	}
	memmove(&edits->items[at + 1], &edits->items[at],
		(edits->count - at) * sizeof(*edits->items));
	edits->count++;
	edits->items[at] = (struct edited){.path = copy(path, strlen(path))};
	return &edits->items[at];
}

int edits_set(struct edits *edits, const char *path, int64_t version, const char *bytes, size_t len,
	      struct error *error)
{
	bool there;
	size_t at = place_of(edits, path, &there);
	struct edited *edited = there ? &edits->items[at] : NULL;

	if (there && version <= edited->version)
		return error_set(error, ERROR_CONFLICT,
				 "version %lld of `%s` comes after version %lld",
				 (long long)version, path, (long long)edited->version);
	if (!there)
		edited = insert(edits, at, path);
	mem_free(edited->bytes);
	edited->bytes = copy(bytes, len);
	edited->len = len;
	edited->version = version;
	return 0;
}

void edits_close(struct edits *edits, const char *path)
{
	bool there;
	size_t at = place_of(edits, path, &there);

	if (!there)
		return;
	free_edited(&edits->items[at]);
	edits->count--;
	memmove(&edits->items[at], &edits->items[at + 1],
		(edits->count - at) * sizeof(*edits->items));
}

const struct edited *edits_find(const struct edits *edits, const char *path)
{
	bool there;
	size_t at = place_of(edits, path, &there);

	return there ? &edits->items[at] : NULL;
}

void edits_overlay(const struct edits *edits, struct arena *arena, struct overlay *overlay)
{
	*overlay = (struct overlay){
		.files = arena_alloc(arena, (edits->count + 1) * sizeof(*overlay->files)),
		.count = edits->count,
	};
	for (size_t i = 0; i < edits->count; i++) {
		const struct edited *edited = &edits->items[i];

		overlay->files[i] = (struct overlay_file){
			.path = arena_strdup(arena, edited->path),
			.bytes = arena_strndup(arena, edited->bytes, edited->len),
			.len = edited->len,
		};
	}
}
