/* attio action list, attio action run. */
#include "cli/net/action.h"

#include <string.h>

#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/session.h"
#include "cli/net/surface.h"

int action_list_run(struct cli *cli, const void *options)
{
	return list_surfaces(cli, options, "action", "the app registers no actions");
}

static void add_records(cJSON *body, const char *const *records)
{
	cJSON *list;

	if (records == NULL || records[0] == NULL)
		return;
	if (records[1] == NULL) {
		cJSON_AddStringToObject(body, "record", records[0]);
		return;
	}
	list = cJSON_AddArrayToObject(body, "records");
	for (size_t i = 0; records[i] != NULL; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(records[i]));
}

int action_run_run(struct cli *cli, const void *opaque)
{
	const struct action_run_options *options = opaque;
	const struct session_script script = {options->member, options->steps, options->answer,
					      options->confirm};
	cJSON *body = cJSON_CreateObject(), *answer;
	int code;

	cJSON_AddStringToObject(body, "id", options->id);
	argument_add(body, "kind", options->kind);
	argument_add(body, "object", options->object);
	argument_add(body, "text", options->text);
	add_records(body, options->records);
	if (options->force)
		cJSON_AddTrueToObject(body, "force");
	code = session_add(cli, &script, body);
	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/actions/run", body, &answer);
	return code == EXIT_OK ? session_print(cli, answer) : code;
}
