/* attio state ...: all that the local platform holds, kept and brought back. */
#include "cli/net/state.h"

#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

static int change(struct cli *cli, const struct reach *reach, const char *path, cJSON *body,
		  const char *said)
{
	cJSON *answer;
	int code = client_once(cli, reach, CLIENT_STORE, "POST", path, body, &answer);

	if (code != EXIT_OK)
		return code;
	cli_say(cli, "%s", said);
	return client_print_json(cli, answer, EXIT_OK);
}

static cJSON *named(const char *name)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "name", name);
	return body;
}

int state_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {
		{"NAME", "name"}, {"SAVED", "saved_at"}, {"BYTES", "bytes"}, {NULL, NULL}};
	const struct state_list_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", "/state", NULL, &answer);

	return code == EXIT_OK ? answer_table(cli, answer, columns, "nothing is saved") : code;
}

int state_reset_run(struct cli *cli, const void *opaque)
{
	const struct state_reset_options *options = opaque;

	return change(cli, &options->reach, "/state/reset", cJSON_CreateObject(),
		      "the local platform is as new");
}

int state_save_run(struct cli *cli, const void *opaque)
{
	const struct state_save_options *options = opaque;

	return change(cli, &options->reach, "/state/save", named(options->name), "saved");
}

int state_restore_run(struct cli *cli, const void *opaque)
{
	const struct state_restore_options *options = opaque;

	return change(cli, &options->reach, "/state/restore", named(options->name), "restored");
}

int state_seed_run(struct cli *cli, const void *opaque)
{
	const struct state_seed_options *options = opaque;
	cJSON *world, *body;
	int code = argument_file(cli, "FILE", options->file, &world);

	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(body, "world", world);
	return change(cli, &options->reach, "/state/seed", body, "the world is in place");
}
