/* attio call: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_CALL_H
#define ATTIO_CLI_NET_CALL_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct call_options {
	struct reach reach;
	const char *module;
	const char *args;
	const char *member;
};

int call_run(struct cli *cli, const void *options);

#endif
