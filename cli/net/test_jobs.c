/* A script is run by Node or by the app's vitest, which write what they found as JSON in one form;
 * TypeScript for Node is bundled first, as not every Node runs it. Flow files are replayed by
 * another process of this program, a batch by each, as one platform serves many of them. */
#include "cli/net/test_jobs.h"

#include <string.h>

#include <uv.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "sys/child.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "sys/node.h"
#include "sys/path.h"

enum { END_MS = 2000, BATCH_MOST = 25, LINGER_MS = 1000 };
#define SOURCE_LIMIT ((size_t)10 << 20)
#define REPORT_LIMIT ((size_t)64 << 20)
#define OUTPUT_LIMIT ((size_t)64 << 20)

enum phase { PHASE_WAITING, PHASE_BUNDLING, PHASE_RUNNING, PHASE_DONE };

struct job {
	const struct test_file *file;
	size_t number;
	enum phase phase;
	bool vitest;
	struct child child;
	const char *script; /* what Node runs */
	const char *report; /* where it is written */
	struct test_cases cases;
	/* Of the first flow file of a batch, whose child replays all of it. */
	struct job **batch;
	size_t batch_count, batch_done;
	const char *refusal; /* why no more can be replayed, or NULL */
	/* It has ended; what it started may still have its output, which is not waited for. */
	bool lingers;
	bool late; /* it had to be ended */
};

struct running {
	struct cli *cli;
	struct loop *loop;
	const struct test_plan *plan;
	const char *program, *esbuild, *node, *reporter;
	const char *settings[3];
	struct job *jobs;
	size_t limit; /* processes at a time */
	size_t next, told, active, flows;
};

/* --- what was found ----------------------------------------------------------------------------
 */

static void add_case(struct running *r, struct job *job, const char *name, enum test_status status,
		     const char *message)
{
	test_cases_add(&job->cases, r->cli->arena, job->file->path,
		       name != NULL ? name : path_base(job->file->path), status, message);
}

/* Of the file, or of the test in it that is named. */
static void add_failure(struct running *r, struct job *job, const char *name, const char *message)
{
	add_case(r, job, name, TEST_FAILED, message);
}

/* What a newcomer's first file fails with. */
static const char *hint_of(const char *said)
{
	if (strstr(said, "ERR_PACKAGE_IMPORT_NOT_DEFINED") != NULL &&
	    strstr(said, "#attio/testing") != NULL)
		return "\nto mend it: add `\"imports\": {\"#attio/testing\": "
		       "\"./.attio/.testing/index.js\"}` to package.json";
	if (strstr(said, "Cannot use import statement outside a module") != NULL)
		return "\nto mend it: call the file NAME.test.mjs";
	return "";
}

/* A process that gave no report, or failed in spite of a good one. */
static void take_end(struct running *r, struct job *job, const struct child *child,
		     const char *name)
{
	const char *where = name != NULL ? " in this test" : "";
	struct buf text = {0}, said = {0};
	char how[64];

	child_how(child, how, sizeof(how));
	buf_add(&said, child->tail.ptr, child->tail.len);
	buf_printf(&text, "the test file ended with %s%s\n%s%s", how, where, buf_cstr(&said),
		   hint_of(buf_cstr(&said)));
	add_failure(r, job, name, buf_cstr(&text));
	buf_dispose(&said);
	buf_dispose(&text);
}

/* It had to be ended: by us. */
static void take_late(struct running *r, struct job *job, const struct child *child,
		      const char *name)
{
	const char *what = name != NULL ? "test" : "test file";

	if (child->flood)
		add_failure(r, job, name, "the test file printed without end");
	else
		add_failure(r, job, name,
			    arena_printf(r->cli->arena,
					 "the %s did not end: a file has %ld seconds\nto mend it: "
					 "await what it waits for, or give it more with "
					 "`--timeout SEC`",
					 what, r->plan->seconds));
}

static void take_report(struct running *r, struct job *job, bool late)
{
	struct arena *arena = r->cli->arena;
	const char *running = NULL;
	bool complete = true;
	struct error ignored;
	char *text = NULL;
	size_t len = 0;

	/* Node writes none where there are no tests. */
	if (fs_read(arena, job->report, REPORT_LIMIT, &text, &len, &ignored) != 0)
		complete = !job->vitest;
	else if (job->vitest)
		complete = test_cases_take_vitest(&job->cases, arena, job->file->path, text, len);
	else
		test_cases_take_node(&job->cases, arena, job->file->path, text, len, &running);
	if (late)
		take_late(r, job, &job->child, running);
	else if (running != NULL || !complete ||
		 (test_count(job->cases.items, job->cases.count).failed == 0 &&
		  (child_signal(&job->child) != 0 || child_code(&job->child) != 0)))
		take_end(r, job, &job->child, running);
	else if (job->cases.count == 0)
		add_failure(r, job, NULL,
			    "the file has no tests, or it ended before they were over");
}

