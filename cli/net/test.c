/* See test.h. What a run makes on the way is in a folder of the app's .attio whose name has our
 * process id, so that the next run knows what one that was killed left behind. */
#include "cli/net/test.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/test_cover.h"
#include "cli/net/test_files.h"
#include "cli/net/test_jobs.h"
#include "cli/net/test_report.h"
#include "cli/project.h"
#include "cli/watching.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"
#include "types/testing.h"

#define RUN_PREFIX "run-"

struct testing {
	struct cli *cli;
	const struct test_options *options;
	const char *root;
	const char *junit; /* absolute, or NULL */
	long least;        /* percent of cover */
	struct loop *loop;
	struct test_files files;
	const char *folder; /* of this run */
	struct timespec start;
};

/* --- what is left behind -----------------------------------------------------------------------
 */

static const char *runs_folder(const struct testing *t)
{
	return path_join(t->cli->arena, t->root, ".attio/testing");
}

/* "run-1234-x" of a process that is gone. */
static bool is_left(const char *name)
{
	char *end;
	long pid;

	if (!str_starts(name, RUN_PREFIX))
		return false;
	pid = strtol(name + strlen(RUN_PREFIX), &end, 10);
	return *end == '-' && pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static void remove_left(const struct testing *t)
{
	struct arena *arena = t->cli->arena;
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (fs_list(arena, runs_folder(t), &entries, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count; i++)
		if (is_left(entries[i].name))
			fs_remove_tree(path_join(arena, runs_folder(t), entries[i].name), &ignored);
}

/* --- a run -------------------------------------------------------------------------------------
 */

/* The client package, as it is in this version. */
static int write_package(const struct testing *t, struct error *error)
{
	struct testing_file files[TESTING_COUNT];
	bool wanted;

	if (testing_wanted(t->cli->arena, t->root, &wanted, error) != 0)
		return -1;
	if (!wanted)
		return 0;
	if (testing_read(t->cli->arena, files, error) != 0)
		return -1;
	for (size_t i = 0; i < TESTING_COUNT; i++)
		if (fs_write_derived(path_join(t->cli->arena, t->root, files[i].path),
				     files[i].text, files[i].len, error) != 0)
			return -1;
	return 0;
}

static int make_folders(struct testing *t, struct test_plan *plan, struct error *error)
{
	struct arena *arena = t->cli->arena;
	char *folder;

	if (fs_make_dirs(runs_folder(t), error) != 0)
		return -1;
	remove_left(t);
	if (write_package(t, error) != 0 ||
	    fs_make_temp_dir(
		    arena,
		    arena_printf(arena, "%s/" RUN_PREFIX "%ld-", runs_folder(t), (long)getpid()),
		    &folder, error) != 0)
		return -1;
	t->folder = folder;
	plan->root = t->root;
	plan->folder = folder;
	plan->states = path_join(arena, folder, "states");
	plan->files = &t->files;
	plan->jobs = t->options->jobs;
	plan->context = t;
	return fs_make_dirs(plan->states, error);
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

static int tell(struct testing *t, const struct test_plan *plan, const struct test_cases *cases)
{
	struct test_counts counts = test_count(cases->items, cases->count);
	int code = counts.failed > 0 ? EXIT_FINDINGS : EXIT_OK;
	struct cover cover = {0};
	struct error error;

	if (t->options->cover != NULL) {
		int opened = cover_find(t->cli, t->root, plan->states, &cover);

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
	return t->options->shard == NULL ? 0
					 : test_files_shard(&t->files, t->options->shard, error);
}

static int run_tests(struct testing *t)
{
	struct test_plan plan = {.done = file_done};
	struct test_cases cases;
	struct error error = {0}, ignored;
	int code;

	clock_gettime(CLOCK_MONOTONIC, &t->start);
	if (find_files(t, &error) != 0 || make_folders(t, &plan, &error) != 0)
		code = cli_fail(t->cli, &error);
	else if (test_jobs_run(t->cli, t->loop, &plan, &cases, &error) == 0)
		code = tell(t, &plan, &cases);
	else if (loop_ended(t->loop) != 0)
		code = EXIT_TERMINATED;
	else
		code = cli_fail(t->cli, &error);
	if (t->folder != NULL)
		fs_remove_tree(t->folder, &ignored);
	t->folder = NULL;
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
