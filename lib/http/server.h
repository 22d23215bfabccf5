/* libmicrohttpd: one HTTP server on 127.0.0.1 or ::1. It has no thread and never blocks: when
 * http_server_fd can be read or http_server_timeout is over, let it run. On an event loop attach.h
 * does so, and where the process has none thread.h. All calls come from one thread at a time.
 *
 * Other programs of this machine can reach the port, and web pages can make a browser do so. A
 * request whose Host is not ours (a page that rebinds its own name to 127.0.0.1 still sends its
 * name) or that names a foreign Origin is refused with 403, before its handler sees it. Who is let
 * in beyond that is the handler's business. Refusals are {"message": ...}. */
#ifndef ATTIO_HTTP_SERVER_H
#define ATTIO_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct error;
struct http_server;
struct http_socket_events;

/* One request while it is served. It lives until its answer is sent or the client is gone. */
struct http_call {
	const char *method;
	const char *path;  /* as sent: percent-encoded, without the query */
	const char *query; /* as sent, what follows "?"; "" without one */
	const char *body;  /* ends with NUL; "" before it has come */
	size_t body_len;
	/* The handler's own. `ended`, when set, is told once: `whole` is whether the answer was
	 * sent to its end; else the client went away, or was cut off. */
	void *state;
	void (*ended)(void *state, bool whole);
	bool is_public;   /* it came by the public host */
	void *connection; /* the server's own */
};

/* The first value of a header, whatever its case; NULL without one. Borrowed from the call. */
const char *http_call_header(const struct http_call *call, const char *name);

/* The client's port; 0 when it is not known. */
int http_call_port(const struct http_call *call);

/* All headers, in the order in which they came, as JSON: [[name, value]]. */
void http_call_put_headers(const struct http_call *call, struct buf *out);

/* What a stream says when it was asked for more: there may be more at once; nothing now, so wait
 * for http_server_wake; that was all; that was not all, cut the connection so that the client
 * notices. */
enum http_more { HTTP_MORE, HTTP_WAIT, HTTP_END, HTTP_CUT };

struct http_reply {
	unsigned status; /* 0: no answer yet, the handler is asked again after http_server_wake */
	struct buf headers; /* by http_reply_header */
	/* Somebody else's answer (the service that is played, an app's handler): it has its own
	 * headers and no usual ones. */
	bool exact;
	struct buf body;
	/* When set, the answer goes on after `body` with what this adds to `out`, piece by piece,
	 * asked when the client has taken most of what came before. HTTP_MORE without a byte is as
	 * HTTP_WAIT. Where no body may follow (HEAD, status 204 and 304) it is not called. */
	enum http_more (*more)(struct http_call *call, struct buf *out);
	/* When set, with any status, the connection goes on as a WebSocket (socket.h); what the
	 * request has to ask for that is looked at then. */
	const struct http_socket_events *events;
	void *socket_state;
	bool reset; /* with any status: the client gets no answer, its connection is cut */
};

/* Adds a header; one with an empty value is left out. A line break in it makes the answer a 500.
 * Without Content-Type, Cache-Control or X-Content-Type-Options of the handler's, the answer has
 * application/json, no-store and nosniff, unless it is `exact`. */
void http_reply_header(struct http_reply *reply, const char *name, const char *value);
/* Makes it a refusal with a `message`, in place of any body. */
void http_reply_refuse(struct http_reply *reply, unsigned status, const char *message);

struct http_server_options {
	int port;         /* 0: any free one */
	bool six;         /* on ::1 instead of 127.0.0.1 */
	const char *name; /* for messages: "the local platform" */
	/* One more name ("host" or "host:port", borrowed) that requests may be addressed to: of a
	 * tunnel. What is answered by that name the handler decides. NULL: none. */
	const char *public_host;
	/* Asked when the head of a request has come: the largest body (bytes) that is kept; or a
	 * refusal in `reply`, which the client gets when it has sent its body. */
	size_t (*admit)(void *context, struct http_call *call, struct http_reply *reply);
	/* Asked when all of it has come. */
	void (*answer)(void *context, struct http_call *call, struct http_reply *reply);
	void *context;
	unsigned idle_seconds; /* after which a connection without traffic is closed; 0: 30 */
};

/* Listens at once. NULL with ERROR_USAGE (no such port) or ERROR_SYSTEM. */
struct http_server *http_server_new(const struct http_server_options *options, struct error *error);
/* Closes all connections: every call that was not over is told `ended`. NULL is fine. */
void http_server_free(struct http_server *server);

int http_server_port(const struct http_server *server);
/* A descriptor that can be read when there is something to do; the same one all the time. -1 where
 * the system has none (only Linux does): then http_server_timeout is short. */
int http_server_fd(const struct http_server *server);
/* Milliseconds after which there is something to do all the same; -1: never. Ask after each run and
 * each wake. */
int http_server_timeout(const struct http_server *server);
/* Does what can be done now. */
void http_server_run(struct http_server *server);

/* What a waiting handler or stream waits for has come: it is asked again in the next run. At any
 * other time this does nothing. */
void http_server_wake(struct http_call *call);

#endif
