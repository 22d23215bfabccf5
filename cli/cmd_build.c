/* attio build: the app's bundles in dist/. Findings are the answer (stdout); with errors among
 * them nothing is written and the last good output stays. With --watch the same is done after every
 * change, by engines that stay, but the bundles do not wait for the types; what was told once is
 * not told again. */
#include <signal.h>
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/budget.h"
#include "cli/build_options.h"
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
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"
#include "sys/signals.h"

/* One save of an editor may be several events, but they come within a few milliseconds. */
enum { WATCH_QUIET_MS = 10 };

struct build {
	const struct build_options *options;
	const char *path;             /* of the app; NULL: the current folder */
	struct project_groups groups; /* of several apps; else none */
	struct gathered gathered;
	struct reports reports;
	struct build_report report;
	struct budget budget;
	struct loop *loop;
	struct building building;
	bool started; /* the engines */
	/* of a watch */
	struct sources *sources; /* as in app_options */
	bool again;              /* not the first run */
	char *told;              /* the findings as they were told last, or NULL */
	bool had_error;          /* of any kind, in the last run */
	bool echo;               /* the last run wrote types, which is seen as a change */
	bool has_output;         /* something was written */
	struct hash128 output;   /* names and bytes of what was written last */
};

struct run {
	struct cli *cli;
	struct build *build;
	struct app app;
	struct built built;
	struct timespec start;
	/* of a watch, where the bundles are written before the types are known to be right */
	bool written;       /* or they would be the same */
	bool same;          /* they would */
	struct error error; /* why they could not be */
};

/* --- before any work ---------------------------------------------------------------------------
 */

/* EXIT_OK, or the mistake was told. */
static int settle(struct cli *cli, struct build *build)
{
	const struct build_options *options = build->options;
	struct report_own own[] = {
		{.name = "size"},
		{.name = "treemap", .to_file = true},
		{.name = "metafile",
		 .to_file = true,
		 .option = "--metafile",
		 .value = options->metafile},
		{.name = NULL},
	};
	struct error error = {0};
	const bool one = build->groups.count == 0;
	const struct report_inputs inputs = {
		.root = one ? project_root(cli, build->path, &error) : NULL,
		.groups = &build->groups,
	};

	for (size_t i = 0; options->budget != NULL && options->budget[i] != NULL; i++)
		if (budget_parse(&build->budget, options->budget[i], &error) != 0)
			return cli_fail(cli, &error);
	int code = reports_open_with(cli, options->reports, &inputs, own, &build->reports);
	build->report.table = own[0].given;
	build->report.treemap = own[1].path;
	build->report.metafile = own[2].path;
	return code;
}

static int start(struct cli *cli, struct build *build)
{
	const struct build_options *options = build->options;
	const struct build_report *report = &build->report;
	const struct building_options building = {
		.loop = build->loop,
		.bundle = {.map = build_map(options->sourcemap),
			   .details = options->budget != NULL || report->table ||
				      report->treemap != NULL || report->metafile != NULL},
		.budget = options->budget != NULL ? &build->budget : NULL,
		.rules = !options->no_validate,
		.unchecked = options->no_check,
		.app_compiler = strcmp(options->tsc, "app") == 0,
		.again = options->watch,
	};

	build->started = true;
	return building_start(cli, &build->building, &building);
}

/* --- what a run says ---------------------------------------------------------------------------
 */

static cJSON *make_document(struct run *run, int code)
{
	struct cJSON *document = cli_json(run->cli, code);

	findings_add_json(document, &run->built.findings, &run->app.texts, run->app.module_count,
			  elapsed_ms(&run->start));
	build_report_json(run->cli, document, &run->build->report, &run->built);
	return document;
}

static bool is_news(struct run *run)
{
	return findings_are_news(&run->build->told, &run->built.findings, &run->app.texts);
}

static void say_notes(const struct run *run)
{
	if (!run->build->again)
		built_say_notes(run->cli, &run->built);
}

static void say_built(const struct run *run)
{
	const struct build *build = run->build;
	struct buf text = {0};

	build_report_line(&text, &run->built);
	cli_say(run->cli, "%s %s in %ld ms%s%s", build->again ? "rebuilt" : "built",
		buf_cstr(&text), elapsed_ms(&run->start),
		build->again && build->had_error ? "; errors fixed" : "",
		build->options->watch && !build->again ? "; waiting for changes" : "");
	buf_dispose(&text);
}

