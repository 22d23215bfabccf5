/* attio event send: an event handler of the app, run for a connection that there is. */
#include "cli/net/event.h"

#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

/* The newest one; NULL, told: there is none. */
static int newest(struct client *client, struct cli *cli, const char **id)
{
	const cJSON *items;
	cJSON *answer;
	int code = client_call(client, "GET", "/connections", NULL, &answer);
	int count;

	if (code != EXIT_OK)
		return code;
	items = cJSON_GetObjectItemCaseSensitive(answer, "items");
	count = cJSON_GetArraySize(items);
	*id = count > 0 ? answer_text(cli, cJSON_GetArrayItem(items, count - 1), "id") : "";
	cJSON_Delete(answer);
	if (**id != '\0')
		return EXIT_OK;
	const struct cli_refusal refusal = {
		"not-found", EXIT_NOT_FOUND, "the app has no connection", "",
		"connect it first: `attio connection add --workspace --value-env NAME`"};
	return cli_refuse(cli, &refusal, NULL);
}

int event_send_run(struct cli *cli, const void *opaque)
{
	const struct event_send_options *options = opaque;
	const char *id = options->connection;
	cJSON *body, *answer = NULL;
	struct client *client;
	int code = client_open(cli, &options->reach, CLIENT_APP, &client);

	if (code == EXIT_OK && id == NULL)
		code = newest(client, cli, &id);
	if (code == EXIT_OK) {
		body = cJSON_CreateObject();
		cJSON_AddStringToObject(body, "event", options->event);
		cJSON_AddStringToObject(body, "connection", id);
		code = client_call(client, "POST", "/events/send", body, &answer);
	}
	client_close(client);
	if (code != EXIT_OK)
		return code;
	code = answer_true(answer, "ok") ? EXIT_OK : EXIT_FINDINGS;
	if (code == EXIT_OK)
		cli_say(cli, "%s",
			answer_true(answer, "ran")
				? "the handler has run"
				: "the app has no handler for this event: nothing ran");
	else
		answer_say_thrown(cli, answer_member(answer, "error"));
	return client_print_json(cli, answer, code);
}
