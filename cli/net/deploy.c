/* attio deploy, attio version create: check all that validate and build check, build in memory,
 * publish. stdout is the new version, or the errors that prevent one; steps and warnings go to
 * stderr, so that a script can keep the version. What needs no build (slug, token, port) is checked
 * first. */
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "bundle/bundle.h"
#include "cli/building.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/net/deploy.h"
#include "cli/net/target.h"
#include "cli/project.h"
#include "platform/publish.h"
#include "sys/loop.h"
#include "sys/path.h"

struct run {
	struct cli *cli;
	const struct deploy_options *options;
	struct app app;
	const char *slug;
	struct target target;
	struct building building;
	struct built built;
	struct published published;
	struct timespec start;
};

static void say_step(void *context, const char *text)
{
	cli_say(context, "%s", text);
}

static struct cJSON *start_json(struct run *run, int code)
{
	struct cJSON *document = cli_json(run->cli, code);
	long ms = elapsed_ms(&run->start);

	findings_add_json(document, &run->built.findings, &run->app.texts, run->app.module_count,
			  ms);
	cJSON_AddNumberToObject(document, "ms", (double)ms);
	return document;
}

/* The app has errors: nothing was sent. */
static int refuse(struct run *run)
{
	findings_print(run->cli, &run->built.findings, &run->app.texts);
	if (run->cli->json)
		cli_print_json(run->cli, start_json(run, EXIT_FINDINGS));
	cli_say(run->cli, "%s; nothing was published",
		findings_count_words(run->cli, &run->built.findings));
	return EXIT_FINDINGS;
}

/* Warnings on the way to a version: beside the answer, not in it. */
static void print_warnings(struct run *run)
{
	struct cli aside = *run->cli;

	aside.out = aside.err;
	aside.out_color = aside.err_color;
	findings_print(&aside, &run->built.findings, &run->app.texts);
}

static void print_json(struct run *run)
{
	struct cJSON *document = start_json(run, EXIT_OK);
	struct cJSON *version = cJSON_AddObjectToObject(document, "version");
	struct cJSON *bundles;

	cJSON_AddNumberToObject(version, "major", (double)run->published.major);
	cJSON_AddNumberToObject(version, "minor", (double)run->published.minor);
	cJSON_AddStringToObject(document, "app", run->slug);
	cJSON_AddStringToObject(document, "target", run->target.name);
	cJSON_AddStringToObject(document, run->target.store != NULL ? "store" : "url",
				run->target.place);
	bundles = cJSON_AddArrayToObject(document, "bundles");
	for (size_t i = 0; i < run->built.bundles.count; i++) {
		struct cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "path", run->built.bundles.items[i].path);
		cJSON_AddNumberToObject(item, "bytes", (double)run->built.bundles.items[i].len);
		cJSON_AddItemToArray(bundles, item);
	}
	cli_print_json(run->cli, document);
}

static int report(struct run *run)
{
	const struct published *published = &run->published;

	if (run->cli->json)
		print_json(run);
	else
		fprintf(run->cli->out, "%lld.%lld\n", published->major, published->minor);
	cli_say(run->cli, "published %lld.%lld of `%s` to %s in %ld ms", published->major,
		published->minor, published->app_title, run->target.place, elapsed_ms(&run->start));
	return EXIT_OK;
}

static int publish(struct run *run)
{
	struct publish_progress progress = {say_step, run->cli};
	struct cli *cli = run->cli;
	struct error error = {0};

	print_warnings(run);
	if (publish_version(&run->target.platform, run->slug, &run->built.bundles, &progress,
			    &run->published, &error) != 0) {
		target_explain(&run->target, &error);
		return cli_fail(cli, &error);
	}
	return report(run);
}

static int open_target(struct run *run, struct error *error)
{
	const struct deploy_options *options = run->options;

	if (options->local)
		return target_open_local(&run->target, run->cli, run->app.root, options->port,
					 options->timeout, error);
	return target_open_attio(&run->target, run->cli, options->timeout, options->cacert, error);
}

/* The cheap questions first: the slug, then Attio's token (opening sends nothing), then the app.
 * The local platform opens last: it writes its store into the app's folder. */
static int deploy(struct run *run)
{
	struct error error = {0};

	if (!run->app.exists) {
		run->built.findings = run->app.problems;
		return refuse(run);
	}
	run->slug = target_slug(run->options->app, &run->app.manifest, &error);
	if (run->slug == NULL)
		return cli_fail(run->cli, &error);
	if (!run->options->local && open_target(run, &error) != 0)
		return cli_fail(run->cli, &error);
	cli_say(run->cli, "checking and bundling the app");
	int code = building_run(run->cli, &run->building, &run->app, &run->built);
	if (code != EXIT_OK)
		return code;
	built_say_notes(run->cli, &run->built);
	if (diags_count(&run->built.findings, SEVERITY_ERROR) > 0)
		return refuse(run);
	if (run->options->local && open_target(run, &error) != 0)
		return cli_fail(run->cli, &error);
	return publish(run);
}

int deploy_run(struct cli *cli, const void *opaque)
{
	const struct deploy_options *options = opaque;
	struct run run = {.cli = cli, .options = options};
	struct error error;
	struct loop *loop = loop_open(&error);
	const struct building_options building = {
		.loop = loop, .rules = true, .app_compiler = strcmp(options->tsc, "app") == 0};
	int code;

	if (loop == NULL)
		return cli_fail(cli, &error);
	clock_gettime(CLOCK_MONOTONIC, &run.start);
	code = building_start(cli, &run.building, &building);
	if (code == EXIT_OK)
		code = project_open(cli, options->path, NULL, &run.app);
	if (code == EXIT_OK)
		code = deploy(&run);
	target_close(&run.target);
	building_stop(&run.building);
	loop_close(loop);
	built_dispose(&run.built);
	app_close(&run.app);
	return code;
}
