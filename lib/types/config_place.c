/* See config_place.h. */
#include "types/config_place.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/path.h"
#include "types/diagnostics.h"
#include "json/scan.h"

enum { NO_FILE = 6053, NO_TYPES = 2688 };

/* What stands between the first single quotes; NULL: nothing. */
static const char *quoted(struct arena *arena, const char *message)
{
	const char *start = strchr(message, '\''),
		   *end = start != NULL ? strchr(start + 1, '\'') : NULL;

	return end != NULL ? arena_strndup(arena, start + 1, (size_t)(end - start) - 1) : NULL;
}

/* The string of the text that means `wanted`, as a path from `folder` when there is one. The text
 * has no comments any more. */
static bool find_string(struct arena *arena, const char *text, const char *folder,
			const char *wanted, struct place *place)
{
	for (const char *at = strchr(text, '"'); at != NULL; at = strchr(at, '"')) {
		const char *start = at++;
		const char *value;

		while (*at != '\0' && *at != '"')
			at += *at == '\\' && at[1] != '\0' ? 2 : 1;
		if (*at == '\0')
			return false;
		value = arena_strndup(arena, start + 1, (size_t)(at++ - start) - 1);
		if (strcmp(folder != NULL ? path_join(arena, folder, value) : value, wanted) != 0)
			continue;
		place->start = (size_t)(start - text);
		place->end = (size_t)(at - text);
		return true;
	}
	return false;
}

struct place config_place(const struct ts_telling *telling, const struct ts_diagnostic *item,
			  struct texts *texts, struct arena *arena)
{
	const char *wanted = quoted(arena, item->message);
	bool file = item->code == NO_FILE;
	struct place place = {0};

	if (wanted == NULL || (!file && item->code != NO_TYPES))
		return place;
	for (size_t i = 0; place.file == NULL && i < telling->config_count; i++) {
		const char *path = telling->configs[i];
		const char *name = path_relative(arena, telling->root, path);
		struct text *text = texts_find(texts, name);
		char *copy;

		if (text == NULL)
			continue;
		copy = arena_strndup(arena, text->bytes, text->len);
		json_blank_comments(copy, text->len);
		if (find_string(arena, copy, file ? path_dir(arena, path) : NULL, wanted, &place))
			place.file = name;
	}
	return place;
}
