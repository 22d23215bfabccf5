/* attio migrate folder-structure. The plan is the answer, so it goes to stdout; its JSON has the
 * members of the official tool's, for scripts that read those. */
#include "cli/net/migrate.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/ask.h"
#include "cli/net/migrate_format.h"
#include "cli/project.h"
#include "git/git.h"
#include "migrate/apply.h"
#include "migrate/migrate.h"

struct run {
	struct cli *cli;
	const struct migrate_options *options;
	const char *root;
	struct app app;
	struct migration plan;
	bool applied;
};

/* --- the plan in JSON --------------------------------------------------------------------------
 */

static void add_text(cJSON *object, const char *key, const char *text)
{
	if (text != NULL)
		cJSON_AddStringToObject(object, key, text);
}

static void add_item(cJSON *array, const char *text)
{
	if (text != NULL)
		cJSON_AddItemToArray(array, cJSON_CreateString(text));
}

static cJSON *op_json(const struct migrate_op *op)
{
	cJSON *object = cJSON_CreateObject(), *files, *extension;

	add_text(object, "id", op->id);
	add_text(object, "kind", op->kind);
	add_text(object, "from", op->from);
	add_text(object, "to", op->to);
	add_text(object, "path", op->path);
	files = cJSON_AddArrayToObject(object, "files");
	add_item(files, op->from);
	add_item(files, op->to);
	add_item(files, op->path);
	if (op->extension != NULL) {
		extension = cJSON_AddObjectToObject(object, "extension");
		add_text(extension, "id", op->extension);
		add_text(extension, "type", op->type);
	}
	add_text(object, "symbol", op->symbol);
	add_text(object, "api", op->api);
	return object;
}

static cJSON *blocker_json(const struct migrate_blocker *blocker)
{
	cJSON *object = cJSON_CreateObject(), *array;

	add_text(object, "code", blocker->code);
	add_text(object, "message", blocker->message);
	array = cJSON_AddArrayToObject(object, "files");
	add_item(array, blocker->files[0]);
	add_item(array, blocker->files[1]);
	array = cJSON_AddArrayToObject(object, "symbols");
	for (size_t i = 0; blocker->symbols[i] != NULL; i++)
		add_item(array, blocker->symbols[i]);
	return object;
}

static void add_files(cJSON *document, const struct migration *plan)
{
	cJSON *array = cJSON_AddArrayToObject(document, "files");

	for (size_t i = 0; i < plan->file_count; i++) {
		cJSON *object = cJSON_CreateObject();

		add_text(object, "source_path", plan->files[i].source);
		if (plan->files[i].to != NULL)
			add_text(object, "destination_path", plan->files[i].to);
		else
			cJSON_AddNullToObject(object, "destination_path");
		cJSON_AddItemToArray(array, object);
	}
}

static cJSON *plan_json(struct run *run, int code)
{
	const struct migration *plan = &run->plan;
	cJSON *document = cli_json(run->cli, code), *array;

	cJSON_AddNumberToObject(document, "schema_version", 1);
	array = cJSON_AddArrayToObject(document, "operations");
	for (size_t i = 0; i < plan->op_count; i++)
		cJSON_AddItemToArray(array, op_json(&plan->ops[i]));
	array = cJSON_AddArrayToObject(document, "blockers");
	for (size_t i = 0; i < plan->blocker_count; i++)
		cJSON_AddItemToArray(array, blocker_json(&plan->blockers[i]));
	array = cJSON_AddArrayToObject(document, "unchanged_settings_callsites");
	for (size_t i = 0; i < plan->call_count; i++) {
		cJSON *object = cJSON_CreateObject();

		add_text(object, "file", plan->calls[i].file);
		add_text(object, "symbol", plan->calls[i].symbol);
		add_text(object, "api", plan->calls[i].api);
		cJSON_AddItemToArray(array, object);
	}
	add_files(document, plan);
	array = cJSON_AddArrayToObject(document, "notes");
	for (size_t i = 0; i < plan->note_count; i++)
		add_item(array, plan->notes[i]);
	cJSON_AddBoolToObject(document, "applied", run->applied);
	return document;
}

/* --- the plan for people -----------------------------------------------------------------------
 */

static void print_files(struct run *run)
{
	FILE *out = run->cli->out;

	for (size_t i = 0; i < run->plan.file_count; i++) {
		const struct migrate_file *file = &run->plan.files[i];

		if (file->to == NULL)
			fprintf(out, "remove  %s\n", file->source);
		else if (strcmp(file->source, file->to) == 0)
			fprintf(out, "change  %s\n", file->source);
		else
			fprintf(out, "move    %s -> %s\n", file->source, file->to);
	}
}

static void say_rest(struct run *run)
{
	const struct migration *plan = &run->plan;

	for (size_t i = 0; i < plan->note_count; i++)
		cli_say(run->cli, "%s", plan->notes[i]);
	for (size_t i = 0; i < plan->call_count && plan->blocker_count == 0; i++)
		cli_say(run->cli, "`%s` still calls %s, in `%s`: that works, and stays",
			plan->calls[i].file, plan->calls[i].api, plan->calls[i].symbol);
}

