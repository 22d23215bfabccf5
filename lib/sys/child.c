/* libuv's own way to start a process has no place where the child could ask the kernel to end with
 * its parent, and a type check may well be running when somebody kills a build. So the start is
 * ours, and the pipes, the waiting and the timer are libuv's. */
#include "sys/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

extern char **environ;

struct sending {
	uv_write_t request; /* first: libuv hands us its address */
	char *bytes;
};

/* Both ends of the three pipes and of a fourth, by which a child that cannot become the program
 * tells why. -1: not open. */
struct ends {
	int in[2];
	int out[2];
	int err[2];
	int failure[2];
};

static bool is_set(const char *setting)
{
	size_t name = strcspn(setting, "=");

	for (char **have = environ; *have != NULL; have++)
		if (strncmp(*have, setting, name) == 0 && (*have)[name] == '=')
			return true;
	return false;
}

/* Our environment without our secrets, with which an engine has no business. The strings are
 * borrowed; free the list with mem_free. */
static char **environment_with(const char *const *settings)
{
	size_t count = 0, more = 0, kept = 0;
	char **list;

	while (environ[count] != NULL)
		count++;
	while (settings != NULL && settings[more] != NULL)
		more++;
	list = mem_zalloc(count + more + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++)
		if (!str_starts(environ[i], "ATTIO_TOKEN"))
			list[kept++] = environ[i];
	for (size_t i = 0; i < more; i++)
		if (!is_set(settings[i]))
			list[kept++] = (char *)settings[i];
	return list;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_ends(struct ends *ends)
{
	int *pairs[] = {ends->in, ends->out, ends->err, ends->failure};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		close_fd(&pairs[i][0]);
		close_fd(&pairs[i][1]);
	}
}

