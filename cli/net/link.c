/* attio link: the app in a folder is the one of that slug on Attio. */
#include "cli/net/link.h"

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/target.h"
#include "cli/project.h"

int link_run(struct cli *cli, const void *opaque)
{
	const struct link_options *options = opaque;
	struct error error = {0};
	const char *root = project_root_of_app(cli, options->path, &error);
	const char *slug;

	if (root == NULL)
		return cli_fail(cli, &error);
	slug = target_slug_at(cli, options->app, root, &error);
	if (slug == NULL || linking_check(&options->linking, &error) != 0)
		return cli_fail(cli, &error);
	return linking_run(cli, &options->linking, root, slug,
			   arena_printf(cli->arena, "attio link --app %s", slug),
			   cli->json ? cli_json(cli, EXIT_OK) : NULL);
}
