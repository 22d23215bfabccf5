/* See handoff.h. attio-net has the same table and reads the same words. */
#include "cli/handoff.h"

#include <errno.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
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
