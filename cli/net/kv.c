/* attio kv ...: the app's key-value store. */
#include "cli/net/kv.h"

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

static const char *path_of(struct cli *cli, const char *key)
{
	return arena_printf(cli->arena, "/kv/%s", argument_part(cli, key));
}

int kv_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {
		{"KEY", "key"}, {"VALUE", "value"}, {"EXPIRES", "expires_at"}, {NULL, NULL}};
	const struct kv_list_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", "/kv", NULL, &answer);

	return code == EXIT_OK ? answer_table(cli, answer, columns, "the app keeps nothing") : code;
}

int kv_get_run(struct cli *cli, const void *opaque)
{
	const struct kv_get_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET",
			       path_of(cli, options->key), NULL, &answer);

	if (code != EXIT_OK)
		return code;
	if (!cli->json)
		answer_value(cli, answer_member(answer, "value"));
	return client_print_json(cli, answer, EXIT_OK);
}

int kv_put_run(struct cli *cli, const void *opaque)
{
	const struct kv_put_options *options = opaque;
	cJSON *body, *value, *answer;
	int code = argument_value(cli, "VALUE", options->value, &value);

	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(body, "value", value);
	if (options->ttl > 0)
		cJSON_AddNumberToObject(body, "ttl", (double)options->ttl);
	code = client_once(cli, &options->reach, CLIENT_STORE, "PUT", path_of(cli, options->key),
			   body, &answer);
	return code == EXIT_OK ? client_print_json(cli, answer, EXIT_OK) : code;
}

int kv_delete_run(struct cli *cli, const void *opaque)
{
	const struct kv_delete_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "DELETE",
			       path_of(cli, options->key), NULL, &answer);

	return code == EXIT_OK ? client_print_json(cli, answer, EXIT_OK) : code;
}
