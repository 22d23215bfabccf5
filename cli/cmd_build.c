/* attio build: the app's bundles in dist/. Findings are the answer (stdout); with errors among
 * them nothing is written and the last good output stays. */
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "bundle/bundle.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"

struct run {
	struct cli *cli;
	struct app *app;
	const char *out;
	struct reports reports;
	struct bundles bundles;
	struct diags findings; /* the model's and the bundler's */
	struct timespec start;
};

/* The output must not swallow what the app is made of. */
static int check_out(const struct run *run, struct error *error)
{
	const char *root = run->app->root;
	const char *source = path_join(run->cli->arena, root, "src");
	const char *out = run->out;

	if (fs_type(out) != FS_NONE) {
		out = fs_real_path(run->cli->arena, out, error);
		if (!out)
			return -1;
	}
	if (path_is_under(root, out))
		error_set(error, ERROR_USAGE, "the output folder `%s` contains the app", run->out);
	else if (path_is_under(out, source))
		error_set(error, ERROR_USAGE, "the output folder `%s` is among the app's sources",
			  run->out);
	else
		return 0;
	return error_fix(error, "choose a folder of its own, such as `dist`");
}

static void say_size(struct buf *text, size_t bytes)
{
	if (bytes < 1024)
		buf_printf(text, "%zu B", bytes);
	else if (bytes < 1024 * 1024)
		buf_printf(text, "%.1f KiB", (double)bytes / 1024);
	else
		buf_printf(text, "%.1f MiB", (double)bytes / (1024 * 1024));
}

static void say_built(const struct run *run)
{
	struct buf text = {0};
	size_t blocks = 0, block_bytes = 0;

	buf_puts(&text, "built ");
	for (size_t i = 0; i < run->bundles.count; i++) {
		const struct bundle *bundle = &run->bundles.items[i];

		if (bundle->block) {
			blocks++;
			block_bytes += bundle->len;
			continue;
		}
		buf_puts(&text, i ? ", server " : "client ");
		say_size(&text, bundle->len);
	}
	if (blocks) {
		buf_printf(&text, ", %zu block%s ", blocks, blocks == 1 ? "" : "s");
		say_size(&text, block_bytes);
	}
	cli_say(run->cli, "%s in %ld ms", buf_cstr(&text), elapsed_ms(&run->start));
	buf_dispose(&text);
}

static cJSON *make_document(const struct run *run, int code)
{
	struct cJSON *document = cli_json(run->cli, code), *outputs;

	findings_add_json(document, &run->findings, &run->app->texts, run->app->module_count,
			  elapsed_ms(&run->start));
	cJSON_AddStringToObject(document, "out", run->out);
	outputs = cJSON_AddArrayToObject(document, "outputs");
	for (size_t i = 0; code == EXIT_OK && i < run->bundles.count; i++) {
		const struct bundle *bundle = &run->bundles.items[i];
		struct cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "path", bundle->path);
		if (bundle->block)
			cJSON_AddStringToObject(item, "block", bundle->block);
		cJSON_AddNumberToObject(item, "bytes", (double)bundle->len);
		cJSON_AddItemToArray(outputs, item);
	}
	return document;
}

static int finish(const struct run *run, int code)
{
	cJSON *document = reports_need_document(&run->reports) ? make_document(run, code) : NULL;
	int given = reports_give(run->cli, &run->reports, run->app, &run->findings, document, code);

	if (code == EXIT_OK)
		say_built(run);
	else
		cli_say(run->cli, "%s; nothing was written (%ld ms)",
			findings_count_words(run->cli, &run->findings), elapsed_ms(&run->start));
	return given;
}

static int build(struct run *run, const struct build_options *options)
{
	struct cli *cli = run->cli;
	struct error error = {0};
	char *esbuild;

	run->out = options->out ? path_join(cli->arena, cli->cwd, options->out)
				: path_join(cli->arena, run->app->root, "dist");
	run->findings.arena = run->app->arena;
	diags_append(&run->findings, &run->app->problems);
	if (!run->app->exists)
		return finish(run, EXIT_FINDINGS);
	if (check_out(run, &error) ||
	    install_esbuild(cli->arena, cli_env(cli, "ESBUILD_BINARY_PATH"), &esbuild, &error) ||
	    bundle_build(run->app, esbuild, &run->bundles, &error))
		return cli_fail(cli, &error);
	diags_append(&run->findings, &run->bundles.findings);
	diags_sort(&run->findings);
	if (diags_count(&run->findings, SEVERITY_ERROR))
		return finish(run, EXIT_FINDINGS);
	if (bundle_write(cli->arena, &run->bundles, run->out, &error))
		return cli_fail(cli, &error);
	return finish(run, EXIT_OK);
}

int build_run(struct cli *cli, const void *opaque)
{
	const struct build_options *options = opaque;
	struct app app;
	struct run run = {.cli = cli, .app = &app};
	int code;

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	code = reports_open(cli, options->reports, &run.reports);
	if (code != EXIT_OK)
		return code;
	code = project_open(cli, options->path, &app);
	if (code != EXIT_OK)
		return code;
	code = build(&run, options);
	app_close(&app);
	return code;
}
