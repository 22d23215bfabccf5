/* attio validate: the CI lint step. The findings are the answer (stdout), the summary is not. What
 * is asked is settled once; a run then reads everything from the disk anew, so that --watch is only
 * many runs. */
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/changes.h"
#include "cli/checks.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "cli/fixing.h"
#include "cli/reports.h"
#include "cli/watching.h"
#include "diag/fix.h"
#include "git/changes.h"
#include "rules/baseline.h"
#include "rules/graphql.h"
#include "sys/fs.h"
#include "sys/overlay.h"
#include "sys/path.h"

struct validate {
	const struct validate_options *options;
	struct checks checks;
	struct reports reports;
	struct git_changes changes; /* with --since or --staged */
	const char *new_baseline;   /* absolute; with --write-baseline */
	/* The state that is checked, as far as it is not the disk's: standard input, or what is
	 * staged. */
	struct overlay files;
	struct overlay_file input_file;
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
	bool reads = reads_stdin(o), changes = o->since != NULL || o->staged;
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
	v->input_file = (struct overlay_file){
		.path = v->checks.project.paths[0], .bytes = text, .len = len};
	v->files = (struct overlay){.files = &v->input_file, .count = 1};
	return 0;
}

/* What git knows: the changes, and whether it tracks what it should not; the latter only where a
 * finding about that would be reported. */
static int ask_git(struct cli *cli, struct validate *v)
{
	const struct validate_options *options = v->options;
	struct checks *checks = &v->checks;
	bool asks = false;
	int code = EXIT_OK;

	if (options->since != NULL || options->staged) {
		code = changes_find(cli, checks->project.root, options->since, &v->changes);
		checks->changes = &v->changes;
		v->files = v->changes.now;
	}
	for (const char *const *name = app_private_files; *name != NULL; name++)
		asks = asks || project_asks(&checks->project, *name);
	if (code == EXIT_OK && asks)
		code = tracked_find(cli, checks->project.root, &checks->tracked);
	return code;
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
	struct error error = {0};

	if (check_stdin(options, &error) != 0 || check_pairs(cli, options, &error) != 0)
		return cli_fail(cli, &error);
	int code = project_find(cli, reads ? named : options->paths, reads, &v->checks.project);
	if (code == EXIT_OK)
		code = ask_git(cli, v);
	inputs.root = v->checks.project.root;
	if (code == EXIT_OK)
		code = reports_open(cli, options->reports, &inputs, &v->reports);
	if (code != EXIT_OK)
		return code;
	if (new_baseline != NULL) {
		v->new_baseline = reports_place(cli, "--write-baseline", new_baseline, &error);
		if (v->new_baseline == NULL)
			return cli_fail(cli, &error);
	}
	if (options->write_baseline != NULL && v->checks.project.count > 0) {
		error_set(&error, ERROR_USAGE, "a baseline is written for a whole app");
		error_fix(&error, "name the folder of the app, or leave the path out");
		return cli_fail(cli, &error);
	}
	if (reads && v->checks.project.count == 0) {
		error_set(&error, ERROR_USAGE, "`%s` is no file of an app", named[0]);
		error_fix(&error, "name a file below the app's folder");
		return cli_fail(cli, &error);
	}
	if (reads && read_input(cli, v, &error) != 0)
		return cli_fail(cli, &error);
	v->checks.select = options->select;
	v->checks.ignore = options->ignore;
	v->checks.baseline = options->write_baseline == NULL ? options->baseline : NULL;
	return EXIT_OK;
}

/* --- what a run says at its end ----------------------------------------------------------------
 */

static void put_count(struct buf *out, size_t count, const char *text)
{
	if (count > 0)
		buf_printf(out, "%s%zu %s", out->len > 0 ? ", " : "", count, text);
}

static void say_summary(struct cli *cli, const struct validate *v, const struct check *check,
			const struct finding_counts *counts, const struct timespec *start)
{
	size_t files = check->app.module_count, safe = 0, unsafe = 0;
	struct buf more = {0};
	const char *note, *caused = "";

	if (v->options->staged)
		caused = ", caused by what is staged";
	else if (v->options->since != NULL)
		caused = arena_printf(cli->arena, ", caused since `%s`", v->options->since);
	for (size_t i = 0; i < check->findings.count; i++) {
		safe += fix_applies(&check->findings.items[i], false);
		unsafe += fix_applies(&check->findings.items[i], true);
	}
	unsafe -= safe;
	put_count(&more, counts->fixed, "fixed");
	if (v->options->fix == NULL)
		put_count(&more, safe, "fixable with --fix");
	put_count(&more, unsafe, "fixable with --fix=unsafe");
	put_count(&more, counts->suppressed, "suppressed");
	put_count(&more, counts->baseline, "in the baseline");
	put_count(&more, counts->before, "from before");
	cli_say(cli, "%s in %zu file%s%s (%ld ms)%s%s", findings_count_words(cli, &check->findings),
		files, files == 1 ? "" : "s", caused, elapsed_ms(start), more.len > 0 ? "; " : "",
		buf_cstr(&more));
	buf_dispose(&more);
	note = rules_graphql_note(&check->app, cli->arena);
	if (note != NULL)
		cli_say(cli, "%s", note);
	if (check->gone > 0)
		cli_say(cli,
			"%zu finding%s of the baseline `%s` %s gone; write it anew with "
			"`--write-baseline=%s`",
			check->gone, check->gone == 1 ? "" : "s", v->options->baseline,
			check->gone == 1 ? "is" : "are", v->options->baseline);
}

