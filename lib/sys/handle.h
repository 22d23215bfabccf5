/* What the files of this room that attach things to the loop share: libuv's side of it. */
#ifndef ATTIO_SYS_HANDLE_H
#define ATTIO_SYS_HANDLE_H

#include <uv.h>

struct error;

struct loop {
	uv_loop_t uv;
	union loop_handle *ends[4]; /* SIGINT, SIGTERM, SIGHUP, SIGQUIT */
	union loop_handle *bell;    /* rung by loop_end */
	int ended;
};

/* libuv lets go of a handle only in a later turn, so each is a block of its own: its owner can be
 * gone by then. */
union loop_handle {
	uv_handle_t any;
	uv_stream_t stream;
	uv_pipe_t pipe;
	uv_timer_t timer;
	uv_signal_t signal;
	uv_poll_t poll;
	uv_fs_event_t change;
	uv_async_t bell;
};

/* Memory for a handle, which a uv_..._init must make one; `owner` is found in any.data. */
union loop_handle *handle_new(void *owner);
/* For one that could not be made: frees it. */
void handle_drop(union loop_handle **handle);
/* Closes it, which also closes a pipe's descriptor, and forgets it. Nothing is noted in its owner
 * any more. Fine when it is NULL. */
void handle_close(union loop_handle **handle);

/* A handle that calls `noted` at each signal of that number. libuv's result. */
int handle_signal(union loop_handle **handle, struct loop *loop, void *owner, int number,
		  uv_signal_cb noted);

#endif
