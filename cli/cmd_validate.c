/* attio validate: the CI lint step. The findings are the answer (stdout), the summary is not. What
 * is asked is settled once; a run then reads everything from the disk anew, so that --watch is only
 * many runs. */
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "check/baseline.h"
#include "check/check.h"
#include "check/fixing.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "cli/several.h"
#include "cli/table.h"
#include "cli/validate_options.h"
#include "cli/validation.h"
#include "cli/watching.h"
#include "source/sources.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/overlay.h"
#include "sys/path.h"

struct validate {
	const struct validate_options *options;
	struct project_groups groups; /* of several apps; else none */
	struct gathered gathered;
	struct check_request request;
	struct reports reports;
	const char *new_baseline; /* absolute; with --write-baseline */
	struct overlay input;     /* what standard input stands for */
	struct overlay_file input_file;
};

static int read_input(struct cli *cli, struct validate *v, struct error *error)
{
	char *text;
	size_t len;

	if (fs_read_stream(cli->arena, STDIN_FILENO, "standard input", TEXT_LIMIT, &text, &len,
			   error) != 0)
		return -1;
	v->input_file =
		(struct overlay_file){.path = v->request.paths[0], .bytes = text, .len = len};
	v->input = (struct overlay){.files = &v->input_file, .count = 1};
	v->request.files = &v->input;
	return 0;
}

/* What is asked of the pipeline; `project` is part of it. */
static void make_request(struct cli *cli, struct validate *v, const struct project *project)
{
	const struct validate_options *options = v->options;

	v->request = (struct check_request){
		.root = project->root,
		.paths = project->paths,
		.path_count = project->count,
		.select = options->select,
		.ignore = options->ignore,
		.cache = project_cache(cli, project->root),
		.judge = project_judge(cli),
		.git = cli->git,
		.since = options->since,
		.staged = options->staged,
	};
	if (options->baseline != NULL && options->write_baseline == NULL) {
		v->request.baseline = path_join(cli->arena, cli->cwd, options->baseline);
		v->request.baseline_name = options->baseline;
	}
}

/* The app, and the part of it that is asked about. */
static int find_project(struct cli *cli, const struct validate_options *options,
			struct project *project, struct error *error)
{
	const char *const named[] = {options->stdin_filename, NULL};
	bool reads = validate_reads_stdin(options);

	return project_find(cli, reads ? named : options->paths, reads, project, error);
}

/* EXIT_OK, or the mistake was told. */
static int settle(struct cli *cli, struct validate *v)
{
	const struct validate_options *options = v->options;
	const char *new_baseline = validate_new_baseline(options);
	struct report_inputs inputs = {.baseline = new_baseline != NULL ? new_baseline
									: options->baseline};
	bool reads = validate_reads_stdin(options), one = v->groups.count == 0;
	struct project project;
	struct error error = {0};

	if (find_project(cli, options, &project, &error) != 0)
		return cli_fail(cli, &error);
	make_request(cli, v, &project);
	inputs.root = project.root;
	int code = one ? reports_open(cli, options->reports, &inputs, &v->reports) : EXIT_OK;
	if (code != EXIT_OK)
		return code;
	if (new_baseline != NULL) {
		v->new_baseline = reports_place(cli, "--write-baseline", new_baseline, &error);
		if (v->new_baseline == NULL)
			return cli_fail(cli, &error);
	}
	if (options->write_baseline != NULL && project.count > 0) {
		error_set(&error, ERROR_USAGE, "a baseline is written for a whole app");
		error_fix(&error, "name the folder of the app, or leave the path out");
		return cli_fail(cli, &error);
	}
	if (reads && project.count == 0) {
		error_set(&error, ERROR_USAGE, "`%s` is no file of an app",
			  options->stdin_filename);
		error_fix(&error, "name a file below the app's folder");
		return cli_fail(cli, &error);
	}
	return reads && read_input(cli, v, &error) != 0 ? cli_fail(cli, &error) : EXIT_OK;
}

/* --- what a run does ---------------------------------------------------------------------------
 */

/* The patch is the answer: what --fix would do, for the repository's root. */
static int print_patch(const struct validate *v, const struct validation *run,
		       const struct fixing *fixing)
{
	struct cli *cli = run->cli;
	struct buf out = {0};
	const char *root = project_repository(cli->arena, v->request.root);

	fixing_patch(fixing, cli->arena, root, &out);
	int code = out.len > 0 ? EXIT_FINDINGS : EXIT_OK;
	fwrite(buf_cstr(&out), 1, out.len, cli->out);
	buf_dispose(&out);
	cli_say(cli, "%zu finding%s would be fixed; nothing was written", fixing->fixed,
		fixing->fixed == 1 ? "" : "s");
	return code;
}

