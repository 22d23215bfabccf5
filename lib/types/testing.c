/* See testing.h. */
#include "types/testing.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/manifest.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"
#include "json/json.h"

#define FILE_LIMIT ((size_t)1 << 20)

static const char *const names[TESTING_COUNT] = {"index.d.ts", "index.js", "outside.js",
						 "platform.js", "run.js"};

int testing_wanted(struct arena *arena, const char *root, bool *wanted, struct error *error)
{
	struct error ignored;
	cJSON *document;
	const char *path = path_join(arena, root, "package.json");
	char *text;
	size_t len;

	*wanted = false;
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return 0;
	if (fs_read(arena, path, MANIFEST_LIMIT, &text, &len, error) != 0)
		return -1;
	document = json_parse(text, len, "package.json", NULL, &ignored);
	*wanted = manifest_imports_testing(document);
	cJSON_Delete(document);
	return 0;
}

int testing_read(struct arena *arena, struct testing_file files[TESTING_COUNT], struct error *error)
{
	char *folder;

	if (install_testing(arena, &folder, error) != 0)
		return -1;
	for (size_t i = 0; i < TESTING_COUNT; i++) {
		char *text;

		if (fs_read(arena, path_join(arena, folder, names[i]), FILE_LIMIT, &text,
			    &files[i].len, error) != 0)
			return -1;
		files[i].path = arena_printf(arena, ".attio/testing/%s", names[i]);
		files[i].text = text;
	}
	return 0;
}

bool testing_is_current(struct arena *arena, const char *root, const struct testing_file *file)
{
	struct error ignored;
	char *text;
	size_t len;

	return fs_read(arena, path_join(arena, root, file->path), FILE_LIMIT, &text, &len,
		       &ignored) == 0 &&
	       len == file->len && memcmp(text, file->text, len) == 0;
}
