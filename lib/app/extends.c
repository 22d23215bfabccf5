#include "app/extends.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "sys/path.h"

#define DEPTH 16

bool extends_enter(struct extends *extends, const char *path)
{
	bool *inside = map_get(&extends->files, path);

	if (inside != NULL) {
		extends->circular |= *inside;
		return false;
	}
	inside = arena_alloc(extends->arena, sizeof(*inside));
	*inside = true;
	map_set(&extends->files, arena_strdup(extends->arena, path), inside);
	return true;
}

void extends_leave(struct extends *extends, const char *path)
{
	bool *inside = map_get(&extends->files, path);

	*inside = false;
}

/* The file that `name` means: relative to `folder`, or in a node_modules folder above. */
static const char *find(struct extends *extends, const char *folder, const char *name)
{
	static const char *const endings[] = {"", ".json", "/tsconfig.json"};
	struct arena *arena = extends->arena;
	bool relative = name[0] == '.' || path_is_absolute(name);

	for (const char *from = folder;; from = path_dir(arena, from)) {
		const char *base = relative ? from : path_join(arena, from, "node_modules");

		for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
			const char *path = path_join(arena, base,
						     arena_printf(arena, "%s%s", name, endings[i]));

			if (extends->is_file(path, extends->payload))
				return path;
		}
		if (relative || strcmp(from, "/") == 0)
			return NULL;
	}
}

static void follow(struct extends *extends, const cJSON *value, const char *folder, int depth)
{
	const char *path;

	if (cJSON_IsArray(value)) {
		/* The last one wins, and what is read first wins here. */
		for (int i = cJSON_GetArraySize(value); i > 0; i--)
			follow(extends, cJSON_GetArrayItem(value, i - 1), folder, depth);
		return;
	}
	path = cJSON_IsString(value) ? find(extends, folder, value->valuestring) : NULL;
	if (path != NULL && depth < DEPTH)
		extends->read(path, depth + 1, extends->payload);
	else
		extends->incomplete = true;
}

void extends_follow(struct extends *extends, const cJSON *document, const char *folder, int depth)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(document, "extends");

	if (value != NULL)
		follow(extends, value, folder, depth);
}

void extends_dispose(struct extends *extends)
{
	map_dispose(&extends->files);
}