/* --- processes ---------------------------------------------------------------------------------
 */

static int start_words(struct running *r, struct job *job, const char *const *words,
		       struct error *error)
{
	const struct child_command command = {
		.name = words[0],
		.words = words,
		.folder = r->plan->root,
		.settings = r->settings,
		.descriptors = CHILD_ENGINE_DESCRIPTORS,
		.limit = OUTPUT_LIMIT,
	};

	if (child_start(&job->child, r->loop, &command, error) != 0)
		return -1;
	child_limit(&job->child, (unsigned)r->plan->seconds * 1000);
	r->active++;
	return 0;
}

/* All of the batch that is left. */
static int start_batch(struct running *r, struct job *first, struct error *error)
{
	const char **words = arena_alloc(r->cli->arena, (first->batch_count + 7) * sizeof(*words));
	const char *const head[] = {r->program,      "-C", r->plan->root, "__replay", "--in",
				    r->plan->folder, NULL};
	size_t count = 0;

	for (; head[count] != NULL; count++)
		words[count] = head[count];
	for (size_t i = 0; i < first->batch_count; i++)
		words[count++] = first->batch[i]->file->path;
	words[count] = NULL;
	return start_words(r, first, words, error);
}

/* The flow files from this one on that nobody has taken, so many that all processes get some. */
static int start_flows(struct running *r, struct job *first, struct error *error)
{
	size_t most = (r->flows + r->limit - 1) / r->limit;

	if (most > BATCH_MOST)
		most = BATCH_MOST;
	first->batch = arena_alloc(r->cli->arena, most * sizeof(struct job *));
	for (struct job *job = first;
	     job < r->jobs + r->plan->files->count && first->batch_count < most; job++) {
		if (job->file->kind != TEST_FLOW || (job != first && job->phase != PHASE_WAITING))
			continue;
		job->phase = PHASE_RUNNING;
		first->batch[first->batch_count++] = job;
	}
	return start_batch(r, first, error);
}

static int start_node(struct running *r, struct job *job, struct error *error)
{
	struct arena *arena = r->cli->arena;
	const char *const words[] = {
		r->node,
		"--enable-source-maps",
		arena_printf(arena, "--test-reporter=%s", r->reporter),
		arena_printf(arena, "--test-reporter-destination=%s", job->report),
		job->script,
		NULL};

	return start_words(r, job, words, error);
}

static int start_vitest(struct running *r, struct job *job, struct error *error)
{
	struct arena *arena = r->cli->arena;
	const char *program = path_join(arena, r->plan->root, "node_modules/vitest/vitest.mjs");
	const char *const words[] = {r->node,
				     program,
				     "run",
				     job->file->path,
				     "--root",
				     r->plan->root,
				     "--reporter=json",
				     arena_printf(arena, "--outputFile=%s", job->report),
				     NULL};

	if (fs_type(program) == FS_FILE)
		return start_words(r, job, words, error);
	error_set(error, ERROR_USAGE, "`%s` is a test for vitest, which is not installed",
		  job->file->path);
	return error_fix(error, "run `npm install --save-dev vitest`");
}

static int start_bundling(struct running *r, struct job *job, struct error *error)
{
	struct arena *arena = r->cli->arena;
	const char *const words[] = {r->esbuild,
				     job->file->full,
				     "--bundle",
				     "--packages=external",
				     "--external:#*",
				     "--platform=node",
				     "--format=esm",
				     "--target=node20",
				     "--sourcemap=inline",
				     "--sources-content=false",
				     "--log-level=warning",
				     arena_printf(arena, "--outfile=%s", job->script),
				     NULL};

	return start_words(r, job, words, error);
}

static bool names_vitest(struct running *r, const struct test_file *file)
{
	struct error ignored;
	char *text;
	size_t len;

	return fs_read(r->cli->arena, file->full, SOURCE_LIMIT, &text, &len, &ignored) == 0 &&
	       (strstr(text, "\"vitest\"") != NULL || strstr(text, "'vitest'") != NULL);
}

