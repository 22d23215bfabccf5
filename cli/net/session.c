/* See session.h. */
#include "cli/net/session.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

/* --- what the user does ------------------------------------------------------------------------
 */

/* A list of steps, or an object with `steps` and answers. */
static int add_file(struct cli *cli, const char *file, cJSON *steps, cJSON *answers)
{
	cJSON *given, *list, *next;
	int code = argument_file(cli, "--answer", file, &given);

	if (code != EXIT_OK)
		return code;
	list = cJSON_IsArray(given) ? given : cJSON_GetObjectItemCaseSensitive(given, "steps");
	for (cJSON *step = list != NULL ? list->child : NULL; step != NULL; step = next) {
		next = step->next;
		cJSON_AddItemToArray(steps, cJSON_DetachItemViaPointer(list, step));
	}
	if (cJSON_IsObject(given)) {
		cJSON_DeleteItemFromObjectCaseSensitive(given, "steps");
		for (cJSON *member = given->child; member != NULL; member = next) {
			next = member->next;
			cJSON_AddItemToObject(answers, member->string,
					      cJSON_Duplicate(member, true));
		}
	}
	cJSON_Delete(given);
	return EXIT_OK;
}

int session_record(struct cli *cli, const char *const *records, const char **record)
{
	*record = records != NULL ? records[0] : NULL;
	if (*record == NULL || records[1] == NULL)
		return EXIT_OK;
	return argument_wrong(cli, "`--record` is given more than once", "name one record");
}

int session_add(struct cli *cli, const struct session_script *script, cJSON *body)
{
	cJSON *steps = cJSON_CreateArray(), *answers = cJSON_CreateObject();
	int code = EXIT_OK;

	argument_add(body, "as", script->member);
	if (script->answer != NULL)
		code = add_file(cli, script->answer, steps, answers);
	for (size_t i = 0; script->steps != NULL && script->steps[i] != NULL; i++)
		cJSON_AddItemToArray(steps, cJSON_CreateString(script->steps[i]));
	if (script->confirm != NULL) {
		cJSON_DeleteItemFromObjectCaseSensitive(answers, "confirm");
		cJSON_AddStringToObject(answers, "confirm", script->confirm);
	}
	cJSON_AddItemToObject(body, "steps", steps);
	cJSON_AddItemToObject(body, "answers", answers);
	return code;
}

/* --- what the user saw -------------------------------------------------------------------------
 */

static const char *join(struct cli *cli, const char *title, const char *text)
{
	if (title[0] == '\0' || text[0] == '\0')
		return title[0] != '\0' ? title : text;
	return arena_printf(cli->arena, "%s: %s", title, text);
}

static void print_tree(struct cli *cli, const cJSON *surface)
{
	const cJSON *line;

	cJSON_ArrayForEach(line, answer_member(surface, "tree")) if (cJSON_IsString(line))
		answer_line(cli, "%s", line->valuestring);
}

static void print_toast(struct cli *cli, const cJSON *toast)
{
	const char *variant = answer_text(cli, toast, "variant");
	const char *action = answer_text(cli, toast, "action");

	answer_line(cli, "toast %s  %s%s%s%s", variant[0] != '\0' ? variant : "neutral",
		    join(cli, answer_text(cli, toast, "title"), answer_text(cli, toast, "text")),
		    action[0] != '\0' ? "  [" : "", action, action[0] != '\0' ? "]" : "");
}

static void print_alert(struct cli *cli, const cJSON *alert)
{
	answer_line(cli, "alert  %s",
		    join(cli, answer_text(cli, alert, "title"), answer_text(cli, alert, "text")));
}

static void print_confirm(struct cli *cli, const cJSON *confirm)
{
	const char *given = answer_text(cli, confirm, "answer");

	answer_line(
		cli, "confirm  %s%s%s",
		join(cli, answer_text(cli, confirm, "title"), answer_text(cli, confirm, "text")),
		given[0] != '\0' ? " -> " : "", given);
}

static void print_dialog(struct cli *cli, const cJSON *dialog)
{
	if (answer_true(dialog, "closed"))
		answer_line(cli, "dialog \"%s\" closed", answer_text(cli, dialog, "title"));
	else
		print_tree(cli, dialog);
}

