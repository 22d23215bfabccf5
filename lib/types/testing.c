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
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"
#include "json/json.h"

#define FILE_LIMIT ((size_t)1 << 20)

static const char *const names[] = {"index.d.ts",   "index.js",    "names.js", "outside.js",
				    "package.json", "platform.js", "run.js"};

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

static bool is_current(struct arena *arena, const char *path, const char *text, size_t len)
{
	struct error ignored;
	char *there;
	size_t there_len;

	return fs_read(arena, path, FILE_LIMIT, &there, &there_len, &ignored) == 0 &&
	       there_len == len && memcmp(there, text, len) == 0;
}

int testing_write(struct arena *arena, const char *root, struct error *error)
{
	const char *to = path_join(arena, root, ".attio/.testing");
	char *from, *text;
	size_t len;

	if (install_testing(arena, &from, error) != 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *path = path_join(arena, to, names[i]);

		if (fs_read(arena, path_join(arena, from, names[i]), FILE_LIMIT, &text, &len,
			    error) != 0)
			return -1;
		if (is_current(arena, path, text, len))
			continue;
		if (bounds_may_write(root, path, error) != 0 || fs_make_dirs(to, error) != 0 ||
		    fs_write_derived(path, text, len, error) != 0)
			return -1;
	}
	return 0;
}
