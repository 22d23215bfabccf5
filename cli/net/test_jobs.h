/* Running tests: a process a file, several at a time. */
#ifndef ATTIO_CLI_NET_TEST_JOBS_H
#define ATTIO_CLI_NET_TEST_JOBS_H

#include <stddef.h>

#include "cli/net/test_files.h"

struct cli;
struct error;
struct loop;

enum test_status { TEST_PASSED, TEST_FAILED, TEST_SKIPPED };

struct test_case {
	const char *file; /* as in struct test_file */
	const char *name; /* with those of the suites before it: "a > b" */
	enum test_status status;
	long ms;
	const char *message; /* of a failure: what differs, and where; else "" */
};

struct test_cases {
	struct test_case *items; /* in the order of the files */
	size_t count;
};

struct test_plan {
	const char *root;   /* of the app */
	const char *folder; /* of this run, for what is made on the way */
	const char *states; /* in it: the platforms' folders */
	const struct test_files *files;
	long jobs; /* at a time; 0: one for each processor */
	/* Told of each file when it and all before it are done. */
	void (*done)(void *context, const struct test_file *file, const struct test_case *cases,
		     size_t count);
	void *context;
};

/* Memory is the cli's arena. -1: no test could be run, or we were asked to end (loop_ended). */
int test_jobs_run(struct cli *cli, struct loop *loop, const struct test_plan *plan,
		  struct test_cases *cases, struct error *error);

const char *test_status_name(enum test_status status);

#endif
