/* The plan of a migration: the input is cut into the files of an app in the older layout (a line
 * `=== PATH` begins one; what comes before the first is src/one.ts, which app.ts lists). Planning
 * changes no file, tells steps or what is in the way, never both, and comes to the same twice. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "migrate/migrate.h"
#include "sys/fs.h"
#include "tests/fuzz/app_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char entry[] = "import {one} from \"./one\"\n"
			    "import two from \"./two\"\n"
			    "import {settings} from \"./page\"\n"
			    "export const app = {record: {actions: [one], widgets: [two]}, "
			    "settings: {workspace: settings}}\n";

static void put_plan(struct buf *out, const struct migration *plan)
{
	if (plan->blocker_count > 0 && (plan->op_count > 0 || plan->file_count > 0))
		abort();
	for (size_t i = 0; i < plan->op_count; i++)
		buf_printf(out, "%s\n", plan->ops[i].id);
	for (size_t i = 0; i < plan->blocker_count; i++)
		buf_printf(out, "%s %s\n", plan->blockers[i].code, plan->blockers[i].files[0]);
	for (size_t i = 0; i < plan->file_count; i++) {
		const struct migrate_file *file = &plan->files[i];

		buf_printf(out, "%s %s\n", file->source, file->to != NULL ? file->to : "");
		if (file->bytes != NULL)
			buf_add(out, file->bytes, file->len);
	}
}

static char *look_at(struct arena *arena, const char *root)
{
	struct migration plan;
	struct error error = {0};
	struct buf out = {0};
	struct app app;

	if (app_open(&app, root, NULL, &error) == 0) {
		migrate_plan(&plan, &app, arena);
		put_plan(&out, &plan);
		app_close(&app);
	}
	return buf_take(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	char *root, *first, *second;

	if (size > 64 << 10 || fs_make_temp_dir(arena, "/tmp/attio-fuzz-", &root, &error) != 0) {
		arena_free(arena);
		return 0;
	}
	write_file(arena, root, "package.json", "{\"name\": \"fuzz\"}", 16);
	write_file(arena, root, "src/app.ts", entry, strlen(entry));
	write_files(arena, root, "src/one.ts", (const char *)data, size);
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
