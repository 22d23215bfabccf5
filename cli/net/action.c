/* attio action list, attio action run. */
#include "cli/net/action.h"

#include <string.h>

#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/session.h"

/* Of all surfaces those that are run, not shown. */
static void keep_actions(cJSON *items)
{
	cJSON *next;

	for (cJSON *item = items != NULL ? items->child : NULL; item != NULL; item = next) {
		const cJSON *kind = cJSON_GetObjectItemCaseSensitive(item, "kind");

		next = item->next;
		if (!cJSON_IsString(kind) || !str_ends(kind->valuestring, "action"))
			cJSON_Delete(cJSON_DetachItemViaPointer(items, item));
	}
}

int action_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column plain[] = {{"ID", "id"},
						     {"KIND", "kind"},
						     {"LABEL", "label"},
						     {"OBJECTS", "objects"},
						     {NULL, NULL}};
	static const struct answer_column with_record[] = {{"ID", "id"},
							   {"KIND", "kind"},
							   {"LABEL", "label"},
							   {"OBJECTS", "objects"},
							   {"APPLIES", "applies"},
							   {"WHY", "note"},
							   {NULL, NULL}};
	const struct action_list_options *options = opaque;
	const char *record;
	cJSON *answer;
	int code = session_record(cli, options->records, &record);

	if (code == EXIT_OK)
		code = client_once(cli, &options->reach, CLIENT_APP, "GET",
				   argument_query(cli, "/surfaces", "record", record), NULL,
				   &answer);
	if (code != EXIT_OK)
		return code;
	keep_actions(cJSON_GetObjectItemCaseSensitive(answer, "items"));
	return answer_table(cli, answer, record != NULL ? with_record : plain,
			    "the app registers no actions");
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
	code = session_add(cli, &script, body);
	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/actions/run", body, &answer);
	return code == EXIT_OK ? session_print(cli, answer) : code;
}
