/* attio block ...: the app's workflow blocks, run as a workflow would. */
#include "cli/net/block.h"

#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/sent.h"

int block_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {
		{"ID", "id"}, {"TYPE", "type"}, {"TITLE", "title"}, {NULL, NULL}};
	const struct block_list_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_APP, "GET", "/blocks", NULL, &answer);

	return code == EXIT_OK
		       ? answer_table(cli, answer, columns, "the app has no workflow blocks")
		       : code;
}

/* --- what came of it ---------------------------------------------------------------------------
 */

/* Names and values, one a line; a value with parts as JSON. */
static void print_members(struct cli *cli, const cJSON *object)
{
	const cJSON *member;
	int width = 0;

	cJSON_ArrayForEach(member, object) width =
		(int)strlen(member->string) > width ? (int)strlen(member->string) : width;
	cJSON_ArrayForEach(member, object) answer_line(cli, "    %-*s  %s", width, member->string,
						       answer_text(cli, member, ""));
}

/* An activation or a run: what it is of, how it stands, where it waits to be called. */
static void print_place(struct cli *cli, const cJSON *place, const char *word, const char *open)
{
	const char *state = answer_text(cli, place, "state");
	const char *outcome = answer_text(cli, place, "outcome.id");

	answer_line(cli, "%s of %s  %s", word, answer_text(cli, place, "block"), state);
	answer_line(cli, "  id         %s", answer_text(cli, place, "id"));
	if (strcmp(state, open) == 0)
		answer_line(cli, "  called at  %s", answer_text(cli, place, "url"));
	if (outcome[0] != '\0')
		answer_line(cli, "  outcome    %s", outcome);
	print_members(cli, answer_member(place, "outcome.data"));
}

static void print_for_people(struct cli *cli, const cJSON *answer)
{
	const cJSON *activation = answer_member(answer, "activation");
	const cJSON *run = answer_member(answer, "run");

	if (strcmp(answer_text(cli, answer, "type"), "no-op") == 0)
		answer_line(cli, "no-op: the handler had nothing to do");
	if (cJSON_IsObject(activation))
		print_place(cli, activation, "activation", "active");
	if (cJSON_IsObject(run))
		print_place(cli, run, "run", "waiting");
}

static int print(struct cli *cli, cJSON *answer)
{
	const cJSON *ok = answer_member(answer, "ok");
	const char *flow = answer_text(cli, answer, "flow");
	const cJSON *problem;
	int code = ok != NULL && !cJSON_IsTrue(ok) ? EXIT_FINDINGS : EXIT_OK;

	if (!cli->json)
		print_for_people(cli, answer);
	if (code != EXIT_OK)
		answer_say_thrown(cli, answer_member(answer, "error"));
	cJSON_ArrayForEach(problem, answer_member(answer, "problems"))
		cli_detail(cli, "why",
			   arena_printf(cli->arena, "%s %s", answer_text(cli, problem, "path"),
					answer_text(cli, problem, "message")));
	if (flow[0] != '\0')
		cli_say(cli, "all that happened: attio flow show %s", flow);
	return client_print_json(cli, answer, code);
}

/* --- doing it ----------------------------------------------------------------------------------
 */

static int act(struct cli *cli, const struct reach *reach, const char *id, const char *verb,
	       cJSON *body)
{
	const char *path = arena_printf(cli->arena, "/blocks/%s/%s", argument_part(cli, id), verb);
	cJSON *answer;
	int code = client_once(cli, reach, CLIENT_APP, "POST", path, body, &answer);

	return code == EXIT_OK ? print(cli, answer) : code;
}

/* EXIT_OK, or the mistake was told; then the body is freed. */
static int add_json(struct cli *cli, cJSON *body, const char *option, const char *key,
		    const char *text)
{
	cJSON *value;
	int code;

	if (text == NULL)
		return EXIT_OK;
	code = argument_json(cli, option, text, &value);
	if (code == EXIT_OK)
		cJSON_AddItemToObject(body, key, value);
	else
		cJSON_Delete(body);
	return code;
}

/* The request that calls back: sent.h. The body is freed where it fails. */
static int add_request(struct cli *cli, cJSON *body, const char *key, const struct sent *sent)
{
	int code = sent_put(cli, sent, cJSON_AddObjectToObject(body, key));

	if (code != EXIT_OK)
		cJSON_Delete(body);
	return code;
}

int block_activate_run(struct cli *cli, const void *opaque)
{
	const struct block_activate_options *options = opaque;
	cJSON *body = cJSON_CreateObject();
	int code = add_json(cli, body, "--config", "config", options->config);

	return code == EXIT_OK ? act(cli, &options->reach, options->id, "activate", body) : code;
}

int block_deactivate_run(struct cli *cli, const void *opaque)
{
	const struct block_deactivate_options *options = opaque;
	cJSON *body = cJSON_CreateObject();

	argument_add(body, "activation", options->activation);
	return act(cli, &options->reach, options->id, "deactivate", body);
}

int block_trigger_run(struct cli *cli, const void *opaque)
{
	const struct block_trigger_options *options = opaque;
	cJSON *body = cJSON_CreateObject();
	int code;

	argument_add(body, "activation", options->activation);
	code = add_request(cli, body, "request", &options->sent);
	return code == EXIT_OK ? act(cli, &options->reach, options->id, "trigger", body) : code;
}

int block_run_run(struct cli *cli, const void *opaque)
{
	const struct block_run_options *options = opaque;
	const struct sent finish = {.body = options->finish, .method = "POST"};
	cJSON *body = cJSON_CreateObject();
	int code = add_json(cli, body, "--config", "config", options->config);

	if (code == EXIT_OK && options->finish != NULL)
		code = add_request(cli, body, "finish", &finish);
	return code == EXIT_OK ? act(cli, &options->reach, options->id, "run", body) : code;
}

int block_finish_run(struct cli *cli, const void *opaque)
{
	const struct block_finish_options *options = opaque;
	cJSON *body = cJSON_CreateObject();
	int code;

	argument_add(body, "run", options->run);
	code = add_request(cli, body, "request", &options->sent);
	return code == EXIT_OK ? act(cli, &options->reach, options->id, "finish", body) : code;
}
