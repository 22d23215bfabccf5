/* libmicrohttpd hands over the descriptor of a connection that left HTTP, and takes it back to
 * close it. In between it is read and written here, and watched in the server's own descriptor. */
#include "http/socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#ifdef ON_LINUX
#include <sys/epoll.h>
#endif

#include <microhttpd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "http/server.h"
#include "http/websocket.h"

#define OUTPUT_LIMIT ((size_t)8 << 20) /* bytes that may wait for one that does not read */

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

struct http_socket {
	struct http_socket *next;
	struct http_sockets *all;
	struct http_socket **pending;
	struct MHD_UpgradeResponseHandle *handle;
	int fd;
	bool waits; /* for room to send */
	bool broken;
	struct websocket *websocket;
	const struct http_socket_events *events;
	void *state;
};

/* ---- sending ---- */

static void watch(struct http_socket *socket, bool fresh)
{
#ifdef ON_LINUX
	struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP |
					      (socket->waits ? (uint32_t)EPOLLOUT : 0)};

	epoll_ctl(socket->all->fd, fresh ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket->fd, &event);
#else
	(void)socket;
	(void)fresh;
#endif
}

static void flush(struct http_socket *socket)
{
	struct buf *output = websocket_output(socket->websocket);
	bool waits;

	while (output->len > 0 && !socket->broken) {
		ssize_t sent =
			send(socket->fd, output->ptr, output->len, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent > 0)
			buf_drop(output, (size_t)sent);
		else if (errno == EAGAIN || errno == EWOULDBLOCK)
			break;
		else if (errno != EINTR)
			http_socket_cut(socket);
	}
	/* Who does not read is let go, before what waits for them has no end. */
	if (output->len > OUTPUT_LIMIT && !socket->broken)
		http_socket_cut(socket);
	waits = output->len > 0;
	if (waits != socket->waits) {
		socket->waits = waits;
		watch(socket, false);
	}
}

void http_socket_send(struct http_socket *socket, bool text, const char *bytes, size_t len)
{
	if (text)
		websocket_send(socket->websocket, bytes, len);
	else
		websocket_send_bytes(socket->websocket, bytes, len);
	flush(socket);
}

void http_socket_ping(struct http_socket *socket)
{
	websocket_ping(socket->websocket);
	flush(socket);
}

void http_socket_close(struct http_socket *socket, unsigned code, const char *reason)
{
	websocket_close(socket->websocket, code, reason);
	flush(socket);
}

/* The next run sees that it is over. */
void http_socket_cut(struct http_socket *socket)
{
	socket->broken = true;
	shutdown(socket->fd, SHUT_RDWR);
}

/* ---- hearing ---- */

static void heard(void *context, bool text, const char *bytes, size_t len)
{
	struct http_socket *socket = context;

	socket->events->message(socket->state, text, bytes, len);
}

static void take(struct http_socket *socket, const char *bytes, size_t len)
{
	struct error ignored;

	/* What the other end is told of it is in the output. */
	if (len > 0)
		websocket_take(socket->websocket, bytes, len, &ignored);
}

static void hear(struct http_socket *socket)
{
	char piece[1 << 14];

	while (!socket->broken && !websocket_is_over(socket->websocket)) {
		ssize_t got = recv(socket->fd, piece, sizeof(piece), MSG_DONTWAIT);

		if (got > 0)
			take(socket, piece, (size_t)got);
		else if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		else if (got == 0 || errno != EINTR)
			socket->broken = true;
	}
	if (!socket->broken)
		flush(socket);
}

static void end(struct http_socket *socket)
{
#ifdef ON_LINUX
	epoll_ctl(socket->all->fd, EPOLL_CTL_DEL, socket->fd, NULL);
#endif
	socket->events->gone(socket->state);
	MHD_upgrade_action(socket->handle, MHD_UPGRADE_ACTION_CLOSE);
	websocket_free(socket->websocket);
	mem_free(socket);
}

