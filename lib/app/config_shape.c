/* See config_shape.h. */
#include "app/config_shape.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "app/manifest_shape.h"
#include "app/problems.h"
#include "app/tsconfig.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/text.h"
#include "json/scan.h"

const char *const compiler_options[] = {"allowImportingTsExtensions",
					"allowJs",
					"allowSyntheticDefaultImports",
					"allowUnreachableCode",
					"allowUnusedLabels",
					"baseUrl",
					"checkJs",
					"composite",
					"customConditions",
					"declaration",
					"declarationMap",
					"emitDeclarationOnly",
					"erasableSyntaxOnly",
					"esModuleInterop",
					"exactOptionalPropertyTypes",
					"experimentalDecorators",
					"forceConsistentCasingInFileNames",
					"incremental",
					"isolatedModules",
					"jsx",
					"jsxImportSource",
					"lib",
					"module",
					"moduleDetection",
					"moduleResolution",
					"noEmit",
					"noEmitOnError",
					"noFallthroughCasesInSwitch",
					"noImplicitAny",
					"noImplicitOverride",
					"noImplicitReturns",
					"noImplicitThis",
					"noPropertyAccessFromIndexSignature",
					"noUncheckedIndexedAccess",
					"noUncheckedSideEffectImports",
					"noUnusedLocals",
					"noUnusedParameters",
					"outDir",
					"paths",
					"removeComments",
					"resolveJsonModule",
					"rootDir",
					"skipLibCheck",
					"sourceMap",
					"strict",
					"strictBindCallApply",
					"strictFunctionTypes",
					"strictNullChecks",
					"strictPropertyInitialization",
					"target",
					"tsBuildInfoFile",
					"typeRoots",
					"types",
					"useDefineForClassFields",
					"useUnknownInCatchVariables",
					"verbatimModuleSyntax",
					NULL};

struct shape {
	struct tsconfig *tsconfig;
	const struct text *text;
	struct diags *problems;
};

/* The first text in double quotes that is this word; else the file as a whole. */
static struct place place_of(const struct shape *s, const char *word)
{
	const char *quoted = arena_printf(s->problems->arena, "\"%s\"", word);
	const char *found = strstr(s->text->bytes, quoted);
	struct place place = {.file = s->text->path};

	if (found != NULL) {
		place.start = (size_t)(found - s->text->bytes);
		place.end = place.start + strlen(quoted);
	}
	return place;
}

static struct diag *warn(const struct shape *s, const char *word, const char *message,
			 const char *help)
{
	struct diag *diag =
		diag_add(s->problems, &problem_tsconfig, place_of(s, word), "%s", message);

	diag->severity = SEVERITY_WARNING;
	diag->help = help;
	return diag;
}

