/* Child processes, with the shell as the child. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "sys/child.h"
#include "sys/loop.h"

#define LONG_MS 20000u
#define SHORT_MS 50u

static struct loop *loop;

static void start(struct child *child, const char *script, struct child_command command)
{
	const char *words[] = {"sh", "-c", script, NULL};
	struct error error = {0};

	command.name = "the shell";
	command.words = words;
	if (child_start(child, loop, &command, &error))
		fail_msg("%s: %s", error.message, error.why);
	child_limit(child, LONG_MS);
}

static void assert_no_children(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void write_text(struct child *child, const char *text)
{
	child_write(child, mem_strdup(text), strlen(text));
}

/* Its end, its last words, and that it is gone afterwards. */
static void test_ends(void **state)
{
	static const struct {
		const char *script, *output, *how, *complaint;
	} rows[] = {
		{"echo out; exit 3", "out\n", "exit code 3", ""},
		{"echo one >&2; echo ' two\t' >&2; echo >&2", "", "exit code 0", " two"},
		{"echo a >&2; echo 'panic: b' >&2; echo c >&2; exit 2", "", "exit code 2",
		 "panic: b"},
		{"printf '\\033[1mred' >&2; kill -TERM $$", "", "SIGTERM", " [1mred"},
		{"kill -KILL $$", "", "SIGKILL", ""},
		/* What it leaves behind may still write; its own end is known all the same. */
		{"(sleep 0.2; echo late) & exit 1", "late\n", "exit code 1", ""},
		{"exec >&-; sleep 0.1; exit 4", "", "exit code 4", ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct child child;
		char text[64];

		start(&child, rows[i].script, (struct child_command){0});
		assert_true(child_finish(&child));
		assert_string_equal(buf_cstr(&child.output), rows[i].output);
		child_how(&child, text, sizeof(text));
		assert_string_equal(text, rows[i].how);
		child_complaint(&child, text, sizeof(text));
		assert_string_equal(text, rows[i].complaint);
		child_dispose(&child, 0);
		assert_no_children();
	}
}

static void test_cannot_start(void **state)
{
	static const struct {
		const char *program, *folder, *why;
	} rows[] = {
		{"attio-no-such-program", NULL,
		 "there is no program `attio-no-such-program` in the folders of $PATH"},
		{"/no/such/program", NULL, "`/no/such/program` does not exist"},
		{"/etc/passwd/x", NULL, "`/etc/passwd/x` does not exist"},
		{"/etc", NULL, "`/etc` is not an executable file"},
		{"sh", "/no/such/folder", NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *words[] = {rows[i].program, NULL};
		struct child_command command = {
			.name = "it", .words = words, .folder = rows[i].folder};
		struct child child;
		struct error error = {0};

		assert_int_equal(child_start(&child, loop, &command, &error), -1);
		assert_int_equal(error.kind, ERROR_TOOL);
		assert_string_equal(error.message, "it cannot be started");
		if (rows[i].why != NULL)
			assert_string_equal(error.why, rows[i].why);
		child_dispose(&child, 0);
		assert_no_children();
	}
}

/* A conversation; then an end that waits for its input to be closed. */
static void test_talks(void **state)
{
	struct child child;

	(void)state;
	start(&child, "read a; echo got $a; read b; echo got $b; cat >/dev/null",
	      (struct child_command){.input = true});
	write_text(&child, "one\n");
	while (strchr(buf_cstr(&child.output), '\n') == NULL)
		assert_true(child_listen(&child));
	assert_string_equal(child.output.ptr, "got one\n");
	buf_drop(&child.output, child.output.len);
	write_text(&child, "two\n");
	while (strchr(buf_cstr(&child.output), '\n') == NULL)
		assert_true(child_listen(&child));
	assert_string_equal(child.output.ptr, "got two\n");
	child_dispose(&child, LONG_MS);
	assert_no_children();
}

/* Several children on one loop: who waits for one of them sees what the others said meanwhile. */
static void test_together(void **state)
{
	struct child slow, quick, echo;

	(void)state;
	start(&echo, "cat", (struct child_command){.input = true});
	start(&slow, "sleep 0.2; echo slow; exit 3", (struct child_command){0});
	start(&quick, "echo quick; exit 4", (struct child_command){0});
	write_text(&echo, "heard\n");
	assert_true(child_finish(&slow));
	assert_true(quick.exited);
	assert_int_equal(child_code(&slow), 3);
	assert_int_equal(child_code(&quick), 4);
	assert_string_equal(buf_cstr(&slow.output), "slow\n");
	assert_string_equal(buf_cstr(&quick.output), "quick\n");
	assert_string_equal(buf_cstr(&echo.output), "heard\n");
	assert_false(echo.exited);
	/* One that is let go does not disturb the others. */
	child_dispose(&quick, 0);
	write_text(&echo, "again\n");
	while (echo.output.len < strlen("heard\nagain\n"))
		assert_true(child_listen(&echo));
	child_dispose(&echo, LONG_MS);
	child_dispose(&slow, 0);
	assert_no_children();
}

/* More than a pipe holds, both ways, to a child that echoes and to one that is gone. */
static void test_much(void **state)
{
	size_t size = (size_t)4 << 20;
	struct child child;
	char *bytes = mem_zalloc(1, size);

	(void)state;
	memset(bytes, 'x', size);
	start(&child, "cat", (struct child_command){.input = true});
	child_write(&child, bytes, size);
	while (child.output.len < size)
		assert_true(child_listen(&child));
	child_dispose(&child, LONG_MS);

	bytes = mem_zalloc(1, size);
	start(&child, "exit 0", (struct child_command){.input = true});
	child_write(&child, bytes, size);
	assert_true(child_finish(&child));
	child_dispose(&child, LONG_MS);
	assert_no_children();
}

static void test_limits(void **state)
{
	struct child child;

	(void)state;
	start(&child, "yes", (struct child_command){.limit = 100000});
	assert_false(child_finish(&child));
	assert_true(child.flood);
	child_dispose(&child, 0);
	start(&child, "exec sleep 1000", (struct child_command){0});
	child_limit(&child, SHORT_MS);
	while (child_listen(&child))
		assert_int_equal(child.output.len, 0);
	assert_true(child.time.over);
	assert_false(child_finish(&child));
	assert_int_equal(child_signal(&child), SIGKILL);
	child_dispose(&child, 0);
	/* Deaf to the end of its input and to SIGTERM. */
	start(&child, "trap '' TERM; echo ready; exec sleep 1000",
	      (struct child_command){.input = true});
	while (child.output.len == 0)
		assert_true(child_listen(&child));
	child_dispose(&child, SHORT_MS);
	assert_no_children();
}

/* A descriptor that nobody marked stays with us. */
static void test_inherits_nothing(void **state)
{
	char script[100];
	struct child child;
	int low = dup(0), high = fcntl(0, F_DUPFD, 200);

	(void)state;
	assert_true(low > 2 && high >= 200);
	snprintf(script, sizeof(script),
		 "for n in 0 1 2 %d %d; do [ -e /dev/fd/$n ] && echo $n; done", low, high);
	start(&child, script, (struct child_command){.input = true});
	assert_true(child_finish(&child));
	assert_string_equal(buf_cstr(&child.output), "0\n1\n2\n");
	child_dispose(&child, 0);
	close(low);
	close(high);
}

/* The user's settings win, secrets stay with us, signals that we ignore are as usual. */
static void test_surroundings(void **state)
{
	static const char *const settings[] = {"ATTIO_TEST_A=ours", "ATTIO_TEST_B=ours", NULL};
	struct child child;

	(void)state;
	setenv("ATTIO_TEST_B", "theirs", 1);
	setenv("ATTIO_TOKEN", "secret", 1);
	start(&child, "echo $ATTIO_TEST_A $ATTIO_TEST_B -$ATTIO_TOKEN-; pwd; kill -PIPE $$",
	      (struct child_command){.settings = settings, .folder = "/"});
	assert_true(child_finish(&child));
	assert_string_equal(buf_cstr(&child.output), "ours theirs --\n/\n");
	assert_int_equal(child_signal(&child), SIGPIPE);
	child_dispose(&child, 0);
	unsetenv("ATTIO_TOKEN");
	unsetenv("ATTIO_TEST_B");
}

/* A copy has a loop and children of its own, beside ours. */
static int be_copied(void *context)
{
	static const char *const words[] = {"/bin/sh", "-c", "echo from within", NULL};
	const struct child_command command = {.name = "echo", .words = words};
	struct loop *own;
	struct child child;
	struct error error;
	char byte, folder[100];

	own = loop_open(&error);
	if (own == NULL || child_start(&child, own, &command, &error) != 0 || !child_finish(&child))
		return 1;
	printf("%s %s %s", (const char *)context, getcwd(folder, sizeof(folder)),
	       buf_cstr(&child.output));
	fflush(stdout);
	child_dispose(&child, 0);
	loop_close(own);
	/* Writing to nobody is no end where we said so. */
	if (signal(SIGPIPE, SIG_DFL) != SIG_IGN)
		return 2;
	while (read(0, &byte, 1) > 0)
		;
	return 7;
}

static void test_copies(void **state)
{
	char text[] = "told";
	const struct child_command command = {
		.name = "copy", .copy = be_copied, .context = text, .folder = "/", .input = true};
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	struct child child;
	struct error error;

	(void)state;
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(child_start(&child, loop, &command, &error), 0);
		while (child.output.len < strlen("told / from within\n"))
			assert_true(child_listen(&child));
		assert_string_equal(buf_cstr(&child.output), "told / from within\n");
		assert_false(child.exited);
		if (i == 2) {
			child_dispose(&child, 0); /* while it waits */
			break;
		}
		child_close_input(&child);
		assert_true(child_finish(&child));
		assert_int_equal(child_code(&child), 7);
		child_dispose(&child, 0);
	}
	signal(SIGPIPE, before);
	assert_no_children();
}

/* Started without a loop, as before an exec. */
static struct child_launched launch(const char *script)
{
	const char *words[] = {"sh", "-c", script, NULL};
	const struct child_command command = {.name = "the shell", .words = words, .input = true};
	struct child_launched launched;
	struct error error;

	assert_int_equal(child_launch(&launched, &command, &error), 0);
	assert_int_equal(fcntl(launched.in, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_true(child_keep(&launched, true));
	assert_int_equal(fcntl(launched.in, F_GETFD) & FD_CLOEXEC, 0);
	assert_true(child_keep(&launched, false));
	return launched;
}

static void test_launched(void **state)
{
	struct child_launched launched = launch("cat; exit 6");
	struct child child;

	(void)state;
	assert_int_equal(child_adopt(&child, loop, &launched, 0), 0);
	assert_int_equal(launched.pid, 0);
	write_text(&child, "told\n");
	child_limit(&child, LONG_MS);
	while (child.output.len < strlen("told\n"))
		assert_true(child_listen(&child));
	child_close_input(&child);
	assert_true(child_finish(&child));
	assert_int_equal(child_code(&child), 6);
	child_dispose(&child, 0);
	assert_no_children();

	/* One that ended before it was adopted. */
	launched = launch("echo last; exit 5");
	while (waitid(P_PID, (id_t)launched.pid, &(siginfo_t){0}, WEXITED | WNOWAIT) != 0)
		assert_int_equal(errno, EINTR);
	assert_int_equal(child_adopt(&child, loop, &launched, 0), 0);
	child_limit(&child, LONG_MS);
	assert_true(child_finish(&child));
	assert_string_equal(buf_cstr(&child.output), "last\n");
	assert_int_equal(child_code(&child), 5);
	child_dispose(&child, 0);
	assert_no_children();

	/* One that nobody wants, and none. */
	launched = launch("cat");
	child_end_launched(&launched);
	child_end_launched(&launched);
	child_let_go(&launched);
	assert_no_children();
}

/* In a copy, which is not its parent: 0 when it can use it and is told its end. */
static int use_lent(void *context)
{
	struct child_launched *launched = context;
	struct loop *own;
	struct error error;
	struct child child;
	bool good;

	own = loop_open(&error);
	if (own == NULL || child_adopt(&child, own, launched, 0) != 0)
		return 1;
	write_text(&child, "lent\n");
	child_limit(&child, LONG_MS);
	while (child.output.len < strlen("lent\n") && child_listen(&child))
		;
	good = strcmp(buf_cstr(&child.output), "lent\n") == 0 && !child.exited;
	child_kill(&child);
	good = child_finish(&child) && good;
	child_dispose(&child, 0);
	loop_close(own);
	return good ? 0 : 2;
}

static void test_lent(void **state)
{
	struct child_launched launched = launch("exec cat");
	const struct child_command command = {
		.name = "copy", .copy = use_lent, .context = &launched};
	struct child child;
	struct error error;

	(void)state;
	fflush(stdout);
	assert_int_equal(child_start(&child, loop, &command, &error), 0);
	child_let_go(&launched);
	child_limit(&child, LONG_MS);
	assert_true(child_finish(&child));
	assert_int_equal(child_code(&child), 0);
	child_dispose(&child, 0);
	child_end_launched(&launched);
	assert_no_children();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends),   cmocka_unit_test(test_cannot_start),
		cmocka_unit_test(test_talks),  cmocka_unit_test(test_together),
		cmocka_unit_test(test_much),   cmocka_unit_test(test_inherits_nothing),
		cmocka_unit_test(test_limits), cmocka_unit_test(test_surroundings),
		cmocka_unit_test(test_copies), cmocka_unit_test(test_launched),
		cmocka_unit_test(test_lent),
	};

	struct error error;
	int failed;

	signal(SIGPIPE, SIG_IGN);
	loop = loop_open(&error);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	loop_close(loop);
	return failed;
}
