/* The event loop: timers, signals, descriptors, and what happens where there is no room for one. */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "sys/child.h"
#include "sys/loop.h"

static struct loop *open_loop(void)
{
	struct error error = {0};
	struct loop *loop = loop_open(&error);

	if (loop == NULL)
		fail_msg("%s: %s", error.message, error.why);
	return loop;
}

static void *turn_until_end(void *loop)
{
	while (loop_ended(loop) == 0)
		loop_turn(loop);
	return NULL;
}

/* A loop with nothing to wait for but that ends when another thread says so. */
static void ends_from_another_thread(void **state)
{
	struct loop *loop = open_loop();
	struct error error = {0};
	pthread_t thread;

	(void)state;
	assert_int_equal(loop_let_end(loop, &error), 0);
	assert_int_equal(pthread_create(&thread, NULL, turn_until_end, loop), 0);
	loop_end(loop);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(loop_ended(loop), SIGTERM);
	loop_close(loop);
}

/* They come in the order of their times, not in that of their starts. */
static void timers_come_in_order(void **state)
{
	static const unsigned ms[] = {30, 10, 20, 0};
	static const size_t order[] = {3, 1, 2, 0};
	struct loop_timer timers[ARRAY_LEN(ms)];
	struct loop *loop = open_loop();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ms); i++) {
		loop_timer_attach(&timers[i], loop);
		assert_false(loop_timer_runs(&timers[i]));
		loop_timer_start(&timers[i], ms[i]);
		assert_true(loop_timer_runs(&timers[i]));
	}
	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		while (!timers[order[i]].over)
			loop_turn(loop);
		for (size_t later = i + 1; later < ARRAY_LEN(order); later++)
			assert_true(timers[order[later]].over ||
				    loop_timer_runs(&timers[order[later]]));
		assert_false(loop_timer_runs(&timers[order[i]]));
	}
	/* A new start forgets the former one. */
	loop_timer_start(&timers[0], 1);
	loop_timer_start(&timers[0], 100000);
	loop_timer_start(&timers[1], 5);
	while (!timers[1].over)
		loop_turn(loop);
	assert_false(timers[0].over);
	for (size_t i = 0; i < ARRAY_LEN(ms); i++)
		loop_timer_detach(&timers[i]);
	loop_timer_detach(&timers[0]);
	loop_close(loop);
}

/* A timer that was over before the turn began is news enough: the turn does not go on to wait for
 * the descriptor beside it, at which nothing ever happens. */
static void a_turn_ends_with_a_timer_that_was_over(void **state)
{
	struct loop *loop;
	struct loop_timer timer = {0};
	struct loop_file file = {0};
	struct error error;
	int ends[2];

	(void)state;
	loop = loop_open(&error);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(loop_file_attach(&file, loop, ends[0], &error), 0);
	loop_timer_attach(&timer, loop);
	alarm(20); /* else it waits for ever */
	for (unsigned ms = 0; ms < 3; ms++) {
		loop_timer_start(&timer, ms);
		usleep(5000);
		loop_turn(loop);
		assert_true(timer.over);
		assert_false(file.ready);
	}
	alarm(0);
	loop_timer_detach(&timer);
	loop_file_detach(&file);
	loop_close(loop);
	close(ends[0]);
	close(ends[1]);
}

