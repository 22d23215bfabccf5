/* attio version diff; its row is in cli/cmd_version_diff.c. */
#ifndef ATTIO_CLI_NET_VERSION_DIFF_H
#define ATTIO_CLI_NET_VERSION_DIFF_H

#include "cli/net/versions.h"

struct version_diff_options {
	struct versions_options asked;
	const char *from; /* "3.4" */
	const char *to;   /* NULL: the last one that was deployed from here */
};

/* `options`: struct version_diff_options. Returns an exit code. */
int version_diff_run(struct cli *cli, const void *options);

#endif
