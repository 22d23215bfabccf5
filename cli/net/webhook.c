/* attio webhook ...: the app's webhook handlers and what came to them. */
#include "cli/net/webhook.h"

#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/sent.h"
#include "cli/net/stack.h"

int webhook_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {{"FILE", "file_name"},
						       {"ID", "id"},
						       {"EXTERNAL", "external_webhook_id"},
						       {"URL", "url"},
						       {NULL, NULL}};
	const struct webhook_list_options *options = opaque;
	cJSON *answer;
	int code =
		client_once(cli, &options->reach, CLIENT_STORE, "GET", "/webhooks", NULL, &answer);

	return code == EXIT_OK
		       ? answer_table(cli, answer, columns, "the app has registered no handlers")
		       : code;
}

int webhook_deliveries_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {
		{"ID", "id"},         {"RECEIVED", "received_at"},
		{"HANDLER", "name"},  {"METHOD", "method"},
		{"STATUS", "status"}, {"MS", "ms"},
		{"FLOW", "flow"},     {NULL, NULL}};
	const struct webhook_deliveries_options *options = opaque;
	const char *path = argument_query(cli, "/deliveries", "handler", options->handler);
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", path, NULL, &answer);

	return code == EXIT_OK ? answer_table(cli, answer, columns, "nothing came yet") : code;
}

/* Its error also where the other commands have theirs. */
static void say_failed(struct cli *cli, cJSON *answer, const char *message)
{
	const cJSON *thrown = answer_member(answer, "delivery.error");
	const char *flow = answer_text(cli, answer, "flow");

	if (cJSON_IsObject(thrown))
		answer_say_thrown(cli, thrown);
	else
		cli_warn(cli, "the handler failed: %s", message);
	if (flow[0] != '\0')
		cli_say(cli, "all that happened: attio flow show %s", flow);
	if (cJSON_IsObject(thrown) && !cJSON_HasObjectItem(answer, "error"))
		cJSON_AddItemToObject(answer, "error", cJSON_Duplicate(thrown, true));
}

static int print_delivery(struct cli *cli, cJSON *answer)
{
	const cJSON *delivery = answer_member(answer, "delivery");
	const char *error = answer_text(cli, delivery, "error.message");
	const cJSON *body = answer_member(delivery, "response.body");
	int code;

	if (error[0] == '\0')
		error = answer_text(cli, delivery, "error");
	code = error[0] == '\0' ? EXIT_OK : EXIT_FINDINGS;
	if (!cli->json) {
		const char *status = answer_text(cli, delivery, "response.status");

		answer_line(cli, "%s",
			    status[0] != '\0' ? status : answer_text(cli, delivery, "status"));
		if (cJSON_IsString(body) && body->valuestring[0] != '\0')
			answer_value(cli, body);
	}
	if (code != EXIT_OK)
		say_failed(cli, answer, error);
	return client_print_json(cli, answer, code);
}

int webhook_send_run(struct cli *cli, const void *opaque)
{
	const struct webhook_send_options *options = opaque;
	cJSON *body = cJSON_CreateObject(), *answer;
	int code;

	cJSON_AddStringToObject(body, "handler", options->handler);
	argument_add(body, "path", options->path);
	code = sent_put(cli, &options->sent, body);
	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/webhooks/send", body,
			   &answer);
	return code == EXIT_OK ? print_delivery(cli, answer) : code;
}

int webhook_replay_run(struct cli *cli, const void *opaque)
{
	const struct webhook_replay_options *options = opaque;
	const char *path =
		arena_printf(cli->arena, "/deliveries/%s/replay", argument_part(cli, options->id));
	cJSON *body = cJSON_CreateObject(), *answer;
	cJSON *list = cJSON_AddArrayToObject(body, "set");
	int code = EXIT_OK;

	for (size_t i = 0;
	     code == EXIT_OK && options->changes != NULL && options->changes[i] != NULL; i++)
		code = argument_change(cli, options->changes[i], list);
	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", path, body, &answer);
	return code == EXIT_OK ? print_delivery(cli, answer) : code;
}
