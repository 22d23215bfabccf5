/* Loading: each source file is read and parsed once; edges are drawn as imports are resolved. Files
 * are read one after the other and parsed all at once, in rounds: what the modules of one round
 * import is the next one. */
#include <stdlib.h>
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "app/resolve.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "source/cache.h"
#include "source/sources.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/parallel.h"
#include "sys/path.h"

static void check_encoding(struct app *app, const struct module *module)
{
	size_t at = utf8_invalid_at(module->text->bytes, module->text->len);
	struct diag *diag;

	if (at >= module->text->len)
		return;
	diag = diag_add(&app->problems, &problem_encoding,
			(struct place){.file = module->path, .start = at, .end = at + 1},
			"this file is not valid UTF-8");
	diag->label = "first invalid byte";
	diag->help = "save the file as UTF-8: the bundler replaces such bytes by U+FFFD";
}

/* Sources of fewer bytes are parsed faster than a file of tables is found and read. */
#define CACHE_FROM ((size_t)16 << 10)

/* What is at `path` when no link is on the way. */
static const char *real_of(const struct app *app, const char *path)
{
	struct error error = {0};
	const char *real;

	if (!app->has_links && path_is_under(path, FOLDER_SRC))
		return path;
	real = fs_real_path(app->arena, path_join(app->arena, app->root, path), &error);
	error_keep_shortage(app->shortage, &error);
	return real != NULL ? path_relative(app->arena, app->root, real) : path;
}

struct module *modules_add(struct app *app, const char *path)
{
	struct module *module = map_get(&app->by_path, path), **slot;
	struct naming naming = naming_of(path);
	struct text *text;
	struct error error = {0};

	if (module != NULL || !dialect_of(path, &(enum dialect){0}))
		return module;
	module = arena_alloc(app->arena, sizeof(*module));
	module->path = path;
	if (texts_read(&app->texts, path, &text, &error) != 0) {
		struct diag *diag =
			diag_add(&app->problems, &problem_file_unreadable,
				 (struct place){.file = path}, "`%s` cannot be read", path);
		diag->help =
			arena_strdup(app->arena, error.why[0] != '\0' ? error.why : error.message);
		return NULL;
	}
	module->text = text;
	module->real = real_of(app, path);
	check_encoding(app, module);
	module->role = naming.role;
	module->odd_suffix = naming.odd;
	slot = arena_push(app->arena, &app->modules, &app->module_count, sizeof(struct module *));
	*slot = module;
	map_set(&app->by_path, path, module);
	return module;
}

struct filling {
	const struct syntax_cache *cache;
	struct source **sources;
};

static void fill_one(size_t i, void *payload)
{
	const struct filling *filling = payload;

	source_fill(filling->sources[i], filling->cache);
}

/* Gives each module that has none its source, parsed now unless it was before. */
static void parse(struct app *app, struct module **modules, size_t count)
{
	struct filling filling = {
		.sources = arena_alloc(app->arena, (count + 1) * sizeof(struct source *)),
	};
	size_t fresh = 0, bytes = 0;
	bool opened = false;

	for (size_t i = 0; i < count; i++) {
		struct module *module = modules[i];

		if (module->source != NULL)
			continue;
		module->source = sources_take(app->sources, module->path, module->text->bytes,
					      module->text->len);
		if (module->source->syntax.entries != NULL)
			continue;
		filling.sources[fresh++] = module->source;
		bytes += module->text->len;
	}
	/* Once it is open, all that comes later is looked for in it, too. */
	if (bytes >= CACHE_FROM || app->fills_cache)
		filling.cache = sources_cache(app->sources, app->cache, app->root, &opened);
	app->fills_cache = app->fills_cache || opened;
	if (bytes < CACHE_FROM)
		for (size_t i = 0; i < fresh; i++)
			fill_one(i, &filling);
	else
		parallel_run(fresh, fill_one, &filling);
	for (size_t i = 0; i < count; i++) {
		modules[i]->syntax = modules[i]->source->syntax;
		modules[i]->syntax.borrowed = true;
		modules[i]->facts = modules[i]->source->facts;
	}
}

struct module *modules_get(struct app *app, const char *path)
{
	struct module *module = modules_add(app, path);

	if (module != NULL && module->source == NULL) {
		parse(app, &module, 1);
		modules_judge(app, &module, 1);
	}
	return module;
}

/* The bundler reads it, not we. Links below src/ were told when it was listed. */
static void check_file(struct app *app, const struct import *import, const char *path)
{
	struct error error = {0};

	if (path_is_under(path, FOLDER_SRC) ||
	    bounds_read(app->bounds, path_join(app->arena, app->root, path), &error) == 0)
		return;
	diag_add(&app->problems, &problem_file_unreadable, import->specifier_place,
		 "`%s` cannot be read", path)
		->help = arena_strdup(app->arena, error.why);
}

static void draw_edges(struct app *app, const struct tree *tree, struct module *module)
{
	const struct facts *facts = &module->facts;

	module->edges = arena_alloc(app->arena, (facts->import_count + 1) * sizeof(struct edge));
	for (size_t i = 0; i < facts->import_count; i++) {
		struct edge *edge = &module->edges[i];
		struct resolution target;

		edge->type_only =
			facts->imports[i].type_only &&
			!(app->tsconfig.verbatim_modules && facts->imports[i].elided != ELIDED_NOT);
		target = resolve_import(app, tree, module->path, facts->imports[i].specifier);

		edge->kind = target.kind;
		edge->file = target.path;
		if (target.kind == TARGET_FILE && !edge->type_only)
			check_file(app, &facts->imports[i], target.path);
		if (target.kind == TARGET_FILE)
			edge->real = real_of(app, target.path);
		if (target.kind == TARGET_MODULE) {
			edge->module = modules_add(app, target.path);
			if (edge->module == NULL)
				edge->kind = TARGET_UNRESOLVED;
		}
	}
}

void modules_load(struct app *app, const struct tree *tree)
{
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i];

		if (!str_ends(path, ".d.ts") && !str_ends(path, ".d.mts") &&
		    !str_ends(path, ".d.cts"))
			modules_add(app, path);
	}
	parse(app, app->modules, app->module_count);
	modules_link(app, tree);
}

void modules_link(struct app *app, const struct tree *tree)
{
	size_t done = 0;

	/* Grows while it runs: what modules import from outside src/ joins at the end. */
	while (done < app->module_count) {
		size_t count = app->module_count;

		for (size_t i = done; i < count; i++)
			if (app->modules[i]->edges == NULL)
				draw_edges(app, tree, app->modules[i]);
		parse(app, app->modules + count, app->module_count - count);
		done = count;
	}
	modules_judge(app, app->modules, app->module_count);
}

void modules_keep(struct app *app)
{
	bool opened;
	const struct syntax_cache *cache;
	const struct syntax **syntaxes;
	size_t parsed = 0;

	if (!app->fills_cache)
		return;
	cache = sources_cache(app->sources, app->cache, app->root, &opened);
	syntaxes = arena_alloc(app->arena, (app->module_count + 1) * sizeof(struct syntax *));
	for (size_t i = 0; i < app->module_count; i++) {
		syntaxes[i] = &app->modules[i]->source->syntax;
		parsed += !syntaxes[i]->borrowed;
	}
	if (parsed > 0 || app->fresh_verdicts)
		syntax_cache_save(cache, syntaxes, app->module_count);
}

static int by_path(const void *a, const void *b)
{
	const struct module *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

void modules_sort(struct app *app)
{
	if (app->module_count > 1)
		qsort(app->modules, app->module_count, sizeof(struct module *), by_path);
}
