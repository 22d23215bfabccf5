/* Which files an app should have, beside what it has. The disk is only read here: `types --check`
 * and the build ask before anything is written. */
#include "types/types.h"
#include "app/installer.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "graphql/check.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "types/declarations.h"
#include "types/handwritten.h"
#include "types/queries.h"

const struct rule_info types_foreign = {
	.code = "ATT4029", .name = "graphql-types-by-hand", .severity = SEVERITY_ERROR};

struct generating {
	const struct app *app;
	struct types *types;
	const struct graphql_schema *schema; /* NULL: none that can be used */
};

/* What is at `path` now; *text is NULL when nothing is. */
static int read_old(const struct app *app, const char *path, char **text, size_t *len,
		    struct error *error)
{
	const char *full = path_join(app->arena, app->root, path);

	*text = NULL;
	if (fs_type(full) == FS_NONE)
		return 0;
	if (bounds_read(app->bounds, full, error) != 0)
		return -1;
	return fs_read(app->arena, full, TEXT_LIMIT, text, len, error);
}

static struct types_file *add_file(struct generating *g, const char *path, enum types_state state)
{
	struct types_file *file =
		arena_push(g->app->arena, &g->types->files, &g->types->count, sizeof(*file));

	file->path = path;
	file->state = state;
	return file;
}

/* The compiler would believe what was written by hand, and take wrong code for right. */
static void judge_foreign(struct generating *g, const struct types_file *file, const char *old,
			  size_t old_len)
{
	struct disagreement other =
		queries_disagree(g->app->arena, old, old_len, file->bytes, file->len);
	const char *document =
		arena_strndup(g->app->arena, file->path, strlen(file->path) - strlen(".d.ts"));
	struct place place = {.file = file->path, .start = other.start, .end = other.end};
	struct diag *diag;

	if (other.name == NULL)
		return;
	diag = diag_add(
		&g->types->foreign, &types_foreign, place,
		other.missing ? "these types were written by hand, and lack `%s` of `%s`"
		: other.differs
			? "these types were written by hand, and `%s` has another type in `%s`"
			: "these types were written by hand, and `%s` is not in `%s`",
		other.name, document);
	diag->help = "delete the file: `attio types` and `attio build` write the right one";
}

/* Adds the file that should hold these bytes. `guarded`: one that was written by hand stays. */
static int add_wanted(struct generating *g, const char *path, const char *bytes, size_t len,
		      bool guarded, struct error *error)
{
	struct types_file *file = add_file(g, path, TYPES_MISSING);
	char *old;
	size_t old_len;

	file->bytes = bytes;
	file->len = len;
	if (read_old(g->app, path, &old, &old_len, error) != 0)
		return -1;
	if (old == NULL)
		return 0;
	if (old_len == len && memcmp(old, bytes, len) == 0)
		file->state = TYPES_CURRENT;
	else if (guarded && !queries_is_generated(old, old_len))
		file->state = TYPES_FOREIGN;
	else
		file->state = TYPES_DIFFERENT;
	if (file->state == TYPES_FOREIGN)
		judge_foreign(g, file, old, old_len);
	return 0;
}

/* --- beside documents --------------------------------------------------------------------------
 */

/* Adds the errors of a document; false when there are some. */
static bool check_document(struct generating *g, const struct document *document)
{
	struct diags found = {.arena = g->app->arena};
	size_t errors = 0;

	graphql_check(g->schema, document->path, document->parsed, &found);
	for (size_t i = 0; i < found.count; i++)
		if (found.items[i].severity == SEVERITY_ERROR)
			found.items[errors++] = found.items[i];
	found.count = errors;
	diags_append(&g->types->findings, &found);
	return errors == 0;
}

static int add_document(struct generating *g, const struct document *document, const char *path,
			struct error *error)
{
	struct buf out = {0};
	bool loose;
	int result;

	if (document->parsed == NULL) {
		diag_add(&g->types->findings, &problem_file_unreadable,
			 (struct place){.file = document->path}, "the file `%s` cannot be read",
			 document->path)
			->help = document->why;
		add_file(g, path, TYPES_SKIPPED);
		return 0;
	}
	if (!check_document(g, document) || g->schema == NULL ||
	    !queries_declare(g->schema, document->parsed, &out, &loose)) {
		add_file(g, path, TYPES_SKIPPED);
		return 0;
	}
	result = add_wanted(g, path, arena_strndup(g->app->arena, buf_cstr(&out), out.len), out.len,
			    true, error);
	g->types->files[g->types->count - 1].loose = loose;
	buf_dispose(&out);
	return result;
}