static void print_opened(struct cli *cli, const cJSON *url)
{
	answer_line(cli, "opened  %s", answer_text(cli, url, ""));
}

static void print_navigated(struct cli *cli, const cJSON *where)
{
	answer_line(cli, "went to  %s", answer_text(cli, where, ""));
}

static void print_iframe(struct cli *cli, const cJSON *iframe)
{
	const char *url = answer_text(cli, iframe, "url");

	answer_line(cli, "iframe  %s%s", url[0] != '\0' ? url : "of the app's own HTML",
		    answer_true(iframe, "closed") ? " closed" : "");
}

static const struct {
	const char *list; /* of the transcript */
	void (*print)(struct cli *cli, const cJSON *item);
} sights[] = {
	{"toasts.", print_toast},   {"alerts.", print_alert},  {"confirms.", print_confirm},
	{"dialogs.", print_dialog}, {"opened.", print_opened}, {"navigated.", print_navigated},
	{"iframes.", print_iframe},
};

/* In the order in which the user saw it. */
static void print_seen(struct cli *cli, const cJSON *answer)
{
	const cJSON *path;

	print_tree(cli, answer_member(answer, "surface"));
	cJSON_ArrayForEach(path, answer_member(answer, "seen"))
	{
		const char *name = answer_text(cli, path, "");

		for (size_t i = 0; i < ARRAY_LEN(sights); i++)
			if (strncmp(name, sights[i].list, strlen(sights[i].list)) == 0)
				sights[i].print(cli, answer_member(answer, name));
	}
}

static const char *line_of(struct cli *cli, const cJSON *item)
{
	const char *text = answer_text(cli, item, "text");

	return cJSON_IsString(item) ? item->valuestring : text;
}

static void say_rest(struct cli *cli, const cJSON *answer)
{
	const char *flow = answer_text(cli, answer, "flow");
	const cJSON *item;

	cJSON_ArrayForEach(item, answer_member(answer, "logs"))
		cli_say(cli, "%s  %s", answer_text(cli, item, "level"), line_of(cli, item));
	cJSON_ArrayForEach(item, answer_member(answer, "findings")) cli_say(
		cli, "%s  %s", answer_text(cli, item, "code"), answer_text(cli, item, "message"));
	answer_say_warnings(cli, answer);
	if (flow[0] != '\0')
		cli_say(cli, "all that happened: attio flow show %s", flow);
}

static int refuse_question(struct cli *cli, cJSON *answer)
{
	const char *kind = answer_text(cli, answer, "needs.kind");
	const char *flag = answer_text(cli, answer, "needs.flag");
	const struct cli_refusal refusal = {
		.kind = "needs-input",
		.exit_code = EXIT_NEEDS_INPUT,
		.message = arena_printf(cli->arena, "the app asks: %s",
					answer_text(cli, answer, "needs.title")),
		.why = arena_printf(cli->arena, "no option answers this %s", kind),
		.fix = arena_printf(cli->arena,
				    strncmp(flag, "attio ", 6) == 0 ? "run `%s`" : "give `%s`",
				    flag[0] != '\0' ? flag : "--step or --answer"),
	};
	cJSON *document = cli_json(cli, EXIT_NEEDS_INPUT), *next;

	cJSON_DeleteItemFromObjectCaseSensitive(answer, "ok");
	cJSON_DeleteItemFromObjectCaseSensitive(answer, "error");
	for (cJSON *member = answer->child; member != NULL; member = next) {
		next = member->next;
		cJSON_AddItemToObject(document, member->string,
				      cJSON_DetachItemViaPointer(answer, member));
	}
	cJSON_Delete(answer);
	return cli_refuse(cli, &refusal, document);
}

int session_print(struct cli *cli, cJSON *answer)
{
	bool ok = answer_true(answer, "ok");
	const cJSON *needs = answer_member(answer, "needs");

	if (!cli->json)
		print_seen(cli, answer);
	if (needs != NULL && !cJSON_IsNull(needs)) {
		say_rest(cli, answer);
		return refuse_question(cli, answer);
	}
	if (!ok)
		answer_say_thrown(cli, answer_member(answer, "error"));
	say_rest(cli, answer);
	return client_print_json(cli, answer, ok ? EXIT_OK : EXIT_FINDINGS);
}
