/* Errors as JSON; see the header. */
#include "graphql/problems.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static void add_line(struct graphql_problems *problems, size_t start)
{
	size_t *slot =
		arena_push(problems->arena, &problems->lines, &problems->line_count, sizeof(*slot));

	*slot = start;
}

/* Lines end with \n, \r or both (section 2.1.2). */
static void find_lines(struct graphql_problems *problems)
{
	const char *bytes = problems->bytes;

	add_line(problems, 0);
	for (size_t i = 0; i < problems->len; i++) {
		if (bytes[i] == '\n' ||
		    (bytes[i] == '\r' && (i + 1 == problems->len || bytes[i + 1] != '\n')))
			add_line(problems, i + 1);
	}
}

static void put_location(struct graphql_problems *problems, size_t offset)
{
	size_t low = 0, high;

	if (problems->lines == NULL)
		find_lines(problems);
	high = problems->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (problems->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	if (problems->last_column == 0 || problems->last_line != low ||
	    problems->last_offset > offset) {
		problems->last_line = low;
		problems->last_offset = problems->lines[low];
		problems->last_column = 1;
	}
	problems->last_column += utf8_utf16_len(problems->bytes + problems->last_offset,
						offset - problems->last_offset);
	problems->last_offset = offset;
	buf_printf(&problems->json, "{\"line\":%zu,\"column\":%zu}", low + 1,
		   problems->last_column);
}

static void put_path(struct buf *out, const struct graphql_path *path)
{
	if (path->before != NULL) {
		put_path(out, path->before);
		buf_putc(out, ',');
	}
	if (path->key != NULL)
		buf_printf(out, "\"%s\"", path->key);
	else
		buf_printf(out, "%zu", path->index);
}

void problems_add(struct graphql_problems *problems, const char *message, const size_t *offsets,
		  size_t offset_count, const struct graphql_path *path)
{
	struct buf *out = &problems->json;

	buf_puts(out, problems->count++ > 0 ? ",{\"message\":" : "{\"message\":");
	buf_put_json_string(out, message, strlen(message));
	for (size_t i = 0; i < offset_count; i++) {
		buf_puts(out, i == 0 ? ",\"locations\":[" : ",");
		put_location(problems, offsets[i]);
	}
	buf_puts(out, offset_count > 0 ? "]" : "");
	if (path != NULL) {
		buf_puts(out, ",\"path\":[");
		put_path(out, path);
		buf_putc(out, ']');
	}
	buf_putc(out, '}');
}
