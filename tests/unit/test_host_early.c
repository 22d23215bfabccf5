/* A child that was started before this process was the program that it is. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "local/run/host_early.h"

static const char *const words[] = {"/bin/cat", NULL};
static const char *const others[] = {"/bin/cat", "-", NULL};

static void assert_no_children(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void test_found_again(void **state)
{
	struct host_early before, after;

	(void)state;
	host_early_start(&before, words);
	assert_non_null(getenv(HOST_EARLY));
	host_early_take(&after, getenv(HOST_EARLY));
	assert_null(getenv(HOST_EARLY));
	assert_int_equal(after.child.pid, before.child.pid);
	assert_true(host_early_fits(&after, words));
	assert_false(host_early_fits(&after, others));
	child_let_go(&after.child);
	assert_false(host_early_fits(&after, words));
	host_early_end(&after);
	host_early_end(&after);
	assert_no_children();
}

static void test_not_there(void **state)
{
	static const char *const missing[] = {"/no/such/program", NULL};
	struct host_early early;

	(void)state;
	host_early_start(&early, missing);
	assert_null(getenv(HOST_EARLY));
	assert_false(host_early_fits(&early, missing));
	host_early_end(&early);
	assert_no_children();
}

/* Whatever somebody else sets, or a process that is not ours, is nothing to us. */
static void test_not_believed(void **state)
{
	struct host_early real, early;
	char text[7][96];

	(void)state;
	host_early_start(&real, words);
	snprintf(text[0], sizeof(text[0]), "%s", "");
	snprintf(text[1], sizeof(text[1]), "%s", "1 0 1 2 3");
	snprintf(text[2], sizeof(text[2]), "%s", "-1 5 6 7 8");
	snprintf(text[3], sizeof(text[3]), "%ld %d %d %d 1", (long)getppid(), real.child.in,
		 real.child.out, real.child.err);
	snprintf(text[4], sizeof(text[4]), "%ld 0 1 2 1", (long)real.child.pid);
	snprintf(text[5], sizeof(text[5]), "%ld %d %d 999 1", (long)real.child.pid, real.child.in,
		 real.child.out);
	snprintf(text[6], sizeof(text[6]), "%ld %d", (long)real.child.pid, real.child.in);
	for (size_t i = 0; i < ARRAY_LEN(text); i++) {
		setenv(HOST_EARLY, text[i], 1);
		host_early_take(&early, getenv(HOST_EARLY));
		assert_null(getenv(HOST_EARLY));
		assert_int_equal(early.child.pid, 0);
		assert_false(host_early_fits(&early, words));
		host_early_end(&early);
	}
	host_early_end(&real);
	assert_no_children();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found_again),
		cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
