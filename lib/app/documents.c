/* The official CLI takes every document below the root, also outside src/ and in hidden folders. It
 * does so in a few folders more, but those hold what tools made. */
#include "app/documents.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/path.h"

enum { FOLDER_DEPTH = 64 };

static void add_file(const struct app *app, struct documents *documents, const char *path)
{
	const char **slot;

	if (str_ends(path, ".graphql") || str_ends(path, ".gql"))
		slot = arena_push(app->arena, &documents->paths, &documents->count, sizeof(*slot));
	else if (str_ends(path, ".graphql.d.ts") || str_ends(path, ".gql.d.ts"))
		slot = arena_push(app->arena, &documents->declarations,
				  &documents->declaration_count, sizeof(*slot));
	else
		return;
	*slot = path;
}

static bool is_made(const char *path)
{
	static const char *const folders[] = {"dist", ".attio", ".git"};

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (strcmp(path, folders[i]) == 0)
			return true;
	}
	return strcmp(path_base(path), "node_modules") == 0;
}

static void find(const struct app *app, struct documents *documents, const char *folder, int depth)
{
	struct fs_entry *entries;
	size_t count;
	struct error error = {0};

	/* What cannot be listed is the app model's to report where it matters (src/). */
	if (depth > FOLDER_DEPTH ||
	    files_list(&app->texts.files, folder, &entries, &count, &error) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(app->arena, folder, entries[i].name);

		if (entries[i].type == FS_FILE)
			add_file(app, documents, path);
		else if (entries[i].type == FS_DIR && !entries[i].link && !is_made(path))
			find(app, documents, path, depth + 1);
	}
}

void documents_find(const struct app *app, struct documents *documents)
{
	*documents = (struct documents){0};
	find(app, documents, ".", 0);
}
