/* See sent.h. */
#include "cli/net/sent.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/arguments.h"

/* "Name: value" */
static int add_headers(struct cli *cli, const char *const *headers, cJSON *body)
{
	cJSON *list = cJSON_AddArrayToObject(body, "headers");

	for (size_t i = 0; headers != NULL && headers[i] != NULL; i++) {
		const char *colon = strchr(headers[i], ':');
		const char *value;
		cJSON *pair;

		if (colon == NULL || colon == headers[i])
			return argument_wrong(
				cli, arena_printf(cli->arena, "`%s` is no header", headers[i]),
				"give it as `--header NAME:VALUE`");
		for (value = colon + 1; *value == ' ';)
			value++;
		pair = cJSON_CreateArray();
		cJSON_AddItemToArray(
			pair, cJSON_CreateString(arena_strndup(cli->arena, headers[i],
							       (size_t)(colon - headers[i]))));
		cJSON_AddItemToArray(pair, cJSON_CreateString(value));
		cJSON_AddItemToArray(list, pair);
	}
	return EXIT_OK;
}

int sent_put(struct cli *cli, const struct sent *sent, cJSON *request)
{
	const char *text = "";
	size_t len;
	int code;

	cJSON_AddStringToObject(request, "method", sent->method);
	argument_add(request, "query", sent->query);
	code = add_headers(cli, sent->headers, request);
	if (code == EXIT_OK && sent->body != NULL)
		code = argument_text(cli, "--body", sent->body, &text, &len);
	if (code == EXIT_OK)
		cJSON_AddStringToObject(request, "body", text);
	return code;
}
