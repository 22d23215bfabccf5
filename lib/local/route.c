/* A request costs as much as its path is long, and a few comparisons for each row: most rows fall
 * at their second or third segment. */
#include "local/route.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/percent.h"
#include "base/str.h"

struct segments {
	const char **items;
	size_t count;
};

/* Of a path that begins with a slash: "/a//" has the segments "a", "" and "". */
static bool split(struct arena *arena, const char *path, struct segments *segments)
{
	*segments = (struct segments){0};
	while (*path == '/') {
		size_t len = strcspn(path + 1, "/");
		const char *item = percent_decode(arena, path + 1, len, PERCENT_PLUS_IS_PLUS);
		const char **place = arena_push(arena, &segments->items, &segments->count,
						sizeof(*segments->items));

		if (item == NULL)
			return false;
		*place = item;
		path += 1 + len;
	}
	return true;
}

static const char *join(struct arena *arena, const char *const *items, size_t count)
{
	struct buf text = {0};
	const char *copy;

	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_putc(&text, '/');
		buf_puts(&text, items[i]);
	}
	copy = arena_strndup(arena, buf_cstr(&text), text.len);
	buf_dispose(&text);
	return copy;
}

/* Whether the pattern fits; its captures are then the first of `values`. */
static bool fits(struct arena *arena, const char *pattern, const struct segments *segments,
		 const char **values)
{
	size_t captures = 0;

	for (size_t i = 0; i < segments->count; i++) {
		size_t len;

		if (*pattern != '/')
			return false;
		len = strcspn(++pattern, "/");
		if (str_ends(pattern, "...}") && *pattern == '{' && pattern[len] == '\0') {
			values[captures] = join(arena, segments->items + i, segments->count - i);
			return true;
		}
		if (*pattern == '{')
			values[captures++] = segments->items[i];
		else if (strlen(segments->items[i]) != len ||
			 memcmp(segments->items[i], pattern, len) != 0)
			return false;
		pattern += len;
	}
	return *pattern == '\0';
}

/* The row of this method among those with the same pattern as `first`. */
static const struct route *of_method(const struct route *first, const struct route *end,
				     const char *method)
{
	for (const struct route *row = first; row < end; row++)
		if (strcmp(row->pattern, first->pattern) == 0 && strcmp(row->method, method) == 0)
			return row;
	return NULL;
}

static const char *allowed(struct arena *arena, const struct route *first, const struct route *end)
{
	const char *list = "";

	for (const struct route *row = first; row < end; row++) {
		if (strcmp(row->pattern, first->pattern) != 0)
			continue;
		list = arena_printf(arena, "%s%s%s%s", list, *list != '\0' ? ", " : "", row->method,
				    strcmp(row->method, "GET") == 0 ? ", HEAD" : "");
	}
	return list;
}

void route_find(const struct route *table, size_t count, struct arena *arena, const char *method,
		const char *path, struct route_match *match)
{
	const struct route *end = table + count;
	const struct route *first = table;
	struct segments segments;

	*match = (struct route_match){.status = 404};
	if (!split(arena, path, &segments)) {
		match->status = 400;
		return;
	}
	if (segments.count == 0)
		return;
	match->values = arena_alloc(arena, segments.count * sizeof(*match->values));
	while (first < end && !fits(arena, first->pattern, &segments, match->values))
		first++;
	if (first == end)
		return;
	match->route = of_method(first, end, method);
	if (match->route == NULL && strcmp(method, "HEAD") == 0)
		match->route = of_method(first, end, "GET");
	match->status = match->route != NULL ? 0 : 405;
	if (match->route == NULL) {
		match->route = first;
		match->allow = allowed(arena, first, end);
	}
}

const char *route_value(const struct route_match *match, const char *name)
{
	size_t len = strlen(name);
	size_t at = 0;

	for (const char *c = strchr(match->route->pattern, '{'); c != NULL;
	     c = strchr(c + 1, '{'), at++)
		if (strncmp(c + 1, name, len) == 0 && (c[1 + len] == '}' || c[1 + len] == '.'))
			return match->values[at];
	return NULL;
}
