/* See gate_headers.h. */
#include "local/run/gate_headers.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"

const char *gate_header(struct arena *arena, struct json_slice headers, const char *name)
{
	struct json_slice pair;
	size_t at = 0;

	while (json_slice_next(headers, &at, &pair)) {
		struct json_slice key, value;
		size_t inner = 0;
		const char *text;

		if (!json_slice_next(pair, &inner, &key) || !json_slice_next(pair, &inner, &value))
			continue;
		text = json_slice_string(arena, key);
		if (text != NULL && strcasecmp(text, name) == 0)
			return json_slice_string(arena, value);
	}
	return NULL;
}

const char **gate_header_lines(struct arena *arena, struct json_slice headers, bool other_origin)
{
	const char **lines = NULL;
	size_t count = 0, at = 0;
	struct json_slice pair;

	while (json_slice_next(headers, &at, &pair)) {
		struct json_slice key, value;
		size_t inner = 0;
		const char *name, *text;

		if (!json_slice_next(pair, &inner, &key) || !json_slice_next(pair, &inner, &value))
			continue;
		name = json_slice_string(arena, key);
		text = json_slice_string(arena, value);
		if (name == NULL || text == NULL || strpbrk(name, "\r\n:") != NULL ||
		    strpbrk(text, "\r\n") != NULL)
			continue;
		if (other_origin && strcasecmp(name, "authorization") == 0)
			continue;
		*(const char **)arena_push(arena, &lines, &count, sizeof(*lines)) =
			arena_printf(arena, text[0] != '\0' ? "%s: %s" : "%s;", name, text);
	}
	*(const char **)arena_push(arena, &lines, &count, sizeof(*lines)) = NULL;
	return lines;
}

const char *gate_location(struct arena *arena, struct buf *headers)
{
	const char *line = buf_cstr(headers);

	for (; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n')
		if (strncasecmp(line, "location:", 9) == 0)
			return arena_strndup(arena, line + 9 + strspn(line + 9, " "),
					     strcspn(line + 9 + strspn(line + 9, " "), "\n"));
	return NULL;
}
