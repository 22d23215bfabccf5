/* See dev_builder.h. The thread has its own struct cli, whose streams are memory: what the parts of
 * building tell a person there becomes the failure of a build. */
#include "cli/net/dev_builder.h"
#include "cli/net/dev_bundles.h"
#include "cli/net/dev_known.h"
#include "cli/net/dev_told.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/app.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "check/check.h"
#include "cli/build_report.h"
#include "cli/building.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/watching.h"
#include "diag/report.h"
#include "source/sources.h"
#include "sys/loop.h"
#include "sys/mailbox.h"
#include "sys/path.h"
#include "json/json.h"
#include <cjson/cJSON.h>

enum { QUIET_MS = 10 }; /* as in build --watch */

struct dev_builder {
	struct dev_builder_options options;
	/* of the caller's thread */
	pthread_t thread;
	bool started;
	struct mailbox news; /* on the caller's loop */
	/* set before the thread starts, then its own */
	struct cli cli;
	struct loop *loop; /* its own; loop_end may be called by the caller */
	struct building building;
	bool engines; /* were started */
	struct sources *sources;
	struct hash128 output; /* what was handed over last */
	bool has_output;
	bool had_error; /* in the last run */
	bool unsound;   /* the last check found errors */
	char *told[2];  /* the findings as they were told last, of the build and of the check */
	struct dev_known known[2];
	size_t finished; /* runs */
	bool hurried;    /* this run tells what it bundled, and looks at nothing else */
	/* between the threads */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool calm;   /* the platform is ready: there is time for rules and types */
	bool ending; /* there is none any more */
};

/* One run. */
struct run {
	struct dev_builder *builder;
	struct cli cli;
	struct app app;
	struct built built;
	struct timespec start;
	bool bundled;
	struct diags rules; /* what check_app found */
};

/* Where messages for people go. */
struct aside {
	char *text[2]; /* out, err */
	size_t len[2];
	FILE *streams[2];
};

/* --- what changes hands ------------------------------------------------------------------------
 */

void dev_build_free(struct dev_build *build)
{
	if (build != NULL)
		arena_free(build->arena);
}

static struct dev_build *build_new(const struct run *run, enum dev_news news)
{
	struct arena *arena = arena_new();
	struct dev_build *build = arena_alloc(arena, sizeof(*build));

	build->arena = arena;
	build->news = news;
	build->ms = elapsed_ms(&run->start);
	build->healed = run->builder->had_error && (news == DEV_BUILT || news == DEV_SAME);
	build->last = !run->builder->options.watch;
	build->text = "";
	build->findings = build->shown = "[]";
	return build;
}

static void hand_over(struct dev_builder *builder, struct dev_build *build)
{
	mailbox_put(&builder->news, build);
}

static char *copy_text(struct arena *arena, struct buf *text)
{
	char *copy = arena_strndup(arena, buf_cstr(text), text->len);

	buf_dispose(text);
	return copy;
}

/* `step`: 0 the build, 1 the check. */
static void put_findings(struct run *run, struct dev_build *build, const struct diags *findings,
			 size_t step)
{
	struct dev_builder *builder = run->builder;
	cJSON *list = report_json(findings, &run->app.texts);
	struct diags fresh = {.arena = build->arena};
	size_t before = builder->known[step].count;
	struct buf text = {0};

	build->errors = diags_count(findings, SEVERITY_ERROR);
	build->warnings = diags_count(findings, SEVERITY_WARNING);
	json_print(&text, list, false);
	build->findings = copy_text(build->arena, &text);
	text = (struct buf){0};
	dev_told_frames(list, findings, &run->app.texts);
	json_print(&text, list, false);
	cJSON_Delete(list);
	build->shown = copy_text(build->arena, &text);
	text = (struct buf){0};
	dev_known_take(&builder->known[step], findings, &run->app.texts, &fresh);
	report_human(&text, &fresh, &run->app.texts, &builder->options.look);
	build->text = copy_text(build->arena, &text);
	build->known = findings->count - fresh.count;
	build->nothing_new = fresh.count == 0 && before == findings->count;
	build->told =
		builder->told[step] != NULL && strcmp(builder->told[step], build->findings) == 0;
	mem_free(builder->told[step]);
	builder->told[step] = mem_strdup(build->findings);
}

static const char *copy_bytes(struct arena *arena, const char *bytes, size_t len)
{
	return bytes != NULL ? arena_strndup(arena, bytes, len) : NULL;
}

