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
#include "cli/changes.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "cli/watching.h"
#include "diag/fix.h"
#include "git/changes.h"
#include "rules/graphql.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/overlay.h"
#include "sys/path.h"

struct validate {
	const struct validate_options *options;
	struct check_request request;
	struct reports reports;
	const char *new_baseline; /* absolute; with --write-baseline */
	struct overlay input;     /* what standard input stands for */
	struct overlay_file input_file;
};

/* One look at the app. */
struct run {
	struct cli *cli;
	const struct validate *v;
	struct check check;
	struct checked checked;
	struct finding_counts counts;
	struct timespec start;
};

/* --- options that do not go together -----------------------------------------------------------
 */

static bool reads_stdin(const struct validate_options *options)
{
	for (size_t i = 0; options->paths != NULL && options->paths[i] != NULL; i++)
		if (strcmp(options->paths[i], "-") == 0)
			return true;
	return false;
}

static bool asks_changes(const struct validate_options *options)
{
	return options->since != NULL || options->staged;
}

static int check_stdin(const struct validate_options *options, struct error *error)
{
	bool reads = reads_stdin(options);

	if (!reads && options->stdin_filename != NULL) {
		error_set(error, ERROR_USAGE,
			  "`--stdin-filename` has no meaning without `-` as PATH");
		return error_fix(error, "write `attio validate - --stdin-filename %s`",
				 options->stdin_filename);
	}
	if (reads && options->paths[1] != NULL) {
		error_set(error, ERROR_USAGE, "standard input (`-`) stands for the only path");
		return error_fix(error, "leave the other paths out");
	}
	if (reads && options->stdin_filename == NULL) {
		error_set(error, ERROR_USAGE, "standard input (`-`) needs a name");
		return error_fix(error,
				 "say with `--stdin-filename PATH` which file of the app it is");
	}
	return 0;
}

/* The file to record all findings in, NULL: none. With --baseline it is that one, written anew. */
static const char *baseline_to_write(const struct validate_options *o)
{
	return o->write_baseline != NULL && o->baseline != NULL ? o->baseline : o->write_baseline;
}

static bool writes_another_baseline(const struct validate_options *o)
{
	return o->write_baseline != NULL && o->baseline != NULL &&
	       strcmp(o->write_baseline, BASELINE_FILE) != 0 &&
	       strcmp(o->write_baseline, o->baseline) != 0;
}

/* Pairs that contradict each other. */
static int check_pairs(struct cli *cli, const struct validate_options *o, struct error *error)
{
	bool reads = reads_stdin(o), changes = asks_changes(o);
	const char *since = o->staged ? "--staged" : "--since";
	const struct {
		bool a, b;
		const char *name, *other;
	} pairs[] = {
		{o->since != NULL, o->staged, "--since", "--staged"},
		{changes, reads, since, "-"},
		{changes, o->watch, since, "--watch"},
		{changes, o->write_baseline != NULL, since, "--write-baseline"},
		{o->fix != NULL && !o->diff, reads, "--fix", "-"},
		{o->watch, reads, "--watch", "-"},
		{o->watch, o->diff, "--watch", "--diff"},
		{o->watch, o->write_baseline != NULL, "--watch", "--write-baseline"},
		{o->write_baseline != NULL, reads, "--write-baseline", "-"},
		{writes_another_baseline(o), true, "--write-baseline=FILE", "--baseline"},
		{o->write_baseline != NULL, o->diff, "--write-baseline", "--diff"},
		{o->write_baseline != NULL, o->select != NULL, "--write-baseline", "--select"},
		{o->write_baseline != NULL, o->ignore != NULL, "--write-baseline", "--ignore"},
		{o->diff, cli->globals.json, "--diff", "--json"},
		{o->diff, strcmp(cli->globals.format, "human") != 0, "--diff", "--format"},
		{o->diff, o->reports != NULL, "--diff", "--report"},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (!pairs[i].a || !pairs[i].b)
			continue;
		error_set(error, ERROR_USAGE, "`%s` and `%s` do not go together", pairs[i].name,
			  pairs[i].other);
		return error_fix(error, "leave one of them out");
	}
	if (!o->staged || o->fix == NULL || o->diff)
		return 0;
	error_set(error, ERROR_USAGE, "`--fix` cannot repair what is staged");
	error_why(error, "the files on the disk may differ from it");
	return error_fix(error, "add `--diff`: `git apply --cached` takes the patch; or use "
				"`--since HEAD`, which is about the files on the disk");
}

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

