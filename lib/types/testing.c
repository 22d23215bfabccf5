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

/* What is wrong inside of a package.json is told by others; that it cannot be read just now is not.
 */
static int find_wanted(struct arena *arena, const char *root, bool *wanted, struct error *error)
{
	struct error ignored;
	const cJSON *imports;
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
	imports = cJSON_GetObjectItemCaseSensitive(document, "imports");
	*wanted = str_equal(json_string_or_null(imports, "#attio/testing"),
			    "./.attio/testing/index.js");
	cJSON_Delete(document);
	return 0;
}

int testing_read(struct arena *arena, const char *root, struct testing_file files[TESTING_COUNT],
		 size_t *count, struct error *error)
{
	char *folder;
	bool wanted;

	*count = 0;
	if (find_wanted(arena, root, &wanted, error) != 0)
		return -1;
	if (!wanted)
		return 0;
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
	*count = TESTING_COUNT;
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
