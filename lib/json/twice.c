/* See twice.h. A walk over the text that knows of each open container which names it has. */
#include "json/twice.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "json/json.h"

struct container {
	bool object;
	bool name_next;   /* a string is a name here */
	struct map names; /* -> where it begins, plus one */
};

struct walking {
	const char *text;
	size_t len;
	struct arena *arena;
	struct container *open; /* JSON_DEPTH of them at most */
	size_t depth;
	struct json_twice *found;
	size_t count;
};

/* Behind the string that begins at `at`. */
static size_t string_end(const struct walking *w, size_t at)
{
	for (at++; at < w->len && w->text[at] != '"'; at++)
		if (w->text[at] == '\\')
			at++;
	return at < w->len ? at + 1 : w->len;
}

static void see_name(struct walking *w, struct container *container, size_t start, size_t end)
{
	const char *name = arena_strndup(w->arena, w->text + start + 1, end - start - 2);
	size_t first = (size_t)(uintptr_t)map_get(&container->names, name);

	if (first == 0) {
		map_set(&container->names, name, (const void *)(uintptr_t)(start + 1));
		return;
	}
	*(struct json_twice *)arena_push(w->arena, &w->found, &w->count, sizeof(*w->found)) =
		(struct json_twice){name, first - 1, first - 1 + (end - start), start, end};
}

static void step(struct walking *w, size_t *at)
{
	struct container *top = w->depth > 0 ? &w->open[w->depth - 1] : NULL;
	char c = w->text[*at];

	if (c == '"') {
		size_t end = string_end(w, *at);

		if (top != NULL && top->object && top->name_next)
			see_name(w, top, *at, end);
		*at = end;
		return;
	}
	if ((c == '{' || c == '[') && w->depth < JSON_DEPTH)
		w->open[w->depth++] = (struct container){c == '{', true, {0}};
	else if ((c == '}' || c == ']') && top != NULL)
		map_dispose(&w->open[--w->depth].names);
	else if (top != NULL && (c == ',' || c == ':'))
		top->name_next = c == ',';
	(*at)++;
}

struct json_twice *json_twice_find(const char *text, size_t len, struct arena *arena, size_t *count)
{
	struct walking w = {.text = text, .len = len, .arena = arena};

	w.open = mem_zalloc(JSON_DEPTH, sizeof(*w.open));
	for (size_t at = 0; at < len;)
		step(&w, &at);
	while (w.depth > 0)
		map_dispose(&w.open[--w.depth].names);
	mem_free(w.open);
	*count = w.count;
	return w.found;
}