static int refuse(struct run *run)
{
	const struct migration *plan = &run->plan;

	if (run->cli->json) {
		cli_print_json(run->cli, plan_json(run, EXIT_FINDINGS));
	} else {
		for (size_t i = 0; i < plan->blocker_count; i++) {
			const struct migrate_blocker *blocker = &plan->blockers[i];

			fprintf(run->cli->out, "%s: %s [%s]\n", blocker->files[0], blocker->message,
				blocker->code);
		}
	}
	cli_say(run->cli,
		"the app cannot be migrated as it is: %zu thing%s in the way; no file "
		"was changed",
		plan->blocker_count, plan->blocker_count == 1 ? " is" : "s are");
	return EXIT_FINDINGS;
}

/* --- the run -----------------------------------------------------------------------------------
 */

/* What a killed run left comes first: only then the app is a whole again. */
static int resume(struct run *run)
{
	static const struct cli_refusal busy = {"conflict", EXIT_NOT_FOUND,
						"another migration of this app is running", "",
						"wait for it to end"};
	enum migrate_rest rest;
	struct error error = {0};

	if (migrate_resume(run->cli->arena, run->root, &rest, &error) != 0)
		return cli_fail(run->cli, &error);
	if (rest == MIGRATE_BUSY)
		return cli_refuse(run->cli, &busy, NULL);
	if (rest == MIGRATE_COMPLETED)
		cli_say(run->cli, "an earlier migration was killed half way: the rest of it is "
				  "done now");
	return EXIT_OK;
}

static int ask_git(struct run *run, struct error *error)
{
	struct migration *plan = &run->plan;
	const char *dirty;
	bool inside;

	if (plan->op_count == 0)
		return 0;
	if (git_find_dirty(run->root, run->cli->arena, &inside, &dirty, error) != 0)
		return -1;
	if (dirty == NULL)
		return 0;
	static const char *const none[] = {NULL};
	struct migrate_blocker *blocker =
		arena_push(plan->arena, &plan->blockers, &plan->blocker_count, sizeof(*blocker));

	*blocker = (struct migrate_blocker){
		"dirty-working-tree",
		arena_printf(plan->arena,
			     "commit or stash what is not committed first, for example `%s`",
			     dirty),
		{"."},
		none};
	plan->op_count = 0;
	plan->file_count = 0;
	return 0;
}

static int confirm(struct run *run)
{
	static const struct cli_refusal nobody = {
		"needs-input", EXIT_NEEDS_INPUT,
		"the plan has to be confirmed, and nobody can be asked",
		"standard input is not a terminal, or questions are turned off",
		"run it with `--yes`, or with `--dry-run` to see the plan only"};

	if (run->options->yes)
		return EXIT_OK;
	if (!run->cli->interactive)
		return cli_refuse(run->cli, &nobody, NULL);
	if (ask_yes(run->cli, "Apply this plan?", false))
		return EXIT_OK;
	cli_say(run->cli, "no file was changed");
	return -1;
}

static int apply(struct run *run)
{
	struct error error = {0};
	int code = confirm(run);

	if (code != EXIT_OK)
		return code < 0 ? EXIT_OK : code;
	format_plan(run->cli, run->root, &run->plan);
	if (migrate_apply(&run->plan, run->cli->arena, run->root, &error) != 0)
		return cli_fail(run->cli, &error);
	run->applied = true;
	cli_say(run->cli, "migrated; `attio check` looks at the result");
	return EXIT_OK;
}

static int migrate(struct run *run)
{
	bool only_plan = run->options->dry_run || (run->cli->json && !run->options->yes);
	struct error error = {0};
	int code = EXIT_OK;

	migrate_plan(&run->plan, &run->app, run->cli->arena);
	if (ask_git(run, &error) != 0)
		return cli_fail(run->cli, &error);
	if (run->plan.blocker_count > 0)
		return refuse(run);
	if (!run->cli->json)
		print_files(run);
	say_rest(run);
	if (!only_plan && run->plan.op_count > 0)
		code = apply(run);
	if (run->cli->json && code == EXIT_OK)
		cli_print_json(run->cli, plan_json(run, EXIT_OK));
	return code;
}

int migrate_folder_structure_run(struct cli *cli, const void *opaque)
{
	struct run run = {.cli = cli, .options = opaque};
	struct error error = {0};
	int code;

	run.root = project_root_of_app(cli, run.options->path, &error);
	if (run.root == NULL)
		return cli_fail(cli, &error);
	code = resume(&run);
	if (code == EXIT_OK)
		code = project_open(cli, run.options->path, NULL, &run.app);
	if (code == EXIT_OK)
		code = migrate(&run);
	app_close(&run.app);
	return code;
}
