/* A call that waits is suspended, and then libmicrohttpd does not look at its socket: whether its
 * client is still there is watched here. On Linux one epoll descriptor holds libmicrohttpd's own,
 * these sockets and a bell for what was woken, so that a loop has one thing to wait for. */
#include "http/server.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef ON_LINUX
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

#include <microhttpd.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/crowd.h"
#include "http/listen.h"
#include "http/provenance.h"
#include "http/socket.h"
#include "sys/room.h"

enum {
	DESCRIPTORS = 12, /* that it needs beside its connections' */
	IDLE_SECONDS = 30,
	POLL_MS = 10,       /* where there is no descriptor to wait for */
	TOGETHER = 1 << 14, /* of a stream, so much is waited for while there is more at once */
	PIECE = 1 << 16,    /* and at most so much is handed on at once */
	/* Of an answer's: where they do not fit into what libmicrohttpd has for a connection (32
	 * KiB, with the request), it cuts the connection without a word. */
	HEADERS_LIMIT = 1 << 14
};

/* A refused body is read to its end without being kept, since a client that is cut off while it
 * sends may never see the answer; but not for ever. */
#define REFUSED_LIMIT ((size_t)256 << 20)

struct exchange {
	struct http_call call; /* the first: a call is cast back to its exchange */
	struct http_server *server;
	struct MHD_Connection *connection;
	char *uri; /* path and query, cut apart */
	struct buf body;
	size_t limit;
	size_t received;
	bool admitted;
	struct http_reply reply;
	bool waiting; /* suspended; then in the server's list */
	bool gone;    /* the client is, or the server ends */
	struct exchange *next, *previous;
	/* Of a stream: what is not sent yet begins at `sent`. */
	struct buf out;
	size_t sent;
	enum http_more last;
	struct http_socket *socket; /* that the connection will be, once it is answered */
};

struct http_server {
	struct http_server_options options;
	struct MHD_Daemon *daemon;
	int port;
	int fd;
	int bell; /* in `fd`, can be read when something was woken; -1 where there is no `fd` */
	bool woken;
	struct exchange *waiting;
	struct crowd crowd;
	struct http_sockets sockets;
};

/* ---- replies ---- */

static void reply_dispose(struct http_reply *reply)
{
	buf_dispose(&reply->headers);
	buf_dispose(&reply->body);
}

/* ---- waiting ---- */

static void watch(struct exchange *exchange, bool on)
{
#ifdef ON_LINUX
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	/* Only that the client hangs up: what it may send meanwhile is for later. */
	struct epoll_event event = {.events = EPOLLRDHUP};

	if (info != NULL)
		epoll_ctl(exchange->server->fd, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL,
			  info->connect_fd, &event);
#else
	(void)exchange;
	(void)on;
#endif
}

static void wait_for_wake(struct exchange *exchange)
{
	struct http_server *server = exchange->server;

	exchange->waiting = true;
	exchange->previous = NULL;
	exchange->next = server->waiting;
	if (server->waiting != NULL)
		server->waiting->previous = exchange;
	server->waiting = exchange;
	watch(exchange, true);
	MHD_suspend_connection(exchange->connection);
}

/* Resuming is work for the next run, of which libmicrohttpd's own descriptor says nothing. */
static void ring(struct http_server *server)
{
	const uint64_t one = 1;

	if (!server->woken && server->bell >= 0 &&
	    write(server->bell, &one, sizeof(one)) != (ssize_t)sizeof(one))
		return; /* a counter of one has room */
	server->woken = true;
}

static void hear_bell(struct http_server *server)
{
	uint64_t count;

	if (server->woken && server->bell >= 0 &&
	    read(server->bell, &count, sizeof(count)) != (ssize_t)sizeof(count))
		return;
	server->woken = false;
}

static void go_on(struct exchange *exchange)
{
	if (!exchange->waiting)
		return;
	ring(exchange->server);
	exchange->waiting = false;
	if (exchange->previous != NULL)
		exchange->previous->next = exchange->next;
	else
		exchange->server->waiting = exchange->next;
	if (exchange->next != NULL)
		exchange->next->previous = exchange->previous;
	watch(exchange, false);
	MHD_resume_connection(exchange->connection);
}

