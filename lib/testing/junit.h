/* What tests found, as JUnit XML: a suite a file. What was interrupted is an error
 * there, so that nobody takes a run that did not end for a good one. */
#ifndef ATTIO_TESTING_JUNIT_H
#define ATTIO_TESTING_JUNIT_H

struct buf;
struct test_cases;

void test_put_junit(struct buf *out, const struct test_cases *cases);

#endif