/* All findings become known; what is left to report is nothing. */
static int write_baseline(const struct validate *v, struct validation *run)
{
	const char *name = validate_new_baseline(v->options);
	struct checked *checked = &run->checked;
	struct cli *cli = run->cli;
	struct baseline baseline;
	struct error error = {0};
	struct buf out = {0};

	baseline_make(&baseline, checked->app.arena, &checked->whole, &checked->app.texts);
	baseline_print(&out, &baseline);
	int failed = fs_write_atomic(v->new_baseline, buf_cstr(&out), out.len, 0666, &error);
	buf_dispose(&out);
	if (failed != 0)
		return cli_fail(cli, &error);
	cli_say(cli, "recorded %zu finding%s in `%s`", checked->whole.count,
		checked->whole.count == 1 ? "" : "s", name);
	cli_say(cli, "next:");
	cli_say(cli, "  attio validate --baseline %s", name);
	run->counts.baseline = checked->whole.count;
	checked->findings.count = 0;
	return EXIT_OK;
}

static int repair(const struct validate *v, struct validation *run)
{
	const struct validate_options *options = v->options;
	bool unsafe = options->fix != NULL && strcmp(options->fix, "unsafe") == 0;
	struct cli *cli = run->cli;
	struct fixing fixing;
	struct error error = {0};

	if (fixing_run(&fixing, cli->arena, &run->check, unsafe, &run->checked, &error) != 0)
		return cli_fail(cli, &error);
	if (fixing.left_out)
		cli_warn(cli, "some fixes were left out: a file would not parse any more");
	if (fixing.unsettled)
		cli_warn(cli, "fixes were still changing the app after %d rounds", FIXING_ROUNDS);
	run->counts.fixed = fixing.fixed;
	if (options->diff)
		return print_patch(v, run, &fixing);
	return fixing_write(&fixing, cli->arena, &error) != 0 ? cli_fail(cli, &error) : EXIT_OK;
}

static int exit_code(const struct validate_options *options, const struct diags *findings)
{
	if (diags_count(findings, SEVERITY_ERROR) > 0)
		return EXIT_FINDINGS;
	if (options->has_max_warnings &&
	    diags_count(findings, SEVERITY_WARNING) > (size_t)options->max_warnings)
		return EXIT_FINDINGS;
	return EXIT_OK;
}

static int report(const struct validate *v, struct validation *run)
{
	struct checked *checked = &run->checked;
	struct cli *cli = run->cli;
	struct cJSON *document = NULL;
	int code = exit_code(v->options, &checked->findings);

	if (reports_need_document(&v->reports))
		document = validation_document(run, code);
	code = reports_give(cli, &v->reports, &checked->app, &checked->findings, document, code);
	if (!cli->json)
		validation_say(run);
	return code;
}

static void say_git(struct cli *cli, const struct check *check)
{
	const struct git_changes *changes = &check->changes;

	if (changes->top != NULL)
		cli_note(cli, "%zu changed file%s in `%s` since %.12s", changes->count,
			 changes->count == 1 ? "" : "s", changes->top,
			 changes->base[0] != '\0' ? changes->base : "the beginning");
	if (check->untold.message[0] != '\0')
		warn_untold(cli, &check->untold);
}

static int answer(const struct validate *v, struct validation *run)
{
	const struct validate_options *options = v->options;
	int code = EXIT_OK;

	if (options->fix != NULL || options->diff)
		code = repair(v, run);
	if (code != EXIT_OK || options->diff)
		return code;
	run->counts.suppressed = run->checked.suppressed;
	run->counts.baseline = run->checked.known;
	run->counts.before = run->checked.before;
	if (options->write_baseline != NULL)
		code = write_baseline(v, run);
	return code == EXIT_OK ? report(v, run) : code;
}

static int run_once(struct cli *cli, const struct validate *v, struct watching *watching)
{
	struct validation run = {.cli = cli, .repairs = v->options->fix != NULL};
	struct progress progress;
	struct error error = {0};
	int code;

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	progress_begin(&progress, cli, "checking the app");
	int failed = check_open(&run.check, &v->request, &error);
	if (failed == 0) {
		say_git(cli, &run.check);
		failed = check_run(&run.check, run.check.files, &run.checked, &error);
	}
	progress_end(&progress);
	code = failed != 0 ? cli_fail(cli, &error) : answer(v, &run);
	if (watching != NULL && failed == 0)
		watching_learn(watching, &run.checked.app);
	checked_close(&run.checked);
	check_close(&run.check);
	return code;
}