/* uv_pipe makes both ends close themselves in other children. */
static int open_ends(struct ends *ends, bool input)
{
	*ends = (struct ends){{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
	if ((input && uv_pipe(ends->in, 0, UV_NONBLOCK_PIPE)) ||
	    uv_pipe(ends->out, UV_NONBLOCK_PIPE, 0) || uv_pipe(ends->err, UV_NONBLOCK_PIPE, 0) ||
	    uv_pipe(ends->failure, 0, 0)) {
		close_ends(ends);
		return -1;
	}
	return 0;
}

/* In the child, where only calls that are safe in a signal handler may be made. */
static void become(const struct child_command *command, const struct ends *ends, char **environment,
		   pid_t parent)
{
	int in = command->input ? ends->in[0] : open("/dev/null", O_RDONLY);
	sigset_t none;
	int why;

#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(127);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (in >= 0 && dup2(in, 0) >= 0 && dup2(ends->out[1], 1) >= 0 &&
	    dup2(ends->err[1], 2) >= 0 &&
	    (command->folder == NULL || chdir(command->folder) == 0)) {
		environ = environment;
		execvp(command->words[0], (char *const *)command->words);
	}
	why = errno;
	if (write(ends->failure[1], &why, sizeof(why)) < 0)
		_exit(126);
	_exit(127);
}

/* Starts the child; its number, or 0 with the reason in *why. No signal may come to it before it
 * has let go of our handlers, which would take it for ours. */
static pid_t spawn(const struct child_command *command, struct ends *ends, int *why)
{
	char **environment = environment_with(command->settings);
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

static int start_failed(const struct child_command *command, int why, struct error *error)
{
	const char *program = command->words[0];

	error_set(error, ERROR_TOOL, "%s cannot be started", command->name);
	if (why == ENOENT && !strchr(program, '/'))
		return error_why(error, "there is no program `%s` in the folders of $PATH",
				 program);
	if (why == ENOENT || why == ENOTDIR)
		return error_why(error, "`%s` does not exist", program);
	if (why == EACCES)
		return error_why(error, "`%s` is not an executable file", program);
	return error_why(error, "`%s`: %s", program, strerror(why));
}

static struct child *child_of(void *handle)
{
	return ((uv_handle_t *)handle)->data;
}

static void give_room(uv_handle_t *handle, size_t size, uv_buf_t *room)
{
	struct child *child = child_of(handle);
	struct buf *buf = handle == (uv_handle_t *)&child->out ? &child->output : &child->tail;

	*room = uv_buf_init(buf_reserve(buf, size), (unsigned)size);
}

static void on_output(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct child *child = child_of(stream);

	(void)room;
	if (got > 0 && !child->hushed)
		child->output.len += (size_t)got;
	if (child->limit > 0 && child->output.len > child->limit)
		child->flood = true;
	if (got < 0 || child->flood) {
		child->out_closed = true;
		uv_read_stop(stream);
	}
	if (got > 0 && !child->hushed && child->on_output != NULL)
		child->on_output(child, child->payload);
}

static void on_complaint(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct child *child = child_of(stream);
	struct buf *tail = &child->tail;

	(void)room;
	if (got < 0) {
		child->err_closed = true;
		uv_read_stop(stream);
		return;
	}
	tail->len += (size_t)got;
	if (tail->len > CHILD_TAIL) {
		memmove(tail->ptr, tail->ptr + tail->len - CHILD_TAIL, CHILD_TAIL);
		tail->len = CHILD_TAIL;
	}
}

static void on_time(uv_timer_t *timer)
{
	child_of(timer)->late = true;
}

/* Looks whether it is gone. Somebody who ignores SIGCHLD gets no status: ECHILD. */
static void reap(struct child *child, int flags)
{
	pid_t got;

	if (child->pid == 0)
		return;
	do
		got = waitpid(child->pid, &child->status, flags);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		return;
	if (got < 0)
		child->status = 0;
	child->pid = 0;
	child->exited = true;
}

static void on_end(uv_signal_t *ends, int number)
{
	(void)number;
	reap(child_of(ends), WNOHANG);
}

static void open_pipe(struct child *child, uv_pipe_t *pipe, int *fd)
{
	uv_pipe_init(&child->loop, pipe, 0);
	pipe->data = child;
	if (*fd < 0)
		return;
	uv_pipe_open(pipe, *fd);
	*fd = -1;
}

/* Our side of a child that runs. */
static void attach(struct child *child, struct ends *ends)
{
	uv_loop_init(&child->loop);
	child->open = true;
	uv_timer_init(&child->loop, &child->timer);
	uv_signal_init(&child->loop, &child->ends);
	child->timer.data = child->ends.data = child;
	open_pipe(child, &child->in, &ends->in[1]);
	open_pipe(child, &child->out, &ends->out[0]);
	open_pipe(child, &child->err, &ends->err[0]);
	uv_read_start((uv_stream_t *)&child->out, give_room, on_output);
	uv_read_start((uv_stream_t *)&child->err, give_room, on_complaint);
	uv_signal_start(&child->ends, on_end, SIGCHLD);
	reap(child, WNOHANG); /* before we listened */
}

int child_start(struct child *child, const struct child_command *command, struct error *error)
{
	struct ends ends;
	int why;

	*child = (struct child){.limit = command->limit,
				.on_output = command->on_output,
				.payload = command->payload};
	if (open_ends(&ends, command->input))
		return start_failed(command, EMFILE, error);
	child->pid = spawn(command, &ends, &why);
	if (child->pid != 0)
		attach(child, &ends);
	close_ends(&ends);
	return child->pid != 0 || child->exited ? 0 : start_failed(command, why, error);
}

void child_limit(struct child *child, unsigned ms)
{
	child->late = false;
	/* The loop's idea of now is as old as its last turn. */
	uv_update_time(&child->loop);
	uv_timer_start(&child->timer, on_time, ms, 0);
}

static void on_sent(uv_write_t *request, int status)
{
	struct sending *sending = (struct sending *)request;

	/* A failure means that the child is going; its closed output tells the same. */
	(void)status;
	mem_free(sending->bytes);
	mem_free(sending);
}

void child_write(struct child *child, char *bytes, size_t len)
{
	struct sending *sending = mem_zalloc(1, sizeof(*sending));
	uv_buf_t piece = {.base = bytes, .len = len};

	sending->bytes = bytes;
	if (uv_write(&sending->request, (uv_stream_t *)&child->in, &piece, 1, on_sent))
		on_sent(&sending->request, 0);
}

void child_turn(struct child *child)
{
	uv_run(&child->loop, UV_RUN_ONCE);
}

static bool is_over(const struct child *child)
{
	return child->late || child->flood;
}

bool child_listen(struct child *child)
{
	if (child->out_closed || is_over(child))
		return false;
	child_turn(child);
	return !is_over(child);
}

static void kill_now(struct child *child)
{
	if (child->pid != 0)
		kill(child->pid, SIGKILL);
	reap(child, 0);
}

bool child_finish(struct child *child)
{
	while (!is_over(child) && !(child->out_closed && child->err_closed && child->exited))
		child_turn(child);
	if (child->exited)
		return true;
	kill_now(child);
	return false;
}

int child_signal(const struct child *child)
{
	return WIFSIGNALED(child->status) ? WTERMSIG(child->status) : 0;
}

int child_code(const struct child *child)
{
	return WEXITSTATUS(child->status);
}

void child_how(const struct child *child, char *text, size_t size)
{
	static const struct {
		int number;
		const char *name;
	} signals[] = {
		{SIGKILL, "SIGKILL"}, {SIGTERM, "SIGTERM"}, {SIGINT, "SIGINT"},
		{SIGHUP, "SIGHUP"},   {SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"},
		{SIGBUS, "SIGBUS"},   {SIGILL, "SIGILL"},   {SIGTRAP, "SIGTRAP"},
		{SIGFPE, "SIGFPE"},   {SIGQUIT, "SIGQUIT"}, {SIGXCPU, "SIGXCPU"},
	};

	int number = child_signal(child);

	if (number == 0) {
		snprintf(text, size, "exit code %d", child_code(child));
		return;
	}
	snprintf(text, size, "signal %d", number);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (signals[i].number == number)
			snprintf(text, size, "%s", signals[i].name);
}

static bool is_marked(const char *line)
{
	static const char *const marks[] = {"panic:", "fatal error:", "Error:"};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_starts(line, marks[i]))
			return true;
	return false;
}

/* A crashed Go program says what happened on a line of its own before pages of stacks, and so does
 * Node; anything else says it last. */
void child_complaint(struct child *child, char *text, size_t size)
{
	const char *line = buf_cstr(&child->tail), *best = line;
	size_t len = 0;

	while (*line != '\0') {
		size_t here = strcspn(line, "\n");

		if (strspn(line, " \t\r") < here) {
			best = line;
			len = here;
		}
		if (is_marked(line))
			break;
		line += here + (line[here] == '\n');
	}
	if (len >= size)
		len = size - 1;
	memcpy(text, best, len);
	text[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			text[i] = ' ';
	while (len > 0 && text[len - 1] == ' ')
		text[--len] = '\0';
}

static void close_handle(uv_handle_t *handle, void *payload)
{
	(void)payload;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

void child_close_input(struct child *child)
{
	close_handle((uv_handle_t *)&child->in, NULL);
}

static void wait_for_end(struct child *child, unsigned patience_ms)
{
	bool asked = false;

	child->hushed = true;
	child_close_input(child);
	child_limit(child, patience_ms);
	while (!child->exited) {
		child_turn(child);
		if (!child->late || child->exited)
			continue;
		if (asked)
			return;
		asked = true;
		kill(child->pid, SIGTERM);
		child_limit(child, patience_ms);
	}
}

void child_dispose(struct child *child, unsigned patience_ms)
{
	if (child->open && patience_ms > 0)
		wait_for_end(child, patience_ms);
	kill_now(child);
	if (child->open) {
		uv_walk(&child->loop, close_handle, NULL);
		uv_run(&child->loop, UV_RUN_DEFAULT);
		uv_loop_close(&child->loop);
	}
	buf_dispose(&child->output);
	buf_dispose(&child->tail);
	*child = (struct child){0};
}