static void say_not_built(const struct run *run, bool news)
{
	const struct build *build = run->build;
	const char *words = findings_count_words(run->cli, &run->built.findings);

	if (!build->options->watch)
		cli_say(run->cli, "%s; nothing was written (%ld ms)", words,
			elapsed_ms(&run->start));
	else
		cli_say(run->cli, "%s%s; %s (%ld ms)", news ? "" : "still ", words,
			run->written        ? "only of types, so the bundles are built"
			: build->has_output ? "the last good output stays"
					    : "nothing was written",
			elapsed_ms(&run->start));
}

/* Findings that were told already are not, but files and documents are whole each time. */
static int give(struct run *run, bool news, int code)
{
	struct build *build = run->build;
	struct diags none = {.arena = run->built.findings.arena};
	const struct diags *findings = &run->built.findings;
	cJSON *document = NULL;

	if (reports_need_document(&build->reports))
		document = make_document(run, code);
	if (!news && document == NULL && build->reports.count == 0)
		findings = &none;
	return reports_give(run->cli, &build->reports, &run->app, findings, document, code);
}

static bool is_human(const struct cli *cli)
{
	return !cli->json && strcmp(cli->globals.format, "human") == 0;
}

static void print_table(struct run *run)
{
	if (!run->build->report.table || !is_human(run->cli))
		return;
	if (run->built.findings.count == 0)
		several_head(run->cli);
	build_report_table(run->cli, &run->build->report, &run->built);
}

static int finish_with_errors(struct run *run)
{
	struct build *build = run->build;
	bool news = !build->options->watch || is_news(run);
	int code = give(run, news, EXIT_FINDINGS);

	if (run->built.over_budget > 0)
		print_table(run);
	say_notes(run);
	say_not_built(run, news);
	build->had_error = true;
	return code;
}

static int finish_built(struct run *run)
{
	struct build *build = run->build;
	bool news = !build->options->watch || is_news(run);
	int code = give(run, news, EXIT_OK);

	print_table(run);
	say_notes(run);
	say_built(run);
	build->had_error = false;
	return code;
}

/* --- what a run does ---------------------------------------------------------------------------
 */

static struct hash128 hash_output(const struct built *built)
{
	struct hash128 output;
	struct buf text = {0};

	for (size_t i = 0; i < built->bundles.count; i++) {
		const struct bundle *bundle = &built->bundles.items[i];

		buf_puts(&text, bundle->path);
		buf_putc(&text, '\n');
		buf_add(&text, bundle->bytes, bundle->len);
		buf_add(&text, bundle->map, bundle->map_len);
	}
	output = hash_content(0, buf_cstr(&text), text.len);
	buf_dispose(&text);
	return output;
}

/* Who is told that a bundle is too large wants to see what is in it. */
static int write_reports(struct run *run, struct error *error)
{
	struct build_report *report = &run->build->report;

	build_report_recall(run->cli, report, &run->app);
	return build_report_write(run->cli, report, &run->app, &run->built, error);
}

/* Somebody may clean the folder during a watch. */
static bool is_still_there(struct cli *cli, const char *out, const struct built *built)
{
	bool there = true;

	for (size_t i = 0; there && i < built->bundles.count; i++)
		there = fs_type(path_join(cli->arena, out, built->bundles.items[i].path)) ==
			FS_FILE;
	return there;
}

static int write_output(struct run *run, struct error *error)
{
	struct build *build = run->build;
	sigset_t before;
	int result;

	/* Ctrl-C would leave the folder in which the output is put together. */
	signals_hold(&before);
	result = bundle_write(run->cli->arena, &run->built.bundles, build->report.out, error);
	signals_release(&before);
	return result == 0 ? write_reports(run, error) : -1;
}

static int tell_failure(struct run *run, const struct error *error)
{
	run->build->had_error = true;
	return cli_fail(run->cli, error);
}

static void write_bundled(const struct built *built, void *data)
{
	struct run *run = data;
	struct build *build = run->build;
	struct hash128 output = hash_output(built);

	run->same = build->has_output && hash_equal(build->output, output) &&
		    is_still_there(run->cli, build->report.out, built);
	run->written = run->same || write_output(run, &run->error) == 0;
	/* What could not be written is tried again, even if it is the same then. */
	build->output = run->written ? output : (struct hash128){0};
	build->has_output = build->has_output || run->written;
}