/* A declaration file without its document, if it is one that a tool made. */
static int add_stale(struct generating *g, const char *path, const struct map *wanted,
		     struct error *error)
{
	char *old;
	size_t len;

	if (map_get(wanted, path) != NULL)
		return 0;
	if (read_old(g->app, path, &old, &len, error) != 0)
		return -1;
	if (old != NULL && queries_is_generated(old, len))
		add_file(g, path, TYPES_STALE);
	return 0;
}

static void say_schema(struct generating *g)
{
	const struct documents *documents = &g->app->documents;
	const char *install = installer_command(g->app->arena, g->app->root, NULL);

	if (documents->schema_problem != NULL)
		g->types->no_schema =
			arena_printf(g->app->arena,
				     "the schema of the `attio` package cannot be used (%s); "
				     "install the package anew with `%s`",
				     documents->schema_problem, install);
	else if (documents->count > 0 && documents->schema == NULL)
		g->types->no_schema = arena_printf(
			g->app->arena, "the schema of the `attio` package is not installed; %s",
			installer_remedy(g->app, g->app->arena));
}

static int add_documents(struct generating *g, struct error *error)
{
	const struct documents *documents = &g->app->documents;
	struct map wanted = {0};
	int result = 0;

	say_schema(g);
	for (size_t i = 0; i < documents->count && result == 0; i++) {
		const struct document *document = &documents->items[i];
		const char *path = arena_printf(g->app->arena, "%s.d.ts", document->path);

		map_set(&wanted, path, path);
		result = add_document(g, document, path, error);
	}
	for (size_t i = 0; i < documents->declaration_count && result == 0; i++)
		result = add_stale(g, documents->declarations[i], &wanted, error);
	map_dispose(&wanted);
	return result;
}

/* --- all ---------------------------------------------------------------------------------------
 */

/* Whether something of the app could not be read, so that nobody knows all that it defines; then
 * the findings say what. */
static bool is_unknown(struct generating *g)
{
	const struct diags *problems = &g->app->problems;
	size_t before = g->types->findings.count;

	for (size_t i = 0; i < problems->count; i++) {
		const struct diags one = {.items = &problems->items[i], .count = 1};

		if (str_equal(one.items->code, problem_file_unreadable.code))
			diags_append(&g->types->findings, &one);
	}
	return g->types->findings.count > before;
}

static int add_declarations(struct generating *g, struct error *error)
{
	struct declaration files[DECLARATION_COUNT];

	declarations_make(g->app, files);
	for (size_t i = 0; i < DECLARATION_COUNT; i++) {
		const struct declaration *file = &files[i];

		if (file->text != NULL) {
			if (add_wanted(g, file->path, file->text, strlen(file->text), false,
				       error) != 0)
				return -1;
		} else if (fs_type(path_join(g->app->arena, g->app->root, file->path)) != FS_NONE) {
			add_file(g, file->path, TYPES_STALE);
		}
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct types_file *)a)->path, ((const struct types_file *)b)->path);
}

int types_generate(const struct app *app, struct arena *arena, struct types *types,
		   struct error *error)
{
	const struct app job = app_in(app, arena);
	struct generating g = {.app = &job, .types = types, .schema = app->documents.schema};
	int result;

	*types = (struct types){.findings = {.arena = arena}, .foreign = {.arena = arena}};
	if (!app->exists)
		return 0;
	result = add_documents(&g, error);
	if (result == 0 && !is_unknown(&g))
		result = add_declarations(&g, error);
	if (types->count > 0)
		qsort(types->files, types->count, sizeof(*types->files), compare);
	diags_sort(&types->findings);
	return result;
}

bool types_differs(const struct types_file *file)
{
	return file->state == TYPES_MISSING || file->state == TYPES_DIFFERENT ||
	       file->state == TYPES_STALE;
}

const char *types_state_name(enum types_state state)
{
	switch (state) {
	case TYPES_CURRENT:
		return "current";
	case TYPES_MISSING:
		return "missing";
	case TYPES_DIFFERENT:
		return "different";
	case TYPES_STALE:
		return "stale";
	case TYPES_FOREIGN:
		return "foreign";
	default:
		return "skipped";
	}
}
