/* libcurl: one client for all calls. Limits, timeouts and TLS checks are set here and nowhere
 * else. Header values may hold secrets: they never reach an error text. */
#ifndef ATTIO_HTTP_HTTP_H
#define ATTIO_HTTP_HTTP_H

#include <stddef.h>

#include "base/buf.h"

struct error;
struct http_client;

struct http_request {
	const char *method; /* "GET", "POST", "PUT" */
	const char *url;
	const char *const *headers; /* "Name: value", NULL-terminated; or NULL */
	const void *body;           /* borrowed until the call returns; NULL: none */
	size_t body_len;
};

struct http_response {
	long status;
	struct buf body; /* at most HTTP_BODY_LIMIT bytes */
};

/* An answer longer than this (bytes) is an error. */
#define HTTP_BODY_LIMIT ((size_t)16 << 20)

/* `timeout` is for one request, in seconds. */
struct http_client *http_client_new(long timeout, struct error *error);
void http_client_free(struct http_client *client);

/* Sends one request. 0: an answer of any status arrived; -1 with ERROR_NETWORK when none did. */
int http_send(struct http_client *client, const struct http_request *request,
	      struct http_response *response, struct error *error);
/* Sends all at once, each on a connection of its own; stops at the first that gets no answer. */
int http_send_all(struct http_client *client, const struct http_request *requests,
		  struct http_response *responses, size_t count, struct error *error);
void http_response_dispose(struct http_response *response);

#endif
