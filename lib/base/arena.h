/* Memory that lives as long as one job (a validate run, a build, a request) and is freed at once.
 * Everything the app model, the findings and the bundle plan hold comes from an arena, so these
 * structures need no owner bookkeeping. */
#ifndef ATTIO_BASE_ARENA_H
#define ATTIO_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
/* One whose first block is small (bytes): for many that hold little each. */
struct arena *arena_new_small(size_t first);
/* Frees the arena and all that was allocated from it; NULL is fine. */
void arena_free(struct arena *arena);

/* Bytes handed out so far; for tests and reports of what a job takes. */
size_t arena_size(const struct arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Appends one zeroed item to a growing array and returns it.
 * `array` is the address of the array pointer (a `T **` given as `void *`), `count` its length,
 * `size` is sizeof(T). The array moves when it grows: keep no pointers into it while pushing. */
void *arena_push(struct arena *arena, void *array, size_t *count, size_t size);

#endif
