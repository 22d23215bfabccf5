/* `attio` starts in a millisecond or two because it does not load curl, git, SQLite and the HTTP
 * server. Commands that need them are run by attio-net, which has the same table and reads the same
 * words: the process is replaced, so signals, exit code and streams need no forwarding. Linked into
 * the light program only; cli/net/ defines the run functions that are defined here anew. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "cli/changes.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"

/* Does not return when all is well; else the exit code of the failure. */
static int handoff(struct cli *cli)
{
	struct error error;
	char *program;

	if (install_net_program(cli->arena, &program, &error) != 0)
		return cli_fail(cli, &error);
	cli_note(cli, "handing over to `%s`", program);
	/* attio-net meets the same -C in the words, and a relative one counts from the start. */
	if (cli->start_dir != -1 && fchdir(cli->start_dir) != 0) {
		error_system(&error, errno, "cannot go back to the folder attio was started in");
		return cli_fail(cli, &error);
	}
	fflush(cli->out);
	execv(program, cli->argv);
	int sys = errno;
	error_system(&error, sys, "cannot start `%s`", program);
	error.kind = ERROR_TOOL;
	error_fix(&error, "install attio again");
	return cli_fail(cli, &error);
}

int init_run(struct cli *cli, const void *options)
{
	(void)options;
	return handoff(cli);
}

int deploy_run(struct cli *cli, const void *options)
{
	(void)options;
	return handoff(cli);
}

int version_list_run(struct cli *cli, const void *options)
{
	(void)options;
	return handoff(cli);
}

/* libgit2's loading takes longer than checking a small app: git is asked only where the answer may
 * matter. */
int git_find(struct cli *cli, const char *root, bool must, const struct check_git **git)
{
	const char *top = fs_find_up(cli->arena, root, ".git", FS_NONE);

	*git = NULL;
	for (const char *const *name = app_private_files; top != NULL && *name != NULL; name++)
		must = must || fs_type(path_join(cli->arena, root, *name)) == FS_FILE;
	return must ? handoff(cli) : EXIT_OK;
}
