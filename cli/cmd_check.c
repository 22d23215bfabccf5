/* attio check: all that attio build looks at, without making bundles, for editors and git hooks.
 * The findings are the answer (stdout). With --watch the same is done after every change, with the
 * compiler kept; what was told once is not told again. */
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/build_report.h"
#include "cli/building.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "cli/several.h"
#include "cli/table.h"
#include "cli/watching.h"
#include "source/sources.h"
#include "sys/loop.h"
#include "sys/path.h"

struct check_options {
	const char *const *paths;   /* ends with NULL; NULL: the app of the current folder */
	const char *const *reports; /* "FORMAT=FILE", ends with NULL; NULL: none */
	const char *tsc;            /* "shipped" or "app" */
	bool watch;
};

/* Of the command line. */
struct checking {
	const struct check_options *options;
	struct reports reports;
	struct project_groups groups; /* of several apps; else none */
	struct gathered gathered;
};

/* Of one app; the engines are its own. */
struct checker {
	const struct checking *all;
	const char *path; /* NULL: the current folder */
	struct loop *loop;
	struct building building;
	/* of a watch */
	struct sources *sources; /* as in app_options */
	bool again;              /* not the first run */
	char *told;              /* the findings as they were told last, or NULL */
	uint64_t read;           /* read_of the last run */
};

struct run {
	struct cli *cli;
	struct checker *checker;
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

/* Findings that were told already are not, but files and documents are whole each time. */
static int give(struct run *run, bool news, int code)
{
	const struct reports *reports = &run->checker->all->reports;
	const struct diags *findings = &run->built.findings;
	const struct diags none = {.arena = findings->arena};
	struct cJSON *document = NULL;

	if (reports_need_document(reports))
		document = make_document(run, code);
	if (!news && document == NULL && reports->count == 0)
		findings = &none;
	return reports_give(run->cli, reports, &run->app, findings, document, code);
}

/* Of all texts that were read, in whichever order. */
static uint64_t read_of(const struct app *app)
{
	const struct map *texts = &app->texts.by_path;
	uint64_t sum = texts->count;

	for (size_t i = 0; i < texts->count; i++) {
		const char *path = texts->entries[i].key;
		const struct text *text = texts->entries[i].value;

		sum += hash_bytes(hash_bytes(0, path, strlen(path)), text->bytes, text->len);
	}
	return sum;
}

static int report(struct run *run)
{
	struct checker *checker = run->checker;
	const struct diags *findings = &run->built.findings;
	const bool watch = checker->all->options->watch;
	bool news = !watch || findings_are_news(&checker->told, findings, &run->app.texts);
	uint64_t before = checker->read;
	size_t files = run->app.module_count;
	int code = diags_count(findings, SEVERITY_ERROR) > 0 ? EXIT_FINDINGS : EXIT_OK;

	checker->read = watch ? read_of(&run->app) : 0;
	/* Our own writing woke us, or what the last run saw already. */
	if (checker->again && !news && checker->read == before)
		return code;
	code = give(run, news, code);
	if (!checker->again)
		built_say_notes(run->cli, &run->built);
	cli_say(run->cli, "%s%s in %zu file%s (%ld ms)%s",
		news || findings->count == 0 ? "" : "still ",
		findings_count_words(run->cli, findings), files, files == 1 ? "" : "s",
		elapsed_ms(&run->start), watch && !checker->again ? "; waiting for changes" : "");
	return code;
}

static int look(struct run *run)
{
	struct building *building = &run->checker->building;
	int code = EXIT_OK;

	/* Where a build would put them: no input of the compiler. */
	building->options.bundle.out = path_join(run->cli->arena, run->app.root, "dist");
	if (run->app.exists)
		code = building_run(run->cli, building, &run->app, &run->built);
	else
		run->built.findings = run->app.problems;
	return code == EXIT_OK ? report(run) : code;
}

static int run_once(struct cli *cli, struct checker *checker, struct watching *watching)
{
	struct run run = {.cli = cli, .checker = checker};

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	int code = project_open(cli, checker->path, checker->sources, &run.app);
	if (code != EXIT_OK)
		return code;
	app_judge(&run.app, project_judge(cli));
	code = look(&run);
	if (watching != NULL)
		watching_learn(watching, &run.app);
	built_dispose(&run.built);
	app_close(&run.app);
	return code;
}

static void run_again(struct cli *cli, void *data, struct watching *watching)
{
	struct checker *checker = data;

	run_once(cli, checker, watching);
	checker->again = true;
}

static int watch(struct cli *cli, struct checker *checker)
{
	struct error error = {0};
	const char *root = project_root(cli, checker->path, &error);

	if (root == NULL)
		return cli_fail(cli, &error);
	checker->sources = sources_new(true);
	int code = watching_run(cli, checker->loop, root, NULL, 0, run_again, checker);
	sources_free(checker->sources);
	mem_free(checker->told);
	return code;
}

static int check_app(struct cli *cli, const char *path, const struct checking *checking)
{
	const struct check_options *options = checking->options;
	struct checker checker = {.all = checking, .path = path};
	struct error error = {0};

	checker.loop = loop_open(&error);
	if (checker.loop == NULL)
		return cli_fail(cli, &error);
	const struct building_options building = {.loop = checker.loop,
						  .rules = true,
						  .unbundled = true,
						  .app_compiler = str_is(options->tsc, "app"),
						  .again = options->watch};
	int code = building_start(cli, &checker.building, &building);
	if (code == EXIT_OK)
		code = options->watch ? watch(cli, &checker) : run_once(cli, &checker, NULL);
	building_stop(&checker.building);
	loop_close(checker.loop);
	return code;
}

static int check_one(struct cli *cli, const char *const *paths, void *data)
{
	return check_app(cli, paths[0], data);
}

static int check_run(struct cli *cli, const void *opaque)
{
	struct checking checking = {.options = opaque};
	const struct single_option single[] = {
		{checking.options->watch, "--watch"},
		{.name = NULL},
	};
	struct error error = {0};

	if (several_find(cli, checking.options->paths, &checking.groups, &error) != 0 ||
	    (checking.groups.count > 0 && several_refuse(single, &error) != 0))
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
	{.name = "watch",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct check_options, watch),
	 .help = "Check again after every change, until Ctrl-C"},
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
	{"attio check --watch", "Check again whenever a file is saved"},
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
		"With --watch the compiler stays in memory, and findings that were told are not "
		"told again.\n\n"
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
