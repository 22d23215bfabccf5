/* Loading: each source file is read and parsed once; edges are drawn as imports are resolved. Files
 * are read one after the other and parsed all at once, in rounds: what the modules of one round
 * import is the next one. */
#include <stdlib.h>
#include <string.h>

#include "app/glob.h"
#include "app/internal.h"
#include "app/problems.h"
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

	if (at >= module->text->len || utf16_is(module->text->bytes, module->text->len))
		return; /* syntax_problem */
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
	if (map_get(&app->by_real, module->real) == NULL || strcmp(path, module->real) == 0)
		map_set(&app->by_real, module->real, module);
	return module;
}

struct filling {
	const struct syntax_cache *cache;
	struct repairs *repairs;
	struct source **sources;
};

static void fill_one(size_t i, void *payload)
{
	const struct filling *filling = payload;

	source_fill(filling->sources[i], filling->cache, filling->repairs);
}

/* Gives each module that has none its source, parsed now unless it was before. */
static void parse(struct app *app, struct module **modules, size_t count)
{
	struct filling filling = {
		.repairs = &app->repairs,
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

	if (files_type(&app->texts.files, path) == FS_OTHER)
		error_why(&error, "it is not a regular file");
	else if (path_is_under(path, FOLDER_SRC) ||
		 bounds_read(app->bounds, path_join(app->arena, app->root, path), &error) == 0)
		return;
	diag_add(&app->problems, &problem_file_unreadable, import->specifier_place,
		 "`%s` cannot be read", path)
		->help = arena_strdup(app->arena, error.why);
}

/* The module that is meant by a file: links lead to one that is known by its real name. */
static struct module *module_of(struct app *app, const struct resolution *target)
{
	struct module *module = map_get(&app->by_path, target->path);

	if (module == NULL && strcmp(target->path, target->real) != 0)
		module = map_get(&app->by_real, target->real);
	return module != NULL ? module : modules_add(app, target->path);
}

static struct edge edge_to(struct app *app, const struct import *import,
			   const struct resolution *target)
{
	struct edge edge = {
		.kind = target->kind, .type_only = import->type_only, .absent = target->absent};

	edge.file = target->path;
	if (target->kind == TARGET_FILE)
		edge.real = target->real;
	if (target->kind == TARGET_MODULE) {
		edge.module = module_of(app, target);
		if (edge.module == NULL)
			edge.kind = TARGET_UNRESOLVED;
	}
	return edge;
}

/* TypeScript leaves out what no value is taken from, unless tsconfig.json wants it to stay. */
static bool stays(const struct tsconfig *tsconfig, const struct import *import)
{
	if (tsconfig == NULL || import->elided == ELIDED_NOT)
		return false;
	return tsconfig->keeps_imports ||
	       (tsconfig->keeps_values && import->elided == ELIDED_UNUSED);
}

/* The imports that a pattern stands for come after all others of the module. */
struct spread {
	struct app *app;
	struct module *module;
	size_t pattern; /* index */
	struct import *imports;
	struct edge *edges;
	size_t import_count, edge_count;
};

static void add_spread(const char *specifier, struct resolution target, void *payload)
{
	struct spread *s = payload;
	struct import *import =
		arena_push(s->app->arena, &s->imports, &s->import_count, sizeof(*import));
	struct edge *edge = arena_push(s->app->arena, &s->edges, &s->edge_count, sizeof(*edge));

	*import = s->module->facts.imports[s->pattern];
	import->specifier = specifier;
	*edge = edge_to(s->app, import, &target);
}

/* Patterns themselves lead nowhere, as if they were types. */
static void spread_patterns(struct app *app, struct resolver *resolver, struct module *module,
			    const char *folder)
{
	struct facts *facts = &module->facts;
	struct spread s = {.app = app, .module = module};
	size_t count = facts->import_count;
	struct import *imports;
	struct edge *edges;

	for (size_t i = 0; i < count; i++) {
		s.pattern = i;
		if (facts->imports[i].glob != NULL)
			glob_each(resolver, folder, facts->imports[i].glob, add_spread, &s);
	}
	if (s.import_count == 0)
		return;
	imports = arena_alloc(app->arena, (count + s.import_count) * sizeof(*imports));
	edges = arena_alloc(app->arena, (count + s.import_count) * sizeof(*edges));
	memcpy(imports, facts->imports, count * sizeof(*imports));
	memcpy(imports + count, s.imports, s.import_count * sizeof(*imports));
	memcpy(edges, module->edges, count * sizeof(*edges));
	memcpy(edges + count, s.edges, s.edge_count * sizeof(*edges));
	facts->imports = imports;
	facts->import_count = count + s.import_count;
	module->edges = edges;
}

static void draw_edges(struct app *app, struct resolver *resolver, struct module *module)
{
	const struct facts *facts = &module->facts;
	const char *folder = path_dir(app->arena, path_join(app->arena, app->root, module->real));
	const struct tsconfig *tsconfig = resolve_tsconfig(resolver, folder);

	module->edges = arena_alloc(app->arena, (facts->import_count + 1) * sizeof(struct edge));
	for (size_t i = 0; i < facts->import_count; i++) {
		const struct import *import = &facts->imports[i];
		struct resolution target = {TARGET_PACKAGE, NULL, NULL, false};

		/* The host supplies it on both sides, whatever anybody says. */
		if (import->glob == NULL && strcmp(import->specifier, "attio") != 0)
			target = resolve_import(resolver, folder, import->specifier,
						import->kind == IMPORT_REQUIRE);
		module->edges[i] = edge_to(app, import, &target);
		if (import->glob != NULL)
			module->edges[i].type_only = true;
		if (stays(tsconfig, import))
			module->edges[i].type_only = false;
	}
	spread_patterns(app, resolver, module, folder);
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct edge *edge = &module->edges[i];

		if (edge->kind == TARGET_FILE && !edge->type_only)
			check_file(app, &module->facts.imports[i], edge->file);
	}
}

void modules_load(struct app *app, const struct tree *tree, struct resolver *resolver)
{
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i];

		if (!str_ends(path, ".d.ts") && !str_ends(path, ".d.mts") &&
		    !str_ends(path, ".d.cts"))
			modules_add(app, path);
	}
	parse(app, app->modules, app->module_count);
	modules_link(app, resolver);
}

void modules_link(struct app *app, struct resolver *resolver)
{
	size_t done = 0;

	/* Grows while it runs: what modules import from outside src/ joins at the end. */
	while (done < app->module_count) {
		size_t count = app->module_count;

		for (size_t i = done; i < count; i++)
			if (app->modules[i]->edges == NULL)
				draw_edges(app, resolver, app->modules[i]);
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
