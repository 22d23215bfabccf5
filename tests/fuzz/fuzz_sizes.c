/* What --budget is given, what the cache kept of the last build, and esbuild's account of a bundle,
 * which then goes through the table, a budget and the page. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "bundle/budget.h"
#include "bundle/bundle.h"
#include "bundle/sizes.h"
#include "bundle/treemap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(struct arena *arena, const char *text, size_t len, const struct past_sizes *past)
{
	struct bundle items[] = {
		{.path = "index.js", .bytes = "c", .len = 5000, .meta = text, .meta_len = len},
		{.path = "workflow/b.js", .block = "b", .bytes = "b", .len = 1},
	};
	const struct bundles bundles = {.items = items, .count = 2};
	const struct budget budget = {.limits = {1, 1, 1}};
	struct diags diags = {.arena = arena};
	struct error error = {0};
	struct buf out = {0};
	struct sizes sizes;

	if (sizes_read(arena, &bundles, false, &sizes, &error) != 0)
		return;
	sizes_table(&out, &sizes, past);
	budget_check(&budget, &sizes, &diags);
	buf_clear(&out);
	treemap_page(&out, &sizes, "fuzz");
	if (strstr(buf_cstr(&out), "<script") != NULL)
		abort();
	items[1].meta = text;
	items[1].meta_len = len;
	buf_clear(&out);
	sizes_metafile(&out, &bundles, "dist", &error);
	buf_dispose(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	char *text = arena_strndup(arena, (const char *)data, size);
	struct past_sizes past;
	struct budget budget = {0};
	struct error error = {0};

	sizes_recall(arena, text, size, &past);
	budget_parse(&budget, text, &error);
	look(arena, text, size, &past);
	arena_free(arena);
	return 0;
}
