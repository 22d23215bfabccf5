/* attio doctor: what is wrong around an app before somebody searches for it in the app. Looks only;
 * with --fix, repairs what cannot hurt. */
#include "cli/net/doctor.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/checkup.h"
#include "cli/project.h"
#include "cli/term.h"
#include "sys/loop.h"

static const char *const level_names[] = {"ok", "warning", "error"};

static size_t count_level(const struct checkup *checkup, enum checkup_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < checkup->count; i++)
		count += checkup->lines[i].level == level;
	return count;
}

static void print_line(struct cli *cli, const struct checkup_line *line)
{
	static const char *const colors[] = {"32", "33", "31"};
	const char *level = line->repaired ? "fixed" : level_names[line->level];
	struct buf text = {0};

	if (cli->globals.quiet && line->level == CHECKUP_OK && !line->repaired)
		return;
	if (cli->out_color)
		buf_printf(&text, "\x1b[%sm%-7s\x1b[0m  ", colors[line->level], level);
	else
		buf_printf(&text, "%-7s  ", level);
	buf_printf(&text, "%-9s  ", line->name);
	term_escape(&text, line->text);
	if (line->fix != NULL) {
		buf_printf(&text, "\n%20s  fix: ", "");
		term_escape(&text, line->fix);
	}
	buf_putc(&text, '\n');
	fwrite(buf_cstr(&text), 1, text.len, cli->out);
	buf_dispose(&text);
}

static void print_json(const struct checkup *checkup, int code)
{
	struct cJSON *document = cli_json(checkup->cli, code), *array, *summary;

	if (checkup->root != NULL)
		cJSON_AddStringToObject(document, "root", checkup->root);
	summary = cJSON_AddObjectToObject(document, "summary");
	for (size_t i = 0; i < 3; i++)
		cJSON_AddNumberToObject(summary, level_names[i],
					(double)count_level(checkup, (enum checkup_level)i));
	array = cJSON_AddArrayToObject(document, "checks");
	for (size_t i = 0; i < checkup->count; i++) {
		const struct checkup_line *line = &checkup->lines[i];
		struct cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "name", line->name);
		cJSON_AddStringToObject(item, "state", level_names[line->level]);
		cJSON_AddStringToObject(item, "message", line->text);
		if (line->fix != NULL)
			cJSON_AddStringToObject(item, "fix", line->fix);
		cJSON_AddBoolToObject(item, "fixed", line->repaired);
		cJSON_AddItemToArray(array, item);
	}
	cli_print_json(checkup->cli, document);
}

static int report(const struct checkup *checkup)
{
	size_t errors = count_level(checkup, CHECKUP_ERROR);
	size_t warnings = count_level(checkup, CHECKUP_WARNING);
	int code = errors > 0 ? EXIT_FINDINGS : EXIT_OK;

	if (checkup->cli->json) {
		print_json(checkup, code);
		return code;
	}
	for (size_t i = 0; i < checkup->count; i++)
		print_line(checkup->cli, &checkup->lines[i]);
	cli_say(checkup->cli, "%zu error%s, %zu warning%s", errors, errors == 1 ? "" : "s",
		warnings, warnings == 1 ? "" : "s");
	return code;
}

int doctor_run(struct cli *cli, const void *opaque)
{
	struct checkup checkup = {.cli = cli, .options = opaque, .arena = cli->arena};
	struct app app;
	struct error error = {0};
	int code = EXIT_OK;

	if (checkup.options->path != NULL &&
	    project_root_of_app(cli, checkup.options->path, &error) == NULL)
		return cli_fail(cli, &error);
	checkup.loop = loop_open(&error);
	if (checkup.loop == NULL)
		return cli_fail(cli, &error);
	checkup.root = project_root_of_app(cli, checkup.options->path, &error);
	if (checkup.root != NULL) {
		code = project_open(cli, checkup.options->path, NULL, &app);
		checkup.app = code == EXIT_OK ? &app : NULL;
	}
	if (code == EXIT_OK) {
		checkup_machine(&checkup);
		if (checkup.app != NULL)
			checkup_app(&checkup);
		else
			checkup_add(&checkup, CHECKUP_OK, "app", NULL,
				    "this folder is in no app, so only the machine was looked at");
		checkup_account(&checkup);
		code = report(&checkup);
	}
	if (checkup.app != NULL)
		app_close(&app);
	loop_close(checkup.loop);
	return code;
}
