/* libcurl: one client for all calls. Limits, timeouts and TLS checks are set here and nowhere
 * else. Header values may hold secrets: they never reach an error text, and of a URL only the
 * host and port do. Redirects are not followed, so that no token goes to a host that the caller did
 * not name: a 3xx is an answer like any other, except where a request says that it may go on. */
#ifndef ATTIO_HTTP_HTTP_H
#define ATTIO_HTTP_HTTP_H

#include <stdbool.h>
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
	bool retry; /* may be sent again after a failure (only for idempotent calls): http_retry */
	/* Goes on after 307 and 308, with the same method, headers and body: to https, or within
	 * this machine where it began there. Only for headers without a secret. */
	bool follow;
	/* A connection that breaks in the middle is a refusal, ERROR_SERVICE: storages end it
	 * before they have read what they do not want. Else ERROR_NETWORK. */
	bool broken_refuses;
};

struct http_response {
	long status;
	struct buf body; /* decoded, at most HTTP_BODY_LIMIT bytes */
	/* Seconds that a 429 or a 5xx asks to wait for; 0: it does not say. */
	long retry_after;
	/* What time it is for the server, in seconds since 1970; 0: it does not say. */
	long long date;
};

/* An answer longer than this (bytes) is an error. */
#define HTTP_BODY_LIMIT ((size_t)16 << 20)

/* When a request is sent again. Any: where the server has not begun with it, that is, no connection
 * or status 429. Those with `retry`, too: a connection that broke before the end of an answer,
 * status 500, 502, 503 or 504. The pause doubles from `base_ms` up to `max_ms`, loses up to half of
 * itself by chance, and is at least the server's Retry-After (seconds or a date, which is compared
 * with the server's own clock). One who asks for more than the client's limit of time is not asked
 * again. */
struct http_retry {
	unsigned tries; /* in all, at least 1 */
	long base_ms;
	long max_ms;
	/* Told of each further try, one sentence fit for a terminal; or NULL. */
	void (*notice)(void *context, const char *text);
	void *context;
};

/* `timeout` is for one request, in seconds, at least 1; one with a body has a second more for each
 * 16 KiB of it. The client starts with 5 tries, 250 ms, 5 s. */
struct http_client *http_client_new(long timeout, struct error *error);
void http_client_free(struct http_client *client);
/* Who may vouch for a server: the PEM file `ca_file` (borrowed), or the system's store for NULL. */
void http_client_set_trust(struct http_client *client, const char *ca_file);
/* The proxy (borrowed URL) for hosts that `no_proxy` in the environment does not name; NULL: none.
 */
void http_client_set_proxy(struct http_client *client, const char *proxy);
void http_client_set_retry(struct http_client *client, const struct http_retry *retry);

/* Somebody who looks on while requests are under way, about ten times a second. */
struct http_watch {
	/* Whether to stop: the call then fails with ERROR_NETWORK; or NULL. */
	bool (*stop)(void *context);
	/* How many bytes of the bodies of this call were sent; or NULL. */
	void (*sent)(void *context, size_t bytes);
	void *context;
};
void http_client_set_watch(struct http_client *client, const struct http_watch *watch);

/* What a Retry-After asks for, in seconds, at most a day: `value` is the header's, `date` that of
 * the Date beside it or NULL, `now` our own clock in seconds since 1970. 0 for a text that is
 * neither form, and for a time that has passed. */
long http_retry_after(const char *value, const char *date, long long now);
/* The pause before try number `next` (2 for the first repetition), in ms. `retry_after` is in
 * seconds, 0 when the server asked for none; `chance` is any number. */
long http_retry_pause(const struct http_retry *retry, unsigned next, long retry_after,
		      unsigned chance);

/* Sends one request. 0: an answer of any status arrived; -1 when none did: ERROR_NETWORK,
 * ERROR_SERVICE for an answer over the limit or one that is not HTTP, ERROR_USAGE for a URL that
 * is none. `response` then holds nothing. */
int http_send(struct http_client *client, const struct http_request *request,
	      struct http_response *response, struct error *error);
/* Sends all at once, each on a connection of its own; stops at the first that gets no answer. On
 * failure all responses are empty. */
int http_send_all(struct http_client *client, const struct http_request *requests,
		  struct http_response *responses, size_t count, struct error *error);
void http_response_dispose(struct http_response *response);

/* Takes a piece of an answer as it comes; false: that is enough. */
typedef bool http_sink(void *context, const char *data, size_t len);
/* Sends one request, once, whose answer goes on for as long as the server likes: the client's
 * limit of time is only for connecting. Status 200 goes to the sink piece by piece, any other
 * answer into `response` as a whole. 0 also when the sink has had enough. */
int http_stream(struct http_client *client, const struct http_request *request, http_sink *sink,
		void *context, struct http_response *response, struct error *error);

/* Appends `text` percent-encoded for the path of a URL: letters, digits, "-._~" and the bytes of
 * `keep` stay. */
void http_put_encoded(struct buf *out, const char *text, const char *keep);

/* Appends a URL as a browser sends it: blanks, quotes, angle brackets and what is not ASCII are
 * percent-encoded, line ends and tabs left out, all else stays byte for byte. */
void http_put_url(struct buf *out, const char *url);

/* What we need to know of a URL before something secret is sent there. */
struct http_url {
	char host[280]; /* "name:port" (port only when it is not the usual one), for messages */
	bool secure;    /* https */
	bool loopback;  /* this machine: localhost, 127.x.x.x, [::1] */
	bool plain;     /* no user name, password, query or fragment */
};

/* -1 with ERROR_USAGE when `url` is not an absolute http or https URL; the text of the error does
 * not repeat it. */
int http_url_parse(const char *url, struct http_url *parts, struct error *error);

#endif
