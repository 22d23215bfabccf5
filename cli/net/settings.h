/* attio settings ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_SETTINGS_H
#define ATTIO_CLI_NET_SETTINGS_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct settings_get_options {
	struct reach reach;
	const char *name;
};

struct settings_set_options {
	struct reach reach;
	const char *name;
	const char *value;
	const char *member;
};

int settings_get_run(struct cli *cli, const void *options);
int settings_set_run(struct cli *cli, const void *options);

#endif
