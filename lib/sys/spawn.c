/* libuv's own way to start a process has no place where the child could ask the kernel to end with
 * its parent, and a type check may well be running when somebody kills a build. So the start is
 * ours, and the pipes are libuv's. */
#include "sys/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef ON_LINUX
#include <sys/prctl.h>
#if __has_include(<linux/close_range.h>)
#include <linux/close_range.h>
#endif
#endif

#include <uv.h>

#include "base/mem.h"
#include "base/str.h"
#include "sys/child.h"

extern char **environ;

/* Where a system has no call for all of them: higher numbers are not looked at. */
enum { REST_MAX = 4096 };

static bool is_set(const char *setting)
{
	size_t name = strcspn(setting, "=");

	for (char **have = environ; *have != NULL; have++)
		if (strncmp(*have, setting, name) == 0 && (*have)[name] == '=')
			return true;
	return false;
}

/* exec(2) wants words that could be changed, and changes none. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-qual"
static char *word_of_exec(const char *word)
{
	return (char *)word;
}

static char *const *words_of_exec(const char *const *words)
{
	return (char *const *)words;
}
#pragma GCC diagnostic pop

/* Our environment without our secrets, with which an engine has no business. The strings are
 * borrowed; free the list with mem_free. */
static char **environment_with(const char *const *settings, bool bare)
{
	size_t count = 0, more = 0, kept = 0;
	char **list;

	while (!bare && environ[count] != NULL)
		count++;
	while (settings != NULL && settings[more] != NULL)
		more++;
	list = mem_zalloc(count + more + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++)
		if (!str_starts(environ[i], "ATTIO_TOKEN"))
			list[kept++] = environ[i];
	for (size_t i = 0; i < more; i++)
		if (bare || !is_set(settings[i]))
			list[kept++] = word_of_exec(settings[i]);
	return list;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void spawn_close(struct spawn_ends *ends)
{
	int *pairs[] = {ends->in, ends->out, ends->err, ends->failure};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		close_fd(&pairs[i][0]);
		close_fd(&pairs[i][1]);
	}
}

/* uv_pipe makes both ends close themselves in other children. */
int spawn_open(struct spawn_ends *ends, bool input)
{
	int failure = 0;

	*ends = (struct spawn_ends){{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
	if (input)
		failure = uv_pipe(ends->in, 0, UV_NONBLOCK_PIPE);
	if (failure == 0)
		failure = uv_pipe(ends->out, UV_NONBLOCK_PIPE, 0);
	if (failure == 0)
		failure = uv_pipe(ends->err, UV_NONBLOCK_PIPE, 0);
	if (failure == 0)
		failure = uv_pipe(ends->failure, 0, 0);
	return failure;
}

/* Whatever else is open, by us, by who started us or by a library that forgot to say so (libcurl),
 * is not the program's. The way to tell a failure stays open until then. */
static void leave_rest(void)
{
#ifdef CLOSE_RANGE_CLOEXEC
	if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0)
		return;
#endif
	for (int fd = 3; fd < REST_MAX; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* Handlers are our own; what is ignored stays so in a copy, which counts on it. */
static void reset_signals(bool copy)
{
	struct sigaction now;

	for (int number = 1; number < NSIG; number++)
		if (!copy || sigaction(number, NULL, &now) != 0 || now.sa_handler != SIG_IGN)
			signal(number, SIG_DFL);
}

/* In the child, where only calls that are safe in a signal handler may be made, but in a copy. */
static void become(const struct child_command *command, struct spawn_ends *ends, char **environment,
		   pid_t parent)
{
	int in = command->input ? ends->in[0] : open("/dev/null", O_RDONLY | O_CLOEXEC);
	int why = errno;
	sigset_t none;

	if (command->apart)
		setsid();
#ifdef ON_LINUX
	else
		prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (!command->apart && getppid() != parent)
		_exit(127);
	/* Without the right to it nothing is lost. */
	if (command->patient && setpriority(PRIO_PROCESS, 0, 10) != 0)
		errno = 0;
	reset_signals(command->copy != NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (in >= 0) {
		if (dup2(in, 0) >= 0 && dup2(ends->out[1], 1) >= 0 && dup2(ends->err[1], 2) >= 0 &&
		    (command->folder == NULL || chdir(command->folder) == 0)) {
			environ = environment;
			if (command->copy != NULL) {
				/* Its input would not end while it has the other end, too. */
				spawn_close(ends);
				_exit(command->copy(command->context));
			}
			leave_rest();
			execvp(command->words[0], words_of_exec(command->words));
		}
		why = errno;
	}
	if (write(ends->failure[1], &why, sizeof(why)) < 0)
		_exit(126);
	_exit(127);
}

/* No signal may come to the child before it has let go of our handlers, which would take it for
 * ours. */
pid_t spawn_run(const struct child_command *command, struct spawn_ends *ends, int *why)
{
	char **environment = environment_with(command->settings, command->bare);
	pid_t parent = getpid(), pid;
	sigset_t all, before;
	ssize_t got;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid == 0)
		become(command, ends, environment, parent);
	*why = errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	mem_free(environment);
	if (pid < 0)
		return 0;
	close_fd(&ends->in[0]);
	close_fd(&ends->out[1]);
	close_fd(&ends->err[1]);
	close_fd(&ends->failure[1]);
	do
		got = read(ends->failure[0], why, sizeof(*why));
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof(*why))
		return pid;
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return 0;
}

/* In a copy of us whose parent is gone at once, so that nobody has to wait for it. */
static void become_detached(const char *const *words, char **environment, int failure)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int why = errno;
	sigset_t none;

	reset_signals(false);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (null >= 0 && dup2(null, 0) >= 0 && dup2(null, 1) >= 0 && dup2(null, 2) >= 0) {
		environ = environment;
		leave_rest();
		execvp(words[0], words_of_exec(words));
	}
	why = errno;
	if (write(failure, &why, sizeof(why)) < 0)
		_exit(126);
	_exit(127);
}

int spawn_detached(const char *const *words)
{
	static const char *const no_settings[] = {NULL};
	char **environment = environment_with(no_settings, false);
	int failure[2], why = 0, status;
	sigset_t all, before;
	ssize_t got = 0;
	pid_t pid;

	if (uv_pipe(failure, 0, 0) != 0) {
		mem_free(environment);
		return EMFILE;
	}
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid == 0) {
		setsid();
		pid = fork();
		if (pid == 0)
			become_detached(words, environment, failure[1]);
		_exit(pid < 0 ? errno : 0);
	}
	why = pid < 0 ? errno : 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	mem_free(environment);
	close(failure[1]);
	if (pid > 0) {
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		why = WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
	}
	while (pid > 0 && why == 0 && (got = read(failure[0], &why, sizeof(why))) < 0 &&
	       errno == EINTR)
		;
	close(failure[0]);
	return why;
}
