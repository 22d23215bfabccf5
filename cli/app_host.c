/* See app_host.h. */
#include "cli/app_host.h"

#include <string.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "cli/running.h"
#include "local/run/host_code.h"
#include "local/run/host_early.h"
#include "sys/install.h"
#include "sys/node.h"

const char *const *app_host_words(struct cli *cli, const char *root, struct loop *loop,
				  struct host_code *code, const char *const **make,
				  struct error *error)
{
	const struct node_places places = {
		.named = cli_env(cli, "ATTIO_NODE"),
		.search = cli_env(cli, "PATH"),
		.cache = project_cache(cli, root),
	};
	struct node node;
	char *host;

	if (install_host(cli->arena, &host, error) != 0 ||
	    node_find(cli->arena, loop, &places, &node, error) != 0)
		return NULL;
	host_code_find(code, cli->arena, project_user_cache(cli), &node, host);
	if (make != NULL)
		*make = node_host_words(cli->arena, &node, host, "compile.cjs", NULL);
	return node_host_words(cli->arena, &node, host, "main.cjs",
			       code->there ? code->file : NULL);
}

static const char *text_at(const void *options, size_t field)
{
	const char *text;

	memcpy(&text, (const char *)options + field, sizeof(text));
	return text;
}

static const char *state_of(const struct command *command, const void *options)
{
	for (const struct option *o = command->options; o->name != NULL; o++)
		if (strcmp(o->name, "state") == 0)
			return text_at(options, o->field);
	return NULL;
}

/* The folder of the app, where the command takes one. */
static const char *path_of(const struct command *command, const void *options)
{
	const struct operand *first = command->operands;

	return first->name != NULL && first->is_path && !first->many
		       ? text_at(options, first->field)
		       : NULL;
}

void app_host_start(struct cli *cli, const void *options, struct host_early *early)
{
	const struct command *command = cli->command;
	const char *const *words;
	struct host_code code;
	struct error ignored;
	const char *root, *folder;
	pid_t pid;

	root = project_root_of_app(cli, path_of(command, options), &ignored);
	if (root == NULL)
		return;
	folder = running_folder(cli, state_of(command, options), root);
	if (running_look(folder, &pid) == RUNNING_DEV)
		return;
	words = app_host_words(cli, root, NULL, &code, NULL, &ignored);
	if (words != NULL)
		host_early_start(early, words);
}
