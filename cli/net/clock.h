/* attio clock: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_CLOCK_H
#define ATTIO_CLI_NET_CLOCK_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct clock_options {
	struct reach reach;
	const char *time;
};

int clock_run(struct cli *cli, const void *options);

#endif
