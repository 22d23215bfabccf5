/* A whole app: the input is cut into files, written to a temporary folder, opened and checked by
 * every rule. A line `=== PATH` begins a file; what comes before the first is a webhook. Paths that
 * leave the folder are not written. Checking twice must give the same findings. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "diag/text.h"
#include "rules/rules.h"
#include "sys/fs.h"
#include "sys/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char mark[] = "=== ";

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

static void write_files(struct arena *arena, const char *root, const char *text, size_t len)
{
	const char *path = "src/app/webhooks/w.webhook.ts";
	size_t start = 0, at = 0;

	write_file(arena, root, "package.json", "{\"name\": \"fuzz\"}", 16);
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

/* All findings as one text. */
static char *check_app(const char *root)
{
	struct error error = {0};
	struct diags diags = {0};
	struct buf out = {0};
	struct app app;

	if (app_open(&app, root, NULL, &error) != 0)
		abort();
	diags.arena = app.arena;
	rules_run(&app, &app.texts, &diags);
	for (size_t i = 0; i < diags.count; i++) {
		const struct diag *diag = &diags.items[i];
		struct text *text =
			diag->place.file == NULL ? NULL : texts_find(&app.texts, diag->place.file);

		if (diag->place.start > diag->place.end ||
		    (text != NULL && diag->place.end > text->len))
			abort();
		buf_printf(&out, "%s %s %zu %s\n", diag->code,
			   diag->place.file == NULL ? "" : diag->place.file, diag->place.start,
			   diag->message);
	}
	app_close(&app);
	return buf_take(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	char *root, *first, *second;

	if (fs_make_temp_dir(arena, path_join(arena, base, "attio-fuzz-"), &root, &error) != 0)
		abort();
	write_files(arena, root, (const char *)data, size);
	first = check_app(root);
	second = check_app(root);
	if (strcmp(first, second) != 0)
		abort();
	free(first);
	free(second);
	fs_remove_tree(root, &error);
	arena_free(arena);
	return 0;
}
