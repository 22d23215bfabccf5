/* attio check: all that attio build looks at, without making bundles, for editors and git hooks.
 * The findings are the answer (stdout). */
#include <time.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/build_report.h"
#include "cli/building.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "cli/several.h"
#include "cli/table.h"
#include "sys/loop.h"
#include "sys/path.h"

struct check_options {
	const char *const *paths;   /* ends with NULL; NULL: the app of the current folder */
	const char *const *reports; /* "FORMAT=FILE", ends with NULL; NULL: none */
	const char *tsc;            /* "shipped" or "app" */
};

/* Of the command line. */
struct checking {
	const struct check_options *options;
	struct reports reports;
	struct project_groups groups; /* of several apps; else none */
	struct gathered gathered;
};

struct run {
	struct cli *cli;
	const struct reports *reports;
	struct building building;
	struct app app;
	struct built built;
	struct timespec start;
};

static struct cJSON *make_document(struct run *run, int code)
{
	struct cJSON *document = cli_json(run->cli, code);

	findings_add_json(document, &run->built.findings, &run->app.texts, run->app.module_count,
			  elapsed_ms(&run->start));
	build_report_types(document, &run->built);
	return document;
}

static int report(struct run *run)
{
	const struct diags *findings = &run->built.findings;
	size_t files = run->app.module_count;
	struct cJSON *document = NULL;
	int code = diags_count(findings, SEVERITY_ERROR) > 0 ? EXIT_FINDINGS : EXIT_OK;

	if (reports_need_document(run->reports))
		document = make_document(run, code);
	code = reports_give(run->cli, run->reports, &run->app, findings, document, code);
	built_say_notes(run->cli, &run->built);
	cli_say(run->cli, "%s in %zu file%s (%ld ms)", findings_count_words(run->cli, findings),
		files, files == 1 ? "" : "s", elapsed_ms(&run->start));
	return code;
}

static int look(struct run *run)
{
	int code = EXIT_OK;

	/* Where a build would put them: no input of the compiler. */
	run->building.options.bundle.out = path_join(run->cli->arena, run->app.root, "dist");
	if (run->app.exists)
		code = building_run(run->cli, &run->building, &run->app, &run->built);
	else
		run->built.findings = run->app.problems;
	return code == EXIT_OK ? report(run) : code;
}

static int check_app(struct cli *cli, const char *path, const struct checking *checking)
{
	struct run run = {.cli = cli, .reports = &checking->reports};
	struct error error = {0};
	struct loop *loop = loop_open(&error);

	if (loop == NULL)
		return cli_fail(cli, &error);
	clock_gettime(CLOCK_MONOTONIC, &run.start);
	const struct building_options building = {.loop = loop,
						  .rules = true,
						  .unbundled = true,
						  .app_compiler =
							  str_is(checking->options->tsc, "app")};
	int code = building_start(cli, &run.building, &building);
	if (code == EXIT_OK)
		code = project_open(cli, path, NULL, &run.app);
	if (code == EXIT_OK)
		code = look(&run);
	building_stop(&run.building);
	loop_close(loop);
	built_dispose(&run.built);
	app_close(&run.app);
	return code;
}

static int check_one(struct cli *cli, const char *const *paths, void *data)
{
	return check_app(cli, paths[0], data);
}

static int check_run(struct cli *cli, const void *opaque)
{
	struct checking checking = {.options = opaque};
	struct error error = {0};

	if (several_find(cli, checking.options->paths, &checking.groups, &error) != 0)
		return cli_fail(cli, &error);
	const char *path = several_first(checking.options->paths);
	const bool one = checking.groups.count == 0;
	const struct report_inputs inputs = {
		.root = one ? project_root(cli, path, &error) : NULL,
		.groups = &checking.groups,
	};
	int code = reports_open(cli, checking.options->reports, &inputs, &checking.reports);
	if (code != EXIT_OK || one)
		return code != EXIT_OK ? code : check_app(cli, path, &checking);
	gathered_init(&checking.gathered, cli, &checking.groups);
	checking.reports.gathered = &checking.gathered;
	code = several_run(cli, &checking.groups, check_one, &checking);
	return reports_finish(cli, &checking.reports, code);
}

static unsigned needs_git(struct cli *cli, const void *opaque)
{
	const struct check_options *options = opaque;

	return several_ask_git(cli, options->paths) ? NEED_GIT : 0;
}

static const struct option option_table[] = {
	{.name = "tsc",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct check_options, tsc),
	 .value = "WHICH",
	 .choices = building_compilers,
	 .help = BUILDING_TSC_HELP,
	 .fallback = "shipped"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct check_options, reports),
	 .value = "FORMAT=FILE",
	 .words = WORDS_REPORTS,
	 .help = REPORT_HELP},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	SEVERAL_OPERAND(struct check_options),
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio check", "Check the app in the current folder before a commit"},
	{"attio check apps/*", "Check all apps of a repository"},
	{"attio check --format unix my-app", "Give an editor one line a finding"},
	{.command = NULL},
};

const struct command cmd_check = {
	.name = "check",
	.group = "Make an app",
	.summary = "Check the app's rules and types without bundling it",
	.description =
		"What `attio validate` finds and what TypeScript finds, in one answer: all that "
		"`attio build` looks at but for what only the bundler knows, such as the contents "
		"of packages. The types of GraphQL queries and of settings are written first, as "
		"`attio types` does; nothing else is.\n\n"
		"`attio validate` alone takes milliseconds, needs no installed packages, and can "
		"repair.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.formats = report_formats,
	.options_size = sizeof(struct check_options),
	.needs = NEED_APP | NEED_TYPESCRIPT,
	.needs_now = needs_git,
	.run = check_run,
};
