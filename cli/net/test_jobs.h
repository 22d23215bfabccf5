/* Running tests: a process a file, several at a time. */
#ifndef ATTIO_CLI_NET_TEST_JOBS_H
#define ATTIO_CLI_NET_TEST_JOBS_H

#include <stddef.h>

#include "testing/cases.h"
#include "testing/tests.h"

struct cli;
struct error;
struct loop;

struct test_plan {
	const char *root;   /* of the app */
	const char *folder; /* of this run: reports, bundles, the platforms' folders */
	const struct test_files *files;
	long jobs;    /* at a time; 0: one for each processor */
	long seconds; /* for one file */
	/* Told of each file when it and all before it are done. */
	void (*done)(void *context, const struct test_file *file, const struct test_case *cases,
		     size_t count);
	void *context;
};

/* Memory is the cli's arena. -1: no test could be run. When we are asked to end (loop_ended) each
 * file that was not done is one case, TEST_INTERRUPTED, with one of these two as its message. */
#define TEST_WAS_RUNNING "the run was stopped by a signal while this file was running"
#define TEST_NOT_BEGUN "the run was stopped by a signal before this file had begun"
int test_jobs_run(struct cli *cli, struct loop *loop, const struct test_plan *plan,
		  struct test_cases *cases, struct error *error);

#endif
