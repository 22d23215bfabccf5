/* See test.h. What a run makes on the way is in a folder of the app's .attio that it holds, and its
 * platforms with it, so that the next run knows what one that was killed left behind. */
#include "cli/net/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/test_cover.h"
#include "cli/net/test_jobs.h"
#include "cli/net/test_report.h"
#include "cli/project.h"
#include "cli/watching.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/held.h"
#include "sys/loop.h"
#include "sys/path.h"
#include "testing/cases.h"
#include "testing/junit.h"
#include "testing/tests.h"
#include "types/testing.h"

#define RUN_PREFIX "run-"

/* What a platform may take to end: it may still be keeping what Node has compiled of our code. */
enum { PLATFORMS_MS = 10000 };

struct testing {
	struct cli *cli;
	const struct test_options *options;
	const char *root;
	const char *junit; /* absolute, or NULL */
	long least;        /* percent of cover */
	struct loop *loop;
	struct test_files files;
	struct held folder; /* of this run */
	struct timespec start;
};

/* --- a run -------------------------------------------------------------------------------------
 */

/* The client package, as it is in this version. */
static int write_package(const struct testing *t, struct error *error)
{
	bool wanted;

	if (testing_wanted(t->cli->arena, t->root, &wanted, error) != 0)
		return -1;
	return wanted ? testing_write(t->cli->arena, t->root, error) : 0;
}

static int make_folder(struct testing *t, struct test_plan *plan, struct error *error)
{
	struct arena *arena = t->cli->arena;
	const char *folder = path_join(arena, t->root, ".attio/.runs");

	if (bounds_may_write(t->root, folder, error) != 0 || fs_make_dirs(folder, error) != 0)
		return -1;
	held_sweep(arena, folder, RUN_PREFIX, PLATFORMS_MS);
	if (write_package(t, error) != 0 ||
	    held_make(&t->folder, arena, path_join(arena, folder, RUN_PREFIX), error) != 0)
		return -1;
	plan->root = t->root;
	plan->folder = t->folder.path;
	plan->files = &t->files;
	plan->jobs = t->options->jobs;
	plan->seconds = t->options->timeout;
	plan->context = t;
	return 0;
}

static void file_done(void *context, const struct test_file *file, const struct test_case *cases,
		      size_t count)
{
	struct testing *t = context;

	if (!t->cli->json)
		test_tell_file(t->cli, file, cases, count);
}

static long elapsed(const struct testing *t)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - t->start.tv_sec) * 1000 + (now.tv_nsec - t->start.tv_nsec) / 1000000;
}

static int write_junit(const struct testing *t, const struct test_cases *cases, struct error *error)
{
	struct buf out = {0};
	int result = 0;

	if (t->junit == NULL)
		return 0;
	test_put_junit(&out, cases);
	result = fs_write_atomic(t->junit, out.ptr, out.len, 0666, error);
	buf_dispose(&out);
	return result;
}

/* What ran until then, and what did not. That a signal ends a watch is no failure (watching.h). */
static int tell_stopped(struct testing *t, const struct test_cases *cases)
{
	struct arena *arena = t->cli->arena;
	struct test_counts counts = test_count(cases->items, cases->count);
	size_t over = cases->count - counts.interrupted;
	const struct cli_refusal refusal = {
		.kind = "interrupted",
		.exit_code = 128 + loop_ended(t->loop),
		.message = arena_printf(arena,
					"stopped by a signal, after %zu test%s of which %zu failed",
					over, over == 1 ? "" : "s", counts.failed),
		.why = test_why_unfinished(arena, cases),
		.fix = "run the same command again"};
	cJSON *document;
	struct error error;

	if (write_junit(t, cases, &error) != 0)
		cli_warn(t->cli, "%s: %s", error.message, error.why);
	if (t->options->watch)
		return refusal.exit_code;
	document = t->cli->json ? cli_json(t->cli, refusal.exit_code) : NULL;
	if (document != NULL) {
		test_add_json(document, cases, t->files.count, elapsed(t));
		test_add_unfinished(document, cases);
	}
	return cli_refuse(t->cli, &refusal, document);
}