bool http_sockets_run(struct http_sockets *sockets)
{
	struct http_socket **at = &sockets->first;
	bool ended = false;

	while (*at != NULL) {
		struct http_socket *socket = *at;

		hear(socket);
		if (socket->broken || (websocket_is_over(socket->websocket) &&
				       websocket_output(socket->websocket)->len == 0)) {
			*at = socket->next;
			end(socket);
			ended = true;
		} else {
			at = &socket->next;
		}
	}
	return ended;
}

void http_sockets_end(struct http_sockets *sockets)
{
	while (sockets->first != NULL) {
		struct http_socket *socket = sockets->first;

		sockets->first = socket->next;
		end(socket);
	}
}

/* ---- the greeting ---- */

static void opened(void *context, struct MHD_Connection *connection, void *exchange,
		   const char *extra, size_t extra_len, MHD_socket fd,
		   struct MHD_UpgradeResponseHandle *handle)
{
	struct http_socket *socket = context;
	int on = 1;

	(void)connection;
	(void)exchange;
	*socket->pending = NULL;
	socket->handle = handle;
	socket->fd = fd;
	socket->next = socket->all->first;
	socket->all->first = socket;
#ifdef TCP_CORK
	setsockopt(fd, IPPROTO_TCP, TCP_CORK, &(int){0}, sizeof(int));
#endif
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	watch(socket, true);
	socket->events->opened(socket->state, socket);
	take(socket, extra, extra_len);
	flush(socket);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
	const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);

	return value != NULL ? value : "";
}

static struct MHD_Response *refuse(struct http_reply *reply, unsigned status, const char *message)
{
	reply->events->gone(reply->socket_state);
	http_reply_refuse(reply, status, message);
	if (status == MHD_HTTP_UPGRADE_REQUIRED) {
		http_reply_header(reply, "Upgrade", "websocket");
		http_reply_header(reply, "Sec-WebSocket-Version", "13");
	}
	return NULL;
}

struct MHD_Response *http_sockets_response(struct http_sockets *sockets,
					   struct MHD_Connection *connection,
					   struct http_reply *reply, struct http_socket **pending)
{
	char accept[WEBSOCKET_ACCEPT_SIZE];
	struct websocket_options options = {
		.server = true, .limit = reply->events->limit, .sink = heard};
	struct MHD_Response *response;
	struct http_socket *socket;
	struct error error = {0};

	if (strcasecmp(header(connection, "Upgrade"), "websocket") != 0 ||
	    strcmp(header(connection, "Sec-WebSocket-Version"), "13") != 0)
		return refuse(reply, MHD_HTTP_UPGRADE_REQUIRED,
			      "this is spoken over a WebSocket, version 13");
	if (!websocket_accept(header(connection, "Sec-WebSocket-Key"), accept))
		return refuse(reply, MHD_HTTP_BAD_REQUEST, "the Sec-WebSocket-Key is no key");
	socket = mem_zalloc(1, sizeof(*socket));
	socket->all = sockets;
	socket->pending = pending;
	socket->events = reply->events;
	socket->state = reply->socket_state;
	options.context = socket;
	socket->websocket = websocket_new(&options, &error);
	response =
		socket->websocket != NULL ? MHD_create_response_for_upgrade(opened, socket) : NULL;
	if (response == NULL) {
		websocket_free(socket->websocket);
		mem_free(socket);
		return refuse(reply, MHD_HTTP_INTERNAL_SERVER_ERROR, "there is not enough memory");
	}
	MHD_add_response_header(response, "Upgrade", "websocket");
	MHD_add_response_header(response, "Sec-WebSocket-Accept", accept);
	*pending = socket;
	return response;
}

void http_socket_drop(struct http_socket *pending)
{
	if (pending == NULL)
		return;
	pending->events->gone(pending->state);
	websocket_free(pending->websocket);
	mem_free(pending);
}
