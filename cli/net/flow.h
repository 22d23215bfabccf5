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

struct flow_save_options {
	struct reach reach;
	const char *flow;
	const char *file;
};

struct flow_again_options {
	struct reach reach;
	const char *const *changes; /* "POINTER=VALUE"; ends with NULL; or NULL */
	const char *node;           /* or NULL: the flow */
	const char *flow;
};

struct flow_replay_options {
	struct reach reach;
	const char *const *files; /* ends with NULL */
	bool update;
};

int flow_again_run(struct cli *cli, const void *options);
int flow_save_run(struct cli *cli, const void *options);
int flow_replay_run(struct cli *cli, const void *options);
int flow_list_run(struct cli *cli, const void *options);
int flow_show_run(struct cli *cli, const void *options);

#endif
