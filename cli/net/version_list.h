/* attio version list; its row is in cli/cmd_version_list.c. */
#ifndef ATTIO_CLI_NET_VERSION_LIST_H
#define ATTIO_CLI_NET_VERSION_LIST_H

#include <stdbool.h>

struct cli;

struct version_list_options {
	const char *path; /* NULL: the current folder */
	const char *app;  /* slug; NULL: as the app's own files say */
	bool local;
	long timeout;       /* seconds for one request, never 0 */
	const char *cacert; /* PEM file, or NULL */
};

/* `options`: struct version_list_options. Returns an exit code. */
int version_list_run(struct cli *cli, const void *options);

#endif
