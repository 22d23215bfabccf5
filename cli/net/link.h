/* attio link; its row is in cli/cmd_link.c. */
#ifndef ATTIO_CLI_NET_LINK_H
#define ATTIO_CLI_NET_LINK_H

#include "cli/net/linking.h"

struct cli;

struct link_options {
	const char *path; /* NULL: the current folder */
	const char *app;  /* slug; NULL: the name in package.json */
	struct linking_options linking;
};

/* `options`: struct link_options. Returns an exit code. */
int link_run(struct cli *cli, const void *options);

#endif
