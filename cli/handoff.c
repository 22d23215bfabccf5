/* `attio` starts in a millisecond or two because it does not load curl, git, SQLite and the HTTP
 * server. Commands that need them are run by attio-net: the process is replaced, so signals, exit
 * code and streams need no forwarding. Linked into the light program only. */
#include "cli/handoff.h"

#include <errno.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/changes.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "sys/install.h"

int handoff(struct cli *cli)
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

int changes_find(struct cli *cli, const char *path, const char *since, struct git_changes *changes)
{
	(void)path;
	(void)since;
	(void)changes;
	return handoff(cli);
}
