/* Sockets, admission and bodies; what is answered is decided in routes.c. Other programs of this
 * machine can reach the port, and web pages can make a browser do so: hence the token, the upload
 * keys and the check of Host (a page that rebinds its name to 127.0.0.1 still sends its name). */
#include "local/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/routes.h"
#include "local/store.h"
#include "sys/room.h"

#define CONNECTION_LIMIT 256
#define DESCRIPTORS 8u  /* that it needs beside its connections' */
#define IDLE_TIMEOUT 30 /* seconds */

struct local_server {
	struct MHD_Daemon *daemon;
	struct routes routes;
	pthread_mutex_t lock; /* routes.failure, also read by the caller's thread */
	int port;
	char url[80];
	char token[RANDOM_KEY_SIZE];
};

/* One request while its body comes in. */
struct exchange {
	struct buf body;
	size_t limit;
	size_t received;
	unsigned refusal; /* status, 0: admitted */
	const char *reason;
};

static bool host_is_ours(const struct local_server *server, const char *host)
{
	char local[32];
	char named[32];

	if (host == NULL)
		return false;
	snprintf(local, sizeof(local), "127.0.0.1:%d", server->port);
	snprintf(named, sizeof(named), "localhost:%d", server->port);
	return strcmp(host, local) == 0 || strcmp(host, named) == 0;
}

static bool token_is_ours(const struct local_server *server, const char *authorization)
{
	static const char scheme[] = "Bearer ";

	return authorization != NULL && str_starts(authorization, scheme) &&
	       random_key_equal(authorization + strlen(scheme), server->token);
}

static void refuse(struct exchange *exchange, unsigned status, const char *reason)
{
	exchange->refusal = status;
	exchange->reason = reason;
}

/* Decides from the head of the request alone whether its body is worth keeping. */
static struct exchange *admit(struct local_server *server, struct MHD_Connection *connection,
			      const char *path)
{
	struct exchange *exchange = mem_zalloc(1, sizeof(*exchange));
	const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
	const char *token =
		MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");

	exchange->limit = ROUTES_BODY_LIMIT;
	if (!host_is_ours(server, host))
		refuse(exchange, 403, "this server answers only as 127.0.0.1 or localhost");
	else if (routes_is_upload(&server->routes, path))
		exchange->limit = ROUTES_UPLOAD_LIMIT;
	else if (str_starts(path, ROUTES_UPLOAD_PATH))
		refuse(exchange, 404, "no upload is expected here");
	else if (!token_is_ours(server, token))
		refuse(exchange, 401, "the token is missing or wrong");
	return exchange;
}

/* Refused bodies are read to their end without being kept, since a client that is cut off while it
 * sends may never see the answer; but not for ever. */
