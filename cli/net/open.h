/* attio open: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_OPEN_H
#define ATTIO_CLI_NET_OPEN_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct open_options {
	struct reach reach;
	const char *place; /* NULL: the first page */
	bool no_browser;
};

int open_run(struct cli *cli, const void *options);

#endif
