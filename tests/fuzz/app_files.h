/* Inputs of fuzz targets that are whole apps: one text, cut into files. */
#ifndef ATTIO_TESTS_FUZZ_APP_FILES_H
#define ATTIO_TESTS_FUZZ_APP_FILES_H

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"

static void write_file(struct arena *arena, const char *root, const char *path, const char *bytes,
		       size_t len)
{
	struct error error = {0};
	char *full = path_join(arena, root, path);
	FILE *file;

	if (!path_is_under(full, root) || strlen(path) > 200 ||
	    fs_make_dirs(path_dir(arena, full), &error) != 0)
		return;
	file = fopen(full, "wb");
	if (file == NULL)
		return;
	fwrite(bytes, 1, len, file);
	fclose(file);
}

/* A line `=== PATH` begins a file; what stands before the first such line is the file `path`. A
 * path that leads out of the root, or cannot be, makes no file. */
static void write_files(struct arena *arena, const char *root, const char *path, const char *text,
			size_t len)
{
	static const char mark[] = "=== ";
	size_t start = 0, at = 0;

	while (at < len) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t line = end == NULL ? len - at : (size_t)(end - text) - at;

		if (line > strlen(mark) && memcmp(text + at, mark, strlen(mark)) == 0) {
			write_file(arena, root, path, text + start, at - start);
			path = arena_strndup(arena, text + at + strlen(mark), line - strlen(mark));
			start = at + line < len ? at + line + 1 : len;
		}
		at += line + 1;
	}
	write_file(arena, root, path, text + start, start < len ? len - start : 0);
}

#endif
