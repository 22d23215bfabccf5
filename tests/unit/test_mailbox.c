/* Pointers from a thread to a loop. */
#include "sys/mailbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/error.h"

enum { THINGS = 20000 }; /* more than a pipe holds */

static int things[THINGS];

static void *put_all(void *context)
{
	for (size_t i = 0; i < THINGS; i++)
		mailbox_put(context, &things[i]);
	return NULL;
}

static void test_in_order(void **state)
{
	struct mailbox mailbox = {0};
	struct error error;
	struct loop *loop = loop_open(&error);
	pthread_t thread;
	size_t taken = 0;

	(void)state;
	assert_non_null(loop);
	assert_int_equal(mailbox_open(&mailbox, loop, &error), 0);
	assert_null(mailbox_take(&mailbox));
	assert_int_equal(pthread_create(&thread, NULL, put_all, &mailbox), 0);
	while (taken < THINGS) {
		int *thing;

		loop_turn(loop);
		while ((thing = mailbox_take(&mailbox)) != NULL)
			assert_ptr_equal(thing, &things[taken++]);
	}
	pthread_join(thread, NULL);
	/* What was put after the last turn. */
	mailbox_put(&mailbox, &things[7]);
	assert_ptr_equal(mailbox_take_rest(&mailbox), &things[7]);
	assert_null(mailbox_take_rest(&mailbox));
	mailbox_close(&mailbox);
	mailbox_close(&mailbox);
	loop_close(loop);
}

static void test_never_opened(void **state)
{
	struct mailbox mailbox = {0};

	(void)state;
	assert_null(mailbox_take(&mailbox));
	assert_null(mailbox_take_rest(&mailbox));
	mailbox_close(&mailbox);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_never_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
