/* A loop with one server on it; a pipe ends it, because the thread may be waiting. */
#include "http/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/attach.h"
#include "sys/loop.h"

struct http_thread {
	struct loop *loop;
	struct http_attached attached;
	struct loop_file end; /* of the pipe that is closed to end the thread */
	int pipe[2];
	pthread_t id;
};

static void *drive(void *opaque)
{
	struct http_thread *thread = opaque;

	while (!thread->end.ready) {
		loop_turn(thread->loop);
		http_attached_serve(&thread->attached);
	}
	return NULL;
}

/* All but the thread. */
static int set_up(struct http_thread *thread, struct http_server *server, struct error *error)
{
	if (pipe(thread->pipe) != 0) {
		thread->pipe[0] = thread->pipe[1] = -1;
		return error_system(error, errno, "cannot make a pipe");
	}
	fcntl(thread->pipe[0], F_SETFD, FD_CLOEXEC);
	fcntl(thread->pipe[1], F_SETFD, FD_CLOEXEC);
	thread->loop = loop_open(error);
	if (thread->loop == NULL ||
	    loop_file_attach(&thread->end, thread->loop, thread->pipe[0], error) != 0)
		return -1;
	return http_attach(&thread->attached, server, thread->loop, error);
}

static void tear_down(struct http_thread *thread)
{
	http_detach(&thread->attached);
	loop_file_detach(&thread->end);
	loop_close(thread->loop);
	for (int i = 0; i < 2; i++)
		if (thread->pipe[i] >= 0)
			close(thread->pipe[i]);
	mem_free(thread);
}

static int start(struct http_thread *thread, struct error *error)
{
	sigset_t all, before;
	int sys;

	/* A new thread has the mask of the one that makes it. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	sys = pthread_create(&thread->id, NULL, drive, thread);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return sys == 0 ? 0 : error_system(error, sys, "cannot start a thread");
}

struct http_thread *http_thread_start(struct http_server *server, struct error *error)
{
	struct http_thread *thread = mem_zalloc(1, sizeof(*thread));

	if (set_up(thread, server, error) != 0 || start(thread, error) != 0) {
		tear_down(thread);
		return NULL;
	}
	return thread;
}

void http_thread_stop(struct http_thread *thread)
{
	if (thread == NULL)
		return;
	close(thread->pipe[1]);
	thread->pipe[1] = -1;
	pthread_join(thread->id, NULL);
	tear_down(thread);
}
