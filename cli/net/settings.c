/* attio settings get, attio settings set. */
#include "cli/net/settings.h"

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

static int no_setting(struct cli *cli, const char *name)
{
	const struct cli_refusal refusal = {
		.kind = "not-found",
		.exit_code = EXIT_NOT_FOUND,
		.message = arena_printf(cli->arena, "there is no setting `%s`, or it has no value",
					name),
		.why = "",
		.fix = "`attio settings get` lists all",
	};

	return cli_refuse(cli, &refusal, NULL);
}

static int print_one(struct cli *cli, cJSON *answer, const char *name)
{
	cJSON *values = cJSON_GetObjectItemCaseSensitive(answer, "values");
	cJSON *value = cJSON_DetachItemFromObjectCaseSensitive(values, name);

	cJSON_Delete(answer);
	if (value == NULL)
		return no_setting(cli, name);
	if (!cli->json)
		answer_value(cli, value);
	answer = cJSON_CreateObject();
	cJSON_AddItemToObject(answer, "value", value);
	return client_print_json(cli, answer, EXIT_OK);
}

int settings_get_run(struct cli *cli, const void *opaque)
{
	const struct settings_get_options *options = opaque;
	const cJSON *values, *value;
	cJSON *answer;
	int code =
		client_once(cli, &options->reach, CLIENT_STORE, "GET", "/settings", NULL, &answer);

	if (code != EXIT_OK)
		return code;
	if (options->name != NULL)
		return print_one(cli, answer, options->name);
	values = cJSON_GetObjectItemCaseSensitive(answer, "values");
	if (cJSON_GetArraySize(values) == 0)
		cli_say(cli, "no setting has a value");
	if (!cli->json)
		cJSON_ArrayForEach(value, values) answer_line(
			cli, "%s = %s", value->string,
			cJSON_IsNull(value) ? "(not set)" : answer_text(cli, value, ""));
	return client_print_json(cli, answer, EXIT_OK);
}

int settings_set_run(struct cli *cli, const void *opaque)
{
	const struct settings_set_options *options = opaque;
	cJSON *body, *value, *answer;
	int code = argument_value(cli, "VALUE", options->value, &value);

	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(cJSON_AddObjectToObject(body, "values"), options->name, value);
	argument_add(body, "as", options->member);
	/* The app's schema says which values are allowed. */
	code = client_once(cli, &options->reach, CLIENT_APP, "PATCH", "/settings", body, &answer);
	return code == EXIT_OK ? client_print_json(cli, answer, EXIT_OK) : code;
}
