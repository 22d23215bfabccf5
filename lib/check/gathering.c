/* See told.h. */
#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"
#include "check/told.h"

bool is_of_lib(const struct echo *echo, const struct diag *type)
{
	static const char *const codes[] = {"TS2304", "TS2552", "TS2580", "TS2584", "TS2318", NULL};
	static const char *const names[] = {"'console'",
					    "'Request'",
					    "'Response'",
					    "'Headers'",
					    "'fetch'",
					    "'URL'",
					    "'FormData'",
					    "'URLSearchParams'",
					    "'Blob'",
					    "'setTimeout'",
					    "'clearTimeout'",
					    "'setInterval'",
					    "'clearInterval'",
					    "'TextEncoder'",
					    "'TextDecoder'",
					    "'crypto'",
					    "'atob'",
					    "'btoa'",
					    "'RequestInit'",
					    "'BodyInit'",
					    NULL};

	if (!echo->app->tsconfig.lib_without_dom || !is_one_of(type->code, codes))
		return false;
	for (size_t i = 0; names[i] != NULL; i++)
		if (strstr(type->message, names[i]) != NULL)
			return true;
	return false;
}

void tell_lib(struct echo *echo, const struct diag *type, struct diags *told)
{
	struct place place = {.file = "tsconfig.json"};
	struct text *text = texts_find(&echo->texts, place.file);
	const char *lib = text != NULL ? strstr(text->bytes, "\"lib\"") : NULL;
	struct diag *diag;

	if (echo->lib == 0) {
		if (lib != NULL) {
			place.start = (size_t)(lib - text->bytes);
			place.end = place.start + strlen("\"lib\"");
		}
		diag_add(told, &problem_tsconfig, place,
			 "`lib` leaves out names that every runtime of Attio has")
			->help = "add `\"DOM\"` to it";
		echo->lib = told->count;
	}
	diag = &told->items[echo->lib - 1];
	diag_note(told, diag, type->place, "%s", type->message);
}

void tell_resolution(struct echo *echo, struct diags *told)
{
	static const char message[] = "`tsconfig.json` does not say how imports are found";
	struct diag *diag = NULL;

	if (echo->resolution)
		return;
	echo->resolution = true;
	for (size_t i = 0; i < told->count; i++)
		if (strcmp(told->items[i].message, message) == 0)
			diag = &told->items[i];
	if (diag == NULL) {
		diag = diag_add(told, &problem_tsconfig, (struct place){.file = "tsconfig.json"},
				"%s", message);
		diag->help = "add `\"moduleResolution\": \"bundler\"` to `compilerOptions`";
	}
	diag->severity = SEVERITY_ERROR;
}

/* How many names an import does not get: findings of one file follow each other. */
static size_t count_missing(const struct diags *types, size_t first, const struct import *import)
{
	const char *file = types->items[first].place.file;
	size_t count = 0;

	for (size_t i = first; i < types->count; i++) {
		const struct diag *type = &types->items[i];

		if (!str_equal(type->place.file, file) || type->place.start >= import->place.end)
			break;
		count += is_missing(type);
	}
	return count;
}

void advise_sdk(const struct echo *echo, const struct diags *types, size_t at, struct diags *told)
{
	const struct diag *type = &types->items[at];
	struct diag *diag = &told->items[told->count - 1];
	const struct module *module = app_module(echo->app, type->place.file);
	const struct edge *edge;
	const struct import *import;
	const char *instead;

	if (!is_missing(type) || diag->help != NULL ||
	    (import = import_at(module, type->place.start, &edge)) == NULL ||
	    strcmp(import->specifier, "attio") != 0)
		return;
	instead = (module->runtimes & RUNTIME_CLIENT) != 0 ? "attio/client" : "attio/server";
	diag->help = arena_printf(told->arena, "import it from `%s`", instead);
	if (count_missing(types, at, import) == import->name_count)
		diag_edit(told, diag, import->specifier_place,
			  arena_printf(told->arena, "%c%s%c",
				       module->text->bytes[import->specifier_place.start], instead,
				       module->text->bytes[import->specifier_place.start]));
}
