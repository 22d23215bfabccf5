/* attio state ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_STATE_H
#define ATTIO_CLI_NET_STATE_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct state_list_options {
	struct reach reach;
};

struct state_reset_options {
	struct reach reach;
};

struct state_restore_options {
	struct reach reach;
	const char *name;
};

struct state_save_options {
	struct reach reach;
	const char *name;
};

struct state_seed_options {
	struct reach reach;
	const char *file;
};

int state_list_run(struct cli *cli, const void *options);
int state_reset_run(struct cli *cli, const void *options);
int state_restore_run(struct cli *cli, const void *options);
int state_save_run(struct cli *cli, const void *options);
int state_seed_run(struct cli *cli, const void *options);

#endif