void http_server_wake(struct http_call *call)
{
	go_on((struct exchange *)call);
}

static bool has_hung_up(const struct exchange *exchange)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct pollfd one = {.fd = info != NULL ? info->connect_fd : -1};
#ifdef POLLRDHUP
	one.events = POLLRDHUP;
	return poll(&one, 1, 0) == 1 && (one.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
#else
	char byte;

	one.events = POLLIN;
	return poll(&one, 1, 0) == 1 && recv(one.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
#endif
}

static void let_go_of_the_gone(struct http_server *server)
{
	struct exchange *next;

	for (struct exchange *each = server->waiting; each != NULL; each = next) {
		next = each->next;
		if (has_hung_up(each)) {
			each->gone = true;
			go_on(each);
		}
	}
}

/* ---- admission ---- */

/* Decides from the head of the request alone whether its body is worth keeping. */
static void admit(struct exchange *exchange)
{
	const struct http_server_options *options = &exchange->server->options;
	struct provenance from = {.port = exchange->server->port,
				  .public_host = options->public_host};

	exchange->admitted = true;
	MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, provenance_look, &from);
	exchange->call.is_public = from.is_public;
	if (from.hosts != 1 || from.foreign_host)
		http_reply_refuse(&exchange->reply, MHD_HTTP_FORBIDDEN,
				  "this server answers only as 127.0.0.1 or localhost");
	else if (from.foreign_origin)
		http_reply_refuse(&exchange->reply, MHD_HTTP_FORBIDDEN,
				  "pages of other servers may not call this one");
	else
		exchange->limit =
			options->admit(options->context, &exchange->call, &exchange->reply);
}

static enum MHD_Result take_body(struct exchange *exchange, const char *data, size_t *size)
{
	exchange->received += *size;
	if (exchange->reply.status == 0 && exchange->received > exchange->limit) {
		http_reply_refuse(&exchange->reply, MHD_HTTP_CONTENT_TOO_LARGE,
				  "the body is too large");
		buf_dispose(&exchange->body);
	}
	if (exchange->reply.status == 0)
		buf_add(&exchange->body, data, *size);
	*size = 0;
	return exchange->received > REFUSED_LIMIT + exchange->limit ? MHD_NO : MHD_YES;
}

/* ---- answers ---- */

/* Small pieces go together: each send is a call of the system. */
static void ask_stream(struct exchange *exchange)
{
	struct buf *out = &exchange->out;
	size_t before;

	buf_clear(out);
	exchange->sent = 0;
	do {
		before = out->len;
		exchange->last = exchange->reply.more(&exchange->call, out);
	} while (exchange->last == HTTP_MORE && out->len > before && out->len < TOGETHER);
}

static ssize_t read_stream(void *context, uint64_t position, char *to, size_t size)
{
	struct exchange *exchange = context;
	size_t left = exchange->out.len - exchange->sent;

	(void)position;
	if (left == 0 && !exchange->gone && exchange->last < HTTP_END) {
		ask_stream(exchange);
		left = exchange->out.len;
	}
	if (exchange->gone)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (left > 0) {
		size = left < size ? left : size;
		memcpy(to, exchange->out.ptr + exchange->sent, size);
		exchange->sent += size;
		return (ssize_t)size;
	}
	if (exchange->last >= HTTP_END)
		return exchange->last == HTTP_END ? MHD_CONTENT_READER_END_OF_STREAM
						  : MHD_CONTENT_READER_END_WITH_ERROR;
	wait_for_wake(exchange);
	return 0;
}

static struct MHD_Response *make_response(struct exchange *exchange)
{
	struct http_reply *reply = &exchange->reply;

	buf_cstr(&reply->body);
	if (reply->more == NULL)
		return MHD_create_response_from_buffer(reply->body.len, reply->body.ptr,
						       MHD_RESPMEM_PERSISTENT);
	exchange->out = reply->body;
	reply->body = (struct buf){0};
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_stream, exchange,
						 NULL);
}

