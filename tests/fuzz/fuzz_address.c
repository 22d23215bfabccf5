/* What app code gives to fetch, what third parties answer as Location, and what people write as
 * times and trouble. An address that is taken apart must be the same when it is put together. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/run/chaos.h"
#include "local/run/gate_url.h"
#include "local/run/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_address(struct arena *arena, const char *text)
{
	struct gate_url url, again, next;
	const char *joined;

	if (!gate_url_parse(arena, text, &url))
		return;
	if (url.path[0] != '/' ||
	    !gate_url_parse(arena,
			    arena_printf(arena, "%s%s%s%s", url.origin, url.path,
					 url.query[0] != '\0' ? "?" : "", url.query),
			    &again) ||
	    strcmp(url.origin, again.origin) != 0 || strcmp(url.path, again.path) != 0 ||
	    strcmp(url.query, again.query) != 0)
		abort();
	joined = gate_url_join(arena, &url, text);
	if (joined != NULL)
		gate_url_parse(arena, joined, &next);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	struct chaos chaos;
	static struct limits limits;
	struct error error;
	char written[CLOCK_TEXT_SIZE];
	long long ms, back;

	check_address(arena, text);
	chaos_set(&chaos, text, &error);
	limits_set(&limits, text, &error);
	/* Nanoseconds hold the years 1678 to 2261. */
	if (clock_read(text, &ms) == 0 && ms > -9200000000000LL && ms < 9200000000000LL) {
		clock_write(ms * 1000000, written);
		if (clock_read(written, &back) != 0 || back != ms)
			abort();
	}
	arena_free(arena);
	return 0;
}
