/* See cli/changes.h. */
#include "cli/changes.h"

#include "base/error.h"
#include "cli/cli.h"
#include "git/changes.h"
#include "sys/path.h"

int changes_find(struct cli *cli, const char *path, const char *since, struct git_changes *changes)
{
	const char *root = path != NULL ? path_join(cli->arena, cli->cwd, path) : cli->cwd;
	struct error error = {0};

	if (git_changed_files(root, since, cli->arena, changes, &error) != 0)
		return cli_fail(cli, &error);
	cli_note(cli, "%zu changed file%s in `%s` since %.12s", changes->count,
		 changes->count == 1 ? "" : "s", changes->top,
		 changes->base[0] != '\0' ? changes->base : "the beginning");
	return EXIT_OK;
}
