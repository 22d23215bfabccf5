/* The one event loop of a command: children (sys/child.h), watching (sys/watch.h), timers, file
 * descriptors and the signals that ask us to end all wait on it. Whoever runs the command makes it
 * and hands it down. Nobody is called back: what happens is noted in the structs of those who
 * attached something, and who turned the loop looks. A turn serves all of them, so it may end
 * without news for the one who waits. */
#ifndef ATTIO_SYS_LOOP_H
#define ATTIO_SYS_LOOP_H

#include <stdbool.h>

struct error;
struct loop;
union loop_handle; /* libuv's side of something attached; its memory is the loop's */

/* From here on libuv takes its memory through base/mem.h: by itself it aborts in places where there
 * is none. Once, when the program begins. */
void loop_use_mem(void);

/* NULL with ERROR_SYSTEM. */
struct loop *loop_open(struct error *error);
/* All that was attached must be detached. NULL is fine. */
void loop_close(struct loop *loop);

/* Waits for something to happen and notes all that did. */
void loop_turn(struct loop *loop);
/* Notes what happened until now, without waiting. */
void loop_look(struct loop *loop);

/* From now on SIGINT and SIGTERM, and SIGHUP and SIGQUIT unless they are ignored, do not end the
 * program but are noted, until the loop is closed. */
int loop_catch_end(struct loop *loop, struct error *error);
/* The one of them that came last; 0: none. Waiting for a child ends then, too. */
int loop_ended(const struct loop *loop);

/* Makes loop_end possible, until the loop is closed. */
int loop_let_end(struct loop *loop, struct error *error);
/* Asks a loop that another thread turns to end, as SIGTERM would: loop_ended tells it. The one
 * function here that may be called from any thread, as long as the loop is open. */
void loop_end(struct loop *loop);

/* A moment to wait for. A zeroed struct is not attached. */
struct loop_timer {
	bool over; /* it has come */
	union loop_handle *handle;
};

/* The struct must not move until it is detached. */
void loop_timer_attach(struct loop_timer *timer, struct loop *loop);
/* In `ms` milliseconds from now; a former time is forgotten. */
void loop_timer_start(struct loop_timer *timer, unsigned ms);
bool loop_timer_runs(const struct loop_timer *timer);
/* Fine when it is not attached. */
void loop_timer_detach(struct loop_timer *timer);

/* A descriptor that somebody else owns and reads: a socket, a pipe, an epoll of another library. A
 * zeroed struct is not attached. */
struct loop_file {
	bool ready; /* there is something to read, or its end, or a mistake that reading tells. The
		     * owner clears it when there is no more; until then turns do not wait */
	union loop_handle *handle;
};

/* It becomes non-blocking, and must not be closed before it is detached. -1 with ERROR_SYSTEM: it
 * is nothing that can be waited for (a regular file), or attached already. */
int loop_file_attach(struct loop_file *file, struct loop *loop, int fd, struct error *error);
/* Fine when it is not attached. */
void loop_file_detach(struct loop_file *file);

#endif
