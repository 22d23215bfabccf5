/* Edits of a text. What is removed leaves one line end between its neighbours, or an empty line
 * beside something with a body: formatters keep empty lines, so they are part of the result. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "migrate/internal.h"

void change_add(struct arena *arena, struct changes *changes, size_t start, size_t end,
		const char *text)
{
	struct change *change =
		arena_push(arena, &changes->items, &changes->count, sizeof(*change));

	*change = (struct change){start, end, text};
}

static int by_start(const void *a, const void *b)
{
	const struct change *left = a, *right = b;

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	if (left->end != right->end)
		return left->end < right->end ? -1 : 1;
	return 0;
}

const char *change_apply(struct arena *arena, const char *bytes, size_t len,
			 struct changes *changes, size_t *after)
{
	struct buf out = {0};
	size_t at = 0;
	char *text;

	if (changes->count > 0)
		qsort(changes->items, changes->count, sizeof(*changes->items), by_start);
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];

		if (change->start < at)
			continue;
		buf_add(&out, bytes + at, change->start - at);
		buf_puts(&out, change->text);
		at = change->end;
	}
	buf_add(&out, bytes + at, len - at);
	*after = out.len;
	text = arena_strndup(arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return text;
}

static bool has_body(struct node statement)
{
	struct node inner = node_field(statement, FIELD_DECLARATION);

	if (!node_is_null(inner))
		statement = inner;
	switch (node_kind(statement)) {
	case NODE_FUNCTION_DECLARATION:
	case NODE_GENERATOR_FUNCTION_DECLARATION:
	case NODE_CLASS_DECLARATION:
	case NODE_ABSTRACT_CLASS_DECLARATION:
	case NODE_INTERFACE_DECLARATION:
	case NODE_ENUM_DECLARATION:
		return true;
	default:
		return false;
	}
}

static bool is_listed(struct node node, const struct node *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (node_same(node, list[i]))
			return true;
	return false;
}

void change_remove(struct arena *arena, struct changes *changes, const struct syntax *syntax,
		   const struct node *statements, size_t count)
{
	struct node before = {0}, child = node_down_named(syntax_root(syntax));
	size_t start = 0;
	bool gone = false;

	for (; !node_is_null(child); child = node_next_named(child)) {
		if (is_listed(child, statements, count)) {
			if (!gone)
				start = node_is_null(before) ? node_start(child) : node_end(before);
			gone = true;
			continue;
		}
		if (gone && node_is_null(before))
			change_add(arena, changes, start, node_start(child), "");
		else if (gone)
			change_add(arena, changes, start, node_start(child),
				   has_body(before) || has_body(child) ? "\n\n" : "\n");
		gone = false;
		before = child;
	}
	if (gone)
		change_add(arena, changes, start, syntax->len, node_is_null(before) ? "" : "\n");
}
