/* attio test: the app's tests, each on a platform of its own. */
#ifndef ATTIO_CLI_NET_TEST_H
#define ATTIO_CLI_NET_TEST_H

#include <stdbool.h>

struct cli;

struct test_options {
	const char *const *files;   /* ends with NULL; NULL: those below tests/ */
	const char *const *reports; /* "junit=FILE" */
	const char *shard;          /* "I/N", or NULL */
	const char *cover;          /* "N" or "N%": the least of it; NULL: not asked for */
	long jobs;                  /* 0: one for each processor */
	long timeout;               /* seconds for one file */
	bool watch;
};

int test_run(struct cli *cli, const void *options);

#endif
