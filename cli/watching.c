/* See watching.h. All below src is watched, of other folders only the files that matter: reports
 * and bundles are written there, too. What an import looks for and does not find is waited for
 * where it would be. */
#include "cli/watching.h"

#include <signal.h>
#include <string.h>

#include "app/app.h"
#include "app/subpaths.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"
#include "sys/watch.h"

struct watching {
	const char *root;
	const char *extra;   /* absolute, or NULL */
	struct arena *arena; /* of the lists */
	const char **trees, **folders, **names;
	size_t tree_count, folder_count, name_count;
};

/* Lists end with NULL, which is pushed last: add_end. */
static void add(struct watching *w, const char ***list, size_t *count, const char *text)
{
	for (size_t i = 0; text != NULL && i < *count; i++)
		if (strcmp((*list)[i], text) == 0)
			return;
	const char **item = arena_push(w->arena, list, count, sizeof(*item));
	*item = text != NULL ? arena_strdup(w->arena, text) : NULL;
}

static void add_file(struct watching *w, const char *path)
{
	add(w, &w->folders, &w->folder_count, path_dir(w->arena, path));
	add(w, &w->names, &w->name_count, path_base(path));
}

static void begin_lists(struct watching *w)
{
	static const char *const files[] = {"package.json", "tsconfig.json", ".env",
					    ".env.local",   FOLDER_SRC,      NULL};

	arena_free(w->arena);
	w->arena = arena_new();
	w->trees = w->folders = w->names = NULL;
	w->tree_count = w->folder_count = w->name_count = 0;
	add(w, &w->trees, &w->tree_count, path_join(w->arena, w->root, FOLDER_SRC));
	for (const char *const *name = files; *name != NULL; name++)
		add_file(w, path_join(w->arena, w->root, *name));
	/* A folder may go and come back while the run is under way. */
	if (w->extra != NULL)
		add_file(w, w->extra);
	if (w->extra != NULL && fs_type(w->extra) == FS_DIR)
		add(w, &w->trees, &w->tree_count, w->extra);
}

static void end_lists(struct watching *w)
{
	add(w, &w->trees, &w->tree_count, NULL);
	add(w, &w->folders, &w->folder_count, NULL);
	add(w, &w->names, &w->name_count, NULL);
}

/* A file of the app by its path from the root. Links in src are not followed when it is watched, so
 * what lies behind one counts by itself. */
static void learn_text(struct watching *w, const char *path)
{
	const char *src = path_join(w->arena, w->root, FOLDER_SRC);
	const char *whole = path_join(w->arena, w->root, path), *real;
	struct error ignored;

	if (strstr(path, "node_modules/") != NULL)
		return;
	if (!path_is_under(path, FOLDER_SRC))
		add_file(w, whole);
	real = fs_real_path(w->arena, whole, &ignored);
	if (real != NULL && !path_is_under(real, src) && strcmp(real, whole) != 0)
		add_file(w, real);
}

/* What is not there may come, with folders on the way to it; of a folder that is there, all counts.
 */
static void await(struct watching *w, const char *path)
{
	const char *folder = path_dir(w->arena, path);

	while (fs_type(folder) != FS_DIR && strcmp(folder, "/") != 0) {
		path = folder;
		folder = path_dir(w->arena, path);
	}
	add_file(w, path);
	if (fs_type(path) == FS_DIR)
		add(w, &w->trees, &w->tree_count, path);
}

/* The folders with packages that the app sees: its own, and those above in the repository. */
static const char *next_modules(const struct app *app, struct arena *arena, const char **folder)
{
	const char *modules = NULL;

	if (*folder != NULL)
		modules = path_join(arena, *folder, "node_modules");
	if (*folder != NULL &&
	    (strcmp(*folder, app->bounds->folder) == 0 || strcmp(*folder, "/") == 0))
		*folder = NULL;
	else if (*folder != NULL)
		*folder = path_dir(arena, *folder);
	return modules;
}

static void await_package(struct watching *w, const struct app *app, const char *specifier)
{
	const char *subpath, *name = subpath_package(w->arena, specifier, &subpath);
	const char *folder = app->root, *modules;

	if (name == NULL)
		return;
	while ((modules = next_modules(app, w->arena, &folder)) != NULL) {
		if (fs_type(modules) == FS_DIR)
			await(w, path_join(w->arena, modules, name));
	}
}

/* What package managers write when they are done. */
static void learn_installations(struct watching *w, const struct app *app)
{
	static const char *const files[] = {".package-lock.json", ".modules.yaml",
					    ".yarn-state.yml", ".yarn-integrity"};
	const char *folder = app->root, *modules;

	add_file(w, path_join(w->arena, app->root, "node_modules"));
	while ((modules = next_modules(app, w->arena, &folder)) != NULL) {
		for (size_t i = 0; i < ARRAY_LEN(files); i++)
			add_file(w, path_join(w->arena, modules, files[i]));
	}
}

