/* libuv's own way to start a process has no place where the child could ask the kernel to end with
 * its parent, and a type check may well be running when somebody kills a build. So the start is
 * ours, and the pipes, the waiting and the timer are libuv's. */
#include "types/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/error.h"
#include "base/mem.h"
#include "sys/process.h"

extern char **environ;

/* How often a process that has closed its output is asked whether it has ended. */
#define END_PAUSE_MS 1u

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
static void become(const struct tool_command *command, const struct ends *ends, char **environment,
		   pid_t parent)
{
	static const int usual[] = {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGXFSZ};
	int in = command->input ? ends->in[0] : open("/dev/null", O_RDONLY);
	sigset_t none;
	int why;

#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(127);
	for (size_t i = 0; i < ARRAY_LEN(usual); i++)
		signal(usual[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (in >= 0 && dup2(in, 0) >= 0 && dup2(ends->out[1], 1) >= 0 &&
	    dup2(ends->err[1], 2) >= 0 && chdir(command->folder) == 0) {
		environ = environment;
		execvp(command->words[0], (char *const *)command->words);
	}
	why = errno;
	if (write(ends->failure[1], &why, sizeof(why)) < 0)
		_exit(126);
	_exit(127);
}

static int start_failed(const struct tool_command *command, int why, struct error *error)
{
	const char *name = command->words[0];

	error_set(error, ERROR_TOOL, "the TypeScript compiler cannot be started");
	if (why == ENOENT && !strchr(name, '/'))
		error_why(error, "there is no program `%s` in the folders of $PATH", name);
	else if (why == ENOENT)
		error_why(error, "`%s` does not exist", name);
	else
		error_why(error, "`%s`: %s", name, strerror(why));
	return -1;
}

static struct tool *tool_of(void *handle)
{
	return ((uv_handle_t *)handle)->data;
}

static void give_room(uv_handle_t *handle, size_t size, uv_buf_t *room)
{
	struct tool *tool = tool_of(handle);
	struct buf *buf = handle == (uv_handle_t *)&tool->out ? &tool->output : &tool->tail;

	*room = uv_buf_init(buf_reserve(buf, size), (unsigned)size);
}

static void on_output(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct tool *tool = tool_of(stream);

	(void)room;
	if (got > 0)
		tool->output.len += (size_t)got;
	if (tool->output.len > TOOL_LIMIT)
		tool->flood = true;
	if (got < 0 || tool->flood) {
		tool->out_closed = true;
		uv_read_stop(stream);
	}
}

static void on_complaint(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct tool *tool = tool_of(stream);
	struct buf *tail = &tool->tail;

	(void)room;
	if (got < 0) {
		tool->err_closed = true;
		uv_read_stop(stream);
		return;
	}
	tail->len += (size_t)got;
	if (tail->len > TOOL_TAIL) {
		memmove(tail->ptr, tail->ptr + tail->len - TOOL_TAIL, TOOL_TAIL);
		tail->len = TOOL_TAIL;
	}
}

static void on_time(uv_timer_t *timer)
{
	tool_of(timer)->late = true;
}

static void open_pipe(struct tool *tool, uv_pipe_t *pipe, int *fd)
{
	uv_pipe_init(&tool->loop, pipe, 0);
	pipe->data = tool;
	if (*fd < 0)
		return;
	uv_pipe_open(pipe, *fd);
	*fd = -1;
}

/* Our side of a child that runs. */
static void attach(struct tool *tool, struct ends *ends)
{
	uv_loop_init(&tool->loop);
	tool->open = true;
	uv_timer_init(&tool->loop, &tool->timer);
	tool->timer.data = tool;
	open_pipe(tool, &tool->in, &ends->in[1]);
	open_pipe(tool, &tool->out, &ends->out[0]);
	open_pipe(tool, &tool->err, &ends->err[0]);
	uv_read_start((uv_stream_t *)&tool->out, give_room, on_output);
	uv_read_start((uv_stream_t *)&tool->err, give_room, on_complaint);
}

int tool_start(struct tool *tool, const struct tool_command *command, struct error *error)
{
	struct ends ends;
	char **environment;
	pid_t parent = getpid();
	int why = 0;
	ssize_t got;

	*tool = (struct tool){0};
	if (open_ends(&ends, command->input))
		return start_failed(command, EMFILE, error);
	environment = process_environment(command->settings);
	tool->pid = fork();
	if (tool->pid == 0)
		become(command, &ends, environment, parent);
	mem_free(environment);
	if (tool->pid < 0) {
		why = errno;
		tool->pid = 0;
		close_ends(&ends);
		return start_failed(command, why, error);
	}
	close_fd(&ends.in[0]);
	close_fd(&ends.out[1]);
	close_fd(&ends.err[1]);
	close_fd(&ends.failure[1]);
	do
		got = read(ends.failure[0], &why, sizeof(why));
	while (got < 0 && errno == EINTR);
	if (got == (ssize_t)sizeof(why)) {
		while (waitpid(tool->pid, &tool->status, 0) < 0 && errno == EINTR)
			;
		tool->pid = 0;
		close_ends(&ends);
		return start_failed(command, why, error);
	}
	attach(tool, &ends);
	close_ends(&ends);
	return 0;
}

void tool_limit(struct tool *tool, unsigned ms)
{
	tool->late = false;
	uv_update_time(&tool->loop);
	uv_timer_start(&tool->timer, on_time, ms, 0);
}

static void on_sent(uv_write_t *request, int status)
{
	struct sending *sending = (struct sending *)request;

	/* A failure means that the child is going; its closed output tells the same. */
	(void)status;
	mem_free(sending->bytes);
	mem_free(sending);
}

/* Writing to a program that is gone must be an error, not our end. Others may think otherwise about
 * this signal, so only for as long as we write. */
static void hush(struct sigaction *before)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGPIPE, &ignore, before);
}

