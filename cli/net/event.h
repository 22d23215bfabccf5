/* attio event send: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_EVENT_H
#define ATTIO_CLI_NET_EVENT_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct event_send_options {
	struct reach reach;
	const char *event;
	const char *connection;
};

int event_send_run(struct cli *cli, const void *options);

#endif