static int tell(struct testing *t, const struct test_plan *plan, const struct test_cases *cases)
{
	struct test_counts counts = test_count(cases->items, cases->count);
	int code = counts.failed > 0 ? EXIT_FINDINGS : EXIT_OK;
	struct cover cover = {0};
	struct error error;

	if (t->options->cover != NULL) {
		int opened;

		/* Those whose test did not wait for them are still writing. */
		held_alone(&t->folder, PLATFORMS_MS);
		opened = cover_find(t->cli, t->root, plan->folder, &cover);

		if (opened != EXIT_OK)
			return opened;
		if (cover_percent(&cover) < t->least)
			code = EXIT_FINDINGS;
	}
	if (write_junit(t, cases, &error) != 0)
		return cli_fail(t->cli, &error);
	if (t->cli->json) {
		cJSON *document = cli_json(t->cli, code);

		test_add_json(document, cases, t->files.count, elapsed(t));
		if (t->options->cover != NULL)
			cover_add_json(document, &cover);
		cli_print_json(t->cli, document);
	} else if (t->options->cover != NULL) {
		cover_tell(t->cli, &cover, t->least);
	}
	cli_say(t->cli, "%zu passed, %zu failed, %zu skipped in %zu file%s (%ld ms)", counts.passed,
		counts.failed, counts.skipped, t->files.count, t->files.count == 1 ? "" : "s",
		elapsed(t));
	return code;
}

static int find_files(struct testing *t, struct error *error)
{
	struct arena *arena = t->cli->arena;
	const char *const *given = t->options->files;
	const char **named = NULL;
	size_t count = 0;

	while (given != NULL && given[count] != NULL)
		count++;
	if (count > 0)
		named = arena_alloc(arena, (count + 1) * sizeof(*named));
	for (size_t i = 0; i < count; i++)
		named[i] = path_join(arena, t->cli->cwd, given[i]);
	if (named != NULL)
		named[count] = NULL;
	if (test_files_find(arena, t->root, named, &t->files, error) != 0)
		return -1;
	if (t->files.count == 0) {
		error_set(error, ERROR_USAGE, "there are no tests");
		error_why(error, "tests are files below `tests` that end in .test.js, .test.mjs, "
				 ".test.ts or .flow.json");
		return error_fix(error, "write one, or name them: `attio test FILE...`");
	}
	return t->options->shard == NULL ? 0
					 : test_files_shard(&t->files, t->options->shard, error);
}

static int run_tests(struct testing *t)
{
	struct test_plan plan = {.done = file_done};
	struct test_cases cases = {0};
	struct error error = {0};
	bool began, failed;
	int code;

	clock_gettime(CLOCK_MONOTONIC, &t->start);
	began = find_files(t, &error) == 0 && make_folder(t, &plan, &error) == 0;
	failed = !began || test_jobs_run(t->cli, t->loop, &plan, &cases, &error) != 0;
	/* No signal makes the first two fail. */
	if (began && loop_ended(t->loop) != 0)
		code = tell_stopped(t, &cases);
	else
		code = failed ? cli_fail(t->cli, &error) : tell(t, &plan, &cases);
	/* A second Ctrl-C leaves what is left to the next run. */
	if (loop_ended(t->loop) != 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
	}
	held_remove(&t->folder, PLATFORMS_MS);
	return code;
}

/* --- the command -------------------------------------------------------------------------------
 */

static void run_again(struct cli *cli, void *user, struct watching *watching)
{
	struct testing t = *(const struct testing *)user;

	(void)watching;
	t.cli = cli;
	run_tests(&t);
}

static int read_options(struct testing *t, struct error *error)
{
	const char *const *reports = t->options->reports;
	const char *cover = t->options->cover;
	char *end;

	for (size_t i = 0; reports != NULL && reports[i] != NULL; i++) {
		if (!str_starts(reports[i], "junit=") || reports[i][6] == '\0') {
			error_set(error, ERROR_USAGE, "`--report %s` is no report", reports[i]);
			return error_fix(error, "write `--report junit=FILE`");
		}
		t->junit = path_join(t->cli->arena, t->cli->cwd, reports[i] + 6);
	}
	if (cover == NULL)
		return 0;
	t->least = strtol(cover, &end, 10);
	if (end != cover && (*end == '\0' || strcmp(end, "%") == 0) && t->least >= 0 &&
	    t->least <= 100)
		return 0;
	error_set(error, ERROR_USAGE, "`--cover=%s` is no share", cover);
	return error_fix(error, "give the least of it in percent: `--cover=80`");
}

static int start(struct testing *t)
{
	struct error error = {0};

	t->root = project_root_of_app(t->cli, NULL, &error);
	if (t->root == NULL || read_options(t, &error) != 0)
		return cli_fail(t->cli, &error);
	t->loop = loop_open(&error);
	if (t->loop == NULL || loop_catch_end(t->loop, &error) != 0)
		return cli_fail(t->cli, &error);
	if (t->options->watch)
		return watching_run(t->cli, t->loop, t->root,
				    path_join(t->cli->arena, t->root, "tests"), 0, run_again, t);
	return run_tests(t);
}

int test_run(struct cli *cli, const void *options)
{
	struct testing t = {.cli = cli, .options = options};
	int code = start(&t);

	loop_close(t.loop);
	return code;
}
