/* Opening an app: the steps in order. */
#include "app/app.h"

#include "app/internal.h"
#include "base/arena.h"
#include "base/error.h"
#include "source/sources.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/overlay.h"

const char *const app_private_files[] = {
	".env", ".env.local", ".env.production", ".env.development.local", ".env.production.local",
	NULL,
};

int app_open(struct app *app, const char *root, const struct app_options *options,
	     struct error *error)
{
	static const struct app_options plain;
	struct tree tree = {0};
	struct resolver resolver = {.folders = {.app = app, .tree = &tree}};
	struct fs_entry *entries;
	size_t count;

	if (options == NULL)
		options = &plain;
	*app = (struct app){
		.arena = arena_new(),
		.tracked = options->tracked,
		.cache = options->cache,
		.judge = options->judge,
	};
	app->problems.arena = app->arena;
	app->root = fs_real_path(app->arena, root, error);
	if (app->root == NULL || fs_list(app->arena, app->root, &entries, &count, error) != 0) {
		arena_free(app->arena);
		*app = (struct app){0};
		return -1;
	}
	texts_init(&app->texts, app->arena, app->root);
	app->texts.files.overlay = options->files;
	app->bounds = arena_alloc(app->arena, sizeof(*app->bounds));
	bounds_find(app->bounds, app->arena, app->root);
	app->texts.files.bounds = app->bounds;
	app->shortage = arena_alloc(app->arena, sizeof(*app->shortage));
	app->texts.files.shortage = app->shortage;
	app->owns_sources = options->sources == NULL;
	app->sources = app->owns_sources ? sources_new(false) : options->sources;
	tree_read(&tree, app);
	/* Without an app, what package.json or the sources look like is nobody's concern. */
	discover_entry(app, &tree);
	if (app->exists) {
		manifest_read(&app->manifest, &app->texts, &app->problems);
		tsconfig_read(&app->tsconfig, &app->texts, &app->problems);
		documents_read(&app->documents, &app->texts);
		app->env_files = env_files_read(&app->texts, &app->problems, &app->env_file_count);
		modules_load(app, &tree, &resolver);
		check_entry(app);
		discover_extensions(app, &tree);
		discover_pages(app, &tree);
		discover_settings(app, &tree);
		discover_blocks(app, &tree);
		discover_handlers(app, &tree);
		discover_disguised(app, &tree);
		modules_link(app, &resolver); /* definitions in linked folders */
		modules_sort(app);
		if (options->files == NULL || options->files->count == 0)
			modules_keep(app); /* not the modules of another state */
		graph_colour(app);
		check_language(app);
	}
	if (!app->owns_sources)
		sources_sweep(app->sources);
	resolver_dispose(&resolver);
	tree_dispose(&tree);
	diags_sort(&app->problems);
	if (app_shortage(app, error) == 0)
		return 0;
	app_close(app);
	return -1;
}

void app_judge(struct app *app, const struct syntax_judge *judge)
{
	const struct overlay *overlay = app->texts.files.overlay;

	modules_judge_bundled(app, judge);
	if (app->fresh_verdicts && (overlay == NULL || overlay->count == 0))
		modules_keep(app);
}

int app_shortage(const struct app *app, struct error *error)
{
	error_keep_shortage(app->shortage, &app->bounds->shortage);
	if (!app->shortage->shortage)
		return 0;
	*error = *app->shortage;
	*app->shortage = (struct error){0};
	return -1;
}

void app_close(struct app *app)
{
	if (app->arena == NULL)
		return;
	for (size_t i = 0; i < app->module_count; i++)
		if (app->modules[i]->source != NULL)
			sources_release(app->modules[i]->source);
	if (app->owns_sources)
		sources_free(app->sources);
	map_dispose(&app->by_path);
	map_dispose(&app->by_real);
	for (size_t i = 0; i < DEF_KINDS; i++)
		map_dispose(&app->by_id[i]);
	documents_dispose(&app->documents);
	texts_dispose(&app->texts);
	bounds_dispose(app->bounds);
	arena_free(app->arena);
	*app = (struct app){0};
}
