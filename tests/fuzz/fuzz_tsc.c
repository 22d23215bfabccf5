/* What a compiler may print (or answer, after a byte `{` or `[`), told as findings about a text
 * made of the same bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "diag/diag.h"
#include "diag/text.h"
#include "types/diagnostics.h"
#include "types/session.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct ts_output *output, const char *bytes, size_t size)
{
	struct error ignored;
	cJSON *list;

	if (!size || (bytes[0] != '[' && bytes[0] != '{')) {
		ts_output_read(output, bytes, size);
		return;
	}
	list = json_parse(bytes, size, "answer", NULL, &ignored);
	if (list)
		(void)session_read(output, list);
	cJSON_Delete(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const configs[] = {"/app/tsconfig.json"};
	struct arena *arena = arena_new();
	const char *bytes = arena_strndup(arena, (const char *)data, size);
	struct ts_output output = {.arena = arena};
	struct ts_telling telling = {.root = "/app", .configs = configs, .config_count = 1};
	struct diags diags = {.arena = arena};
	struct texts texts;

	texts_init(&texts, arena, "/app");
	texts_add(&texts, "a.ts", bytes, strlen(bytes));
	read_all(&output, bytes, size);
	ts_output_tell(&output, &telling, &texts, &diags);
	for (size_t i = 0; i < diags.count; i++) {
		const struct place *place = &diags.items[i].place;

		if (!diags.items[i].message || place->start > place->end)
			abort();
		if (place->file && strcmp(place->file, "a.ts") == 0 && place->end > strlen(bytes))
			abort();
	}
	texts_dispose(&texts);
	arena_free(arena);
	return 0;
}
