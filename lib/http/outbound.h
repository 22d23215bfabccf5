/* Requests to the outside in the behalf of somebody else's code: many at once, none of them waited
 * for. A thread of its own drives libcurl; the caller starts requests, and when the loop tells that
 * `ready` it takes those that ended. Redirects are not followed: whoever asked decides about each
 * address. Nothing of a request is kept or logged here. */
#ifndef ATTIO_HTTP_OUTBOUND_H
#define ATTIO_HTTP_OUTBOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct error;
struct loop;
struct outbound;

struct outbound_request {
	const char *method;
	const char *url;            /* absolute, http or https */
	const char *const *headers; /* "Name: value" without line breaks, ends with NULL */
	const void *body;           /* or NULL */
	size_t body_len;
};

struct outbound_answer {
	long long id; /* as outbound_start was told */
	bool failed;  /* no answer came; `failure` says why, without any address */
	char failure[256];
	long status;
	char reason[64];    /* of the status line, "" where HTTP has none */
	struct buf headers; /* "Name: value\n" each, as they came */
	struct buf body;    /* decoded */
};

/* An answer longer than this is a failure (bytes). */
#define OUTBOUND_BODY_LIMIT ((size_t)64 << 20)

/* `ca_file` is a PEM file of certificates to trust, borrowed; NULL: the system's. NULL with
 * ERROR_SYSTEM. */
struct outbound *outbound_new(struct loop *loop, const char *ca_file, struct error *error);
/* Requests that are under way are cut. NULL is fine. */
void outbound_free(struct outbound *outbound);

/* Copies the request and sends it. `id` names it; one id at a time. */
void outbound_start(struct outbound *outbound, long long id,
		    const struct outbound_request *request);
/* Nobody wants this answer any more: it does not come. */
void outbound_cancel(struct outbound *outbound, long long id);
/* Whether answers may be there, after a turn of the loop. */
bool outbound_ready(const struct outbound *outbound);
/* The next answer, or NULL; free it with outbound_answer_free. */
struct outbound_answer *outbound_take(struct outbound *outbound);
void outbound_answer_free(struct outbound_answer *answer);

#endif
