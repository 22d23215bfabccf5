/* See building.h. The engines are other processes: the compiler is started first, because it takes
 * longest, then esbuild works, and while both do our own rules run in a thread. Whatever the order,
 * all findings are reported together, and what two of them found is told once. */
#include "cli/building.h"

#include <string.h>

#include "app/app.h"
#include "app/installer.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "bundle/budget.h"
#include "check/beside.h"
#include "check/causes.h"
#include "check/check.h"
#include "check/echo.h"
#include "check/install.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/progress.h"
#include "cli/project.h"
#include "rules/rules.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "types/types.h"

const char *const building_compilers[] = {"app", "shipped", NULL};

/* One run under way. */
struct run {
	struct cli *cli;
	struct building *building;
	struct app *app;
	struct built *built;
	struct diags soft;  /* findings that comments and package.json have a say in */
	struct texts texts; /* the engines', while the rules read the app's */
	bool checking;      /* the compiler runs */
};

/* --- engines -----------------------------------------------------------------------------------
 */

/* Ctrl-C in a terminal ends our engines too, which is no failure of theirs; and whoever is asked to
 * end does not wait for them. */
static bool is_interrupted(const struct building *building)
{
	loop_look(building->options.loop);
	return loop_ended(building->options.loop) != 0;
}

static int fail(struct cli *cli, const struct building *building, const struct error *error)
{
	return is_interrupted(building) ? cli_exit_code(error) : cli_fail(cli, error);
}

static int start_bundler(struct cli *cli, struct building *building, struct error *error)
{
	char *esbuild;

	if (building->bundler != NULL)
		return 0;
	if (install_esbuild(cli->arena, cli_env(cli, "ESBUILD_BINARY_PATH"), &esbuild, error) != 0)
		return -1;
	building->bundler =
		bundler_start(building->options.loop, esbuild, building->options.again, error);
	return building->bundler != NULL ? 0 : -1;
}

int building_start(struct cli *cli, struct building *building,
		   const struct building_options *options)
{
	struct error error = {0};

	*building = (struct building){.options = *options};
	if (options->unbundled)
		return EXIT_OK;
	return start_bundler(cli, building, &error) != 0 ? fail(cli, building, &error) : EXIT_OK;
}

/* Without the SDK nearly every line would be an error, and all of them about one thing. */
static bool has_sdk(struct run *run)
{
	return fs_find_up(run->cli->arena, run->app->root, "node_modules/attio/package.json",
			  FS_FILE) != NULL;
}

static int start_check(struct run *run, struct error *error)
{
	struct building *building = run->building;
	struct cli *cli = run->cli;
	struct typecheck_options options = {
		.loop = building->options.loop,
		.root = run->app->root,
		.cache = project_cache(cli, run->app->root),
		.compiler = building->options.app_compiler ? TYPECHECK_APP : TYPECHECK_BUNDLED,
		.out = building->options.bundle.out,
		.again = building->options.again,
	};
	char *tsc = NULL;

	if (building->types == NULL) {
		if (!building->options.app_compiler &&
		    install_typescript(cli->arena, cli_env(cli, "ATTIO_TSC"), &tsc, error) != 0)
			return -1;
		options.tsc = tsc;
		building->types = typecheck_open(&options);
	}
	if (typecheck_start(building->types, error) != 0)
		return -1;
	run->checking = true;
	return 0;
}

void building_stop(struct building *building)
{
	bundler_stop(building->bundler);
	typecheck_close(building->types);
	building->bundler = NULL;
	building->types = NULL;
}

/* --- steps -------------------------------------------------------------------------------------
 */

static int write_types(struct run *run, struct error *error)
{
	struct types types;

	if (types_generate(run->app, run->app->arena, &types, error) != 0 ||
	    types_write(run->app, &types, error) != 0)
		return -1;
	for (size_t i = 0; i < types.count; i++)
		run->built->types_written += types_differs(&types.files[i]);
	run->built->note = types.no_schema;
	if (!run->building->options.rules)
		diags_append(&run->soft, &types.findings);
	diags_append(&run->soft, &types.foreign);
	return 0;
}

/* Errors that the platform or the bundler would refuse stay errors; about warnings the app has its
 * say. An entry file that is not read is refused by neither: what is built is the other one. */
