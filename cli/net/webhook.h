/* attio webhook ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_WEBHOOK_H
#define ATTIO_CLI_NET_WEBHOOK_H

#include <stdbool.h>

#include "cli/net/sent.h"
#include "cli/reach.h"

struct cli;

struct webhook_deliveries_options {
	struct reach reach;
	const char *handler;
};

struct webhook_list_options {
	struct reach reach;
};

struct webhook_replay_options {
	struct reach reach;
	const char *id;
	const char *const *changes;
};

struct webhook_send_options {
	struct reach reach;
	const char *handler;
	struct sent sent;
	const char *path;
};

int webhook_deliveries_run(struct cli *cli, const void *options);
int webhook_list_run(struct cli *cli, const void *options);
int webhook_replay_run(struct cli *cli, const void *options);
int webhook_send_run(struct cli *cli, const void *options);

#endif
