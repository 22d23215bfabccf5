/* attio api: any route of the control API, for what no command of its own does. */
#include "cli/net/api.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

static const char *upper(struct cli *cli, const char *text)
{
	char *copy = arena_strdup(cli->arena, text);

	for (char *c = copy; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	return copy;
}

/* From the platform's own description. */
static int list_routes(struct cli *cli, const struct reach *reach)
{
	static const char *const header[] = {"METHOD", "ROUTE", "WHAT IT DOES", NULL};
	struct columns table = {.header = header};
	const cJSON *path, *operation;
	cJSON *answer;
	int code = client_once(cli, reach, CLIENT_STORE, "GET", "/openapi.json", NULL, &answer);

	if (code != EXIT_OK || cli->json)
		return code == EXIT_OK ? client_print_json(cli, answer, EXIT_OK) : code;
	cJSON_ArrayForEach(path, answer_member(answer, "paths"))
	{
		static const char base[] = "/__attio/api";
		const char *route = path->string;

		if (strncmp(route, base, sizeof(base) - 1) == 0)
			route += sizeof(base) - 1;
		cJSON_ArrayForEach(operation, path)
		{
			struct columns_row *row = columns_add(cli, &table);

			row->cells[0] = upper(cli, operation->string);
			row->cells[1] = route;
			row->cells[2] = answer_text(cli, operation, "summary");
		}
	}
	columns_print(cli, &table);
	cJSON_Delete(answer);
	return EXIT_OK;
}

int api_run(struct cli *cli, const void *opaque)
{
	const struct api_options *options = opaque;
	cJSON *body = NULL, *answer;
	int code = EXIT_OK;

	if (options->method == NULL)
		return list_routes(cli, &options->reach);
	if (options->route == NULL || options->route[0] != '/')
		return argument_wrong(cli, "the route is missing, or does not begin with `/`",
				      "give it as `attio api GET /status`; `attio api` lists all");
	if (options->body != NULL)
		code = argument_json(cli, "--body", options->body, &body);
	if (code == EXIT_OK)
		code = client_once(cli, &options->reach, CLIENT_APP, upper(cli, options->method),
				   options->route, body, &answer);
	if (code != EXIT_OK)
		return code;
	if (!cli->json)
		answer_value(cli, answer);
	return client_print_json(cli, answer, EXIT_OK);
}
