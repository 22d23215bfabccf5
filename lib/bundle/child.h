/* A child process with its three standard streams as pipes on a loop: the part of
 * lib/bundle/service.c that knows libuv but nothing of packets. Only service.c includes this. */
#ifndef ATTIO_BUNDLE_CHILD_H
#define ATTIO_BUNDLE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uv.h>

#include "bundle/wire.h"

struct error;

#define CHILD_STDERR ((size_t)4096) /* bytes of the end of its standard error that are kept */

struct child;

typedef void (*child_output)(struct child *child, void *payload);

struct child {
	uv_loop_t loop;
	uv_process_t process;
	uv_pipe_t in, out, err;
	uv_timer_t timer;
	struct wire_stream stream; /* its standard output, not yet taken */
	char tail[CHILD_STDERR + 1];
	size_t tail_len;
	bool started, exited, out_closed, err_closed;
	bool fired;  /* the timer */
	bool hushed; /* its output is read and thrown away */
	int64_t status;
	int signal;
	child_output output; /* more bytes in the stream */
	void *payload;
};

/* Runs `path` with one argument. -1 with ERROR_TOOL; child_dispose is needed in both cases. The
 * struct must not move. */
int child_start(struct child *child, const char *path, const char *argument, struct error *error);

/* Queues bytes (mem_alloc, taken over) for its standard input. */
void child_write(struct child *child, char *bytes, size_t len);

/* One turn of the loop: waits for something to happen. */
void child_turn(struct child *child);
/* Sets `fired` after `ms` milliseconds from now; a former timer is forgotten. */
void child_timer(struct child *child, unsigned ms);
/* Ended, and all of its output was seen. */
bool child_gone(const struct child *child);
/* At least one of the signs of its end was seen. */
bool child_going(const struct child *child);

/* How it ended, in a few words: "exit code 2", "SIGKILL"; and the most telling line of its standard
 * error ("" when there is none), both printable. */
void child_how(const struct child *child, char *text, size_t size);
void child_complaint(const struct child *child, char *text, size_t size);

/* Closes its input and waits; SIGTERM after `patience_ms`, SIGKILL after the same again. 0 kills at
 * once. Then all is closed and freed. */
void child_dispose(struct child *child, unsigned patience_ms);

#endif
