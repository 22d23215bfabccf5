/* Answers of the local platform as documents of ours. See client.h. */
#include "cli/net/client.h"

#include "base/mem.h"
#include "cli/cli.h"

void client_add_members(cJSON *document, cJSON *answer)
{
	cJSON *next;

	for (cJSON *member = answer->child; member != NULL; member = next) {
		next = member->next;
		if (cJSON_GetObjectItemCaseSensitive(document, member->string) == NULL)
			cJSON_AddItemToObject(document, member->string,
					      cJSON_DetachItemViaPointer(answer, member));
	}
	cJSON_Delete(answer);
}

/* What failed says so in the same members in every command, whatever the platform's answer calls
 * it; what else is known of the error (its name, its stack) stays. */
static void complete_error(cJSON *document, const char *message)
{
	static const char *const members[] = {"kind", "message", "why", "fix"};
	const char *const texts[] = {"findings", message, "", ""};
	cJSON *error = cJSON_GetObjectItemCaseSensitive(document, "error");

	if (!cJSON_IsObject(error)) {
		cJSON_DeleteItemFromObjectCaseSensitive(document, "error");
		error = cJSON_AddObjectToObject(document, "error");
	}
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (!cJSON_HasObjectItem(error, members[i]))
			cJSON_AddStringToObject(error, members[i], texts[i]);
}

int client_print_json(struct cli *cli, cJSON *answer, int code)
{
	cJSON *document;

	if (!cli->json) {
		cJSON_Delete(answer);
		return code;
	}
	cJSON_DeleteItemFromObjectCaseSensitive(answer, "ok");
	document = cli_json(cli, code);
	client_add_members(document, answer);
	if (code != EXIT_OK)
		complete_error(document, "the app failed");
	cli_print_json(cli, document);
	return code;
}