static enum MHD_Result take_body(struct exchange *exchange, const char *data, size_t *size)
{
	exchange->received += *size;
	if (exchange->refusal == 0 && exchange->received > exchange->limit) {
		refuse(exchange, MHD_HTTP_CONTENT_TOO_LARGE, "the body is too large");
		buf_dispose(&exchange->body);
	}
	if (exchange->refusal == 0)
		buf_add(&exchange->body, data, *size);
	*size = 0;
	return exchange->received > 4 * ROUTES_UPLOAD_LIMIT ? MHD_NO : MHD_YES;
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct routes_reply *reply)
{
	struct MHD_Response *response;
	enum MHD_Result result;

	buf_cstr(&reply->body);
	response = MHD_create_response_from_buffer(reply->body.len, reply->body.ptr,
						   MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", "application/json");
	MHD_add_response_header(response, "Cache-Control", "no-store");
	if (reply->allow != NULL)
		MHD_add_response_header(response, "Allow", reply->allow);
	result = MHD_queue_response(connection, reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result answer(struct local_server *server, struct MHD_Connection *connection,
			      const char *path, const char *method, struct exchange *exchange)
{
	struct routes_request request = {
		.method = method,
		.path = path,
		.body = buf_cstr(&exchange->body),
		.body_len = exchange->body.len,
	};
	struct routes_reply reply = {0};
	enum MHD_Result result;

	if (exchange->refusal != 0) {
		routes_refuse(&reply, exchange->refusal, exchange->reason);
	} else {
		pthread_mutex_lock(&server->lock);
		routes_answer(&server->routes, &request, &reply);
		pthread_mutex_unlock(&server->lock);
	}
	result = send_reply(connection, &reply);
	buf_dispose(&reply.body);
	return result;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
				  const char *path, const char *method, const char *version,
				  const char *data, size_t *size, void **slot)
{
	struct local_server *server = context;

	(void)version;
	if (*slot == NULL) {
		*slot = admit(server, connection, path);
		return MHD_YES;
	}
	if (*size > 0)
		return take_body(*slot, data, size);
	return answer(server, connection, path, method, *slot);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **slot,
			 enum MHD_RequestTerminationCode why)
{
	struct exchange *exchange = *slot;

	(void)context;
	(void)connection;
	(void)why;
	if (exchange != NULL)
		buf_dispose(&exchange->body);
	mem_free(exchange);
	*slot = NULL;
}

/* The socket is made here and not by libmicrohttpd, which would not tell why it failed. */
static int listen_on(struct local_server *server, int port, struct error *error)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	socklen_t size = sizeof(address);
	int one = 1;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		return error_system(error, errno, "cannot make a socket");
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
		error_system(error, errno, "the local platform cannot use port %d", port);
		error_fix(error, "give another port, or `--port 0` for any free one");
		close(fd);
		return -1;
	}
	server->port = ntohs(address.sin_port);
	return fd;
}

static int start_daemon(struct local_server *server, int fd, struct error *error)
{
	server->daemon = MHD_start_daemon(
		MHD_USE_AUTO_INTERNAL_THREAD, 0, NULL, NULL, on_request, server,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTION_LIMIT, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
	if (server->daemon == NULL)
		return error_set(error, ERROR_SYSTEM, "the local platform's server does not start");
	return 0;
}

struct local_server *local_server_start(struct local_store *store, int port, struct error *error)
{
	struct local_server *server;
	int fd;

	if (port < 0 || port > 65535) {
		error_set(error, ERROR_USAGE, "there is no port %d", port);
		return NULL;
	}
	if (room_need(DESCRIPTORS, "the local platform's server cannot start", error) != 0 ||
	    local_store_drop_unfinished(store, error) != 0)
		return NULL;
	server = mem_zalloc(1, sizeof(*server));
	server->routes.store = store;
	pthread_mutex_init(&server->lock, NULL);
	if (random_key(server->token, error) != 0)
		goto fail;
	fd = listen_on(server, port, error);
	if (fd < 0)
		goto fail;
	snprintf(server->routes.origin, sizeof(server->routes.origin), "http://127.0.0.1:%d",
		 server->port);
	snprintf(server->url, sizeof(server->url), "%s/api", server->routes.origin);
	if (start_daemon(server, fd, error) != 0)
		goto fail;
	return server;
fail:
	local_server_stop(server);
	return NULL;
}

void local_server_stop(struct local_server *server)
{
	struct error ignored;

	if (server == NULL)
		return;
	if (server->daemon != NULL) {
		MHD_stop_daemon(server->daemon);
		/* What cannot be removed now is invisible, and removed at the next start. */
		local_store_drop_unfinished(server->routes.store, &ignored);
	}
	pthread_mutex_destroy(&server->lock);
	routes_dispose(&server->routes);
	mem_free(server);
}

const char *local_server_url(const struct local_server *server)
{
	return server->url;
}

const char *local_server_token(const struct local_server *server)
{
	return server->token;
}

bool local_server_failed(struct local_server *server, struct error *error)
{
	bool failed;

	pthread_mutex_lock(&server->lock);
	failed = server->routes.failure.kind != ERROR_NONE;
	if (failed)
		*error = server->routes.failure;
	pthread_mutex_unlock(&server->lock);
	return failed;
}
