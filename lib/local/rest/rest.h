/* Attio's REST API v2 over the store of the local platform, as one synchronous function: the same
 * for a request over HTTP and for a `fetch` of app code. What the endpoints are and where each fact
 * comes from: lib/local/rest/README.md. */
#ifndef ATTIO_LOCAL_REST_REST_H
#define ATTIO_LOCAL_REST_REST_H

#include <stdbool.h>
#include <stddef.h>

#include "local/rest/limits.h"

struct arena;
struct clock;
struct http_reply;
struct route;
struct world;

struct rest {
	struct world *world;       /* borrowed, as all of these */
	const struct clock *clock; /* rate limits and timestamps */
	const char *api_token;     /* of this run: 64 characters */
	const char *app_id;        /* a UUID: who writes, when app code calls; OAuth's client_id */
	/* What the token may do, in words with a space between ("note:read task:read-write"); NULL:
	 * everything. Read-write holds read. */
	const char *scopes;
	bool unlimited; /* no rate limits */
	/* The frame's own; zeroed. */
	struct rest_limits limits;
};

/* Where apps find it. */
#define REST_ORIGIN "https://api.attio.com"

/* UUID of the API token as an actor. */
#define REST_TOKEN_ID "7f3b1c52-5d0e-4c1a-9a53-0c9e2f6d4b81"

struct rest_request {
	const char *method;
	const char *path;  /* "/v2/...", as sent: percent-encoded, without the query */
	const char *query; /* as sent, "" without one */
	const char *body;  /* ends with NUL */
	size_t body_len;
	const char *authorization; /* the header, or NULL */
	bool inside;               /* a call of app code: it writes as the app */
	long long flow;            /* of such a call; 0 from outside */
};

/* Answers it: status, headers and body of `reply`, which begins zeroed. Whatever is wrong with the
 * request or the store is an answer too. */
void rest_answer(struct rest *rest, const struct rest_request *request, struct http_reply *reply);

/* Bytes of the largest body that is worth keeping. */
#define REST_BODY_LIMIT ((size_t)12 << 20)

/* The endpoints, to list them. Methods, patterns and summaries only. In the arena. */
const struct route *rest_routes(struct arena *arena, size_t *count);

#endif