static void turn(struct tool *tool, uv_run_mode mode)
{
	struct sigaction before;

	hush(&before);
	uv_run(&tool->loop, mode);
	sigaction(SIGPIPE, &before, NULL);
}

void tool_write(struct tool *tool, const char *bytes, size_t len)
{
	struct sending *sending = mem_zalloc(1, sizeof(*sending));
	struct sigaction before;
	uv_buf_t piece;

	sending->bytes = mem_strndup(bytes, len);
	piece = uv_buf_init(sending->bytes, (unsigned)len);
	hush(&before);
	if (uv_write(&sending->request, (uv_stream_t *)&tool->in, &piece, 1, on_sent))
		on_sent(&sending->request, 0);
	sigaction(SIGPIPE, &before, NULL);
}

bool tool_turn(struct tool *tool)
{
	if (tool->out_closed || tool->late || tool->flood)
		return false;
	turn(tool, UV_RUN_ONCE);
	return !tool->late && !tool->flood;
}

/* True when it is gone. Somebody who ignores SIGCHLD gets no status: ECHILD. */
static bool reap(struct tool *tool, int flags)
{
	pid_t got;

	if (tool->pid == 0)
		return true;
	do
		got = waitpid(tool->pid, &tool->status, flags);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		return false;
	if (got < 0)
		tool->status = 0;
	tool->pid = 0;
	return true;
}

bool tool_finish(struct tool *tool)
{
	while (!tool->late && !tool->flood && !(tool->out_closed && tool->err_closed))
		turn(tool, UV_RUN_ONCE);
	while (!tool->late && !tool->flood && !reap(tool, WNOHANG)) {
		/* It is between closing its files and its end: a moment. */
		uv_sleep(END_PAUSE_MS);
		turn(tool, UV_RUN_NOWAIT);
	}
	if (tool->pid == 0)
		return true;
	kill(tool->pid, SIGKILL);
	reap(tool, 0);
	return false;
}

void tool_how(const struct tool *tool, char *text, size_t size)
{
	bool killed = WIFSIGNALED(tool->status);

	process_how(text, size, WEXITSTATUS(tool->status), killed ? WTERMSIG(tool->status) : 0);
}

/* A crashed Go program says what happened on a line of its own before pages of stacks, and so does
 * Node; anything else says it last. */
void tool_complaint(struct tool *tool, char *text, size_t size)
{
	static const char *const marks[] = {"panic:", "fatal error:", "Error:", NULL};

	process_complaint(text, size, buf_cstr(&tool->tail), marks);
}

static void close_handle(uv_handle_t *handle, void *payload)
{
	(void)payload;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

void tool_dispose(struct tool *tool)
{
	if (tool->pid) {
		kill(tool->pid, SIGKILL);
		reap(tool, 0);
	}
	if (tool->open) {
		uv_walk(&tool->loop, close_handle, NULL);
		uv_run(&tool->loop, UV_RUN_DEFAULT);
		uv_loop_close(&tool->loop);
	}
	buf_dispose(&tool->output);
	buf_dispose(&tool->tail);
	*tool = (struct tool){0};
}
