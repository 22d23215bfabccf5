/* attio block ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_BLOCK_H
#define ATTIO_CLI_NET_BLOCK_H

#include <stdbool.h>

#include "cli/net/sent.h"
#include "cli/reach.h"

struct cli;

struct block_activate_options {
	struct reach reach;
	const char *id;
	const char *config;
};

struct block_deactivate_options {
	struct reach reach;
	const char *id;
	const char *activation;
};

struct block_finish_options {
	struct reach reach;
	const char *id;
	const char *run;
	struct sent sent;
};

struct block_list_options {
	struct reach reach;
};

struct block_run_options {
	struct reach reach;
	const char *id;
	const char *config;
	const char *finish;
};

struct block_trigger_options {
	struct reach reach;
	const char *id;
	const char *activation;
	struct sent sent;
};

int block_activate_run(struct cli *cli, const void *options);
int block_deactivate_run(struct cli *cli, const void *options);
int block_finish_run(struct cli *cli, const void *options);
int block_list_run(struct cli *cli, const void *options);
int block_run_run(struct cli *cli, const void *options);
int block_trigger_run(struct cli *cli, const void *options);

#endif