/* --- watching ----------------------------------------------------------------------------------
 */

static void run_again(struct cli *cli, void *data, struct watching *watching)
{
	run_once(cli, data, watching);
}

static int watch(struct cli *cli, struct validate *v)
{
	struct error error;
	struct loop *loop = loop_open(&error);

	if (loop == NULL)
		return cli_fail(cli, &error);
	int code = watching_run(cli, loop, v->request.root, v->options->baseline, 0, run_again, v);
	loop_close(loop);
	return code;
}

static int validate_app(struct cli *cli, struct validate *v)
{
	const struct validate_options *options = v->options;
	int code = settle(cli, v);

	if (code != EXIT_OK)
		return code;
	/* What is opened more than once. */
	if (options->watch || options->fix != NULL || options->diff || options->staged ||
	    options->since != NULL)
		v->request.sources = sources_new(true);
	code = options->watch ? watch(cli, v) : run_once(cli, v, NULL);
	sources_free(v->request.sources);
	return code;
}

static int validate_one(struct cli *cli, const char *const *paths, void *data)
{
	struct validate *all = data, v = *all;
	struct validate_options options = *all->options;

	options.paths = paths;
	v.options = &options;
	return validate_app(cli, &v);
}

static int validate_several(struct cli *cli, struct validate *v)
{
	const struct validate_options *o = v->options;
	const struct report_inputs inputs = {.groups = &v->groups};
	const struct single_option single[] = {
		{o->watch, "--watch"},
		{o->baseline != NULL, "--baseline"},
		{o->write_baseline != NULL, "--write-baseline"},
		{.name = NULL},
	};
	struct error error = {0};

	if (several_refuse(single, &error) != 0)
		return cli_fail(cli, &error);
	int code = reports_open(cli, o->reports, &inputs, &v->reports);
	if (code != EXIT_OK)
		return code;
	gathered_init(&v->gathered, cli, &v->groups);
	v->reports.gathered = &v->gathered;
	code = several_run(cli, &v->groups, validate_one, v);
	return reports_finish(cli, &v->reports, code);
}

static int validate_run(struct cli *cli, const void *data)
{
	struct validate v = {.options = data};
	struct error error = {0};

	if (validate_check_options(cli, v.options, &error) != 0 ||
	    several_find(cli, v.options->paths, &v.groups, &error) != 0)
		return cli_fail(cli, &error);
	return v.groups.count > 0 ? validate_several(cli, &v) : validate_app(cli, &v);
}

/* git knows what changed, and whether it tracks files that it should not, once there are any: in a
 * watch that may be later. Loading it takes longer than checking a small app, so it is needed only
 * then. What is wrong with the paths is told by the run. */
