/* Connections of the server that went on as WebSockets (RFC 6455). What they say is heard when the
 * server runs; what is said to them goes out at once, as far as the connection takes it. */
#ifndef ATTIO_HTTP_SOCKET_H
#define ATTIO_HTTP_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

struct MHD_Connection;
struct MHD_Response;
struct MHD_UpgradeResponseHandle;
struct http_reply;
struct http_socket;

/* Who talks to them; `state` is the reply's `socket_state`. */
struct http_socket_events {
	size_t limit; /* of a message, in bytes */
	/* The connection is there. */
	void (*opened)(void *state, struct http_socket *socket);
	/* A message that has come as a whole. */
	void (*message)(void *state, bool text, const char *bytes, size_t len);
	/* Told once, at the end, also when the connection was never there. */
	void (*gone)(void *state);
};

/* Sends a message, of text or of bytes. What is said to one that closes is lost. */
void http_socket_send(struct http_socket *socket, bool text, const char *bytes, size_t len);
/* Asks for a sign of life, and so gives one. */
void http_socket_ping(struct http_socket *socket);
/* Ends it, as websocket_close does; `gone` follows. */
void http_socket_close(struct http_socket *socket, unsigned code, const char *reason);
/* Cuts it without a word; `gone` follows. */
void http_socket_cut(struct http_socket *socket);

/* ---- the server's side ---- */

/* A zeroed struct has none; `fd` is the descriptor that they are watched in, or -1. */
struct http_sockets {
	struct http_socket *first;
	int fd;
};

/* The response that makes the connection one, or NULL with a refusal in `reply` when the request
 * does not ask for it. *pending is the socket until the connection is there; who sees that it never
 * will be drops it. */
struct MHD_Response *http_sockets_response(struct http_sockets *sockets,
					   struct MHD_Connection *connection,
					   struct http_reply *reply, struct http_socket **pending);
void http_socket_drop(struct http_socket *pending);
/* Whether some have ended: libmicrohttpd closes them when it runs the next time. */
bool http_sockets_run(struct http_sockets *sockets);
/* Cuts all. */
void http_sockets_end(struct http_sockets *sockets);

#endif
