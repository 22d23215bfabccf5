/* attio logs of an app on Attio. */
#ifndef ATTIO_CLI_NET_LOGS_REMOTE_H
#define ATTIO_CLI_NET_LOGS_REMOTE_H

struct cli;
struct log_filter;
struct logs_options;

/* Follows them until Ctrl-C. Returns an exit code; a failure was told. */
int logs_remote(struct cli *cli, const struct logs_options *options,
		const struct log_filter *filter);

#endif
