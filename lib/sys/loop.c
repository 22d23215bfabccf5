/* See loop.h. */
#include "sys/loop.h"

#include <signal.h>

#include "base/error.h"
#include "base/mem.h"
#include "sys/handle.h"
#include "sys/room.h"

/* --- handles -----------------------------------------------------------------------------------
 */

union loop_handle *handle_new(void *owner)
{
	union loop_handle *handle = mem_zalloc(1, sizeof(*handle));

	handle->any.data = owner;
	return handle;
}

void handle_drop(union loop_handle **handle)
{
	mem_free(*handle);
	*handle = NULL;
}

/* The union begins with what libuv hands us. */
static void on_closed(uv_handle_t *handle)
{
	mem_free(handle);
}

void handle_close(union loop_handle **handle)
{
	if (*handle != NULL)
		uv_close(&(*handle)->any, on_closed);
	*handle = NULL;
}

int handle_signal(union loop_handle **handle, struct loop *loop, void *owner, int number,
		  uv_signal_cb noted)
{
	int failure;

	*handle = handle_new(owner);
	failure = uv_signal_init(&loop->uv, &(*handle)->signal);
	if (failure != 0) {
		handle_drop(handle);
		return failure;
	}
	failure = uv_signal_start(&(*handle)->signal, noted, number);
	if (failure != 0)
		handle_close(handle);
	return failure;
}

/* --- the loop ----------------------------------------------------------------------------------
 */

/* Most that a loop needs for itself. */
enum { LOOP_DESCRIPTORS = 6 };

void loop_use_mem(void)
{
	uv_replace_allocator(mem_alloc, mem_realloc, mem_zalloc, mem_free);
}

/* libuv does not give up but aborts where it cannot make the pipe that all its loops share. */
struct loop *loop_open(struct error *error)
{
	struct loop *loop = mem_zalloc(1, sizeof(*loop));
	int failure = room_look(LOOP_DESCRIPTORS);

	if (failure == 0)
		failure = -uv_loop_init(&loop->uv);
	if (failure == 0)
		return loop;
	mem_free(loop);
	error_system(error, failure, "cannot wait for other programs and for changes of files");
	return NULL;
}

void loop_close(struct loop *loop)
{
	if (loop == NULL)
		return;
	for (size_t i = 0; i < ARRAY_LEN(loop->ends); i++)
		handle_close(&loop->ends[i]);
	handle_close(&loop->bell);
	/* What was closed is let go; nothing else may be left. */
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	if (uv_loop_close(&loop->uv) == 0)
		mem_free(loop);
}

void loop_turn(struct loop *loop)
{
	uv_run(&loop->uv, UV_RUN_ONCE);
}

void loop_look(struct loop *loop)
{
	uv_run(&loop->uv, UV_RUN_NOWAIT);
}

/* --- signals that end us -----------------------------------------------------------------------
 */

static void on_end(uv_signal_t *handle, int number)
{
	struct loop *loop = handle->data;

	loop->ended = number;
}

int loop_catch_end(struct loop *loop, struct error *error)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	int failure = 0;

	for (size_t i = 0; i < ARRAY_LEN(numbers) && failure == 0; i++) {
		struct sigaction old;

		if (loop->ends[i] != NULL)
			continue;
		/* Who started us with nohup wants us to outlive the terminal. */
		if (i >= 2 && sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN)
			continue;
		failure = handle_signal(&loop->ends[i], loop, loop, numbers[i], on_end);
	}
	if (failure == 0)
		return 0;
	return error_system(error, -failure, "cannot wait for signals");
}

int loop_ended(const struct loop *loop)
{
	return loop->ended;
}

static void on_bell(uv_async_t *handle)
{
	struct loop *loop = handle->data;

	loop->ended = SIGTERM;
}

int loop_let_end(struct loop *loop, struct error *error)
{
	int failure;

	loop->bell = handle_new(loop);
	failure = uv_async_init(&loop->uv, &loop->bell->bell, on_bell);
	if (failure == 0)
		return 0;
	handle_drop(&loop->bell);
	return error_system(error, -failure, "cannot wait for another thread");
}

void loop_end(struct loop *loop)
{
	uv_async_send(&loop->bell->bell);
}

/* --- timers ------------------------------------------------------------------------------------
 */

static void on_time(uv_timer_t *handle)
{
	struct loop_timer *timer = handle->data;

	timer->over = true;
	/* libuv looks at the timers before it waits for the rest, and would then wait all the same:
	 * a turn in which a timer was over already has its news. */
	uv_stop(handle->loop);
}

/* libuv has no way to fail here, nor in starting an attached timer: no memory, no descriptor. */
void loop_timer_attach(struct loop_timer *timer, struct loop *loop)
{
	*timer = (struct loop_timer){.handle = handle_new(timer)};
	uv_timer_init(&loop->uv, &timer->handle->timer);
}

void loop_timer_start(struct loop_timer *timer, unsigned ms)
{
	timer->over = false;
	/* The loop's idea of now is as old as its last turn. */
	uv_update_time(timer->handle->any.loop);
	uv_timer_start(&timer->handle->timer, on_time, ms, 0);
}

bool loop_timer_runs(const struct loop_timer *timer)
{
	return timer->handle != NULL && uv_is_active(&timer->handle->any) != 0;
}

void loop_timer_detach(struct loop_timer *timer)
{
	handle_close(&timer->handle);
	timer->over = false;
}

/* --- descriptors -------------------------------------------------------------------------------
 */

static void on_ready(uv_poll_t *handle, int status, int events)
{
	struct loop_file *file = handle->data;

	(void)status;
	(void)events;
	file->ready = true;
}

int loop_file_attach(struct loop_file *file, struct loop *loop, int fd, struct error *error)
{
	int failure;

	*file = (struct loop_file){.handle = handle_new(file)};
	failure = uv_poll_init(&loop->uv, &file->handle->poll, fd);
	if (failure != 0) {
		handle_drop(&file->handle);
		return error_system(error, -failure, "cannot wait for a file");
	}
	failure = uv_poll_start(&file->handle->poll, UV_READABLE, on_ready);
	if (failure == 0)
		return 0;
	loop_file_detach(file);
	return error_system(error, -failure, "cannot wait for a file");
}

void loop_file_detach(struct loop_file *file)
{
	handle_close(&file->handle);
	file->ready = false;
}