static int build_app(struct run *run)
{
	struct build *build = run->build;
	struct cli *cli = run->cli;
	bool echo = build->echo;

	build->building.options.bundle.out = build->report.out;
	if (build->options->watch) {
		build->building.options.bundled = write_bundled;
		build->building.options.data = run;
	}
	if (build_check_out(cli, run->app.root, build->report.out, &run->error) != 0)
		return tell_failure(run, &run->error);
	int code = building_run(cli, &build->building, &run->app, &run->built);
	build->echo = run->built.types_written > 0;
	if (code != EXIT_OK) {
		build->had_error = true;
		return code;
	}
	if (run->error.message[0] != '\0')
		return tell_failure(run, &run->error);
	if (run->built.over_budget > 0 && write_reports(run, &run->error) != 0)
		return tell_failure(run, &run->error);
	if (diags_count(&run->built.findings, SEVERITY_ERROR) > 0)
		return finish_with_errors(run);
	if (!run->written && write_output(run, &run->error) != 0)
		return tell_failure(run, &run->error);
	/* Our own writing woke us. */
	if (run->same && echo && !build->had_error)
		return EXIT_OK;
	return finish_built(run);
}

static int run_once(struct cli *cli, struct build *build, struct watching *watching)
{
	const struct build_options *options = build->options;
	struct run run = {.cli = cli, .build = build};

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	/* esbuild starts while the app is read. */
	int code = build->started ? EXIT_OK : start(cli, build);
	if (code == EXIT_OK)
		code = project_open(cli, build->path, build->sources, &run.app);
	if (code != EXIT_OK)
		return code;
	build->report.out = options->out != NULL ? path_join(cli->arena, cli->cwd, options->out)
						 : path_join(cli->arena, run.app.root, "dist");
	if (run.app.exists) {
		code = build_app(&run);
	} else {
		run.built.findings = run.app.problems;
		code = finish_with_errors(&run);
	}
	if (watching != NULL)
		watching_learn(watching, &run.app);
	built_dispose(&run.built);
	app_close(&run.app);
	return code;
}

/* --- watching ----------------------------------------------------------------------------------
 */

static void run_again(struct cli *cli, void *data, struct watching *watching)
{
	struct build *build = data;

	run_once(cli, build, watching);
	build->again = true;
}

static int watch(struct cli *cli, struct build *build)
{
	struct error error = {0};
	const char *root = project_root(cli, build->path, &error);

	if (root == NULL)
		return cli_fail(cli, &error);
	build->sources = sources_new(true);
	int code = watching_run(cli, build->loop, root, NULL, WATCH_QUIET_MS, run_again, build);
	sources_free(build->sources);
	return code;
}

/* The engines are each app's own. */
static int build_app_at(struct cli *cli, struct build *build)
{
	struct error error;
	int code = EXIT_OK;

	build->loop = loop_open(&error);
	if (build->loop == NULL)
		return cli_fail(cli, &error);
	code = build->options->watch ? watch(cli, build) : run_once(cli, build, NULL);
	building_stop(&build->building);
	loop_close(build->loop);
	mem_free(build->told);
	return code;
}

static int build_one(struct cli *cli, const char *const *paths, void *data)
{
	const struct build *all = data;
	struct build build = *all;

	build.path = paths[0];
	return build_app_at(cli, &build);
}

static int build_run(struct cli *cli, const void *opaque)
{
	struct build build = {.options = opaque};
	struct error error = {0};

	if (several_find(cli, build.options->paths, &build.groups, &error) != 0 ||
	    (build.groups.count > 0 && build_refuse_several(build.options, &error) != 0))
		return cli_fail(cli, &error);
	build.path = several_first(build.options->paths);
	int code = settle(cli, &build);
	if (code != EXIT_OK)
		return code;
	if (build.groups.count == 0)
		return build_app_at(cli, &build);
	gathered_init(&build.gathered, cli, &build.groups);
	build.reports.gathered = &build.gathered;
	code = several_run(cli, &build.groups, build_one, &build);
	return reports_finish(cli, &build.reports, code);
}

