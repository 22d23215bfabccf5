#include "bundle/node_packages.h"

#include <string.h>

#include "app/app.h"
#include "app/unresolved.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/findings.h"

/* The package that the file belongs to; NULL: none. */
static const char *package_of(struct arena *arena, const char *file)
{
	static const char folder[] = "node_modules/";
	const char *at = NULL;
	size_t len;

	for (const char *found = strstr(file, folder); found != NULL;
	     found = strstr(found + 1, folder))
		at = found + strlen(folder);
	if (at == NULL)
		return NULL;
	len = strcspn(at, "/");
	if (at[0] == '@' && at[len] == '/')
		len += 1 + strcspn(at + len + 1, "/");
	return arena_strndup(arena, at, len);
}

/* The first import of the package in code of that side; NULL: other packages bring it along. */
static const struct module *importer(const struct app *app, struct arena *arena, unsigned runtime,
				     const char *package, struct place *place)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if ((module->runtimes & runtime) == 0)
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const struct import *import = &module->facts.imports[k];

			if (module->edges[k].kind != TARGET_PACKAGE || module->edges[k].type_only ||
			    !str_equal(unresolved_package(arena, import->specifier), package))
				continue;
			*place = import->specifier_place;
			return module;
		}
	}
	return NULL;
}

static const char *remedy(const char *package, unsigned runtime)
{
	static const struct {
		const char *package, *remedy;
	} known[] = {
		{"dotenv", "remove it: `process.env` has what is in `.env` without it"},
		{"node-fetch", "remove it, and call `fetch`, which is there without an import"},
		{"jsonwebtoken", "use `jose`, which does the same with web standards"},
	};

	if ((runtime & RUNTIME_CLIENT) != 0)
		return "client code runs in Attio's sandbox in the browser: use a package made for "
		       "browsers, or call a `.server.ts` function";
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_is(package, known[i].package))
			return known[i].remedy;
	return "bundles for Attio's server runtime are built without Node's modules: use web "
	       "standards (`fetch`, `crypto.subtle`, `URL`, `TextEncoder`), or a package that "
	       "does without Node";
}

/* What was told about the package on this side before; NULL: nothing. */
static struct diag *told(struct diags *diags, const char *code, const char *message)
{
	for (size_t i = 0; i < diags->count; i++)
		if (strcmp(diags->items[i].code, code) == 0 &&
		    strcmp(diags->items[i].message, message) == 0)
			return &diags->items[i];
	return NULL;
}

bool node_package_tell(const struct app *app, struct diags *diags, unsigned runtime,
		       const char *file, const char *builtin)
{
	const struct rule_info *rule =
		(runtime & RUNTIME_CLIENT) != 0 ? &finding_client_node : &finding_server_node;
	const char *package = file != NULL ? package_of(diags->arena, file) : NULL;
	struct place place = {.file = file};
	const char *message, *note;
	struct diag *diag;

	if (package == NULL)
		return false;
	message = arena_printf(diags->arena, "%s code cannot use the package `%s`: it needs Node",
			       (runtime & RUNTIME_CLIENT) != 0 ? "client" : "server", package);
	note = arena_printf(diags->arena, "imports Node's `%s`", builtin);
	diag = told(diags, rule->code, message);
	if (diag == NULL) {
		const struct module *module = importer(app, diags->arena, runtime, package, &place);

		diag = diag_add(diags, rule, place, "%s", message);
		diag->help = remedy(package, runtime);
		if (module != NULL)
			app_chain_notes(app, diags, diag, module, runtime);
	}
	for (size_t i = 0; i < diag->note_count; i++)
		if (strcmp(diag->notes[i].message, note) == 0)
			return true;
	/* Packages are minified before they are bundled: a line would be of what nobody sees. */
	diag_note(diags, diag, (struct place){.file = file}, "%s", note);
	return true;
}
