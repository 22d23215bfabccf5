/* See migrate_format.h. */
#include "cli/net/migrate_format.h"

#include "base/error.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "migrate/pretty.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "sys/node.h"

void format_plan(struct cli *cli, const char *root, struct migration *plan)
{
	const struct node_places places = {
		.named = cli_env(cli, "ATTIO_NODE"),
		.search = cli_env(cli, "PATH"),
		.cache = project_cache(cli, root),
	};
	struct error error = {0};
	struct loop *loop = loop_open(&error);
	const char *why = error.message;
	size_t left = 1;
	struct node node;
	char *host;

	if (loop != NULL && install_host(cli->arena, &host, &error) == 0 &&
	    node_find(cli->arena, loop, &places, &node, &error) == 0)
		left = migrate_format(plan, root, host, node.path, loop, &why);
	else
		why = error.message;
	loop_close(loop);
	if (left > 0)
		cli_warn(cli, "the new files are not formatted: %s", why);
}
