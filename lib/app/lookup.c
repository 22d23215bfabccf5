/* Questions that the model answers, already while it is being made. */
#include "app/app.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/bounds.h"
#include "sys/path.h"

struct app app_in(const struct app *app, struct arena *arena)
{
	struct app job = *app;

	job.arena = arena;
	job.texts.arena = arena;
	job.texts.files.arena = arena;
	return job;
}

void app_apart(struct app *job, const struct app *app, struct arena *arena)
{
	*job = app_in(app, arena);
	job->bounds = arena_alloc(arena, sizeof(*job->bounds));
	bounds_find(job->bounds, arena, app->root);
	job->shortage = arena_alloc(arena, sizeof(*job->shortage));
	texts_over(&job->texts, arena, &app->texts);
	job->texts.files.bounds = job->bounds;
	job->texts.files.shortage = job->shortage;
}

void app_apart_close(struct app *job)
{
	texts_dispose(&job->texts);
	bounds_dispose(job->bounds);
}

const struct definition *app_definition(const struct app *app, enum definition_kind kind, size_t n)
{
	return n < app->kind_count[kind] ? app->by_kind[kind][n] : NULL;
}

const struct definition *app_definition_by_id(const struct app *app, enum definition_kind kind,
					      const char *id)
{
	return map_get(&app->by_id[kind], id);
}

const struct module *app_module(const struct app *app, const char *path)
{
	return map_get(&app->by_path, path);
}

/* Longer ways than any app has are not told to their end, as there may be as many findings. */
enum { WAY_TOLD = 32 };

bool app_alias_is_told(const struct app *app, const char *specifier)
{
	const struct tsconfig *tsconfig = &app->tsconfig;

	for (size_t i = 0; i < tsconfig->wrong_path_count; i++) {
		const char *pattern = tsconfig->wrong_paths[i];
		size_t len = strcspn(pattern, "*");

		if (strncmp(specifier, pattern, len) == 0 &&
		    (pattern[len] == '*' || specifier[len] == '\0'))
			return true;
	}
	return false;
}

const char *app_alias_remedy(const struct app *app, const char *specifier)
{
	size_t len = app->manifest.name != NULL ? strlen(app->manifest.name) : 0;

	if (specifier[0] == '#')
		return "check `imports` in package.json, or import by a relative path";
	if (len > 0 && strncmp(specifier, app->manifest.name, len) == 0)
		return "check `exports` in package.json, or import by a relative path";
	return "check `paths` in tsconfig.json, or import by a relative path";
}

static int runtime_index(enum runtime runtime)
{
	return runtime == RUNTIME_CLIENT ? 0 : runtime == RUNTIME_SERVER ? 1 : 2;
}

void app_chain_notes(const struct app *app, struct diags *diags, struct diag *diag,
		     const struct module *module, enum runtime runtime)
{
	int index = runtime_index(runtime), told = 0;

	for (const struct module *at = module; at->parent[index] != NULL && told < WAY_TOLD;
	     at = at->parent[index], told++) {
		const struct module *parent = at->parent[index];
		const struct import *import = &parent->facts.imports[at->parent_import[index]];

		diag_note(diags, diag, import->specifier_place, "`%s` is imported by `%s`",
			  path_base(at->path), parent->path);
	}
	(void)app;
}
