/* A whole app: the input is cut into files, written to a temporary folder, opened, checked by every
 * rule, with its comments, its package.json and a baseline, and repaired in memory. A line `===
 * PATH` begins a file; what comes before the first is a webhook. Paths that leave the folder are
 * not written. Checking twice must give the same findings. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "check/check.h"
#include "check/fixing.h"
#include "diag/text.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "tests/fuzz/app_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_findings(struct buf *out, struct checked *checked)
{
	for (size_t i = 0; i < checked->findings.count; i++) {
		const struct diag *diag = &checked->findings.items[i];
		struct text *text = diag->place.file == NULL
					    ? NULL
					    : texts_find(&checked->app.texts, diag->place.file);

		if (diag->place.start > diag->place.end ||
		    (text != NULL && diag->place.end > text->len))
			abort();
		buf_printf(out, "%s %s %zu %s\n", diag->code,
			   diag->place.file == NULL ? "" : diag->place.file, diag->place.start,
			   diag->message);
	}
}

/* All findings and all that repairs would change as one text; what is wrong with the request is
 * one, too. A file `b.json` is the baseline. */
static char *look_at(struct arena *arena, const char *root)
{
	struct check_request request = {.root = root, .baseline_name = "b.json"};
	struct error error = {0};
	struct buf out = {0};
	struct fixing fixing;
	struct checked checked = {0};
	struct check check;

	if (fs_type(path_join(arena, root, "b.json")) == FS_FILE)
		request.baseline = path_join(arena, root, "b.json");
	if (check_open(&check, &request, &error) == 0 &&
	    check_run(&check, check.files, &checked, &error) == 0) {
		put_findings(&out, &checked);
		if (fixing_run(&fixing, arena, &check, true, &checked, &error) == 0)
			fixing_patch(&fixing, arena, root, &out);
	}
	if (error.kind == ERROR_INTERNAL)
		abort();
	buf_puts(&out, error.message);
	checked_close(&checked);
	check_close(&check);
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
	write_file(arena, root, "package.json", "{\"name\": \"fuzz\"}", 16);
	write_files(arena, root, "src/app/webhooks/w.webhook.ts", (const char *)data, size);
	first = look_at(arena, root);
	second = look_at(arena, root);
	if (strcmp(first, second) != 0)
		abort();
	free(first);
	free(second);
	fs_remove_tree(root, &error);
	arena_free(arena);
	return 0;
}
