/* attio types: the declaration files of an app. Errors in documents are findings and leave the
 * files of these documents as they are; all other files are written. */
#include <time.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/several.h"
#include "cli/table.h"
#include "cli/term.h"
#include "types/types.h"

struct types_options {
	const char *const *paths; /* ends with NULL; NULL: the current folder */
	bool check;
};

struct run {
	struct cli *cli;
	struct app *app;
	bool check;
	struct types types;
	struct diags findings; /* the documents', or that there is no app */
	bool uncompared;       /* what belongs into .attio/, of which nothing is there */
	struct timespec start;
};

static size_t count_state(const struct run *run, enum types_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < run->types.count; i++)
		count += run->types.files[i].state == state;
	return count;
}

static size_t count_differing(const struct run *run)
{
	size_t count = 0;

	for (size_t i = 0; i < run->types.count; i++)
		count += types_differs(&run->types.files[i]);
	return count;
}

/* Nobody commits .attio/, so that in a fresh clone nothing of it is there, and nothing in it can be
 * out of date. It is the first in the list. */
static void leave_out_unwritten(struct run *run)
{
	struct types *types = &run->types;
	size_t count = 0;

	while (count < types->count && str_starts(types->files[count].path, ".attio/"))
		if (types->files[count++].state != TYPES_MISSING)
			return;
	types->files += count;
	types->count -= count;
	run->uncompared = count > 0;
}

static int exit_code(const struct run *run)
{
	if (run->findings.count > 0)
		return EXIT_FINDINGS;
	if (run->check && (count_differing(run) > 0 || run->types.no_schema != NULL))
		return EXIT_FINDINGS;
	return EXIT_OK;
}

static void print_document(const struct run *run, int code)
{
	cJSON *document = cli_json(run->cli, code);
	cJSON *files;

	findings_add_json(document, &run->findings, &run->app->texts, run->types.count,
			  elapsed_ms(&run->start));
	cJSON_AddBoolToObject(document, "check", run->check);
	files = cJSON_AddArrayToObject(document, "files");
	for (size_t i = 0; i < run->types.count; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "path", run->types.files[i].path);
		cJSON_AddStringToObject(item, "state", types_state_name(run->types.files[i].state));
		cJSON_AddItemToArray(files, item);
	}
	if (run->types.no_schema != NULL)
		cJSON_AddStringToObject(document, "no_schema", run->types.no_schema);
	cli_print_json(run->cli, document);
}

/* The answer of --check. */
static void print_differences(const struct run *run)
{
	struct buf text = {0};

	for (size_t i = 0; i < run->types.count; i++) {
		const struct types_file *file = &run->types.files[i];

		if (!types_differs(file))
			continue;
		buf_printf(&text, "%-9s  ", types_state_name(file->state));
		term_escape(&text, file->path);
		buf_putc(&text, '\n');
	}
	if (text.len > 0 && run->findings.count == 0)
		several_head(run->cli);
	fwrite(buf_cstr(&text), 1, text.len, run->cli->out);
	buf_dispose(&text);
}

static void warn(const struct run *run)
{
	for (size_t i = 0; i < run->types.count; i++) {
		const struct types_file *file = &run->types.files[i];

		if (file->state == TYPES_FOREIGN)
			cli_warn(run->cli,
				 "`%s` was written by hand and stays as it is; delete it to have "
				 "it generated",
				 file->path);
		if (file->loose)
			cli_warn(run->cli,
				 "the answer of the query beside `%s` has the type `any`: its "
				 "fragments and aliases multiply beyond what can be written out; "
				 "select less in one query",
				 file->path);
	}
	if (run->app->tsconfig.leaves_out_attio)
		cli_warn(run->cli, "TypeScript does not see the types in `.attio/`; add "
				   "`.attio/**/*` to `include` in tsconfig.json");
	if (run->types.no_schema != NULL)
		cli_warn(run->cli, "GraphQL documents have no types: %s", run->types.no_schema);
}

