/* Within the room: what the local platform answers, without sockets. Same paths, bodies and
 * answers as Attio's developer API (lib/platform/README.md, Endpoints); what is chosen here stands
 * in lib/local/developer/README.md. */
#ifndef ATTIO_LOCAL_ROUTES_H
#define ATTIO_LOCAL_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/random.h"
#include "local/developer/sign_ins.h"

struct clock;
struct http_reply;
struct hub;
struct local_store;
struct route;
struct route_match;
struct route_request;

/* Who wants to know what happens; all may be NULL. */
struct routes_listener {
	/* Somebody asks to sign in (sign_ins.h). */
	void (*asked)(void *context, const struct sign_in *sign_in);
	/* The bundles of a dev version are there: the row in dev_bundles. */
	void (*pushed)(void *context, long long bundle);
	void *context;
};

struct routes {
	struct local_store *store;   /* borrowed */
	const struct clock *clock;   /* borrowed */
	char origin[64];             /* "http://127.0.0.1:PORT" */
	char token[RANDOM_KEY_SIZE]; /* the secret of this run, which also signs */
	bool opens_apps;             /* an app is made when its slug is first asked for */
	struct sign_ins sign_ins;
	struct hub *hub; /* borrowed; NULL: there is no log service */
	struct routes_listener listener;
	struct error failure; /* the last failure of the store, or kind ERROR_NONE */
};

/* All rows, to find one in or to list. */
const struct route *routes_table(size_t *count);
/* Lets a request in by what its head tells: gives the largest body, or a refusal in `reply`. Who
 * has no token learns nothing of what is there. */
size_t routes_admit(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply);
/* Answers one that was let in. */
void routes_answer(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply);

#endif
