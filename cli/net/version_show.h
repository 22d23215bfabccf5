/* attio version show; its row is in cli/cmd_version_show.c. */
#ifndef ATTIO_CLI_NET_VERSION_SHOW_H
#define ATTIO_CLI_NET_VERSION_SHOW_H

#include "cli/net/versions.h"

struct version_show_options {
	struct versions_options asked;
	const char *version; /* "3.5"; NULL: the newest */
};

/* `options`: struct version_show_options. Returns an exit code. */
int version_show_run(struct cli *cli, const void *options);

#endif
