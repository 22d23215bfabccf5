/* What tests found: a case each, as the engines that run them write it. */
#ifndef ATTIO_TESTING_CASES_H
#define ATTIO_TESTING_CASES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The last one stands for a file of which nobody knows more, as the run was ended before it. */
enum test_status { TEST_PASSED, TEST_FAILED, TEST_SKIPPED, TEST_INTERRUPTED };

struct test_case {
	const char *file; /* as in struct test_file */
	/* With those of the suites before it: "a > b". A second one of a name is "a > b (2)". */
	const char *name;
	enum test_status status;
	long ms;
	const char *message; /* what differs, and where; how far it was when interrupted; else "" */
};

struct test_cases {
	struct test_case *items; /* the arena's */
	size_t count;
};

struct test_counts {
	size_t passed, failed, skipped, interrupted;
};

const char *test_status_name(enum test_status status);
struct test_counts test_count(const struct test_case *cases, size_t count);

/* Adds one of `file`; `name` is of the arena, `message` is copied, NULL: none. */
struct test_case *test_cases_add(struct test_cases *cases, struct arena *arena, const char *file,
				 const char *name, enum test_status status, const char *message);

/* What reporter.js (lib/testing/README.md) wrote until the process ended, however it did. *running
 * gets the test that had begun and was not over, or NULL. */
void test_cases_take_node(struct test_cases *cases, struct arena *arena, const char *file,
			  const char *text, size_t len, const char **running);
/* What vitest's reporter `json` wrote. False: it is not that. */
bool test_cases_take_vitest(struct test_cases *cases, struct arena *arena, const char *file,
			    const char *text, size_t len);

/* The verdict on a flow file, as `attio __replay` writes it in a line. False: it is none, and
 * *refusal gets the failure that ended it, if it is one. */
bool test_cases_take_flow(struct test_cases *cases, struct arena *arena, const char *file,
			  const char *line, size_t len, const char **refusal);

#endif
