/* What `attio test` tells: to people, and as JSON. */
#ifndef ATTIO_CLI_NET_TEST_REPORT_H
#define ATTIO_CLI_NET_TEST_REPORT_H

#include <stddef.h>

struct arena;
struct cJSON;
struct cli;
struct test_case;
struct test_cases;
struct test_file;

/* A line for the file, and what differs in tests that failed. */
void test_tell_file(struct cli *cli, const struct test_file *file, const struct test_case *cases,
		    size_t count);
/* Adds `tests` and `summary`. */
void test_add_json(struct cJSON *document, const struct test_cases *cases, size_t files, long ms);
/* Adds `unfinished`: the files of cases that were interrupted, which `tests` leaves out. */
void test_add_unfinished(struct cJSON *document, const struct test_cases *cases);
/* The same for people, as the reason why there is no verdict. */
const char *test_why_unfinished(struct arena *arena, const struct test_cases *cases);

#endif