static int exit_code(const struct validate *v, const struct diags *findings)
{
	const struct validate_options *options = v->options;

	if (diags_count(findings, SEVERITY_ERROR) > 0)
		return EXIT_FINDINGS;
	if (options->has_max_warnings &&
	    diags_count(findings, SEVERITY_WARNING) > (size_t)options->max_warnings)
		return EXIT_FINDINGS;
	return EXIT_OK;
}

/* What the findings are caused by. */
static void add_changes(struct cJSON *document, const struct validate *v,
			const struct finding_counts *counts)
{
	struct cJSON *summary = cJSON_GetObjectItemCaseSensitive(document, "summary");

	if (v->options->since != NULL)
		cJSON_AddStringToObject(summary, "since", v->options->since);
	else
		cJSON_AddTrueToObject(summary, "staged");
	cJSON_AddStringToObject(summary, "base", v->changes.base);
	cJSON_AddNumberToObject(summary, "before", (double)counts->before);
}

static int report(struct cli *cli, struct validate *v, struct check *check,
		  const struct finding_counts *counts, const struct timespec *start)
{
	struct cJSON *document = NULL;
	int code = exit_code(v, &check->findings);

	if (reports_need_document(&v->reports)) {
		document = cli_json(cli, code);
		findings_add_json(document, &check->findings, &check->app.texts,
				  check->app.module_count, elapsed_ms(start));
		findings_add_counts(document, counts);
		if (v->checks.changes != NULL)
			add_changes(document, v, counts);
	}
	code = reports_give(cli, &v->reports, &check->app, &check->findings, document, code);
	if (!cli->json)
		say_summary(cli, v, check, counts, start);
	return code;
}

/* --- what a run does ---------------------------------------------------------------------------
 */

/* The patch is the answer: what --fix would do, for the repository's root. */
static int print_patch(struct cli *cli, const struct validate *v, const struct fixing *fixing)
{
	struct buf out = {0};
	const char *root = project_repository(cli->arena, v->checks.project.root);

	fixing_patch(cli, fixing, root, &out);
	int code = out.len > 0 ? EXIT_FINDINGS : EXIT_OK;
	fwrite(buf_cstr(&out), 1, out.len, cli->out);
	buf_dispose(&out);
	cli_say(cli, "%zu finding%s would be fixed; nothing was written", fixing->fixed,
		fixing->fixed == 1 ? "" : "s");
	return code;
}

/* All findings become known; what is left to report is nothing. */
static int write_baseline(struct cli *cli, const struct validate *v, struct check *check,
			  struct finding_counts *counts)
{
	const char *name = baseline_to_write(v->options);
	struct baseline baseline;
	struct error error = {0};
	struct buf out = {0};

	baseline_make(&baseline, check->app.arena, &check->findings, &check->app.texts);
	baseline_print(&out, &baseline);
	int failed = fs_write_atomic(v->new_baseline, buf_cstr(&out), out.len, 0666, &error);
	buf_dispose(&out);
	if (failed)
		return cli_fail(cli, &error);
	cli_say(cli, "recorded %zu finding%s in `%s`", check->findings.count,
		check->findings.count == 1 ? "" : "s", name);
	cli_say(cli, "next:");
	cli_say(cli, "  attio validate --baseline %s", name);
	counts->baseline = check->findings.count;
	check->findings.count = 0;
	return EXIT_OK;
}

static int repair(struct cli *cli, struct validate *v, struct check *check,
		  struct finding_counts *counts, bool *done)
{
	bool unsafe = v->options->fix != NULL && strcmp(v->options->fix, "unsafe") == 0;
	struct fixing fixing;
	int code = fixing_run(cli, &v->checks, &v->files, unsafe, check, &fixing);

	if (code != EXIT_OK)
		return code;
	counts->fixed = fixing.fixed;
	*done = v->options->diff;
	return *done ? print_patch(cli, v, &fixing) : fixing_write(cli, &fixing);
}

static int run(struct cli *cli, struct validate *v, struct watching *watching)
{
	struct finding_counts counts = {0};
	struct timespec start;
	struct check check;
	bool done = false;

	clock_gettime(CLOCK_MONOTONIC, &start);
	int code = check_open(cli, &v->checks, &v->files, &check);
	if (code != EXIT_OK)
		return code;
	if (v->options->fix != NULL || v->options->diff)
		code = repair(cli, v, &check, &counts, &done);
	if (code == EXIT_OK && !done) {
		counts.suppressed = check.suppressed;
		counts.baseline = check.known;
		counts.before = check.before;
		if (v->options->write_baseline != NULL)
			code = write_baseline(cli, v, &check, &counts);
		if (code == EXIT_OK)
			code = report(cli, v, &check, &counts, &start);
	}
	if (watching != NULL && check.app.arena != NULL)
		watching_learn(watching, &check.app);
	check_close(&check);
	return code;
}

/* --- watching ----------------------------------------------------------------------------------
 */

static void run_again(struct cli *cli, void *data, struct watching *watching)
{
	struct validate *v = data;

	if (ask_git(cli, v) == EXIT_OK)
		run(cli, v, watching);
}

int validate_run(struct cli *cli, const void *data)
{
	struct validate v = {.options = data};
	int code = settle(cli, &v);

	if (code != EXIT_OK)
		return code;
	if (v.options->watch)
		return watching_run(cli, v.checks.project.root, v.options->baseline, 0, run_again,
				    &v);
	return run(cli, &v, NULL);
}