static void say_summary(const struct run *run)
{
	struct cli *cli = run->cli;
	size_t written = count_state(run, TYPES_MISSING) + count_state(run, TYPES_DIFFERENT);
	size_t stale = count_state(run, TYPES_STALE), differing = count_differing(run);

	if (run->findings.count > 0)
		cli_say(cli, "%s", findings_count_words(cli, &run->findings));
	if (!run->app->exists)
		return;
	if (!run->check)
		cli_say(cli, "%zu file%s written, %zu removed, %zu current (%ld ms)", written,
			written == 1 ? "" : "s", stale, count_state(run, TYPES_CURRENT),
			elapsed_ms(&run->start));
	else if (differing > 0)
		cli_say(cli, "%zu of %zu files differ; run `attio types` (%ld ms)", differing,
			run->types.count, elapsed_ms(&run->start));
	else
		cli_say(cli, "%zu file%s current (%ld ms)", count_state(run, TYPES_CURRENT),
			count_state(run, TYPES_CURRENT) == 1 ? " is" : "s are",
			elapsed_ms(&run->start));
	if (run->uncompared)
		cli_say(cli, "`.attio/` is not written yet, so its types were not compared");
}

static int generate(struct run *run)
{
	struct error error = {0};
	int code;

	run->findings.arena = run->app->arena;
	if (!run->app->exists) {
		diags_append(&run->findings, &run->app->problems);
	} else {
		if (types_generate(run->app, run->app->arena, &run->types, &error) != 0 ||
		    (!run->check && types_write(run->app, &run->types, &error) != 0))
			return cli_fail(run->cli, &error);
		if (run->check)
			leave_out_unwritten(run);
		diags_append(&run->findings, &run->types.findings);
		diags_append(&run->findings, &run->types.foreign);
	}
	code = exit_code(run);
	if (run->cli->json) {
		print_document(run, code);
		return code;
	}
	findings_print(run->cli, &run->findings, &run->app->texts);
	if (run->check)
		print_differences(run);
	warn(run);
	say_summary(run);
	return code;
}

static int types_of(struct cli *cli, const char *path, bool check)
{
	struct app app;
	struct run run = {.cli = cli, .app = &app, .check = check};
	int code;

	clock_gettime(CLOCK_MONOTONIC, &run.start);
	code = project_open(cli, path, NULL, &app);
	if (code != EXIT_OK)
		return code;
	code = generate(&run);
	app_close(&app);
	return code;
}

static int types_one(struct cli *cli, const char *const *paths, void *data)
{
	const bool *check = data;

	return types_of(cli, paths[0], *check);
}

static int types_run(struct cli *cli, const void *opaque)
{
	const struct types_options *options = opaque;
	struct project_groups groups;
	struct error error = {0};
	bool check = options->check;

	if (several_find(cli, options->paths, &groups, &error) != 0)
		return cli_fail(cli, &error);
	if (groups.count == 0)
		return types_of(cli, several_first(options->paths), check);
	int code = several_run(cli, &groups, types_one, &check);
	cJSON *document = several_document(cli, code);
	if (cli->json)
		cli_print_json(cli, document);
	else
		cJSON_Delete(document);
	return code;
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const struct option option_table[] = {
	{.name = "check",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct types_options, check),
	 .help = "Write nothing; list the files that differ and exit with 1 when there are any"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	SEVERAL_OPERAND(struct types_options),
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio types", "Write the types of the app in the current folder"},
	{"attio types --check", "Check in CI that the committed types are current"},
	{"attio types apps/*", "Write those of all apps of a repository"},
	{"attio types my-app --json", "Report the files of another app for a script"},
	{.command = NULL},
};

const struct command cmd_types = {
	.name = "types",
	.group = "Make an app",
	.summary = "Write the TypeScript declarations that belong to the app",
	.description =
		"Writes beside each GraphQL document (`query.graphql`) the types of its variables "
		"and its answer (`query.graphql.d.ts`), and in .attio/ what TypeScript should "
		"know about the app: settings, pages, record tabs, webhooks, environment "
		"variables. The names are those that the official tool gives, so an app can "
		"change between the two.\n\n"
		"Documents are checked against the schema of the installed `attio` package. One "
		"that has errors keeps the types it has; all others are written. Declarations "
		"that were generated for a document that is gone are removed; a file that was "
		"written by hand is never touched, and neither is one that has the right bytes.\n\n"
		"Commit those beside the documents; then --check says in CI when they are out of "
		"date. The files in .attio/ depend on .env files, too, and are made anew by each "
		"build: --check compares them only where some are there.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.options_size = sizeof(struct types_options),
	.needs = NEED_APP,
	.run = types_run,
};
