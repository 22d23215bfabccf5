/* The official CLI takes every document below the root, also outside src/, and in folders that hold
 * what tools made. Here names that begin with a dot are overlooked, as everywhere. */
#include "app/documents.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "diag/text.h"
#include "graphql/schema.h"
#include "sys/path.h"

enum { FOLDER_DEPTH = 64 };

static void add_document(struct documents *documents, struct texts *texts, const char *path)
{
	struct document *document =
		arena_push(texts->arena, &documents->items, &documents->count, sizeof(*document));
	struct error error = {0};
	struct text *text;

	document->path = path;
	if (texts_read(texts, path, &text, &error) != 0)
		document->why = arena_strdup(texts->arena,
					     error.why[0] != '\0' ? error.why : error.message);
	else
		document->parsed = graphql_parse(texts->arena, text->bytes, text->len);
}

static void add_file(struct documents *documents, struct texts *texts, const char *path)
{
	if (str_ends(path, ".graphql") || str_ends(path, ".gql")) {
		add_document(documents, texts, path);
	} else if (str_ends(path, ".graphql.d.ts") || str_ends(path, ".gql.d.ts")) {
		const char **slot = arena_push(texts->arena, &documents->declarations,
					       &documents->declaration_count, sizeof(*slot));
		*slot = path;
	}
}

static bool is_made(const char *path)
{
	return strcmp(path, "dist") == 0 || strcmp(path_base(path), "node_modules") == 0;
}

static void find(struct documents *documents, struct texts *texts, const char *folder, int depth)
{
	struct fs_entry *entries;
	size_t count;
	struct error error = {0};

	/* What cannot be listed is the app model's to report where it matters (src/). */
	if (depth > FOLDER_DEPTH ||
	    files_list(&texts->files, folder, &entries, &count, &error) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(texts->arena, folder, entries[i].name);

		if (path_is_hidden(path))
			continue;
		if (entries[i].type == FS_FILE)
			add_file(documents, texts, path);
		else if (entries[i].type == FS_DIR && !entries[i].link && !is_made(path))
			find(documents, texts, path, depth + 1);
	}
}

void documents_read(struct documents *documents, struct texts *texts)
{
	struct error error = {0};

	*documents = (struct documents){0};
	find(documents, texts, ".", 0);
	if (documents->count > 0 &&
	    graphql_schema_read(texts->files.root, &documents->schema, &error) != 0) {
		error_keep_shortage(texts->files.shortage, &error);
		documents->schema_problem =
			arena_printf(texts->arena, "%s%s%s", error.message,
				     error.why[0] != '\0' ? ": " : "", error.why);
	}
}

void documents_dispose(struct documents *documents)
{
	graphql_schema_free(documents->schema);
	*documents = (struct documents){0};
}