static bool is_one_of(const char *word, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

/* Names of other tools are theirs. */
static void tell_members(const struct shape *s, const cJSON *document)
{
	static const char *const known[] = {"compilerOptions", "include",         "exclude",
					    "files",           "extends",         "references",
					    "compileOnSave",   "typeAcquisition", "watchOptions",
					    "display",         "$schema",         NULL};
	struct arena *arena = s->problems->arena;
	const cJSON *item;
	size_t first = SIZE_MAX; /* the finding about options */

	cJSON_ArrayForEach(item, document)
	{
		const char *near = NULL, *name = item->string;

		if (is_one_of(name, known))
			continue;
		for (size_t i = 0; near == NULL && known[i] != NULL; i++)
			if (strcasecmp(known[i], name) == 0)
				near = known[i];
		if (near == NULL)
			near = str_nearest(name, known);
		if (is_one_of(name, compiler_options) && first != SIZE_MAX) {
			diag_note(s->problems, &s->problems->items[first], place_of(s, name),
				  "nor does `%s`", name);
		} else if (is_one_of(name, compiler_options)) {
			first = s->problems->count;
			warn(s, name,
			     arena_printf(arena, "`%s` means nothing where it stands", name),
			     "move what are options into `compilerOptions`");
		} else if (near != NULL) {
			warn(s, name, arena_printf(arena, "`%s` means nothing here", name),
			     arena_printf(arena, "did you mean `%s`?", near));
		}
	}
}

static bool means_sources(const char *pattern)
{
	static const char *const all[] = {"src", "src/", "src/*", "src/**", "src/**/*", "**/*",
					  "**",  "*",    ".",     "",       "**/src",   NULL};

	while (str_starts(pattern, "./"))
		pattern += 2;
	return is_one_of(pattern, all);
}

static void tell_left_out(const struct shape *s, const cJSON *document)
{
	const cJSON *exclude = cJSON_GetObjectItemCaseSensitive(document, "exclude"), *item;
	const cJSON *files = cJSON_GetObjectItemCaseSensitive(document, "files");

	cJSON_ArrayForEach(item, exclude)
	{
		if (!cJSON_IsString(item) || !means_sources(item->valuestring))
			continue;
		warn(s, "exclude",
		     "`exclude` leaves out `src`, so that the app's types are not checked",
		     arena_printf(s->problems->arena, "take `\"%s\"` out", item->valuestring));
		return;
	}
	if (cJSON_IsArray(files) && files->child == NULL &&
	    cJSON_GetObjectItemCaseSensitive(document, "include") == NULL)
		warn(s, "files",
		     "`files` is empty, so that the app's types are not checked, also where "
		     "`references` names others",
		     "write options and `\"include\": [\"src\", \".attio/**/*\"]` into this file, "
		     "as "
		     "`attio init` does");
}

/* --- paths --------------------------------------------------------------------------------------
 */

static bool has_stars(const char *text)
{
	const char *star = strchr(text, '*');

	return star != NULL && strchr(star + 1, '*') != NULL;
}

static bool is_path(const char *target)
{
	return target[0] == '/' || target[0] == '.' || str_starts(target, "${configDir}");
}

/* Why the compiler refuses an entry; NULL: it does not. *help: what to write. */
static const char *fault_of(const struct shape *s, const cJSON *item, const char **help)
{
	struct arena *arena = s->problems->arena;
	const cJSON *target;

	if (has_stars(item->string)) {
		*help = "write one `*`, at the place that differs";
		return arena_printf(arena, "`%s` in `paths` has more than one `*`", item->string);
	}
	if (!cJSON_IsArray(item)) {
		*help = arena_printf(arena, "write `[\"%s\"]`",
				     cJSON_IsString(item) ? item->valuestring : "./src/*");
		return arena_printf(arena, "`%s` in `paths` must lead to a list", item->string);
	}
	cJSON_ArrayForEach(target, item)
	{
		if (!cJSON_IsString(target) || s->tsconfig->base_url != NULL ||
		    is_path(target->valuestring))
			continue;
		*help = arena_printf(arena, "write `\"./%s\"`", target->valuestring);
		return arena_printf(arena, "`%s` in `paths` leads to `%s`, which is no path",
				    item->string, target->valuestring);
	}
	return NULL;
}

static void tell_paths(const struct shape *s, const cJSON *document)
{
	const cJSON *options = cJSON_GetObjectItemCaseSensitive(document, "compilerOptions");
	const cJSON *paths = cJSON_GetObjectItemCaseSensitive(options, "paths"), *item;
	struct arena *arena = s->problems->arena;

	if (!cJSON_IsObject(paths))
		return;
	cJSON_ArrayForEach(item, paths)
	{
		const char *help = NULL, *fault = fault_of(s, item, &help), **slot;

		if (fault == NULL)
			continue;
		slot = arena_push(arena, &s->tsconfig->wrong_paths, &s->tsconfig->wrong_path_count,
				  sizeof(*slot));
		*slot = arena_strdup(arena, item->string);
		diag_add(s->problems, &problem_tsconfig, place_of(s, item->string), "%s", fault)
			->help = help;
	}
}

static void tell_twice(const struct shape *s)
{
	char *json = arena_strndup(s->problems->arena, s->text->bytes, s->text->len);

	json_blank_comments(json, s->text->len);
	names_twice_tell(s->text, json, &problem_tsconfig, s->problems);
}

void config_shape_tell(struct tsconfig *tsconfig, const struct text *text, const cJSON *document,
		       struct diags *problems)
{
	struct shape shape = {tsconfig, text, problems};

	if (!cJSON_IsObject(document)) {
		diag_add(problems, &problem_tsconfig, (struct place){.file = text->path},
			 "`tsconfig.json` must hold a JSON object")
			->help = "write one as `attio init` makes it";
		return;
	}
	tell_members(&shape, document);
	tell_left_out(&shape, document);
	tell_paths(&shape, document);
	tell_twice(&shape);
}