static unsigned needs_git(struct cli *cli, const void *opaque)
{
	const struct build_options *options = opaque;

	return !options->no_validate && several_ask_git(cli, options->paths) ? NEED_GIT : 0;
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const char *const source_maps[] = {"external", "inline", "linked", NULL};

static const struct option option_table[] = {
	{.name = "out",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct build_options, out),
	 .value = "DIR",
	 .help = "Folder to write, replaced as a whole (default: dist in the app's folder)"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct build_options, reports),
	 .value = "FORMAT=FILE",
	 .words = WORDS_REPORTS,
	 .help = REPORT_HELP
	 ". Also `size` (no file): print sizes, changes and the largest modules; and "
	 "`treemap=FILE`: a page that shows what is in the bundles"},
	{.name = "budget",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct build_options, budget),
	 .value = "SIZES",
	 .help = "Largest sizes, as client=300k,server=1m,block=50k: a larger bundle is an error"},
	{.name = "sourcemap",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct build_options, sourcemap),
	 .value = "KIND",
	 .choices = source_maps,
	 .help = "Also make source maps: files that the bundles name (linked) or do not name "
		 "(external), or in the bundles (inline)",
	 .bare = "linked"},
	{.name = "metafile",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct build_options, metafile),
	 .value = "FILE",
	 .help = "Also write what is in the bundles in esbuild's form, for its tools"},
	{.name = "no-check",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct build_options, no_check),
	 .help = "Do not check the types"},
	{.name = "no-validate",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct build_options, no_validate),
	 .help = "Do not check the app as `attio validate` does"},
	{.name = "tsc",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct build_options, tsc),
	 .value = "WHICH",
	 .choices = building_compilers,
	 .help = BUILDING_TSC_HELP,
	 .fallback = "shipped"},
	{.name = "watch",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct build_options, watch),
	 .help = "Build again after every change, until Ctrl-C"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	SEVERAL_OPERAND(struct build_options),
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio build", "Bundle the app in the current folder into dist"},
	{"attio build my-app --out /tmp/bundles",
	 "Bundle another app into a folder of your choice"},
	{"attio build apps/*", "Bundle all apps of a repository, each into its dist"},
	{"attio build --watch", "Build again after every change"},
	{"attio build --report size", "Show how large the bundles are, and why"},
	{"attio build --budget client=300k,server=1m --report treemap=size.html",
	 "Fail in CI when a bundle grows too large, with a page to look at"},
	{"attio build --json", "Report the bundles, their sizes and sums for a script"},
	{.command = NULL},
};

const struct command cmd_build = {
	.name = "build",
	.group = "Make an app",
	.summary = "Bundle the app for Attio",
	.description =
		"Makes the files that Attio runs: one bundle for client code, one for server code "
		"and one for each workflow block. Beside that it checks the app as `attio "
		"validate` "
		"does, writes the types of its GraphQL queries and settings as `attio types` does, "
		"and checks the types of all code. The output folder is replaced as a whole and "
		"only "
		"when there is no error, so a failed build leaves the last good one.\n\n"
		"What is told, and as what, the app decides with comments and in package.json as "
		"for "
		"`attio validate`; but what the platform, the bundler or the compiler refuses "
		"stays an "
		"error. With --no-validate only that is told, and errors in GraphQL documents. "
		"`attio check` does all of it but the bundles.\n\n"
		"A bundle over its --budget is an error, and its treemap, table and metafile are "
		"there all the same. Within GitHub Actions findings become annotations as those of "
		"`attio validate` do.\n\n"
		"With --watch esbuild and the compiler stay in memory. The bundles are then "
		"written "
		"before their types are checked; with any other error the last good output stays "
		"in place.\n\n"
		"Nothing of the app runs, only programs that come with attio; the one exception is "
		"the TypeScript of its node_modules, for --tsc=app.\n\n"
		"In all code NODE_ENV is \"production\". Client code can import .png images (as "
		"data URLs) and .graphql and .gql documents (as text), all code .json and .txt.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.formats = report_formats,
	.options_size = sizeof(struct build_options),
	.needs = NEED_APP | NEED_ESBUILD | NEED_TYPESCRIPT,
	.needs_now = needs_git,
	.run = build_run,
};
