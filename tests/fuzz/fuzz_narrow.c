/* How far a change reaches: a module before, after and another file, with a NUL between them.
 * Whatever they are it is told, and where it reaches no file with something in it, it reaches none
 * that is empty. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "types/narrow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_package(const char *name, void *data)
{
	(void)data;
	return strcmp(name, "zod") == 0;
}

/* The next text, up to a NUL or the end. */
static struct narrow_text next(struct arena *arena, const char **at, const char *end,
			       const char *path)
{
	const char *nul = memchr(*at, '\0', (size_t)(end - *at));
	size_t len = (size_t)((nul != NULL ? nul : end) - *at);
	struct narrow_text text = {path, arena_strndup(arena, *at, len), len};

	*at = nul != NULL ? nul + 1 : end;
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *at = size > 0 ? (const char *)data : "", *end = at + size;
	struct narrow_change change;
	struct narrow_text other;
	struct narrow_question question = {.arena = arena,
					   .changes = &change,
					   .change_count = 1,
					   .others = &other,
					   .other_count = 1,
					   .is_package = is_package};

	change.before = next(arena, &at, end, "/app/m.tsx");
	change.now = next(arena, &at, end, "/app/m.tsx");
	other = next(arena, &at, end, "/app/other.ts");
	if (narrow_stays_inside(&question)) {
		question.other_count = 0;
		if (!narrow_stays_inside(&question))
			abort();
	}
	arena_free(arena);
	return 0;
}
