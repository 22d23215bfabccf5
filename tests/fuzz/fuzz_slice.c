/* Parts of JSON texts as app code sends them. Of a text that is strict JSON each part must be
 * strict JSON, and what is read of it the same as cJSON reads; of any other text nothing outside of
 * it is looked at. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "json/json.h"
#include "json/scan.h"
#include "json/slice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void compare(struct arena *arena, struct json_slice slice, const cJSON *value)
{
	size_t at = 0, offset, count = 0;
	struct json_slice part;
	const cJSON *item;

	must(json_scan(slice.at, slice.len, &offset) == NULL);
	if (cJSON_IsString(value))
		must(strcmp(json_slice_string(arena, slice), value->valuestring) == 0);
	if (cJSON_IsArray(value)) {
		while (json_slice_next(slice, &at, &part))
			compare(arena, part, cJSON_GetArrayItem(value, (int)count++));
		must(count == (size_t)cJSON_GetArraySize(value));
	}
	if (!cJSON_IsObject(value))
		return;
	cJSON_ArrayForEach(item, value)
	{
		/* Keys with escapes are found by nobody; of two equal ones the first is. */
		part = json_slice_member(slice, item->string);
		if (part.at != NULL &&
		    cJSON_GetObjectItemCaseSensitive(value, item->string) == item)
			compare(arena, part, item);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	/* Exactly as large: one byte too far is noticed. */
	char *text = malloc(size > 0 ? size : 1);
	struct json_slice slice, part;
	struct error error;
	size_t at = 0;
	cJSON *value;

	memcpy(text, data, size);
	slice = json_slice_of(text, size);
	json_slice_string(arena, slice);
	json_slice_text(arena, slice, "a");
	json_slice_int(slice, "a", 0);
	json_slice_true(slice, "b");
	while (json_slice_next(slice, &at, &part))
		must(part.at >= text && part.at + part.len <= text + size && at > 0);
	value = json_parse(text, size, "fuzz", NULL, &error);
	/* A byte order mark is let pass by json_parse, and never sent. */
	if (value != NULL && (size < 3 || memcmp(data, "\xef\xbb\xbf", 3) != 0))
		compare(arena, slice, value);
	cJSON_Delete(value);
	free(text);
	arena_free(arena);
	return 0;
}
