/* See advice.h. A name that nothing imports is most often the SDK's, React's, or what another file
 * of the app exports. */
#include "check/advice.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/rules.h"
#include "sys/path.h"

static bool is_in(const char *word, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

static const char *const of_react[] = {"useState",        "useEffect",
				       "useMemo",         "useRef",
				       "useCallback",     "useReducer",
				       "useId",           "useContext",
				       "useTransition",   "useDeferredValue",
				       "useLayoutEffect", "memo",
				       "createContext",   "Suspense",
				       "Fragment",        "lazy",
				       "forwardRef",      NULL};

/* The first name in single quotes; NULL: there is none. */
static const char *name_in(struct arena *arena, const char *message)
{
	const char *start = strchr(message, '\''),
		   *end = start != NULL ? strchr(start + 1, '\'') : NULL;

	return end != NULL ? arena_strndup(arena, start + 1, (size_t)(end - start) - 1) : NULL;
}

/* Whether the module exports a value of the name; *by_default: only as its default export. */
static bool exports_name(const struct module *module, const char *name, bool *by_default)
{
	const struct export *item = facts_export(&module->facts, name);

	*by_default = false;
	if (item != NULL && !item->type_only)
		return true;
	item = facts_export(&module->facts, "default");
	*by_default = item != NULL && item->local != NULL && strcmp(item->local, name) == 0;
	return *by_default;
}

static const char *spelled(struct arena *arena, const char *from, const char *to)
{
	const char *path = path_relative(arena, path_dir(arena, from), to);
	size_t len = strlen(path) - strlen(path_ext(path));

	return arena_printf(arena, "%s%.*s", path[0] == '.' ? "" : "./", (int)len, path);
}

/* What only one file of the app exports. */
static const char *statement_for(const struct app *app, struct arena *arena, const char *file,
				 const char *name)
{
	const struct module *found = NULL;
	bool by_default = false, here;

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (strcmp(module->path, file) == 0 || !exports_name(module, name, &here))
			continue;
		if (found != NULL)
			return NULL;
		found = module;
		by_default = here;
	}
	if (found == NULL)
		return NULL;
	return arena_printf(arena, by_default ? "import %s from \"%s\"" : "import {%s} from \"%s\"",
			    name, spelled(arena, file, found->path));
}

static void insert(struct diags *told, struct diag *diag, const struct module *module,
		   const char *statement)
{
	struct place place = {.file = module->path};

	diag->help = arena_printf(told->arena, "add `%s`", statement);
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if (import->kind != IMPORT_STATIC)
			continue;
		place.start = place.end = import->place.start;
		diag_edit(told, diag, place, arena_printf(told->arena, "%s\n", statement));
		return;
	}
}

static void advise_unknown(const struct app *app, struct diags *told, struct diag *diag)
{
	static const char *const commonjs[] = {"require", "module", "exports", NULL};
	struct arena *arena = told->arena;
	const struct module *module = app_module(app, diag->place.file);
	const char *name = name_in(arena, diag->message), *home, *statement;

	if (module == NULL || name == NULL)
		return;
	if (is_in(name, commonjs)) {
		diag->help = "write `import` and `export`: a bundle has no CommonJS of its own";
		return;
	}
	if (strcmp(name, "React") == 0) {
		insert(told, diag, module, "import * as React from \"react\"");
		return;
	}
	home = is_in(name, of_react) ? "react" : rules_home_of(app, module, name);
	statement = home != NULL ? arena_printf(arena, "import {%s} from \"%s\"", name, home)
				 : statement_for(app, arena, module->path, name);
	if (statement != NULL)
		insert(told, diag, module, statement);
}

/* Functions that are members of what the SDK exports. */
static void advise_member(struct diags *told, struct diag *diag)
{
	static const struct {
		const char *name, *of;
	} members[] = {
		{"defineExtension", "Extensions"},
		{"defineWorkflowBlock", "Workflows"},
		{"experimental_definePage", "Extensions"},
		{"definePage", "Extensions"},
		{"defineConfigurator", "Workflows"},
		{"useConfigurator", "Workflows"},
		{"defineWorkspaceSchema", "Settings"},
		{"defineWorkspacePage", "Settings"},
		{"useSettings", "Settings"},
	};
	const char *name = strstr(diag->message, "exported member ");

	name = name != NULL ? name_in(told->arena, name) : NULL;
	for (size_t i = 0; name != NULL && i < ARRAY_LEN(members); i++) {
		if (strcmp(name, members[i].name) != 0 &&
		    !(strcmp(members[i].name, "defineWorkflowBlock") == 0 &&
		      str_starts(name, members[i].name)))
			continue;
		diag->help = arena_printf(told->arena, "import `%s`, and write `%s.%s`",
					  members[i].of, members[i].of, name);
		return;
	}
}

void advise(const struct app *app, struct diags *told)
{
	static const char *const unknown[] = {"TS2304", "TS2552", "TS2580",
					      "TS2591", "TS2686", NULL};
	struct diag *diag = &told->items[told->count - 1];

	if (diag->help != NULL || diag->place.file == NULL)
		return;
	if (is_in(diag->code, unknown))
		advise_unknown(app, told, diag);
	else if (strcmp(diag->code, "TS2305") == 0 || strcmp(diag->code, "TS2614") == 0)
		advise_member(told, diag);
}
