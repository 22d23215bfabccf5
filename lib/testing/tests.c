/* See tests.h. */
#include "testing/tests.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

enum { DEPTH_MAX = 32, SHARDS_MAX = 10000 };

enum test_kind test_kind_of(const char *name)
{
	static const struct {
		const char *ending;
		enum test_kind kind;
	} endings[] = {{".flow.json", TEST_FLOW},
		       {".test.js", TEST_SCRIPT},
		       {".test.mjs", TEST_SCRIPT},
		       {".test.ts", TEST_SCRIPT}};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(name, endings[i].ending))
			return endings[i].kind;
	return TEST_NONE;
}

static void add(struct arena *arena, const char *root, const char *full, struct test_files *files)
{
	struct test_file *file =
		arena_push(arena, &files->items, &files->count, sizeof(*files->items));

	file->full = full;
	file->path = path_is_under(full, root) ? path_relative(arena, root, full) : full;
	file->kind = test_kind_of(full);
}

static int walk(struct arena *arena, const char *root, const char *folder, struct test_files *files,
		unsigned depth, struct error *error)
{
	struct fs_entry *entries;
	size_t count;

	if (depth > DEPTH_MAX)
		return error_set(error, ERROR_USAGE, "`%s` has too many levels of folders", folder);
	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const char *name = entries[i].name;
		const char *full = path_join(arena, folder, name);

		if (entries[i].type == FS_DIR && !path_is_hidden(name) &&
		    strcmp(name, "node_modules") != 0 && !entries[i].link) {
			if (walk(arena, root, full, files, depth + 1, error) != 0)
				return -1;
		} else if (entries[i].type == FS_FILE && test_kind_of(name) != TEST_NONE) {
			add(arena, root, full, files);
		}
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct test_file *)a)->path, ((const struct test_file *)b)->path);
}

static void sort(struct test_files *files)
{
	size_t kept = 0;

	if (files->count > 0)
		qsort(files->items, files->count, sizeof(*files->items), compare);
	for (size_t i = 0; i < files->count; i++)
		if (kept == 0 || compare(&files->items[kept - 1], &files->items[i]) != 0)
			files->items[kept++] = files->items[i];
	files->count = kept;
}

static int take(struct arena *arena, const char *root, const char *full, struct test_files *files,
		struct error *error)
{
	switch (fs_type(full)) {
	case FS_DIR:
		return walk(arena, root, full, files, 0, error);
	case FS_FILE:
		if (test_kind_of(full) == TEST_NONE)
			break;
		add(arena, root, full, files);
		return 0;
	default:
		return error_set(error, ERROR_USAGE, "`%s` does not exist", full);
	}
	error_set(error, ERROR_USAGE, "`%s` is no test", full);
	return error_fix(error, "tests end in .test.js, .test.mjs, .test.ts or .flow.json");
}

int test_files_find(struct arena *arena, const char *root, const char *const *named,
		    struct test_files *files, struct error *error)
{
	const char *usual = path_join(arena, root, "tests");

	*files = (struct test_files){0};
	if (named == NULL && fs_type(usual) == FS_DIR &&
	    walk(arena, root, usual, files, 0, error) != 0)
		return -1;
	for (size_t i = 0; named != NULL && named[i] != NULL; i++)
		if (take(arena, root, named[i], files, error) != 0)
			return -1;
	sort(files);
	return 0;
}

static bool read_number(const char **at, size_t *number)
{
	*number = 0;
	if (!isdigit((unsigned char)**at))
		return false;
	while (isdigit((unsigned char)**at) && *number <= SHARDS_MAX)
		*number = *number * 10 + (size_t)(*(*at)++ - '0');
	return *number > 0 && *number <= SHARDS_MAX;
}

int test_files_shard(struct test_files *files, const char *shard, struct error *error)
{
	const char *at = shard;
	size_t part, parts, kept = 0;

	if (!read_number(&at, &part) || *at++ != '/' || !read_number(&at, &parts) || *at != '\0' ||
	    part > parts) {
		error_set(error, ERROR_USAGE, "`--shard %s` names no part", shard);
		return error_fix(error, "give it as I/N, the first of three being 1/3");
	}
	for (size_t i = part - 1; i < files->count; i += parts)
		files->items[kept++] = files->items[i];
	files->count = kept;
	return 0;
}
