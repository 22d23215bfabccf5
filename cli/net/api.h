/* attio api: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_API_H
#define ATTIO_CLI_NET_API_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct api_options {
	struct reach reach;
	const char *method;
	const char *route;
	const char *body;
};

int api_run(struct cli *cli, const void *options);

#endif
