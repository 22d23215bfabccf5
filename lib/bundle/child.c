/* A child process on libuv. All state changes come from callbacks that only note what happened;
 * the caller turns the loop and looks. Closing is done in one place (child_dispose), which does
 * not return before the process is reaped: no zombies, whatever failed before. */
#include "bundle/child.h"

#include <signal.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "sys/process.h"

struct sending {
	uv_write_t request; /* first: libuv hands us its address */
	char *bytes;
};

static struct child *child_of(void *handle)
{
	return ((uv_handle_t *)handle)->data;
}

static void on_exit_of(uv_process_t *process, int64_t status, int signal)
{
	struct child *child = child_of(process);

	child->exited = true;
	child->status = status;
	child->signal = signal;
}

static void on_timer(uv_timer_t *timer)
{
	child_of(timer)->fired = true;
}

static void give_room(uv_handle_t *handle, size_t size, uv_buf_t *room)
{
	struct child *child = child_of(handle);

	room->base = wire_reserve(&child->stream, size);
	room->len = size;
}

static void on_output(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct child *child = child_of(stream);

	(void)room;
	if (got < 0) {
		child->out_closed = true;
		uv_read_stop(stream);
		return;
	}
	if (got == 0 || child->hushed)
		return;
	child->stream.bytes.len += (size_t)got;
	if (child->output)
		child->output(child, child->payload);
}

static void give_error_room(uv_handle_t *handle, size_t size, uv_buf_t *room)
{
	struct child *child = child_of(handle);
	size_t piece = CHILD_STDERR / 4;

	/* The tail slides: its older part goes when a piece more does not fit. */
	(void)size;
	if (child->tail_len + piece > CHILD_STDERR) {
		size_t gone = child->tail_len + piece - CHILD_STDERR;

		memmove(child->tail, child->tail + gone, child->tail_len - gone);
		child->tail_len -= gone;
	}
	room->base = child->tail + child->tail_len;
	room->len = piece;
}

static void on_error_output(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct child *child = child_of(stream);

	(void)room;
	if (got < 0) {
		child->err_closed = true;
		uv_read_stop(stream);
		return;
	}
	child->tail_len += (size_t)got;
	child->tail[child->tail_len] = '\0';
}

static int start_failed(struct error *error, const char *path, int code)
{
	error_set(error, ERROR_TOOL, "esbuild cannot be started");
	if (code == UV_ENOENT || code == UV_ENOTDIR)
		error_why(error, "`%s` does not exist", path);
	else if (code == UV_EACCES)
		error_why(error, "`%s` is not an executable file", path);
	else
		error_why(error, "`%s`: %s", path, uv_strerror(code));
	error_fix(error, "install attio again, or name another esbuild in ESBUILD_BINARY_PATH");
	return -1;
}

int child_start(struct child *child, const char *path, const char *argument, struct error *error)
{
	char *arguments[] = {(char *)path, (char *)argument, NULL};
	uv_stdio_container_t streams[3];
	uv_process_options_t options = {
		.exit_cb = on_exit_of,
		.file = path,
		.args = arguments,
		.stdio_count = 3,
		.stdio = streams,
	};
	int code;

	options.env = process_environment(NULL);
	uv_loop_init(&child->loop);
	uv_pipe_init(&child->loop, &child->in, 0);
	uv_pipe_init(&child->loop, &child->out, 0);
	uv_pipe_init(&child->loop, &child->err, 0);
	uv_timer_init(&child->loop, &child->timer);
	child->process.data = child->in.data = child->out.data = child->err.data = child;
	child->timer.data = child;
	streams[0].flags = UV_CREATE_PIPE | UV_READABLE_PIPE;
	streams[0].data.stream = (uv_stream_t *)&child->in;
	streams[1].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
	streams[1].data.stream = (uv_stream_t *)&child->out;
	streams[2].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
	streams[2].data.stream = (uv_stream_t *)&child->err;
	code = uv_spawn(&child->loop, &child->process, &options);
	mem_free(options.env);
	if (code) {
		child->exited = child->out_closed = child->err_closed = true;
		return start_failed(error, path, code);
	}
	child->started = true;
	uv_read_start((uv_stream_t *)&child->out, give_room, on_output);
	uv_read_start((uv_stream_t *)&child->err, give_error_room, on_error_output);
	return 0;
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

void child_timer(struct child *child, unsigned ms)
{
	child->fired = false;
	/* The loop's idea of now is as old as its last turn. */
	uv_update_time(&child->loop);
	uv_timer_start(&child->timer, on_timer, ms, 0);
}

bool child_gone(const struct child *child)
{
	return child->exited && child->out_closed && child->err_closed;
}

bool child_going(const struct child *child)
{
	return child->exited || child->out_closed;
}

void child_how(const struct child *child, char *text, size_t size)
{
	process_how(text, size, child->status, child->signal);
}

/* A crashed Go program says what happened on a line of its own before pages of stacks; anything
 * else says it last. */
void child_complaint(const struct child *child, char *text, size_t size)
{
	static const char *const marks[] = {"panic:", "fatal error:", NULL};

	process_complaint(text, size, child->tail, marks);
}

static void close_handle(uv_handle_t *handle, void *payload)
{
	(void)payload;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

static void wait_for_end(struct child *child, unsigned patience_ms)
{
	static const int harder[] = {SIGTERM, SIGKILL};
	size_t step = patience_ms ? 0 : 1;

	child->hushed = true;
	if (patience_ms) {
		uv_close((uv_handle_t *)&child->in, NULL);
		child_timer(child, patience_ms);
	} else if (!child->exited) {
		uv_process_kill(&child->process, SIGKILL);
	}
	while (!child->exited) {
		child_turn(child);
		if (child->fired && step < ARRAY_LEN(harder)) {
			if (!child->exited)
				uv_process_kill(&child->process, harder[step++]);
			child_timer(child, patience_ms);
		}
	}
}

void child_dispose(struct child *child, unsigned patience_ms)
{
	if (child->started)
		wait_for_end(child, patience_ms);
	uv_walk(&child->loop, close_handle, NULL);
	uv_run(&child->loop, UV_RUN_DEFAULT);
	uv_loop_close(&child->loop);
	wire_stream_dispose(&child->stream);
}
