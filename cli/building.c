/* See building.h. The engines are other processes: the compiler is started first, because it takes
 * longest, then esbuild works, and while both do our own rules run. Whatever the order, all
 * findings are reported together. */
#include "cli/building.h"

#include <string.h>

#include "app/app.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "bundle/budget.h"
#include "check/check.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "rules/rules.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "types/types.h"

/* One run under way. */
struct run {
	struct cli *cli;
	struct building *building;
	struct app *app;
	struct built *built;
	struct diags soft; /* findings that comments and package.json have a say in */
	bool checking;     /* the compiler runs */
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
	return 0;
}

/* Errors that the platform or the bundler would refuse stay errors; about warnings the app has its
 * say. An entry file that is not read is refused by neither: what is built is the other one. */
static void sort_out(struct run *run, const struct diags *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		struct diag diag = findings->items[i];
		const struct diags one = {.items = &diag, .count = 1};

		if (diag.place.file != NULL && str_equal(diag.place.file, run->app->unread_entry) &&
		    str_equal(diag.code, problem_layout_conflict.code))
			diag.severity = SEVERITY_WARNING;
		diags_append(diag.severity == SEVERITY_ERROR ? &run->built->findings : &run->soft,
			     &one);
	}
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
			result = bundler_rebuild(building->bundler, run->app, &run->app->texts,
						 &options->bundle, &run->built->bundles, error);
		else if (result == 0)
			result = bundler_build(building->bundler, run->app, &run->app->texts,
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

/* A type error says again what the model or the bundler found when it is at the same place, or when
 * it is one about syntax (TS1000 to TS1999) in a file that does not parse. */
static bool is_repetition(const struct diag *type, const struct diags *findings)
{
	bool syntax = str_starts(type->code, "TS1") && strlen(type->code) == strlen("TS1000");

	for (size_t i = 0; type->place.file != NULL && i < findings->count; i++) {
		const struct diag *diag = &findings->items[i];

		if (diag->severity != SEVERITY_ERROR ||
		    !str_equal(diag->place.file, type->place.file))
			continue;
		if (syntax && strcmp(diag->code, problem_syntax.code) == 0)
			return true;
		if (diag->place.end > 0 && diag->place.start == type->place.start)
			return true;
	}
	return false;
}

static int finish_check(struct run *run, struct error *error)
{
	struct built *built = run->built;
	struct diags types = {.arena = run->app->arena};
	size_t others = built->findings.count;

	if (!run->checking)
		return 0;
	run->checking = false;
	if (typecheck_finish(run->building->types, &run->app->texts, &types, &built->checked,
			     error) != 0)
		return -1;
	for (size_t i = 0; i < types.count; i++) {
		const struct diags told = {.items = built->findings.items, .count = others};
		struct diags one = {.items = &types.items[i], .count = 1};

		if (!is_repetition(one.items, &told))
			diags_append(&built->findings, &one);
	}
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
	if (diags_count(&built->findings, SEVERITY_ERROR) > 0)
		built->bundles.count = 0;
	return 0;
}

/* --- a run -------------------------------------------------------------------------------------
 */

/* What only reads the app, while the compiler runs. */
static int look(struct run *run, struct error *error)
{
	if (run->building->options.rules)
		return check_app(run->app, &run->app->texts, &run->built->findings, error);
	sort_out(run, &run->app->problems);
	return 0;
}

static int work(struct run *run)
{
	struct built *built = run->built;
	struct error error = {0};
	bool bundling;

	if (write_types(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	built->sdk_missing = !run->building->options.unchecked && !has_sdk(run);
	if (!run->building->options.unchecked && !built->sdk_missing &&
	    start_check(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	if (look(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	/* With all rules the bundler would say much of it again. */
	bundling =
		!run->building->options.rules || diags_count(&built->findings, SEVERITY_ERROR) == 0;
	if (bundling && bundle(run, &error) != 0)
		return fail(run->cli, run->building, &error);
	if (bundling)
		sort_out(run, &built->bundles.findings);
	if (check_some(run->app, &run->app->texts, &run->soft, &error) != 0)
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
	return EXIT_OK;
}

int building_run(struct cli *cli, struct building *building, struct app *app, struct built *built)
{
	struct run run = {.cli = cli, .building = building, .app = app, .built = built};

	*built = (struct built){.findings = {.arena = app->arena}};
	run.soft.arena = app->arena;
	int code = work(&run);
	if (run.checking)
		typecheck_cancel(building->types);
	return code;
}

void built_say_notes(struct cli *cli, const struct built *built)
{
	if (built->note != NULL)
		cli_say(cli, "%s", built->note);
	if (built->sdk_missing)
		cli_say(cli, "types were not checked: the package `attio` is not installed, run "
			     "`npm install`");
	for (size_t i = 0; i < built->checked.note_count; i++)
		cli_say(cli, "%s", built->checked.notes[i]);
}

void built_dispose(struct built *built)
{
	bundles_dispose(&built->bundles);
	built->sizes = (struct sizes){0};
}
