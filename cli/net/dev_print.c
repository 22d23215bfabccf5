/* See dev_print.h. */
#include "cli/net/dev_print.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/dev_builder.h"
#include "json/json.h"

/* --- events of the platform --------------------------------------------------------------------
 */

static const char *milliseconds(struct cli *cli, const cJSON *event)
{
	const cJSON *ms = answer_member(event, "ms");

	if (!cJSON_IsNumber(ms))
		return "";
	return arena_printf(cli->arena, ms->valuedouble < 10 ? "%.1f ms" : "%.0f ms",
			    ms->valuedouble);
}

/* A crossing that is over. */
static void print_node(struct cli *cli, const cJSON *event)
{
	const char *error = answer_text(cli, event, "error");
	const cJSON *note;

	if (answer_member(event, "error.message") != NULL)
		error = answer_text(cli, event, "error.message");
	answer_line(cli, "%6s  %-10s %s  %s%s%s", answer_text(cli, event, "flow"),
		    answer_text(cli, event, "kind"), answer_text(cli, event, "name"),
		    milliseconds(cli, event), error[0] != '\0' ? "  failed: " : "", error);
	/* The other notes came as warnings. */
	cJSON_ArrayForEach(note,
			   answer_member(event, "notes")) if (strcmp(answer_text(cli, note, "code"),
								     "thrown") == 0)
		answer_line(cli, "%21s%s", "", answer_text(cli, note, "text"));
}

static void print_log(struct cli *cli, const cJSON *event, const char *level)
{
	const char *text = answer_text(cli, event, "text");

	if (text[0] == '\0')
		text = answer_text(cli, event, "message");
	answer_log(cli,
		   arena_printf(cli->arena, "%6s  %-10s ", answer_text(cli, event, "flow"), level),
		   text);
}

/* What the app's code threw while it was evaluated. */
static void print_running(struct cli *cli, const cJSON *event)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, answer_member(event, "errors"))
	{
		const char *stack = answer_text(cli, item, "error.stack");

		cli_warn(cli, "the app's %s code failed to start: %s: %s",
			 answer_text(cli, item, "realm"), answer_text(cli, item, "error.name"),
			 answer_text(cli, item, "error.message"));
		if (stack[0] != '\0')
			cli_detail(cli, "at", stack);
	}
}

static void print_pushed(struct cli *cli, const cJSON *event)
{
	const char *app = answer_text(cli, event, "app");

	if (cJSON_IsTrue(answer_member(event, "runs")))
		cli_say(cli, "a dev version of `%s` was pushed, and runs now", app);
	else
		cli_say(cli,
			"a dev version of `%s` was pushed; the app's own build goes on running "
			"(`attio dev --no-build` runs what is pushed)",
			app);
}

static void print_for_people(struct cli *cli, const cJSON *event)
{
	const char *name = answer_text(cli, event, "event");

	if (strcmp(name, "running") == 0)
		print_running(cli, event);
	else if (strcmp(name, "node") == 0)
		print_node(cli, event);
	else if (strcmp(name, "log") == 0)
		print_log(cli, event, answer_text(cli, event, "level"));
	else if (strcmp(name, "warning") == 0)
		print_log(cli, event, "warning");
	else if (strcmp(name, "sign-in") == 0)
		cli_say(cli, "somebody asks to sign in: the digits for the page are %s",
			answer_text(cli, event, "digits"));
	else if (strcmp(name, "pushed") == 0)
		print_pushed(cli, event);
	else if (strcmp(name, "failed") == 0)
		cli_warn(cli, "the app's code does not start: %s",
			 answer_text(cli, event, "message"));
}

void dev_print_event(struct cli *cli, const char *json, size_t len)
{
	struct cli mine = *cli;
	struct error ignored;
	cJSON *event;

	if (cli->json) {
		fwrite(json, 1, len, cli->out);
		fputc('\n', cli->out);
		fflush(cli->out);
		return;
	}
	mine.arena = arena_new();
	event = json_parse(json, len, "an event", NULL, &ignored);
	if (event != NULL)
		print_for_people(&mine, event);
	fflush(cli->out);
	cJSON_Delete(event);
	arena_free(mine.arena);
}

/* --- builds ------------------------------------------------------------------------------------
 */

static bool is_good(const struct dev_build *build)
{
	return build->news == DEV_BUILT || build->news == DEV_SAME ||
	       (build->news == DEV_CHECKED && build->errors == 0);
}

void dev_build_event(struct buf *out, const struct dev_build *build, long long running)
{
	cJSON *event = cJSON_CreateObject();

	cJSON_AddStringToObject(event, "event", build->news == DEV_CHECKED ? "check" : "build");
	cJSON_AddBoolToObject(event, "ok", is_good(build));
	cJSON_AddNumberToObject(event, "ms", (double)build->ms);
	cJSON_AddRawToObject(event, "findings", build->findings);
	if (build->error != NULL)
		cJSON_AddRawToObject(event, "error", build->error);
	if (build->healed)
		cJSON_AddTrueToObject(event, "healed");
	if (running > 0)
		cJSON_AddNumberToObject(event, "running", (double)running);
	else
		cJSON_AddNullToObject(event, "running");
	json_print(out, event, false);
	cJSON_Delete(event);
}

static void put_findings(struct cli *cli, const struct dev_build *build)
{
	fputs(build->text, cli->err);
	fflush(cli->err);
}

static const char *counts(struct cli *cli, const struct dev_build *build)
{
	const char *known =
		build->known > 0 && !build->nothing_new
			? arena_printf(cli->arena, ", %zu of them told before", build->known)
			: "";

	return arena_printf(cli->arena, "%s%zu error%s, %zu warning%s%s",
			    build->nothing_new ? "still " : "", build->errors,
			    build->errors == 1 ? "" : "s", build->warnings,
			    build->warnings == 1 ? "" : "s", known);
}

void dev_print_build(struct cli *cli, const struct dev_build *build, long long running)
{
	const char *stays =
		running > 0 ? "the last good build goes on running" : "nothing runs yet";
	struct cli mine = *cli;

	mine.arena = arena_new();
	switch (build->news) {
	case DEV_BUILT:
	case DEV_SAME:
		if (build->note != NULL && !build->told)
			cli_say(&mine, "%s", build->note);
		if (build->news == DEV_BUILT || build->healed)
			cli_say(&mine, "built %s in %ld ms%s", build->line, build->ms,
				build->healed ? "; errors fixed" : "");
		break;
	case DEV_BROKEN:
		put_findings(&mine, build);
		cli_say(&mine, "%s; %s (%ld ms)", counts(&mine, build), stays, build->ms);
		break;
	case DEV_CHECKED:
		put_findings(&mine, build);
		if (build->healed)
			cli_say(&mine, "errors fixed%s%s (%ld ms)", build->warnings > 0 ? "; " : "",
				build->warnings > 0 ? counts(&mine, build) : "", build->ms);
		else if (!build->nothing_new && build->errors + build->warnings > 0)
			cli_say(&mine, "%s; the app runs all the same (%ld ms)",
				counts(&mine, build), build->ms);
		break;
	case DEV_BEGUN:
		break;
	case DEV_FAILED:
		fputs(build->failure, cli->err);
		cli_say(&mine, "the app was not built; %s", stays);
		break;
	}
	arena_free(mine.arena);
}