static void sort_out(struct run *run, const struct diags *findings)
{
	struct echo *echo = echo_new(run->app, run->app->arena, run->checking);

	echo_learn(echo, &run->built->findings);
	for (size_t i = 0; i < findings->count; i++) {
		struct diag diag = findings->items[i];
		const struct diags one = {.items = &diag, .count = 1};

		if (echo_of_bundler(echo, &diag))
			continue;
		if (diag.place.file != NULL && str_equal(diag.place.file, run->app->unread_entry) &&
		    str_equal(diag.code, problem_layout_conflict.code))
			diag.severity = SEVERITY_WARNING;
		diags_append(diag.severity == SEVERITY_ERROR ? &run->built->findings : &run->soft,
			     &one);
	}
	echo_free(echo);
}

/* One more start for an engine that did not live through the time between two runs. */
static int bundle(struct run *run, struct error *error)
{
	struct building *building = run->building;
	struct building_options *options = &building->options;
	bool fresh = building->bundler == NULL;

	options->bundle.cache = project_cache(run->cli, run->app->root);
	for (;; fresh = true) {
		int result = start_bundler(run->cli, building, error);

		if (result == 0 && options->again)
			result = bundler_rebuild(building->bundler, run->app, &run->texts,
						 &options->bundle, &run->built->bundles, error);
		else if (result == 0)
			result = bundler_build(building->bundler, run->app, &run->texts,
					       &options->bundle, &run->built->bundles, error);
		if (result == 0)
			return 0;
		bundler_stop(building->bundler);
		building->bundler = NULL;
		if (fresh || !options->again || is_interrupted(building))
			return -1;
		bundles_dispose(&run->built->bundles);
	}
}

static int finish_check(struct run *run, struct error *error)
{
	struct built *built = run->built;
	struct diags types = {.arena = run->app->arena};
	struct echo *echo;

	if (!run->checking)
		return 0;
	run->checking = false;
	if (typecheck_finish(run->building->types, &run->app->texts, &types, &built->checked,
			     error) != 0)
		return -1;
	if (!run->app->tsconfig.present) {
		struct diag *diag =
			diag_add(&types, &problem_tsconfig, (struct place){.file = "package.json"},
				 "types were not checked: the app has no `tsconfig.json`");

		diag->severity = SEVERITY_WARNING;
		diag->help = "write one as `attio init` makes it";
		built->checked.note_count = 0; /* that was all */
	}
	echo = echo_new(run->app, run->app->arena, true);
	echo_learn(echo, &built->findings);
	echo_compiler(echo, &types, &built->findings);
	echo_free(echo);
	return 0;
}

static int weigh(struct run *run, struct error *error)
{
	const struct building_options *options = &run->building->options;
	struct built *built = run->built;

	if (!options->bundle.details || built->bundles.count == 0)
		return 0;
	if (sizes_read(built->bundles.arena, &built->bundles, false, &built->sizes, error) != 0)
		return -1;
	if (options->budget != NULL)
		budget_check(options->budget, &built->sizes, &built->findings);
	if (diags_count(&built->findings, SEVERITY_ERROR) > 0) {
		built->over_budget = built->bundles.count;
		built->bundles.count = 0;
	}
	return 0;
}

/* --- a run -------------------------------------------------------------------------------------
 */

/* An app whose files lead out of it, or cannot be read as files, fails: the engines, which would
 * follow links and wait at pipes, are not asked. */
static bool is_hostile(const struct app *app)
{
	if (app->bounds->refused && diags_count(&app->problems, SEVERITY_ERROR) > 0)
		return true;
	for (size_t i = 0; i < app->problems.count; i++)
		if (app->problems.items[i].severity == SEVERITY_ERROR &&
		    str_equal(app->problems.items[i].code, problem_file_unreadable.code))
			return true;
	return false;
}

/* Without git nobody knows whether it tracks the app's secrets, and nothing is said about that. */
static void ask_git(struct run *run)
{
	struct cli *cli = run->cli;
	struct error error = {0};

	if (cli->git != NULL &&
	    cli->git->tracked_files(run->app->root, app_private_files, run->app->arena,
				    &run->app->tracked, &error) != 0)
		warn_untold(cli, &error);
}

/* Types that had to be checked and could not be: that is no app that may be shipped. Who lists no
 * packages is told nothing by the rule, and may build; a check of types is none without them. */
