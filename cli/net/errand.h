#ifndef ATTIO_CLI_NET_ERRAND_H
#define ATTIO_CLI_NET_ERRAND_H

struct cli;

struct errand_options {
	const char *path; /* where the answer is kept; NULL: a credential is renewed */
};

int errand_run(struct cli *cli, const void *options);

#endif
