/* attio action ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_ACTION_H
#define ATTIO_CLI_NET_ACTION_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct action_run_options {
	struct reach reach;
	const char *id;
	const char *kind;
	const char *const *records;
	const char *object;
	const char *text;
	const char *member;
	const char *const *steps;
	const char *answer;
	const char *confirm;
	bool force;
};

int action_list_run(struct cli *cli, const void *options);
int action_run_run(struct cli *cli, const void *options);

#endif