static int start_script(struct running *r, struct job *job, struct error *error)
{
	struct arena *arena = r->cli->arena;

	job->report = arena_printf(arena, "%s/%zu.json", r->plan->folder, job->number);
	job->vitest = names_vitest(r, job->file);
	if (job->vitest)
		return start_vitest(r, job, error);
	if (!str_ends(job->file->full, ".ts")) {
		job->script = job->file->full;
		return start_node(r, job, error);
	}
	job->script = arena_printf(arena, "%s/%zu.mjs", r->plan->folder, job->number);
	job->phase = PHASE_BUNDLING;
	return start_bundling(r, job, error);
}

static void fail_to_start(struct running *r, struct job *job, const struct error *error)
{
	add_failure(r, job, NULL,
		    arena_printf(r->cli->arena, "%s%s%s", error->message,
				 error->fix[0] != '\0' ? "\nto mend it: " : "", error->fix));
	job->phase = PHASE_DONE;
}

/* Of all that are left of a batch. */
static void fail_batch(struct running *r, struct job *first, const struct error *error)
{
	for (size_t i = first->batch_done; i < first->batch_count; i++)
		fail_to_start(r, first->batch[i], error);
}

static void start_job(struct running *r, struct job *job)
{
	struct error error = {0};

	job->phase = PHASE_RUNNING;
	if (job->file->kind == TEST_FLOW) {
		if (start_flows(r, job, &error) != 0)
			fail_batch(r, job, &error);
	} else if (start_script(r, job, &error) != 0) {
		fail_to_start(r, job, &error);
	}
}

static bool has_ended(const struct job *job)
{
	const struct child *child = &job->child;

	return child->exited && ((child->out_closed && child->err_closed) || child->time.over);
}

static void drop_child(struct running *r, struct job *job)
{
	r->active--;
	child_dispose(&job->child, 0);
	job->child = (struct child){0};
	job->lingers = job->late = false;
}

/* Each file of a batch gets the time of one. */
static void take_verdicts(struct running *r, struct job *first)
{
	struct buf *output = &first->child.output;
	const char *end;

	while (output->len > 0 && (end = memchr(output->ptr, '\n', output->len)) != NULL) {
		size_t len = (size_t)(end - output->ptr);
		struct job *job = first->batch_done < first->batch_count
					  ? first->batch[first->batch_done]
					  : NULL;

		if (job != NULL && test_cases_take_flow(&job->cases, r->cli->arena, job->file->path,
							output->ptr, len, &first->refusal)) {
			job->phase = PHASE_DONE;
			first->batch_done++;
			child_limit(&first->child, (unsigned)r->plan->seconds * 1000);
		}
		buf_drop(output, len + 1);
	}
}

/* The process of a batch has ended: one file may have ended it, then the others go on without. */
static void end_batch(struct running *r, struct job *first, bool late)
{
	struct job **left = first->batch + first->batch_done;
	size_t count = first->batch_count - first->batch_done;
	struct error error = {0};

	if (count > 0 && first->refusal != NULL) {
		error_set(&error, ERROR_USAGE, "%s", first->refusal);
		fail_batch(r, first, &error);
		count = 0;
	} else if (count > 0) {
		if (late)
			take_late(r, left[0], &first->child, NULL);
		else
			take_end(r, left[0], &first->child, NULL);
		left[0]->phase = PHASE_DONE;
		left++;
		count--;
	}
	drop_child(r, first);
	if (count == 0)
		return;
	left[0]->batch = left;
	left[0]->batch_count = count;
	if (start_batch(r, left[0], &error) != 0)
		fail_batch(r, left[0], &error);
}

static void end_script(struct running *r, struct job *job, bool late)
{
	bool bundled = job->phase == PHASE_BUNDLING;
	struct error error = {0};

	job->phase = PHASE_DONE;
	if (bundled && !late && child_code(&job->child) == 0)
		job->phase = PHASE_RUNNING;
	else if (!bundled)
		take_report(r, job, late);
	else if (late)
		take_late(r, job, &job->child, NULL);
	else
		take_end(r, job, &job->child, NULL);
	drop_child(r, job);
	if (job->phase == PHASE_RUNNING && start_node(r, job, &error) != 0)
		fail_to_start(r, job, &error);
}

static void look_at_job(struct running *r, struct job *job)
{
	bool late;

	if (job->batch != NULL)
		take_verdicts(r, job);
	if (!job->child.exited && !job->late && (job->child.time.over || job->child.flood)) {
		job->late = true;
		child_kill(&job->child);
	}
	if (job->child.exited && !job->lingers) {
		job->lingers = true;
		child_limit(&job->child, LINGER_MS);
	}
	late = job->late || job->child.flood;
	if (!has_ended(job))
		return;
	if (job->batch != NULL)
		end_batch(r, job, late);
	else
		end_script(r, job, late);
}

