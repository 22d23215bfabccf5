/* What tsconfig.json must say so that the app's code means what its author thinks: the bundler and
 * the compiler each complain about it in every file and in other words. Only what the app needs is
 * asked for. Facts: lib/types/README.md, Type check. */
#include <string.h>
#include <strings.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

#define TSCONFIG "tsconfig.json"

/* The first text in double quotes that is this word, for messages; else the file as a whole. */
static struct place place_of(struct app *app, const char *word)
{
	struct text *text = texts_find(&app->texts, TSCONFIG);
	struct place place = {.file = TSCONFIG};
	const char *quoted = arena_printf(app->arena, "\"%s\"", word), *found;

	found = text != NULL ? strstr(text->bytes, quoted) : NULL;
	if (found != NULL) {
		place.start = (size_t)(found - text->bytes);
		place.end = place.start + strlen(quoted);
	}
	return place;
}

/* Where an option can be written: behind the brace of `compilerOptions`; 0: it is not there. */
static size_t room_for_options(struct app *app)
{
	struct place place = place_of(app, "compilerOptions");
	struct text *text = texts_find(&app->texts, TSCONFIG);
	const char *brace = place.end > 0 ? strchr(text->bytes + place.end, '{') : NULL;

	return brace != NULL ? (size_t)(brace - text->bytes) + 1 : 0;
}

static void tell_missing(struct app *app, const char *option, const char *value,
			 const char *message)
{
	size_t room = room_for_options(app);
	struct place place = place_of(app, "compilerOptions");
	struct diag *diag = diag_add(&app->problems, &problem_tsconfig, place, "%s", message);

	diag->help = arena_printf(app->arena, "add `\"%s\": \"%s\"` to `compilerOptions`", option,
				  value);
	if (room == 0)
		return;
	diag_edit(&app->problems, diag,
		  (struct place){.file = TSCONFIG, .start = room, .end = room},
		  arena_printf(app->arena, "\n    \"%s\": \"%s\",", option, value));
	diag->fix_is_safe = true;
}

static void tell_wrong(struct app *app, const char *option, const char *is, const char *value,
		       const char *message)
{
	struct place place = place_of(app, is);
	struct diag *diag = diag_add(&app->problems, &problem_tsconfig, place, "%s", message);

	diag->help = arena_printf(app->arena, "write `\"%s\": \"%s\"`", option, value);
	if (place.end == 0)
		return;
	diag_edit(&app->problems, diag, place, arena_printf(app->arena, "\"%s\"", value));
	diag->fix_is_safe = true;
}

/* --- JSX ----------------------------------------------------------------------------------------
 */

static bool has_markup(const struct module *module)
{
	return module->runtimes != 0 && str_ends(module->path, "x") &&
	       (strstr(module->text->bytes, "</") != NULL ||
		strstr(module->text->bytes, "/>") != NULL);
}

/* A module with JSX; with `bare` one that does not import React. */
static const struct module *find_markup(const struct app *app, bool bare)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (has_markup(module) && (!bare || facts_binding(&module->facts, "React") == NULL))
			return module;
	}
	return NULL;
}

bool app_has_markup(const struct app *app)
{
	return find_markup(app, false) != NULL;
}

/* Attio draws what React's elements say. */
static void check_jsx_source(struct app *app)
{
	const char *source = app->tsconfig.jsx_source;

	if (source == NULL || strcmp(source, "react") == 0 || find_markup(app, false) == NULL)
		return;
	app->tsconfig.lacks_jsx = true;
	tell_wrong(app, "jsxImportSource", source, "react",
		   arena_printf(app->arena, "JSX becomes elements of `%s`, and Attio draws React's",
				source));
}

static void check_jsx(struct app *app)
{
	static const char *const fine[] = {"react-jsx", "react-jsxdev", "preserve", "react-native"};
	struct tsconfig *tsconfig = &app->tsconfig;
	const char *jsx = tsconfig->jsx;
	bool classic = jsx != NULL && strcasecmp(jsx, "react") == 0, known = false;

	for (size_t i = 0; jsx != NULL && i < ARRAY_LEN(fine); i++)
		known = known || strcasecmp(jsx, fine[i]) == 0;
	if (known)
		check_jsx_source(app);
	if (known)
		return;
	if (find_markup(app, classic) == NULL)
		return;
	tsconfig->lacks_jsx = true;
	if (jsx == NULL)
		tell_missing(app, "jsx", "react-jsx",
			     "`tsconfig.json` does not say what becomes of JSX");
	else if (!classic)
		tell_wrong(
			app, "jsx", jsx, "react-jsx",
			arena_printf(app->arena, "`\"jsx\": \"%s\"` says nothing about JSX", jsx));
	else
		tell_wrong(app, "jsx", jsx, "react-jsx",
			   "with `\"jsx\": \"react\"` every file with JSX must import React");
}

/* --- imports ------------------------------------------------------------------------------------
 */

/* Without `moduleResolution` TypeScript 5, which editors use, finds no package for such modules;
 * ours does. */
static void check_resolution(struct app *app)
{
	static const char *const modules[] = {"es6", "es2015", "es2020", "es2022", "esnext", NULL};
	struct tsconfig *tsconfig = &app->tsconfig;

	if (tsconfig->module_resolution != NULL || tsconfig->module == NULL)
		return;
	for (size_t i = 0; modules[i] != NULL; i++) {
		if (strcasecmp(tsconfig->module, modules[i]) != 0)
			continue;
		tell_missing(app, "moduleResolution", "bundler",
			     "`tsconfig.json` does not say how imports are found");
		app->problems.items[app->problems.count - 1].severity = SEVERITY_WARNING;
	}
}

void check_language(struct app *app)
{
	if (!app->tsconfig.present || app->tsconfig.incomplete)
		return;
	check_jsx(app);
	check_resolution(app);
}
