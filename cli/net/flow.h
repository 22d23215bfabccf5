/* attio flow ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_FLOW_H
#define ATTIO_CLI_NET_FLOW_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct flow_list_options {
	struct reach reach;
	long limit;
};

struct flow_show_options {
	struct reach reach;
	const char *flow;
};

int flow_list_run(struct cli *cli, const void *options);
int flow_show_run(struct cli *cli, const void *options);

#endif
