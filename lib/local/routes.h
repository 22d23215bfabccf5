/* Within the room: what the local platform answers, without sockets. Same paths, bodies and
 * answers as Attio's developer API (lib/platform/README.md, Endpoints). */
#ifndef ATTIO_LOCAL_ROUTES_H
#define ATTIO_LOCAL_ROUTES_H

#include <stddef.h>

#include "base/error.h"
#include "base/random.h"
#include "local/uploads.h"

struct http_reply;
struct local_store;
struct route;
struct route_match;
struct route_request;

struct routes {
	struct local_store *store; /* borrowed */
	char origin[64];           /* "http://127.0.0.1:PORT" */
	char token[RANDOM_KEY_SIZE];
	struct uploads uploads;
	struct error failure; /* the last failure of the store, or kind ERROR_NONE */
};

void routes_dispose(struct routes *routes);

/* All rows, to find one in or to list. */
const struct route *routes_table(size_t *count);
/* Lets a request in by what its head tells: gives the largest body, or a refusal in `reply`.
 * `authorization` is that header or NULL. Who has no token learns nothing of what is there. */
size_t routes_admit(const struct routes *routes, const struct route_match *match,
		    const char *authorization, struct http_reply *reply);
/* Answers one that was let in. */
void routes_answer(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply);

#endif