static void signals_are_noted(void **state)
{
	struct error error = {0};
	struct loop *loop = open_loop();

	(void)state;
	assert_int_equal(loop_catch_end(loop, &error), 0);
	loop_look(loop);
	assert_int_equal(loop_ended(loop), 0);
	raise(SIGTERM);
	while (loop_ended(loop) == 0)
		loop_turn(loop);
	assert_int_equal(loop_ended(loop), SIGTERM);
	raise(SIGINT);
	loop_look(loop);
	assert_int_equal(loop_ended(loop), SIGINT);
	loop_close(loop);

	/* Without a loop that catches them they end a program as ever. */
	pid_t pid = fork();
	int status;
	if (pid == 0) {
		raise(SIGTERM);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

/* Who waits for a child is let go. */
static void a_child_is_not_waited_for_at_the_end(void **state)
{
	const char *words[] = {"sleep", "1000", NULL};
	struct child_command command = {.name = "sleep", .words = words};
	struct loop *loop = open_loop();
	struct error error = {0};
	struct child child;

	(void)state;
	assert_int_equal(loop_catch_end(loop, &error), 0);
	assert_int_equal(child_start(&child, loop, &command, &error), 0);
	raise(SIGINT);
	assert_false(child_finish(&child));
	assert_int_equal(child_signal(&child), SIGKILL);
	child_dispose(&child, 0);
	loop_close(loop);
}

static void descriptors_get_ready(void **state)
{
	struct loop_file left = {0}, right = {0}, odd = {0};
	struct loop *loop = open_loop();
	struct error error = {0};
	struct loop_timer timer;
	int pair[2], regular;
	char byte;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(loop_file_attach(&left, loop, pair[0], &error), 0);
	assert_int_equal(loop_file_attach(&right, loop, pair[1], &error), 0);
	loop_timer_attach(&timer, loop);
	loop_timer_start(&timer, 5);
	while (!timer.over)
		loop_turn(loop);
	assert_false(left.ready);
	assert_int_equal(write(pair[0], "x", 1), 1);
	while (!right.ready)
		loop_turn(loop);
	assert_false(left.ready);
	/* It stays so until it was read. */
	right.ready = false;
	loop_turn(loop);
	assert_true(right.ready);
	assert_int_equal(read(pair[1], &byte, 1), 1);
	right.ready = false;
	loop_look(loop);
	assert_false(right.ready);
	/* The end of the other side is something to read. */
	loop_file_detach(&right);
	close(pair[1]);
	while (!left.ready)
		loop_turn(loop);
	assert_int_equal(read(pair[0], &byte, 1), 0);
	loop_file_detach(&left);
	close(pair[0]);

	regular = open("/etc/passwd", O_RDONLY);
	assert_true(regular >= 0);
	assert_int_equal(loop_file_attach(&odd, loop, regular, &error), -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	loop_file_detach(&odd);
	close(regular);
	loop_timer_detach(&timer);
	loop_close(loop);
}

static void attach_to_all(struct loop *loop, struct error *error, int *made)
{
	const char *words[] = {"true", NULL};
	struct child_command command = {.name = "true", .words = words, .input = true};
	struct child child;

	if (child_start(&child, loop, &command, error) != 0)
		return;
	(*made)++;
	child_finish(&child);
	child_dispose(&child, 0);
}

/* With any number of free descriptors a loop and a child are made, or it is told why not. */
static void few_descriptors_are_told(void **state)
{
	struct rlimit before, few;
	int loops = 0, children = 0, free_one;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	free_one = dup(0);
	close(free_one);
	for (int room = 0; room <= 24; room++) {
		struct error error = {0};
		struct loop *loop;

		few = before;
		few.rlim_cur = (rlim_t)(free_one + room);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
		loop = loop_open(&error);
		loops += loop != NULL;
		if (loop != NULL)
			attach_to_all(loop, &error, &children);
		loop_close(loop);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
		if (error.kind == ERROR_NONE)
			continue;
		assert_int_equal(error.kind, ERROR_SYSTEM);
		assert_string_equal(error.why, "too many open files");
		assert_non_null(strstr(error.fix, "ulimit -n"));
	}
	assert_in_range(loops, 10, 22);
	assert_in_range(children, 5, loops - 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_descriptors_are_told),
		cmocka_unit_test(timers_come_in_order),
		cmocka_unit_test(a_turn_ends_with_a_timer_that_was_over),
		cmocka_unit_test(signals_are_noted),
		cmocka_unit_test(ends_from_another_thread),
		cmocka_unit_test(a_child_is_not_waited_for_at_the_end),
		cmocka_unit_test(descriptors_get_ready),
	};

	signal(SIGPIPE, SIG_IGN);
	loop_close(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
