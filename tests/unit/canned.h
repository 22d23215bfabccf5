/* A server for tests that says exactly what it is told, also what no real server would say: a
 * thread answers each connection with the next reply of a list (the last one again and again) and
 * keeps what was asked. Header-only, because a unit test is one file. */
#ifndef ATTIO_TESTS_CANNED_H
#define ATTIO_TESTS_CANNED_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

#define CANNED_REQUESTS 16

struct canned_reply {
	const char *bytes;
	size_t flood; /* this many further bytes 'x' */
	bool hang;    /* keep the connection open until the server stops */
};

struct canned {
	int fd;
	int port;
	int hung; /* connection kept open, or -1 */
	pthread_t thread;
	atomic_bool stop;
	const struct canned_reply *replies;
	size_t reply_count;
	atomic_size_t served;
	struct buf requests[CANNED_REQUESTS];
};

/* Head and body of one request; a client that goes away ends it. */
static inline void canned_read(int fd, struct buf *request)
{
	char chunk[65536];
	const char *end;
	size_t wanted = 0;

	while ((end = strstr(buf_cstr(request), "\r\n\r\n")) == NULL ||
	       request->len < (size_t)(end - request->ptr) + 4 + wanted) {
		ssize_t got = read(fd, chunk, sizeof(chunk));
		const char *length;

		if (got <= 0)
			return;
		buf_add(request, chunk, (size_t)got);
		length = strstr(request->ptr, "Content-Length: ");
		if (length != NULL)
			wanted = strtoul(length + 16, NULL, 10);
	}
}

static inline void canned_write(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t sent = write(fd, bytes, len);

		if (sent <= 0)
			return;
		bytes += sent;
		len -= (size_t)sent;
	}
}

static inline void canned_flood(int fd, size_t len)
{
	char chunk[65536];

	memset(chunk, 'x', sizeof(chunk));
	for (; len > 0; len -= len < sizeof(chunk) ? len : sizeof(chunk))
		canned_write(fd, chunk, len < sizeof(chunk) ? len : sizeof(chunk));
}

static inline void *canned_run(void *context)
{
	struct canned *server = context;

	while (true) {
		int fd = accept(server->fd, NULL, NULL);
		size_t n = atomic_load(&server->served);
		const struct canned_reply *reply =
			&server->replies[n < server->reply_count ? n : server->reply_count - 1];

		if (fd < 0 || atomic_load(&server->stop)) {
			close(fd);
			return NULL;
		}
		canned_read(fd, &server->requests[n % CANNED_REQUESTS]);
		atomic_fetch_add(&server->served, 1);
		canned_write(fd, reply->bytes, strlen(reply->bytes));
		canned_flood(fd, reply->flood);
		if (reply->hang)
			server->hung = fd;
		else
			close(fd);
	}
}

/* Listens on a free port of 127.0.0.1. */
static inline void canned_start(struct canned *server, const struct canned_reply *replies,
				size_t count)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t size = sizeof(address);

	memset(server, 0, sizeof(*server));
	signal(SIGPIPE, SIG_IGN);
	server->replies = replies;
	server->reply_count = count;
	server->hung = -1;
	server->fd = socket(AF_INET, SOCK_STREAM, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(server->fd, (struct sockaddr *)&address, size) != 0 ||
	    listen(server->fd, 16) != 0 ||
	    getsockname(server->fd, (struct sockaddr *)&address, &size) != 0 ||
	    pthread_create(&server->thread, NULL, canned_run, server) != 0)
		abort();
	server->port = ntohs(address.sin_port);
}

static inline void canned_stop(struct canned *server)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons((unsigned short)server->port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	atomic_store(&server->stop, true);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		abort();
	pthread_join(server->thread, NULL);
	close(fd);
	close(server->fd);
	if (server->hung >= 0)
		close(server->hung);
	for (size_t i = 0; i < CANNED_REQUESTS; i++)
		buf_dispose(&server->requests[i]);
}

#endif