static unsigned needs_git(struct cli *cli, const void *data)
{
	const struct validate_options *options = data;
	struct project_groups groups;
	struct project project;
	struct error ignored;

	if (validate_asks_changes(options))
		return NEED_GIT;
	if (several_find(cli, options->paths, &groups, &ignored) == 0 && groups.count > 0)
		return groups_ask_git(cli, &groups) ? NEED_GIT : 0;
	if ((validate_reads_stdin(options) && options->stdin_filename == NULL) ||
	    find_project(cli, options, &project, &ignored) != 0 ||
	    fs_find_up(cli->arena, project.root, ".git", FS_NONE) == NULL)
		return 0;
	const struct check_request request = {.paths = project.paths, .path_count = project.count};
	for (const char *const *name = app_private_files; *name != NULL; name++)
		if (check_asks(&request, *name) &&
		    (options->watch ||
		     fs_type(path_join(cli->arena, project.root, *name)) == FS_FILE))
			return NEED_GIT;
	return 0;
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const char *const fix_levels[] = {"safe", "unsafe", NULL};

static const struct option option_table[] = {
	{.name = "fix",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct validate_options, fix),
	 .value = "LEVEL",
	 .choices = fix_levels,
	 .help = "Repair what can be repaired; unsafe includes fixes that may change behaviour",
	 .bare = "safe"},
	{.name = "diff",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct validate_options, diff),
	 .help = "Print what --fix would change as a patch and write nothing"},
	{.name = "since",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct validate_options, since),
	 .value = "REVISION",
	 .words = WORDS_REVISIONS,
	 .help = "Report, and fix, only what was caused since this branch left REVISION"},
	{.name = "staged",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct validate_options, staged),
	 .help = "Check what git would commit now, and report only what that causes; it can be "
		 "repaired with --diff, not with --fix alone"},
	{.name = "select",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct validate_options, select),
	 .words = WORDS_CODES,
	 .value = "CODES",
	 .help = "Report only these findings: codes, names or beginnings as ATT2, joined by "
		 "commas"},
	{.name = "ignore",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct validate_options, ignore),
	 .words = WORDS_CODES,
	 .value = "CODES",
	 .help = "Do not report these findings"},
	{.name = "baseline",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct validate_options, baseline),
	 .value = "FILE",
	 .help = "Do not report the findings that this file records"},
	{.name = "write-baseline",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct validate_options, write_baseline),
	 .value = "FILE",
	 .help = "Record all findings in a file for --baseline, which with this option names the "
		 "file",
	 .bare = BASELINE_FILE},
	{.name = "max-warnings",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct validate_options, max_warnings),
	 .given = offsetof(struct validate_options, has_max_warnings),
	 .value = "N",
	 .max = 1000000,
	 .help = "Exit with 1 when there are more warnings than this"},
	{.name = "stdin-filename",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct validate_options, stdin_filename),
	 .value = "PATH",
	 .help = "File of the app that standard input stands for, with - as PATH"},
	{.name = "watch",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct validate_options, watch),
	 .help = "Check again after every change, until Ctrl-C"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct validate_options, reports),
	 .value = "FORMAT=FILE",
	 .words = WORDS_REPORTS,
	 .help = REPORT_HELP},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct validate_options, paths),
	 .is_path = true,
	 .many = true,
	 .help = "App, or files and folders in it to report on, or several apps; - for standard "
		 "input (default: the app of the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio validate", "Check the app in the current folder"},
	{"attio validate --json my-app", "Check another app and report for a script"},
	{"attio validate apps/*", "Check all apps of a repository"},
	{"attio validate src/app/webhooks src/lib/leads.ts", "Report on parts of an app only"},
	{"attio validate --fix", "Repair what can be repaired safely and report the rest"},
	{"attio validate --fix=unsafe --diff | git apply",
	 "Look at all fixes as a patch, or apply it"},
	{"attio validate --since origin/main", "Check in CI what a pull request causes"},
	{"attio validate --staged", "Check before a commit, in a git hook"},
	{"attio validate --write-baseline", "Record today's findings in attio-baseline.json"},
	{"attio validate --baseline attio-baseline.json --max-warnings 0",
	 "Check in CI that nothing was added, not even a warning"},
	{"attio validate --report sarif=attio.sarif --report junit=attio.xml",
	 "Check in CI, with files for code scanning and for the list of tests"},
	{.command = NULL},
};

const struct command cmd_validate = {
	.name = "validate",
	.group = "Make an app",
	.summary = "Check the app against the rules of the platform",
	.description =
		"Reads the app without running it and reports what the platform would refuse or "
		"what would fail once the app runs: layout, definitions, and code that does not "
		"belong where it ends up. It needs neither Node nor installed packages. "
		"`attio explain CODE` tells more about a finding.\n\n"
		"The app is the nearest folder with src/app.ts or src/app/, from PATH upwards. It "
		"is "
		"always read as a whole; paths in it only choose which findings are reported. "
		"Several "
		"apps are checked one after the other: the exit code is the worst, and a JSON "
		"document or "
		"another one of --report is about all of them (`apps` has the document of "
		"each).\n\n"
		"What is reported, and as what, is said by --select and --ignore, else by "
		"package.json: {\"attio\": {\"validate\": {\"rules\": {CODE or NAME: \"off\", "
		"\"warning\" or \"error\"}}}}. A comment `// attio-ignore CODE -- reason` "
		"suppresses a "
		"finding on its line, or on the next one when it stands alone; "
		"`// attio-ignore-file CODE -- reason` does so in its file.\n\n"
		"With --since and --staged the app is checked in two states: as it is, or as git "
		"would commit it, and as it was where this branch left REVISION, or at the last "
		"commit. Reported are the findings that it did not have before, also those in "
		"files that were not touched; one that only moved is not new. Files that git "
		"ignores are taken as they are in both states.\n\n"
		"With --diff standard output is the patch alone, and the exit code is 1 when "
		"there "
		"is one, 0 when there is nothing to repair.\n\n"
		"Paths in reports are relative to the git repository that the app is in, those of "
		"the forms unix and agent to the current folder, those of human and json to the "
		"app. Within GitHub Actions the findings also become annotations (on standard "
		"error) and a table on the page of the run, unless --format is given.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.formats = report_formats,
	.options_size = sizeof(struct validate_options),
	.needs = NEED_APP,
	.needs_now = needs_git,
	.run = validate_run,
};
