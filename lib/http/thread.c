/* The loop of one server; a pipe ends it, because the thread may be waiting. */
#include "http/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/server.h"

struct http_thread {
	struct http_server *server;
	int ends[2]; /* of the pipe */
	pthread_t id;
};

static void *drive(void *opaque)
{
	struct http_thread *thread = opaque;
	struct pollfd fds[] = {
		{.fd = thread->ends[0], .events = POLLIN},
		{.fd = http_server_fd(thread->server), .events = POLLIN},
	};

	while (fds[0].revents == 0) {
		http_server_run(thread->server);
		poll(fds, ARRAY_LEN(fds), http_server_timeout(thread->server));
	}
	return NULL;
}

static int start(struct http_thread *thread, struct error *error)
{
	sigset_t all, before;
	int sys;

	if (pipe(thread->ends) != 0)
		return error_system(error, errno, "cannot make a pipe");
	fcntl(thread->ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(thread->ends[1], F_SETFD, FD_CLOEXEC);
	/* A new thread has the mask of the one that makes it. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	sys = pthread_create(&thread->id, NULL, drive, thread);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (sys != 0) {
		close(thread->ends[0]);
		close(thread->ends[1]);
		return error_system(error, sys, "cannot start a thread");
	}
	return 0;
}

struct http_thread *http_thread_start(struct http_server *server, struct error *error)
{
	struct http_thread *thread = mem_zalloc(1, sizeof(*thread));

	thread->server = server;
	if (start(thread, error) != 0) {
		mem_free(thread);
		return NULL;
	}
	return thread;
}

void http_thread_stop(struct http_thread *thread)
{
	if (thread == NULL)
		return;
	close(thread->ends[1]);
	pthread_join(thread->id, NULL);
	close(thread->ends[0]);
	mem_free(thread);
}