static void put_bundles(struct dev_build *build, const struct bundles *bundles)
{
	struct platform_bundles *out = &build->bundles;
	struct arena *arena = build->arena;
	struct platform_block *blocks = NULL;

	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];
		const char *text = copy_bytes(arena, bundle->bytes, bundle->len);
		const char *map = copy_bytes(arena, bundle->map, bundle->map_len);

		if (bundle->block != NULL) {
			struct platform_block *block =
				arena_push(arena, &blocks, &out->block_count, sizeof(*block));
			*block = (struct platform_block){arena_strdup(arena, bundle->block), text,
							 map};
		} else if (strcmp(bundle->path, "index.js") == 0) {
			out->client = text;
			out->client_map = map;
		} else {
			out->server = text;
			out->server_map = map;
		}
	}
	out->blocks = blocks;
}

static void put_variables(struct run *run, struct dev_build *build)
{
	struct platform_setting *settings;
	size_t count;
	const struct env_variable *list = env_variables_read(&run->app.texts, build->arena, &count);

	settings = arena_alloc(build->arena, (count + 1) * sizeof(*settings));
	for (size_t i = 0; i < count; i++)
		settings[i] = (struct platform_setting){list[i].name, list[i].value};
	build->bundles.env = settings;
	build->bundles.env_count = count;
}

static void hash_more(struct buf *all, const char *name, const char *value)
{
	buf_puts(all, name);
	buf_putc(all, '\0');
	buf_puts(all, value != NULL ? value : "");
	buf_putc(all, '\0');
}

static struct hash128 hash_output(const struct platform_bundles *bundles)
{
	struct buf all = {0};
	struct hash128 hash;

	hash_more(&all, "client", bundles->client);
	hash_more(&all, "client map", bundles->client_map);
	hash_more(&all, "server", bundles->server);
	hash_more(&all, "server map", bundles->server_map);
	for (size_t i = 0; i < bundles->block_count; i++) {
		hash_more(&all, bundles->blocks[i].id, bundles->blocks[i].text);
		hash_more(&all, "map", bundles->blocks[i].map);
	}
	for (size_t i = 0; i < bundles->env_count; i++)
		hash_more(&all, bundles->env[i].name, bundles->env[i].value);
	for (size_t i = 0; i < bundles->webhook_count; i++)
		hash_more(&all, "webhook", bundles->webhooks[i]);
	hash = hash_content(0, buf_cstr(&all), all.len);
	buf_dispose(&all);
	return hash;
}

/* --- steps of a run ----------------------------------------------------------------------------
 */

static void put_note(const struct run *run, struct dev_build *build)
{
	build->note = built_note(build->arena, &run->built);
}

/* While the types are being checked: the app can run. */
static void on_bundled(const struct built *built, void *data)
{
	struct run *run = data;
	struct dev_builder *builder = run->builder;
	struct dev_build *build = build_new(run, DEV_BUILT);
	struct hash128 output;
	struct error error = {0};
	struct buf line = {0};

	put_bundles(build, &built->bundles);
	dev_put_webhooks(&build->bundles, &run->app, build->arena);
	if (builder->options.bundles != NULL &&
	    dev_put_folder(&build->bundles, builder->options.bundles, build->arena, &error) != 0) {
		build->news = DEV_FAILED;
		build->failure = arena_printf(build->arena, "error: %s\n", error.message);
	}
	put_variables(run, build);
	output = hash_output(&build->bundles);
	if (build->news == DEV_BUILT && builder->has_output && hash_equal(output, builder->output))
		build->news = DEV_SAME;
	builder->output = output;
	builder->has_output = true;
	put_findings(run, build, &built->findings, 0);
	put_note(run, build);
	build_report_line(&line, built);
	build->line = copy_text(build->arena, &line);
	build->last = build->last && !builder->options.check;
	build->checking = builder->options.check;
	if (!builder->options.check)
		build->environment = dev_told_environment(&run->app, &run->app.texts, build->arena);
	run->bundled = true;
	builder->had_error = false;
	hand_over(builder, build);
	/* Rules only read: what keeps them from an answer is told by the next run, too. */
	if (builder->options.check && !builder->hurried &&
	    check_app(&run->app, &run->app.texts, &run->rules, &error) != 0)
		run->rules.count = 0;
}

static bool is_same_finding(const struct diag *a, const struct diag *b)
{
	return strcmp(a->code, b->code) == 0 && str_equal(a->place.file, b->place.file) &&
	       a->place.start == b->place.start && strcmp(a->message, b->message) == 0;
}

/* The rules say again what the model and the documents told. */
static void merge(struct diags *findings, const struct diags *more)
{
	size_t count = findings->count;

	for (size_t i = 0; i < more->count; i++) {
		struct diags one = {.items = &more->items[i], .count = 1};
		bool known = false;

		for (size_t k = 0; k < count && !known; k++)
			known = is_same_finding(&findings->items[k], one.items);
		if (!known)
			diags_append(findings, &one);
	}
	diags_sort(findings);
}

