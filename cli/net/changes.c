/* See cli/changes.h. */
#include "cli/changes.h"

#include "app/app.h"
#include "base/error.h"
#include "cli/cli.h"
#include "git/changes.h"
#include "git/git.h"

int changes_find(struct cli *cli, const char *root, const char *since, struct git_changes *changes)
{
	struct error error = {0};

	if (git_changed_files(root, since, cli->arena, changes, &error) != 0)
		return cli_fail(cli, &error);
	cli_note(cli, "%zu changed file%s in `%s` since %.12s", changes->count,
		 changes->count == 1 ? "" : "s", changes->top,
		 changes->base[0] != '\0' ? changes->base : "the beginning");
	return EXIT_OK;
}

int tracked_find(struct cli *cli, const char *root, const char *const **tracked)
{
	struct error error = {0};

	if (git_tracked_files(root, app_private_files, cli->arena, tracked, &error) != 0)
		cli_warn(cli, "git was not asked whether it tracks `.env`: %s%s%s", error.message,
			 error.why[0] != '\0' ? ": " : "", error.why);
	return EXIT_OK;
}
