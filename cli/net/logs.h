/* attio logs: what it takes, and what runs it. */
#ifndef ATTIO_CLI_NET_LOGS_H
#define ATTIO_CLI_NET_LOGS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/reach.h"

struct cli;

struct logs_options {
	struct reach reach;
	bool follow;
	bool remote;           /* Attio's, not the local platform's */
	const char *workspace; /* the same, of this workspace; or NULL */
	const char *app;       /* the same, of this app; or NULL */
	const char *level;
	const char *grep;
	const char *since;
	const char *cacert; /* PEM file, or NULL */
	long timeout;       /* seconds; 0: not given */
};

/* Whether it is Attio's log that is asked for. */
static inline bool logs_are_remote(const struct logs_options *options)
{
	return options->remote || options->workspace != NULL || options->app != NULL;
}

int logs_run(struct cli *cli, const void *options);

#endif
