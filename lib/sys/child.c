/* The start is sys/spawn.h's; the pipes, the waiting and the timer are libuv's. */
#include "sys/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/handle.h"
#include "sys/room.h"
#include "sys/spawn.h"

struct sending {
	uv_write_t request; /* first: libuv hands us its address */
	char *bytes;
};

/* The program itself opens files, many at a time, and takes those that it cannot open for missing.
 */
static int lacks_room(const struct child_command *command, struct error *error)
{
	unsigned limit = room_limit();

	if (limit >= command->descriptors)
		return 0;
	error_system(error, EMFILE, "%s cannot be started", command->name);
	return error_why(error,
			 "too many open files: it may have %u open at a time, the limit is "
			 "%u",
			 command->descriptors, limit);
}

static int start_failed(const struct child_command *command, int why, struct error *error)
{
	const char *program = command->words != NULL ? command->words[0] : command->name;

	error_system(error, why, "%s cannot be started", command->name);
	if (why == EAGAIN)
		return error_fix(error,
				 "allow more processes (`ulimit -u`), or end other programs");
	if (error->shortage)
		return -1;
	error->kind = ERROR_TOOL;
	if (why == ENOENT && strchr(program, '/') == NULL)
		return error_why(error, "there is no program `%s` in the folders of $PATH",
				 program);
	if (why == ENOENT || why == ENOTDIR)
		return error_why(error, "`%s` does not exist", program);
	if (why == EACCES)
		return error_why(error, "`%s` is not an executable file", program);
	return error_why(error, "`%s`: %s", program, strerror(why));
}

/* Looks whether there is room for it, and opens its pipes. */
static int open_ends(const struct child_command *command, struct spawn_ends *ends,
		     struct error *error)
{
	int failure;

	if (lacks_room(command, error) != 0)
		return -1;
	failure = spawn_open(ends, command->input);
	if (failure == 0)
		return 0;
	spawn_close(ends);
	return start_failed(command, -failure, error);
}

static struct child *child_of(void *handle)
{
	return ((uv_handle_t *)handle)->data;
}

static void give_room(uv_handle_t *handle, size_t size, uv_buf_t *room)
{
	struct child *child = child_of(handle);
	struct buf *buf = handle == &child->out->any ? &child->output : &child->tail;

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
		child->exited = child->exited || child->lent;
		uv_read_stop(stream);
	}
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

