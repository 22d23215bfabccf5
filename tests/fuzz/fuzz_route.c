/* Paths that come to the local platform's server. What a path led to must be found again by a path
 * that is put together from the row's pattern and the values taken, percent-encoded. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "http/http.h"
#include "local/route.h"
#include "local/routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_path(struct buf *out, const struct route_match *match)
{
	size_t at = 0;

	for (const char *c = match->route->pattern; *c != '\0';) {
		if (*c == '{') {
			const char *end = strchr(c, '}');

			http_put_encoded(out, match->values[at++], end[-1] == '.' ? "/" : "");
			c = end + 1;
		} else {
			buf_putc(out, *c++);
		}
	}
}

static void check(struct arena *arena, const char *method, const struct route_match *match)
{
	size_t count;
	const struct route *table = routes_table(&count);
	struct route_match again;
	struct buf path = {0};
	size_t captures = 0;

	put_path(&path, match);
	route_find(table, count, arena, method, buf_cstr(&path), &again);
	if (again.route != match->route || again.status != match->status ||
	    !str_equal(again.allow, match->allow))
		abort();
	for (const char *c = match->route->pattern; *c != '\0'; c++)
		captures += *c == '{';
	for (size_t i = 0; i < captures; i++) {
		size_t len = strlen(match->values[i]);

		if (strcmp(again.values[i], match->values[i]) != 0 ||
		    utf8_invalid_at(match->values[i], len) != len)
			abort();
	}
	buf_dispose(&path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
	struct arena *arena = arena_new();
	const char *path = arena_strndup(arena, (const char *)data, size);
	size_t count;
	const struct route *table = routes_table(&count);

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		struct route_match match;

		route_find(table, count, arena, methods[i], path, &match);
		if ((match.status == 0 || match.status == 405) != (match.route != NULL) ||
		    (match.status == 405) != (match.allow != NULL))
			abort();
		if (match.route != NULL)
			check(arena, methods[i], &match);
	}
	arena_free(arena);
	return 0;
}
