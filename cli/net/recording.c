/* attio recording ...: what --net record has kept. */
#include "cli/net/recording.h"

#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/lists.h"

int recording_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {{"METHOD", "method"},
						       {"URL", "url"},
						       {"STATUS", "answer.status"},
						       {"RECORDED", "at"},
						       {NULL, NULL}};
	const struct recording_list_options *options = opaque;
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", "/recordings", NULL,
			       &answer);

	return code == EXIT_OK ? answer_table(cli, answer, columns, "nothing is recorded") : code;
}

int recording_export_run(struct cli *cli, const void *opaque)
{
	const struct recording_export_options *options = opaque;
	cJSON *answer, *all;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", "/recordings", NULL,
			       &answer);

	if (code != EXIT_OK)
		return code;
	all = cJSON_DetachItemFromObjectCaseSensitive(answer, "items");
	cJSON_Delete(answer);
	return list_give(cli, options->out, "recordings", all);
}

int recording_import_run(struct cli *cli, const void *opaque)
{
	const struct recording_import_options *options = opaque;
	cJSON *list, *body, *answer;
	int code = argument_file(cli, "FILE", options->file, &list);

	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(body, "recordings", list);
	code = client_once(cli, &options->reach, CLIENT_STORE, "POST", "/recordings", body,
			   &answer);
	if (code != EXIT_OK)
		return code;
	cli_say(cli, "%s recordings taken", answer_text(cli, answer, "added"));
	return client_print_json(cli, answer, EXIT_OK);
}