/* Looks whether it is gone. Somebody who ignores SIGCHLD gets no status: ECHILD. */
static void reap(struct child *child, int flags)
{
	pid_t got;

	if (child->pid == 0 || (child->lent && (flags & WNOHANG) != 0))
		return;
	if (child->lent) { /* it was killed, and its parent hears how it ended */
		child->pid = 0;
		child->exited = true;
		return;
	}
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

void child_kill(struct child *child)
{
	if (child->pid != 0)
		kill(child->pid, SIGKILL);
}

static void kill_now(struct child *child)
{
	child_kill(child);
	reap(child, 0);
}

/* Our end of a pipe, which becomes the handle's. libuv's result. */
static int open_pipe(union loop_handle **pipe, struct child *child, int *fd)
{
	int failure;

	*pipe = handle_new(child);
	failure = uv_pipe_init(&child->loop->uv, &(*pipe)->pipe, 0);
	if (failure != 0) {
		handle_drop(pipe);
		return failure;
	}
	failure = uv_pipe_open(&(*pipe)->pipe, *fd);
	if (failure == 0)
		*fd = -1;
	return failure;
}

/* All that we need of it, made before it is there: a failure has nothing to end. libuv's result. */
static int attach(struct child *child, struct spawn_ends *ends)
{
	int failure = 0;

	loop_timer_attach(&child->time, child->loop);
	if (ends->in[1] >= 0)
		failure = open_pipe(&child->in, child, &ends->in[1]);
	if (failure == 0)
		failure = open_pipe(&child->out, child, &ends->out[0]);
	if (failure == 0)
		failure = open_pipe(&child->err, child, &ends->err[0]);
	if (failure == 0)
		failure = uv_read_start(&child->out->stream, give_room, on_output);
	if (failure == 0)
		failure = uv_read_start(&child->err->stream, give_room, on_complaint);
	if (failure == 0)
		failure = handle_signal(&child->ends, child->loop, child, SIGCHLD, on_end);
	return failure;
}

static void detach(struct child *child)
{
	handle_close(&child->in);
	handle_close(&child->out);
	handle_close(&child->err);
	handle_close(&child->ends);
	loop_timer_detach(&child->time);
}

int child_start(struct child *child, struct loop *loop, const struct child_command *command,
		struct error *error)
{
	struct spawn_ends ends;
	int failure = 0, why;

	*child = (struct child){0};
	if (open_ends(command, &ends, error) != 0)
		return -1;
	*child = (struct child){.loop = loop, .limit = command->limit};
	/* A copy must not have our handlers, which write to our loop: it is there before them. */
	if (command->copy == NULL)
		failure = attach(child, &ends);
	why = -failure;
	if (failure == 0)
		child->pid = spawn_run(command, &ends, &why);
	if (child->pid != 0 && command->copy != NULL)
		why = -(failure = attach(child, &ends));
	spawn_close(&ends);
	if (failure == 0 && child->pid != 0) {
		reap(child, WNOHANG); /* of a copy that has ended by now nobody would tell */
		return 0;
	}
	if (child->pid != 0)
		kill_now(child);
	detach(child);
	return start_failed(command, why, error);
}

int child_launch(struct child_launched *launched, const struct child_command *command,
		 struct error *error)
{
	struct spawn_ends ends;
	int why;

	*launched = (struct child_launched){.in = -1, .out = -1, .err = -1};
	if (open_ends(command, &ends, error) != 0)
		return -1;
	launched->pid = spawn_run(command, &ends, &why);
	if (launched->pid != 0) {
		launched->in = ends.in[1];
		launched->out = ends.out[0];
		launched->err = ends.err[0];
		ends.in[1] = ends.out[0] = ends.err[0] = -1;
	}
	spawn_close(&ends);
	return launched->pid != 0 ? 0 : start_failed(command, why, error);
}

bool child_keep(const struct child_launched *launched, bool keep)
{
	const int fds[] = {launched->in, launched->out, launched->err};
	bool good = true;

	for (size_t i = 0; i < ARRAY_LEN(fds); i++)
		good = good && fds[i] > STDERR_FILENO &&
		       fcntl(fds[i], F_SETFD, keep ? 0 : FD_CLOEXEC) == 0;
	return good;
}

int child_adopt(struct child *child, struct loop *loop, struct child_launched *launched,
		size_t limit)
{
	struct spawn_ends ends = {.in = {-1, launched->in},
				  .out = {launched->out, -1},
				  .err = {launched->err, -1},
				  .failure = {-1, -1}};
	int failure;
	pid_t got;

	*child = (struct child){.loop = loop, .limit = limit, .pid = launched->pid};
	*launched = (struct child_launched){.in = -1, .out = -1, .err = -1};
	got = waitpid(child->pid, &child->status, WNOHANG);
	child->lent = got < 0;
	child->exited = got > 0; /* meanwhile */
	if (child->exited)
		child->pid = 0;
	failure = attach(child, &ends);
	spawn_close(&ends);
	if (failure == 0)
		return 0;
	kill_now(child);
	detach(child);
	*child = (struct child){0};
	return -1;
}

static void close_launched(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void child_let_go(struct child_launched *launched)
{
	if (launched->pid == 0)
		return;
	close_launched(&launched->in);
	close_launched(&launched->out);
	close_launched(&launched->err);
}

void child_end_launched(struct child_launched *launched)
{
	if (launched->pid == 0)
		return;
	child_let_go(launched);
	kill(launched->pid, SIGKILL);
	while (waitpid(launched->pid, NULL, 0) < 0 && errno == EINTR)
		;
	launched->pid = 0;
}

void child_limit(struct child *child, unsigned ms)
{
	loop_timer_start(&child->time, ms);
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
	if (child->in == NULL ||
	    uv_write(&sending->request, &child->in->stream, &piece, 1, on_sent) != 0)
		on_sent(&sending->request, 0);
}

static bool is_over(const struct child *child)
{
	return child->time.over || child->flood || loop_ended(child->loop) != 0;
}

bool child_listen(struct child *child)
{
	if (child->out_closed || is_over(child))
		return false;
	loop_turn(child->loop);
	return !is_over(child);
}

bool child_finish(struct child *child)
{
	while (!is_over(child) && !(child->out_closed && child->err_closed && child->exited))
		loop_turn(child->loop);
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

void child_close_input(struct child *child)
{
	handle_close(&child->in);
}

static void wait_for_end(struct child *child, unsigned patience_ms)
{
	bool asked = false;

	child->hushed = true;
	child_close_input(child);
	child_limit(child, patience_ms);
	while (!child->exited) {
		loop_turn(child->loop);
		if (!child->time.over || child->exited)
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
	if (child->loop != NULL && patience_ms > 0)
		wait_for_end(child, patience_ms);
	kill_now(child);
	detach(child);
	buf_dispose(&child->output);
	buf_dispose(&child->tail);
	*child = (struct child){0};
}