/* What is asked of the pipeline; `project` is part of it. EXIT_OK, or the failure was told. */
static int make_request(struct cli *cli, struct validate *v, const struct project *project)
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
		.since = options->since,
		.staged = options->staged,
	};
	if (options->baseline != NULL && options->write_baseline == NULL) {
		v->request.baseline = path_join(cli->arena, cli->cwd, options->baseline);
		v->request.baseline_name = options->baseline;
	}
	return git_find(cli, project->root, asks_changes(options), &v->request.git);
}

/* EXIT_OK, or the mistake was told. */
static int settle(struct cli *cli, struct validate *v)
{
	const struct validate_options *options = v->options;
	const char *const named[] = {options->stdin_filename, NULL};
	const char *new_baseline = baseline_to_write(options);
	struct report_inputs inputs = {.baseline = new_baseline != NULL ? new_baseline
									: options->baseline};
	bool reads = reads_stdin(options);
	struct project project;
	struct error error = {0};

	if (check_stdin(options, &error) != 0 || check_pairs(cli, options, &error) != 0)
		return cli_fail(cli, &error);
	int code = project_find(cli, reads ? named : options->paths, reads, &project);
	if (code == EXIT_OK)
		code = make_request(cli, v, &project);
	inputs.root = project.root;
	if (code == EXIT_OK)
		code = reports_open(cli, options->reports, &inputs, &v->reports);
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
		error_set(&error, ERROR_USAGE, "`%s` is no file of an app", named[0]);
		error_fix(&error, "name a file below the app's folder");
		return cli_fail(cli, &error);
	}
	return reads && read_input(cli, v, &error) != 0 ? cli_fail(cli, &error) : EXIT_OK;
}

/* --- what a run says at its end ----------------------------------------------------------------
 */

static void put_count(struct buf *out, size_t count, const char *text)
{
	if (count > 0)
		buf_printf(out, "%s%zu %s", out->len > 0 ? ", " : "", count, text);
}