/* A path that leads to no file yet; below src all is seen. */
static void await_file(struct watching *w, const struct app *app, const struct module *module,
		       const char *specifier)
{
	static const char *const endings[] = {"", ".ts", ".tsx", ".js", ".jsx", ".json"};
	const char *folder = path_join(w->arena, app->root, path_dir(w->arena, module->real));
	const char *path = path_join(w->arena, folder, specifier);

	if (!path_is_relative(specifier) ||
	    path_is_under(path, path_join(w->arena, app->root, FOLDER_SRC)))
		return;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		await(w, arena_printf(w->arena, "%s%s", path, endings[i]));
}

/* What a module imports that is no module. */
static void learn_imports(struct watching *w, const struct app *app, const struct module *module)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct edge *edge = &module->edges[i];
		const char *specifier = module->facts.imports[i].specifier;

		if (edge->kind == TARGET_FILE && !path_is_under(edge->file, FOLDER_SRC))
			add_file(w, path_join(w->arena, app->root, edge->file));
		else if (edge->kind == TARGET_UNRESOLVED && edge->file == NULL)
			await_file(w, app, module, specifier);
		else if (edge->absent && !edge->type_only)
			await_package(w, app, specifier);
	}
}

/* The package.json and tsconfig.json that a module outside of src goes by. */
static void learn_settings(struct watching *w, const struct app *app, const struct module *module)
{
	const char *folder = path_join(w->arena, app->root, path_dir(w->arena, module->real));
	bool found = path_is_under(module->real, FOLDER_SRC);

	while (!found && strcmp(folder, "/") != 0) {
		found = fs_type(path_join(w->arena, folder, "package.json")) == FS_FILE;
		add_file(w, path_join(w->arena, folder, "package.json"));
		add_file(w, path_join(w->arena, folder, "tsconfig.json"));
		folder = path_dir(w->arena, folder);
	}
}

/* More documents may come where there are some. */
static void learn_documents(struct watching *w, const struct app *app)
{
	for (size_t i = 0; i < app->documents.count; i++) {
		const char *folder = path_dir(w->arena, app->documents.items[i].path);

		if (strcmp(folder, ".") != 0 && !path_is_under(folder, FOLDER_SRC))
			add(w, &w->trees, &w->tree_count, path_join(w->arena, app->root, folder));
	}
}

void watching_learn(struct watching *watching, const struct app *app)
{
	const struct map *texts = &app->texts.by_path;

	begin_lists(watching);
	for (size_t i = 0; i < texts->count; i++)
		learn_text(watching, texts->entries[i].key);
	for (size_t i = 0; i < app->module_count; i++) {
		learn_imports(watching, app, app->modules[i]);
		learn_settings(watching, app, app->modules[i]);
	}
	learn_documents(watching, app);
	learn_installations(watching, app);
	end_lists(watching);
}

static bool skip(const char *name)
{
	return strcmp(name, "node_modules") == 0;
}

/* False: nobody listens any more. */
static bool run_once(struct cli *whole, watching_fn *run, void *user, struct watching *w)
{
	struct cli cli = *whole;

	cli.arena = arena_new();
	run(&cli, user, w);
	arena_free(cli.arena);
	return fflush(cli.out) == 0 && ferror(cli.out) == 0;
}

int watching_run(struct cli *cli, struct loop *loop, const char *root, const char *extra,
		 unsigned quiet_ms, watching_fn *run, void *user)
{
	const struct watch_options options = {.skip = skip, .quiet_ms = quiet_ms};
	struct watching w = {
		.root = root,
		.extra = extra != NULL ? path_join(cli->arena, cli->cwd, extra) : NULL,
	};
	struct error error = {0};
	bool heard = true;
	int news = 1;

	if (loop_catch_end(loop, &error) != 0)
		return cli_fail(cli, &error);
	struct watch *watch = watch_open(loop, &options);
	begin_lists(&w);
	end_lists(&w);
	while (heard && news == 1) {
		const struct watch_list list = {
			.trees = w.trees, .folders = w.folders, .names = w.names};

		news = watch_next(watch, &list, &error);
		if (news == 1)
			heard = run_once(cli, run, user, &w);
	}
	watch_close(watch);
	arena_free(w.arena);
	if (!heard)
		return EXIT_SYSTEM;
	if (news < 0)
		return cli_fail(cli, &error);
	return exit_of_signal(loop_ended(loop));
}