static bool add_headers(struct MHD_Response *response, const struct http_reply *reply)
{
	static const struct {
		const char *name;
		const char *value;
	} usual[] = {
		{"Content-Type", "application/json"},
		{"Cache-Control", "no-store"},
		{"X-Content-Type-Options", "nosniff"},
	};
	const char *at = reply->headers.ptr;
	bool added = reply->headers.len <= HEADERS_LIMIT;

	for (const char *end = at + reply->headers.len; added && at < end;) {
		const char *value = at + strlen(at) + 1;

		if (*value != '\0')
			added = added && MHD_add_response_header(response, at, value) == MHD_YES;
		at = value + strlen(value) + 1;
	}
	for (size_t i = 0; !reply->exact && i < ARRAY_LEN(usual); i++)
		if (MHD_get_response_header(response, usual[i].name) == NULL)
			MHD_add_response_header(response, usual[i].name, usual[i].value);
	return added;
}

static enum MHD_Result send_reply(struct exchange *exchange)
{
	struct MHD_Response *response = make_response(exchange);
	enum MHD_Result result;

	if (response != NULL && !add_headers(response, &exchange->reply)) {
		MHD_destroy_response(response);
		buf_clear(&exchange->reply.headers);
		http_reply_refuse(&exchange->reply, MHD_HTTP_INTERNAL_SERVER_ERROR,
				  "the answer has a header that cannot be sent");
		response = make_response(exchange);
		if (response != NULL)
			add_headers(response, &exchange->reply);
	}
	if (response == NULL)
		return MHD_NO;
	result = MHD_queue_response(exchange->connection, exchange->reply.status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result go_on_as_socket(struct exchange *exchange)
{
	struct MHD_Response *response =
		http_sockets_response(&exchange->server->sockets, exchange->connection,
				      &exchange->reply, &exchange->socket);
	enum MHD_Result result;

	if (response == NULL)
		return send_reply(exchange);
	result = MHD_queue_response(exchange->connection, MHD_HTTP_SWITCHING_PROTOCOLS, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result answer(struct exchange *exchange)
{
	const struct http_server_options *options = &exchange->server->options;

	if (exchange->gone)
		return MHD_NO;
	crowd_busy(&exchange->server->crowd, exchange->connection, true);
	if (exchange->reply.status == 0) {
		exchange->call.body = buf_cstr(&exchange->body);
		exchange->call.body_len = exchange->body.len;
		options->answer(options->context, &exchange->call, &exchange->reply);
	}
	if (exchange->reply.status == 0) {
		wait_for_wake(exchange);
		return MHD_YES;
	}
	if (exchange->reply.reset)
		return MHD_NO;
	if (exchange->reply.events != NULL)
		return go_on_as_socket(exchange);
	return send_reply(exchange);
}

/* ---- libmicrohttpd's callbacks ---- */

/* Called first, with the target as it was sent. */
static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
	struct exchange *exchange = mem_zalloc(1, sizeof(*exchange));
	char *mark;

	exchange->server = context;
	exchange->connection = exchange->call.connection = connection;
	exchange->uri = mem_strdup(target);
	exchange->call.path = exchange->uri;
	exchange->call.query = "";
	exchange->call.body = "";
	mark = strchr(exchange->uri, '?');
	if (mark != NULL) {
		*mark = '\0';
		exchange->call.query = mark + 1;
	}
	return exchange;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
				  const char *path, const char *method, const char *version,
				  const char *data, size_t *size, void **slot)
{
	struct exchange *exchange = *slot;

	(void)context;
	(void)connection;
	(void)path;
	(void)version;
	if (!exchange->admitted) {
		exchange->call.method = method;
		admit(exchange);
		return MHD_YES;
	}
	if (*size > 0)
		return take_body(exchange, data, size);
	return answer(exchange);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **slot,
			 enum MHD_RequestTerminationCode why)
{
	struct exchange *exchange = *slot;

	*slot = NULL;
	(void)context;
	if (exchange == NULL)
		return;
	crowd_busy(&exchange->server->crowd, connection, false);
	if (exchange->call.ended != NULL)
		exchange->call.ended(exchange->call.state,
				     why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
	http_socket_drop(exchange->socket);
	reply_dispose(&exchange->reply);
	buf_dispose(&exchange->body);
	buf_dispose(&exchange->out);
	mem_free(exchange->uri);
	mem_free(exchange);
}

/* Decoding is the business of whoever takes a path apart: here "%2F" would become a slash. */
static size_t keep_encoded(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

/* ---- starting and running ---- */

static int start_daemon(struct http_server *server, int fd, struct error *error)
{
	unsigned given = server->options.idle_seconds, idle = given > 0 ? given : IDLE_SECONDS;
	unsigned flags = MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE;

#ifdef ON_LINUX
	flags |= MHD_USE_EPOLL;
#endif
	server->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, CROWD_ROOM, MHD_OPTION_CONNECTION_TIMEOUT, idle,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
		crowd_on_connection, &server->crowd, MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_encoded, NULL, MHD_OPTION_END);
	if (server->daemon == NULL)
		return error_set(error, ERROR_SYSTEM, "the server of %s does not start",
				 server->options.name);
	return 0;
}

static int join_descriptors(struct http_server *server, struct error *error)
{
#ifdef ON_LINUX
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct epoll_event event = {.events = EPOLLIN};

	server->fd = epoll_create1(EPOLL_CLOEXEC);
	server->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (server->fd < 0 || server->bell < 0 || info == NULL ||
	    epoll_ctl(server->fd, EPOLL_CTL_ADD, server->bell, &event) != 0 ||
	    epoll_ctl(server->fd, EPOLL_CTL_ADD, info->epoll_fd, &event) != 0)
		return error_system(error, errno, "the server of %s does not start",
				    server->options.name);
#else
	(void)server;
	(void)error;
#endif
	return 0;
}

struct http_server *http_server_new(const struct http_server_options *options, struct error *error)
{
	struct http_server *server;
	int fd;

	if (options->port < 0 || options->port > 65535) {
		error_set(error, ERROR_USAGE, "there is no port %d", options->port);
		return NULL;
	}
	/* Without them libmicrohttpd does not say what is missing. */
	if (room_need(DESCRIPTORS, "the server cannot start", error) != 0)
		return NULL;
	server = mem_zalloc(1, sizeof(*server));
	server->options = *options;
	server->fd = -1;
	server->bell = -1;
	server->port = options->port;
	fd = listen_on_loopback(options->six, &server->port, options->name, error);
	if (fd < 0 || start_daemon(server, fd, error) != 0 ||
	    join_descriptors(server, error) != 0) {
		http_server_free(server);
		return NULL;
	}
	server->sockets.fd = server->fd;
	return server;
}

void http_server_free(struct http_server *server)
{
	if (server == NULL)
		return;
	while (server->waiting != NULL) {
		server->waiting->gone = true;
		go_on(server->waiting);
	}
	if (server->sockets.first != NULL) {
		http_sockets_end(&server->sockets);
		MHD_run(server->daemon); /* which closes them */
	}
	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon);
	if (server->fd >= 0)
		close(server->fd);
	if (server->bell >= 0)
		close(server->bell);
	mem_free(server);
}

int http_server_port(const struct http_server *server)
{
	return server->port;
}

int http_server_fd(const struct http_server *server)
{
	return server->fd;
}

int http_server_timeout(const struct http_server *server)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (server->fd < 0)
		return POLL_MS;
	if (server->woken)
		return 0;
	bool timed = MHD_get_timeout(server->daemon, &ms) == MHD_YES && ms < INT32_MAX;
	return crowd_wait(&server->crowd, timed ? (int)ms : -1);
}

void http_server_run(struct http_server *server)
{
	let_go_of_the_gone(server);
	hear_bell(server);
	crowd_thin(&server->crowd);
	MHD_run(server->daemon);
	if (http_sockets_run(&server->sockets))
		MHD_run(server->daemon);
}
