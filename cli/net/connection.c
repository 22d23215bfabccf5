/* attio connection ...: the app's connections to its third party. A value goes from the environment
 * or standard input straight into a request to this machine; nothing prints it. */
#include "cli/net/connection.h"

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

static const char *owner_of(const struct connection_add_options *options)
{
	return options->user ? "user" : "workspace";
}

/* The address of a page to connect at. */
static int add_by_page(struct cli *cli, const struct connection_add_options *options)
{
	cJSON *body = cJSON_CreateObject(), *answer;

	cJSON_AddStringToObject(body, "owner", owner_of(options));
	argument_add(body, "as", options->member);
	int code = client_once(cli, &options->reach, CLIENT_RUNNING, "POST", "/connect", body,
			       &answer);
	if (code != EXIT_OK)
		return code;
	if (!cli->json)
		answer_line(cli, "%s", answer_text(cli, answer, "url"));
	return client_print_json(cli, answer, EXIT_OK);
}

int connection_add_run(struct cli *cli, const void *opaque)
{
	const struct connection_add_options *options = opaque;
	const char *value;
	cJSON *body, *answer;
	int code;

	if (options->workspace && options->user)
		return argument_wrong(cli, "`--workspace` and `--user` exclude each other",
				      "give one of them");
	if (options->consent)
		return add_by_page(cli, options);
	code = argument_secret(cli, options->value_env, options->value_stdin,
			       "the value of the connection", &value);
	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddStringToObject(body, "owner", owner_of(options));
	cJSON_AddStringToObject(body, "type", options->oauth ? "oauth" : "secret");
	cJSON_AddStringToObject(body, "value", value);
	argument_add(body, "as", options->member);
	if (options->expires_in > 0)
		cJSON_AddNumberToObject(body, "expires_in", (double)options->expires_in);
	if (options->force)
		cJSON_AddTrueToObject(body, "force");
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/connections", body, &answer);
	if (code != EXIT_OK)
		return code;
	if (!cli->json)
		answer_line(cli, "%s", answer_text(cli, answer, "connection.id"));
	cli_say(cli, "connected the %s", owner_of(options));
	answer_say_warnings(cli, answer);
	return client_print_json(cli, answer, EXIT_OK);
}

int connection_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {
		{"ID", "id"},
		{"OWNER", "owned_by.type"},
		{"TYPE", "type"},
		{"CREATED", "created_at"},
		{"EXPIRES", "expires_at"},
		{"EXPIRED", "expired"},
		{NULL, NULL},
	};
	const struct connection_list_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", "/connections", NULL,
			       &answer);

	return code == EXIT_OK ? answer_table(cli, answer, columns, "the app has no connections")
			       : code;
}

int connection_rm_run(struct cli *cli, const void *opaque)
{
	const struct connection_rm_options *options = opaque;
	const char *path =
		arena_printf(cli->arena, "/connections/%s%s", argument_part(cli, options->id),
			     options->force ? "?force=1" : "");
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_APP, "DELETE", path, NULL, &answer);

	if (code != EXIT_OK)
		return code;
	cli_say(cli, "disconnected");
	return client_print_json(cli, answer, EXIT_OK);
}

int connection_expire_run(struct cli *cli, const void *opaque)
{
	const struct connection_expire_options *options = opaque;
	const char *path =
		arena_printf(cli->arena, "/connections/%s/expire", argument_part(cli, options->id));
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "POST", path,
			       cJSON_CreateObject(), &answer);

	if (code != EXIT_OK)
		return code;
	cli_say(cli, "the connection has expired");
	return client_print_json(cli, answer, EXIT_OK);
}
