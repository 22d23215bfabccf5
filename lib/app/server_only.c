#include "app/server_only.h"

#include <string.h>
#include <strings.h>

#include "app/app.h"
#include "app/unresolved.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"

const struct rule_info problem_server_only = {
	.code = "ATT2010", .name = "client-server-only", .severity = SEVERITY_ERROR};

static const char mark[] = ".server";
enum { MARK_LEN = sizeof(mark) - 1 };

static bool is_marked(const char *name, size_t len)
{
	return len >= MARK_LEN && memcmp(name + len - MARK_LEN, mark, MARK_LEN) == 0;
}

/* `.Server` makes no server function, but promises the same as `.server`. */
static bool is_marked_somehow(const char *name, size_t len)
{
	return len >= MARK_LEN && strncasecmp(name + len - MARK_LEN, mark, MARK_LEN) == 0;
}

static bool holds_mark(const char *text)
{
	for (const char *at = strchr(text, '.'); at != NULL; at = strchr(at + 1, '.'))
		if (strncasecmp(at, mark, MARK_LEN) == 0)
			return true;
	return false;
}

/* The same with the extension of a source file, perhaps. */
static bool says_server(const char *name, size_t len)
{
	static const char *const endings[] = {"",    ".ts",  ".tsx", ".mts", ".cts",
					      ".js", ".jsx", ".mjs", ".cjs"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t end = strlen(endings[i]);

		if (len >= end && strncasecmp(name + len - end, endings[i], end) == 0 &&
		    is_marked_somehow(name, len - end))
			return true;
	}
	return false;
}

/* What nothing takes into a bundle: style sheets, and what only types come from. */
static bool is_never_shipped(const char *path)
{
	return str_ends(path, ".css") || str_ends(path, ".d.ts") || str_ends(path, ".d.mts") ||
	       str_ends(path, ".d.cts");
}

bool server_only_path(const char *path)
{
	const char *base = path_base(path);
	size_t stem = strlen(base) - strlen(path_ext(base));
	enum dialect dialect;

	/* Most paths: this is asked for every import of the client. */
	if (!holds_mark(path) || is_never_shipped(path))
		return false;
	if (is_marked(base, stem) && stem > MARK_LEN && dialect_of(base, &dialect))
		return false; /* a server function, whatever folder it is in */
	if (is_marked_somehow(base, stem) || is_marked_somehow(base, strlen(base)))
		return true;
	for (const char *at = path; at < base;) {
		size_t len = strcspn(at, "/");

		if (says_server(at, len))
			return true;
		at += len + 1;
	}
	return false;
}

bool server_only_specifier(const char *specifier)
{
	return holds_mark(specifier) && says_server(specifier, 1 + strcspn(specifier + 1, "?"));
}

/* What the import brings into the client, or NULL. */
static const char *brought(const struct module *module, size_t import)
{
	const struct import *item = &module->facts.imports[import];
	const struct edge *edge = &module->edges[import];
	const char *path = edge->module != NULL ? edge->module->path : edge->file;

	if (edge->type_only || edge->kind == TARGET_UNRESOLVED)
		return NULL;
	if (edge->kind == TARGET_PACKAGE)
		return server_only_specifier(item->specifier) ? item->specifier : NULL;
	if (path == NULL || is_never_shipped(path) ||
	    (edge->module != NULL && edge->module->role != ROLE_PLAIN))
		return NULL;
	if (server_only_specifier(item->specifier) || server_only_path(path) ||
	    server_only_path(edge->module != NULL ? edge->module->real : edge->real))
		return path;
	return NULL;
}

bool server_only_import(const struct module *module, size_t import)
{
	return brought(module, import) != NULL;
}

struct diag *server_only_tell(struct diags *diags, struct place place, const char *what)
{
	struct diag *diag =
		diag_add(diags, &problem_server_only, place,
			 "client code imports `%s`, which is for the server only", what);

	diag->label = "a name with `.server` stays on the server";
	diag->help = "client code can call a server function: one file whose name ends in "
		     "`.server.ts`, with the function as its default export; what the client may "
		     "see belongs in a file and folder without `.server` in the name";
	return diag;
}

/* A file whose `./` is missing is no package: ATT9001 says so. */
static bool means_file(const struct app *app, struct arena *arena, const struct module *module,
		       size_t import, const char *what, size_t *hints)
{
	if (module->edges[import].kind != TARGET_PACKAGE || *hints >= HINTS_MOST)
		return false;
	++*hints;
	return unresolved_import(app, arena, module->path, what).instead != NULL;
}

void server_only_check(const struct app *app, struct diags *diags)
{
	size_t hints = 0;

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if ((module->runtimes & RUNTIME_CLIENT) == 0)
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const char *what = brought(module, k);
			struct diag *diag;

			if (what == NULL || means_file(app, diags->arena, module, k, what, &hints))
				continue;
			diag = server_only_tell(diags, module->facts.imports[k].specifier_place,
						what);
			app_chain_notes(app, diags, diag, module, RUNTIME_CLIENT);
		}
	}
}

bool server_lacks_default(const struct module *module)
{
	return module != NULL && module->role == ROLE_SERVER && !module->odd_suffix &&
	       path_is_under(module->path, FOLDER_SRC) && module->facts.export_count > 0 &&
	       facts_export(&module->facts, "default") == NULL;
}