static void insist_on_packages(struct run *run)
{
	struct diags *findings = &run->built->findings;
	const struct app *app = run->app;
	bool told = false;

	for (size_t i = 0; i < findings->count; i++) {
		if (!str_equal(findings->items[i].code, problem_packages.code))
			continue;
		findings->items[i].severity = SEVERITY_ERROR;
		told = true;
	}
	if (told || install_is_told(app, findings) ||
	    (!run->building->options.unbundled && !installer_lists(app, app->arena, "attio")))
		return;
	struct diag *diag =
		diag_add(&run->soft, &problem_packages, (struct place){.file = "package.json"},
			 "types cannot be checked: `attio` is in no `node_modules`");
	diag->severity = SEVERITY_ERROR;
	diag->help = run->built->install;
}

/* The bundler works while the rules are looked at; 0 also when it is not asked. */
static int look(struct run *run, struct error *error)
{
	const struct building_options *options = &run->building->options;
	struct built *built = run->built;
	bool bundling = !options->unbundled && !is_hostile(run->app);
	int result = 0;

	if (options->rules) {
		ask_git(run);
		built->rules = beside_start(run->app);
	}
	texts_over(&run->texts, run->app->arena, &run->app->texts);
	if (bundling)
		result = bundle(run, error);
	if (result == 0 && options->rules)
		result = beside_finish(built->rules, &built->findings, error);
	if (result != 0)
		return -1;
	if (built->sdk_missing)
		insist_on_packages(run);
	sort_out(run, &run->app->problems);
	if (bundling)
		sort_out(run, &built->bundles.findings);
	return 0;
}

static int work(struct run *run)
{
	struct built *built = run->built;
	struct error error = {0};

	if (write_types(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	built->install = installer_remedy(run->app, run->app->arena);
	built->sdk_missing = !run->building->options.unchecked && !has_sdk(run);
	if (!run->building->options.unchecked && !built->sdk_missing && !is_hostile(run->app) &&
	    start_check(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	if (look(run, &error) != 0 ||
	    check_some(run->app, &run->app->texts, &run->soft, &error) != 0)
		return fail(run->cli, run->building, &error);
	diags_append(&built->findings, &run->soft);
	if (diags_count(&built->findings, SEVERITY_ERROR) > 0)
		built->bundles.count = 0;
	if (weigh(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	if (run->building->options.bundled != NULL && built->bundles.count > 0)
		run->building->options.bundled(built, run->building->options.data);
	if (finish_check(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	if (diags_count(&built->findings, SEVERITY_ERROR) > 0)
		built->bundles.count = 0;
	secrets_hide(run->app, &run->app->texts, &built->findings);
	diags_sort(&built->findings);
	causes_join(run->app, &built->findings);
	built->install_told = install_is_told(run->app, &built->findings);
	return EXIT_OK;
}

int building_run(struct cli *cli, struct building *building, struct app *app, struct built *built)
{
	struct run run = {.cli = cli, .building = building, .app = app, .built = built};
	struct progress progress;

	*built = (struct built){.findings = {.arena = app->arena}};
	run.soft.arena = app->arena;
	progress_begin(&progress, cli,
		       building->options.unbundled ? "checking the app" : "building the app");
	int code = work(&run);
	progress_end(&progress);
	if (run.checking)
		typecheck_cancel(building->types);
	texts_dispose(&run.texts);
	return code;
}

const char *built_note(struct arena *arena, const struct built *built)
{
	if (built->sdk_missing && built->install_told)
		return NULL;
	if (built->sdk_missing)
		return arena_printf(
			arena, "types were not checked: the package `attio` is not installed, %s",
			built->install);
	return built->note != NULL ? arena_strdup(arena, built->note) : NULL;
}

void built_say_notes(struct cli *cli, const struct built *built)
{
	const char *note = built_note(cli->arena, built);

	if (note != NULL)
		cli_say(cli, "%s", note);
	for (size_t i = 0; i < built->checked.note_count; i++)
		cli_say(cli, "%s", built->checked.notes[i]);
}

void built_dispose(struct built *built)
{
	bundles_dispose(&built->bundles);
	beside_free(built->rules);
	built->rules = NULL;
	built->sizes = (struct sizes){0};
}
