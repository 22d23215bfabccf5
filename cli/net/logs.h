/* attio logs: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_LOGS_H
#define ATTIO_CLI_NET_LOGS_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct logs_options {
	struct reach reach;
	bool follow;
	const char *level;
	const char *since;
};

int logs_run(struct cli *cli, const void *options);

#endif
