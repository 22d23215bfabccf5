/* A WebSocket connection to a server. libcurl makes the connection (names, proxies, TLS and whom to
 * trust are as for all requests of an http_client), websocket.h speaks on it. It blocks, in short
 * steps: it is for a thread of its own, or for a program that has nothing else to do. */
#ifndef ATTIO_HTTP_WEBSOCKET_CLIENT_H
#define ATTIO_HTTP_WEBSOCKET_CLIENT_H

#include "http/http.h"
#include "http/websocket.h"

struct websocket_client;

struct websocket_client_options {
	const char *url; /* ws or wss; its query may be secret: no error repeats it */
	long timeout;    /* for connecting, and for the answer, in seconds */
	size_t limit;    /* of a message, in bytes */
	websocket_sink *sink;
	void *context; /* of both functions */
	/* Asked ten times a second while it connects: whether to give up, with ERROR_NETWORK; or
	 * NULL. */
	bool (*stop)(void *context);
};

/* `http` lends its trust and its proxy. NULL with an error of http_send; or without one, where the
 * server answered with something else than 101: then that is in `response`. */
struct websocket_client *websocket_client_open(const struct http_client *http,
					       const struct websocket_client_options *options,
					       struct http_response *response, struct error *error);
/* Cuts the connection. NULL is fine. */
void websocket_client_free(struct websocket_client *client);

/* Where to send, ping and close. */
struct websocket *websocket_client_end(struct websocket_client *client);
/* Sends what waits, and waits at most `ms` milliseconds for something to come. 1: bytes came; 0:
 * none did, or a signal; -1: it is over, ERROR_NETWORK, or ERROR_SERVICE where the other end broke
 * the protocol. */
int websocket_client_wait(struct websocket_client *client, int ms, struct error *error);

#endif
