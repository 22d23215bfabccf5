/* Blocks that grow with the job, handed out front to back. Objects too big for a block get one of
 * their own, so that a large file does not waste the rest of the current block. Under
 * AddressSanitizer every object is its own block: then an overrun of one object is seen. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_SEPARATE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_SEPARATE 1
#endif
#endif

enum {
	FIRST_BLOCK = 16 * 1024,
	LAST_BLOCK = 512 * 1024,
	FIRST_ITEMS = 4, /* of an array made by arena_push */
};

struct block {
	struct block *next;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* all of them, for freeing */
	unsigned char *free;  /* zeroed room at the end of the current block */
	size_t left;
	size_t next_size;
	size_t size; /* handed out */
};

struct arena *arena_new_small(size_t first)
{
	struct arena *arena = mem_zalloc(1, sizeof(*arena));
	arena->next_size = first;
	return arena;
}

struct arena *arena_new(void)
{
	return arena_new_small(FIRST_BLOCK);
}

void arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	struct block *block = arena->blocks;
	while (block != NULL) {
		struct block *next = block->next;
		mem_free(block);
		block = next;
	}
	mem_free(arena);
}

static unsigned char *add_block(struct arena *arena, size_t size)
{
	/* A size near SIZE_MAX must fail in the allocator, not wrap around to a small block. */
	size_t total =
		size > SIZE_MAX - sizeof(struct block) ? SIZE_MAX : sizeof(struct block) + size;
	struct block *block = mem_zalloc(1, total);
	block->next = arena->blocks;
	arena->blocks = block;
	return block->bytes;
}

size_t arena_size(const struct arena *arena)
{
	return arena->size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size == 0)
		size = 1;
	arena->size += size;
#ifdef ARENA_SEPARATE
	return add_block(arena, size);
#else
	const size_t align = alignof(max_align_t);
	if (size > arena->next_size / 4)
		return add_block(arena, size);
	size = (size + align - 1) / align * align;
	if (size > arena->left) {
		arena->free = add_block(arena, arena->next_size);
		arena->left = arena->next_size;
		if (arena->next_size < LAST_BLOCK)
			arena->next_size *= 2;
	}
	unsigned char *ptr = arena->free;
	arena->free += size;
	arena->left -= size;
	return ptr;
#endif
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len == SIZE_MAX ? len : len + 1);
	if (len != 0)
		memcpy(copy, text, len);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	size_t size = len < 0 ? 1 : (size_t)len + 1;
	char *text = arena_alloc(arena, size);
	vsnprintf(text, size, format, again);
	va_end(again);
	return text;
}

/* The room of an array follows from its length: 4, then doubled each time it is full. So the
 * caller's structs need no capacity field. */
void *arena_push(struct arena *arena, void *array, size_t *count, size_t size)
{
	/* The caller's pointer has type T *, so it is read and written as bytes. */
	unsigned char *items;
	memcpy(&items, array, sizeof(items));
	size_t len = *count;
	bool full = len == 0 || (len >= FIRST_ITEMS && (len & (len - 1)) == 0);
	if (full) {
		size_t room = len == 0 ? FIRST_ITEMS : len * 2;
		unsigned char *moved =
			arena_alloc(arena, room > SIZE_MAX / size ? SIZE_MAX : room * size);
		if (len != 0)
			memcpy(moved, items, len * size);
		items = moved;
		memcpy(array, &items, sizeof(items));
	}
	*count = len + 1;
	return items + len * size;
}
