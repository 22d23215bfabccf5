/* attio call: a server function of the app, called as client code calls it. */
#include "cli/net/call.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/project.h"
#include "sys/fs.h"

static const char *const endings[] = {".ts", ".js", ".tsx", ".mts"};

/* A file of the app becomes what client code calls it: below src, without its ending. */
static const char *module_of(struct cli *cli, const char *named)
{
	while (str_starts(named, "./"))
		named += 2;
	if (str_starts(named, "src/"))
		named += strlen("src/");
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(named, endings[i]))
			return arena_strndup(cli->arena, named, strlen(named) - strlen(endings[i]));
	return named;
}

/* A bundle's own complaint about a name that it does not know is an error like any other. EXIT_OK,
 * or that there is no such module was told. */
static int find_module(struct cli *cli, const char *module)
{
	struct error error = {0};
	const char *root = project_root(cli, NULL, &error);

	if (root == NULL)
		return cli_fail(cli, &error);
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (fs_type(arena_printf(cli->arena, "%s/src/%s%s", root, module, endings[i])) ==
		    FS_FILE)
			return EXIT_OK;
	error_set(&error, ERROR_NOT_FOUND, "the app has no server function `%s`", module);
	error_why(&error, "there is no file `src/%s.ts`", module);
	error_fix(&error, "name the file: `attio call src/app/x.server.ts`");
	return cli_fail(cli, &error);
}

int call_run(struct cli *cli, const void *opaque)
{
	const struct call_options *options = opaque;
	const char *module = module_of(cli, options->module);
	cJSON *args, *body, *answer;
	int code = argument_raw_json(cli, "--args", options->args, &args);

	if (code != EXIT_OK)
		return code;
	if (args->valuestring[strspn(args->valuestring, " \t\r\n")] != '[') {
		cJSON_Delete(args);
		return argument_wrong(cli, "`--args` must be a JSON list",
				      "put the arguments into brackets: '[\"one\", 2]'");
	}
	code = find_module(cli, module);
	if (code != EXIT_OK) {
		cJSON_Delete(args);
		return code;
	}
	body = cJSON_CreateObject();
	cJSON_AddStringToObject(body, "module", module);
	cJSON_AddItemToObject(body, "args", args);
	argument_add(body, "as", options->member);
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/server/call", body, &answer);
	if (code != EXIT_OK)
		return code;
	if (!answer_true(answer, "ok")) {
		answer_say_thrown(cli, answer_member(answer, "error"));
		return client_print_json(cli, answer, EXIT_FINDINGS);
	}
	if (!cli->json && answer_member(answer, "value") != NULL)
		answer_value(cli, answer_member(answer, "value"));
	answer_say_warnings(cli, answer);
	return client_print_json(cli, answer, EXIT_OK);
}