static void tell(struct running *r)
{
	for (; r->told < r->plan->files->count; r->told++) {
		const struct job *job = &r->jobs[r->told];

		if (job->phase != PHASE_DONE)
			return;
		r->plan->done(r->plan->context, job->file, job->cases.items, job->cases.count);
	}
}

static void serve(struct running *r)
{
	size_t count = r->plan->files->count;

	while (r->told < count) {
		for (; r->active < r->limit && r->next < count; r->next++)
			if (r->jobs[r->next].phase == PHASE_WAITING)
				start_job(r, &r->jobs[r->next]);
		if (r->active > 0)
			loop_turn(r->loop);
		/* What came to all processes of a terminal ends the tests, too: it is not theirs.
		 */
		if (loop_ended(r->loop) != 0)
			return;
		for (size_t i = 0; i < count; i++)
			if (r->jobs[i].child.pid != 0 || r->jobs[i].child.exited)
				look_at_job(r, &r->jobs[i]);
		tell(r);
	}
}

/* Whether a process is at work on it; of a batch it is at the first that is left. */
static bool is_at_work(const struct running *r, const struct job *job)
{
	if (job->file->kind != TEST_FLOW)
		return job->phase == PHASE_BUNDLING || job->phase == PHASE_RUNNING;
	for (size_t i = 0; i < r->plan->files->count; i++) {
		const struct job *first = &r->jobs[i];

		if (first->batch != NULL && first->child.pid != 0 &&
		    first->batch_done < first->batch_count &&
		    first->batch[first->batch_done] == job)
			return true;
	}
	return false;
}

/* What a file had found that was not over is nobody's: the signal may have reached its process
 * first, and that is no failure of a test. */
static void note_interrupted(struct running *r)
{
	for (size_t i = 0; i < r->plan->files->count; i++) {
		struct job *job = &r->jobs[i];

		if (job->phase == PHASE_DONE)
			continue;
		job->cases = (struct test_cases){0};
		add_case(r, job, NULL, TEST_INTERRUPTED,
			 is_at_work(r, job) ? TEST_WAS_RUNNING : TEST_NOT_BEGUN);
	}
}

static int find_programs(struct running *r, struct error *error)
{
	struct cli *cli = r->cli;
	const struct node_places places = {.named = cli_env(cli, "ATTIO_NODE"),
					   .search = cli_env(cli, "PATH"),
					   .cache = project_cache(cli, r->plan->root)};
	char *program, *esbuild, *testing;
	struct node node;

	if (install_net_program(cli->arena, &program, error) != 0 ||
	    install_esbuild(cli->arena, cli_env(cli, "ESBUILD_BINARY_PATH"), &esbuild, error) !=
		    0 ||
	    install_testing(cli->arena, &testing, error) != 0 ||
	    node_find(cli->arena, r->loop, &places, &node, error) != 0)
		return -1;
	r->program = program;
	r->esbuild = esbuild;
	r->node = node.path;
	r->reporter = path_join(cli->arena, testing, "reporter.js");
	r->settings[0] = arena_printf(cli->arena, "ATTIO_BIN=%s", program);
	r->settings[1] = arena_printf(cli->arena, "ATTIO_TEST_RUN=%s", r->plan->folder);
	return 0;
}

int test_jobs_run(struct cli *cli, struct loop *loop, const struct test_plan *plan,
		  struct test_cases *cases, struct error *error)
{
	struct running r = {.cli = cli, .loop = loop, .plan = plan};
	size_t count = plan->files->count;
	int result;

	*cases = (struct test_cases){0};
	r.limit = plan->jobs > 0 ? (size_t)plan->jobs : uv_available_parallelism();
	r.jobs = mem_zalloc(count + 1, sizeof(*r.jobs));
	for (size_t i = 0; i < count; i++) {
		r.jobs[i].file = &plan->files->items[i];
		r.jobs[i].number = i;
		r.flows += plan->files->items[i].kind == TEST_FLOW;
	}
	result = find_programs(&r, error);
	if (result == 0)
		serve(&r);
	if (loop_ended(loop) != 0)
		note_interrupted(&r);
	for (size_t i = 0; i < count; i++)
		child_dispose(&r.jobs[i].child, loop_ended(loop) != 0 ? 0 : END_MS);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < r.jobs[i].cases.count; k++)
			*(struct test_case *)arena_push(cli->arena, &cases->items, &cases->count,
							sizeof(*cases->items)) =
				r.jobs[i].cases.items[k];
	mem_free(r.jobs);
	return result;
}