static void tell_checked(struct run *run)
{
	struct dev_build *build = build_new(run, DEV_CHECKED);

	merge(&run->built.findings, &run->rules);
	put_findings(run, build, &run->built.findings, 1);
	build->healed = run->builder->unsound && build->errors == 0;
	run->builder->unsound = build->errors > 0;
	build->environment = dev_told_environment(&run->app, &run->app.texts, build->arena);
	hand_over(run->builder, build);
}

static void tell_broken(struct run *run, const struct diags *findings)
{
	struct dev_build *build = build_new(run, DEV_BROKEN);

	put_findings(run, build, findings, 0);
	build->environment = dev_told_environment(&run->app, &run->app.texts, build->arena);
	run->builder->had_error = true;
	hand_over(run->builder, build);
}

/* --- failures ----------------------------------------------------------------------------------
 */

static void aside_open(struct aside *aside, struct cli *cli)
{
	*aside = (struct aside){0};
	for (size_t i = 0; i < 2; i++) {
		aside->streams[i] = open_memstream(&aside->text[i], &aside->len[i]);
		if (aside->streams[i] == NULL)
			return;
	}
	cli->out = aside->streams[0];
	cli->err = aside->streams[1];
}

static void aside_close(struct aside *aside)
{
	for (size_t i = 0; i < 2; i++) {
		if (aside->streams[i] != NULL)
			fclose(aside->streams[i]);
		aside->streams[i] = NULL;
	}
}

static void aside_dispose(struct aside *aside)
{
	mem_free(aside->text[0]);
	mem_free(aside->text[1]);
}

/* The document that cli_fail prints, without what is around its error. */
static const char *error_of(struct arena *arena, const struct aside *aside)
{
	struct error ignored;
	cJSON *document = json_parse(aside->text[0], aside->len[0], "the failure", NULL, &ignored);
	const cJSON *object = cJSON_GetObjectItemCaseSensitive(document, "error");
	struct buf text = {0};

	if (object != NULL)
		json_print(&text, object, false);
	cJSON_Delete(document);
	return text.len > 0 ? copy_text(arena, &text) : NULL;
}

static void tell_failed(struct run *run, const struct aside *aside, bool last)
{
	struct dev_build *build = build_new(run, DEV_FAILED);

	build->failure = arena_strndup(build->arena, aside->text[1], aside->len[1]);
	build->error = error_of(build->arena, aside);
	build->last = build->last || last;
	run->builder->had_error = true;
	hand_over(run->builder, build);
}

/* --- a run -------------------------------------------------------------------------------------
 */

static int start_engines(struct cli *cli, struct dev_builder *builder)
{
	const struct building_options options = {
		.loop = builder->loop,
		.bundle = {.map = BUNDLE_MAP_APART, .development = true},
		.unchecked = builder->hurried || !builder->options.check,
		.again = builder->options.watch,
	};

	builder->engines = true;
	return building_start(cli, &builder->building, &options);
}

static int build_app(struct run *run)
{
	struct building *building = &run->builder->building;

	/* Nothing is written; but the compiler is told what not to look at. */
	building->options.bundle.out = path_join(run->cli.arena, run->app.root, "dist");
	building->options.bundled = on_bundled;
	building->options.data = run;
	building->options.unchecked = run->builder->hurried || !run->builder->options.check;
	int code = building_run(&run->cli, building, &run->app, &run->built);
	if (code != EXIT_OK)
		return code;
	if (!run->bundled)
		tell_broken(run, &run->built.findings);
	else if (run->builder->options.check && !run->builder->hurried)
		tell_checked(run);
	return EXIT_OK;
}

/* Whether the app was bundled. */
static bool run_once(struct dev_builder *builder, struct cli *cli, struct watching *watching)
{
	struct run run = {.builder = builder, .cli = *cli};
	struct aside aside;
	bool open = false;

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	if (builder->has_output)
		hand_over(builder, build_new(&run, DEV_BEGUN));
	aside_open(&aside, &run.cli);
	/* esbuild starts while the app is read. */
	int code = builder->engines ? EXIT_OK : start_engines(&run.cli, builder);
	if (code == EXIT_OK)
		code = project_open(&run.cli, builder->options.root, builder->sources, &run.app);
	if (code == EXIT_OK) {
		open = true;
		run.rules.arena = run.app.arena;
		if (run.app.exists)
			code = build_app(&run);
		else
			tell_broken(&run, &run.app.problems);
	}
	aside_close(&aside);
	if (code != EXIT_OK && loop_ended(builder->loop) == 0)
		tell_failed(&run, &aside, false);
	aside_dispose(&aside);
	if (open) {
		if (watching != NULL)
			watching_learn(watching, &run.app);
		built_dispose(&run.built);
		app_close(&run.app);
	}
	builder->finished++;
	return run.bundled;
}

