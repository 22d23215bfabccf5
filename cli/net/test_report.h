/* What `attio test` tells: to people, as JSON, as JUnit XML. */
#ifndef ATTIO_CLI_NET_TEST_REPORT_H
#define ATTIO_CLI_NET_TEST_REPORT_H

#include <stddef.h>

#include "cli/net/test_jobs.h"

struct buf;
struct cJSON;
struct cli;

struct test_counts {
	size_t passed, failed, skipped;
};

struct test_counts test_count(const struct test_case *cases, size_t count);

/* A line for the file, and what differs in tests that failed. */
void test_tell_file(struct cli *cli, const struct test_file *file, const struct test_case *cases,
		    size_t count);
/* Adds `tests` and `summary`. */
void test_add_json(struct cJSON *document, const struct test_cases *cases, size_t files, long ms);
void test_put_junit(struct buf *out, const struct test_cases *cases);

#endif