static void say_summary(const struct run *run)
{
	const struct validate_options *options = run->v->options;
	const struct checked *checked = &run->checked;
	const struct finding_counts *counts = &run->counts;
	size_t files = checked->app.module_count, safe = 0, unsafe = 0;
	struct cli *cli = run->cli;
	struct buf more = {0};
	const char *note, *caused = "";

	if (options->staged)
		caused = ", caused by what is staged";
	else if (options->since != NULL)
		caused = arena_printf(cli->arena, ", caused since `%s`", options->since);
	for (size_t i = 0; i < checked->findings.count; i++) {
		safe += fix_applies(&checked->findings.items[i], false);
		unsafe += fix_applies(&checked->findings.items[i], true);
	}
	unsafe -= safe;
	put_count(&more, counts->fixed, "fixed");
	if (options->fix == NULL)
		put_count(&more, safe, "fixable with --fix");
	put_count(&more, unsafe, "fixable with --fix=unsafe");
	put_count(&more, counts->suppressed, "suppressed");
	put_count(&more, counts->baseline, "in the baseline");
	put_count(&more, counts->before, "from before");
	cli_say(cli, "%s in %zu file%s%s (%ld ms)%s%s",
		findings_count_words(cli, &checked->findings), files, files == 1 ? "" : "s", caused,
		elapsed_ms(&run->start), more.len > 0 ? "; " : "", buf_cstr(&more));
	buf_dispose(&more);
	note = rules_graphql_note(&checked->app);
	if (note != NULL)
		cli_say(cli, "%s", note);
	if (checked->gone > 0)
		cli_say(cli,
			"%zu finding%s of the baseline `%s` %s gone; write it anew with "
			"`--write-baseline=%s`",
			checked->gone, checked->gone == 1 ? "" : "s", options->baseline,
			checked->gone == 1 ? "is" : "are", options->baseline);
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

/* What the findings are caused by. */
static void add_changes(struct cJSON *document, const struct run *run)
{
	struct cJSON *summary = cJSON_GetObjectItemCaseSensitive(document, "summary");

	if (run->v->options->since != NULL)
		cJSON_AddStringToObject(summary, "since", run->v->options->since);
	else
		cJSON_AddTrueToObject(summary, "staged");
	cJSON_AddStringToObject(summary, "base", run->check.changes.base);
	cJSON_AddNumberToObject(summary, "before", (double)run->counts.before);
}

static int report(struct run *run)
{
	struct checked *checked = &run->checked;
	struct cli *cli = run->cli;
	struct cJSON *document = NULL;
	int code = exit_code(run->v->options, &checked->findings);

	if (reports_need_document(&run->v->reports)) {
		document = cli_json(cli, code);
		findings_add_json(document, &checked->findings, &checked->app.texts,
				  checked->app.module_count, elapsed_ms(&run->start));
		findings_add_counts(document, &run->counts);
		if (asks_changes(run->v->options))
			add_changes(document, run);
	}
	code = reports_give(cli, &run->v->reports, &checked->app, &checked->findings, document,
			    code);
	if (!cli->json)
		say_summary(run);
	return code;
}

/* --- what a run does ---------------------------------------------------------------------------
 */

/* The patch is the answer: what --fix would do, for the repository's root. */
static int print_patch(const struct run *run, const struct fixing *fixing)
{
	struct cli *cli = run->cli;
	struct buf out = {0};
	const char *root = project_repository(cli->arena, run->v->request.root);

	fixing_patch(fixing, cli->arena, root, &out);
	int code = out.len > 0 ? EXIT_FINDINGS : EXIT_OK;
	fwrite(buf_cstr(&out), 1, out.len, cli->out);
	buf_dispose(&out);
	cli_say(cli, "%zu finding%s would be fixed; nothing was written", fixing->fixed,
		fixing->fixed == 1 ? "" : "s");
	return code;
}

/* All findings become known; what is left to report is nothing. */
static int write_baseline(struct run *run)
{
	const char *name = baseline_to_write(run->v->options);
	struct checked *checked = &run->checked;
	struct cli *cli = run->cli;
	struct baseline baseline;
	struct error error = {0};
	struct buf out = {0};

	baseline_make(&baseline, checked->app.arena, &checked->findings, &checked->app.texts);
	baseline_print(&out, &baseline);
	int failed = fs_write_atomic(run->v->new_baseline, buf_cstr(&out), out.len, 0666, &error);
	buf_dispose(&out);
	if (failed)
		return cli_fail(cli, &error);
	cli_say(cli, "recorded %zu finding%s in `%s`", checked->findings.count,
		checked->findings.count == 1 ? "" : "s", name);
	cli_say(cli, "next:");
	cli_say(cli, "  attio validate --baseline %s", name);
	run->counts.baseline = checked->findings.count;
	checked->findings.count = 0;
	return EXIT_OK;
}

static int repair(struct run *run)
{
	const struct validate_options *options = run->v->options;
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
		return print_patch(run, &fixing);
	return fixing_write(&fixing, cli->arena, &error) != 0 ? cli_fail(cli, &error) : EXIT_OK;
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

static int answer(struct run *run)
{
	const struct validate_options *options = run->v->options;
	int code = EXIT_OK;

	if (options->fix != NULL || options->diff)
		code = repair(run);
	if (code != EXIT_OK || options->diff)
		return code;
	run->counts.suppressed = run->checked.suppressed;
	run->counts.baseline = run->checked.known;
	run->counts.before = run->checked.before;
	if (options->write_baseline != NULL)
		code = write_baseline(run);
	return code == EXIT_OK ? report(run) : code;
}

static int run_once(struct cli *cli, const struct validate *v, struct watching *watching)
{
	struct run run = {.cli = cli, .v = v};
	struct error error = {0};
	int code;

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	int failed = check_open(&run.check, &v->request, &error);
	if (!failed) {
		say_git(cli, &run.check);
		failed = check_run(&run.check, run.check.files, &run.checked, &error);
	}
	code = failed ? cli_fail(cli, &error) : answer(&run);
	if (watching != NULL && !failed)
		watching_learn(watching, &run.checked.app);
	checked_close(&run.checked);
	check_close(&run.check);
	return code;
}

/* --- watching ----------------------------------------------------------------------------------
 */

static void run_again(struct cli *cli, void *data, struct watching *watching)
{
	struct validate *v = data;

	if (git_find(cli, v->request.root, false, &v->request.git) == EXIT_OK)
		run_once(cli, v, watching);
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

int validate_run(struct cli *cli, const void *data)
{
	struct validate v = {.options = data};
	int code = settle(cli, &v);

	if (code != EXIT_OK)
		return code;
	if (v.options->watch)
		return watch(cli, &v);
	return run_once(cli, &v, NULL);
}