/* False: it is over. */
static bool wait_for_calm(struct dev_builder *builder)
{
	pthread_mutex_lock(&builder->lock);
	while (!builder->calm && !builder->ending)
		pthread_cond_wait(&builder->changed, &builder->lock);
	pthread_mutex_unlock(&builder->lock);
	return !builder->ending; /* never taken back */
}

/* At the start everything wants the processors: the compiler has time until the app runs. */
static void run_again(struct cli *cli, void *data, struct watching *watching)
{
	struct dev_builder *builder = data;

	builder->hurried = builder->finished == 0 && builder->options.check;
	bool more = run_once(builder, cli, watching) && builder->hurried && wait_for_calm(builder);
	builder->hurried = false;
	if (more)
		run_once(builder, cli, watching);
}

static void watch(struct dev_builder *builder)
{
	struct run run = {.builder = builder, .cli = builder->cli};
	struct aside aside;

	aside_open(&aside, &run.cli);
	watching_run(&run.cli, builder->loop, builder->options.root, builder->options.bundles,
		     QUIET_MS, run_again, builder);
	aside_close(&aside);
	if (loop_ended(builder->loop) == 0) {
		clock_gettime(CLOCK_MONOTONIC, &run.start);
		if (builder->finished == 0)
			run_once(builder, &builder->cli, NULL);
		tell_failed(&run, &aside, true);
	}
	aside_dispose(&aside);
}

static void *work(void *data)
{
	struct dev_builder *builder = data;

	builder->sources = sources_new(builder->options.watch);
	if (builder->options.watch)
		watch(builder);
	else
		run_once(builder, &builder->cli, NULL);
	building_stop(&builder->building);
	sources_free(builder->sources);
	for (size_t step = 0; step < ARRAY_LEN(builder->told); step++) {
		mem_free(builder->told[step]);
		dev_known_dispose(&builder->known[step]);
	}
	return NULL;
}

/* --- the caller's side -------------------------------------------------------------------------
 */

/* Signals are the caller's; but a child of the builder lets go of all that is held back. */
static int start_thread(struct dev_builder *builder, struct error *error)
{
	sigset_t ending, before;
	int failure;

	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &ending, &before);
	failure = pthread_create(&builder->thread, NULL, work, builder);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	builder->started = failure == 0;
	return failure == 0 ? 0 : error_system(error, failure, "cannot start the builder");
}

struct dev_builder *dev_builder_start(struct cli *cli, const struct dev_builder_options *options,
				      struct loop *loop, struct error *error)
{
	struct dev_builder *builder = mem_zalloc(1, sizeof(*builder));

	pthread_mutex_init(&builder->lock, NULL);
	pthread_cond_init(&builder->changed, NULL);
	builder->options = *options;
	builder->cli = *cli;
	builder->cli.arena = arena_new();
	builder->cli.cwd = arena_strdup(builder->cli.arena, cli->cwd);
	builder->cli.json = true;
	builder->cli.err_color = options->look.color;
	builder->options.root = arena_strdup(builder->cli.arena, options->root);
	builder->loop = loop_open(error);
	if (builder->loop == NULL || loop_let_end(builder->loop, error) != 0 ||
	    mailbox_open(&builder->news, loop, error) != 0 || start_thread(builder, error) != 0) {
		dev_builder_stop(builder);
		return NULL;
	}
	return builder;
}

struct dev_build *dev_builder_take(struct dev_builder *builder)
{
	return mailbox_take(&builder->news);
}

static void tell_builder(struct dev_builder *builder, bool *what)
{
	pthread_mutex_lock(&builder->lock);
	*what = true;
	pthread_cond_signal(&builder->changed);
	pthread_mutex_unlock(&builder->lock);
}

void dev_builder_calm(struct dev_builder *builder)
{
	tell_builder(builder, &builder->calm);
}

void dev_builder_stop(struct dev_builder *builder)
{
	struct dev_build *build;

	if (builder == NULL)
		return;
	if (builder->started) {
		tell_builder(builder, &builder->ending);
		loop_end(builder->loop);
		pthread_join(builder->thread, NULL);
		while ((build = mailbox_take_rest(&builder->news)) != NULL)
			dev_build_free(build);
	}
	mailbox_close(&builder->news);
	loop_close(builder->loop);
	pthread_cond_destroy(&builder->changed);
	pthread_mutex_destroy(&builder->lock);
	arena_free(builder->cli.arena);
	mem_free(builder);
}
