/* Within the room: addresses as app code gives them to fetch, already made absolute and
 * percent-encoded by the realm's URL class. */
#ifndef ATTIO_LOCAL_RUN_GATE_URL_H
#define ATTIO_LOCAL_RUN_GATE_URL_H

#include <stdbool.h>

struct arena;
struct net_route;

struct gate_url {
	const char *origin; /* "https://host" or "http://host:port", in lower case */
	const char *path;   /* begins with a slash */
	const char *query;  /* "" without one; the fragment is left out */
};

/* False when it is no http or https address. */
bool gate_url_parse(struct arena *arena, const char *url, struct gate_url *parts);
/* What `reference` (of a Location header) means seen from `base`; NULL when it means nothing. */
const char *gate_url_join(struct arena *arena, const struct gate_url *base, const char *reference);
/* Where a request to it is really sent, when one of the routes (they end with origin NULL; or NULL)
 * says so; else NULL. */
const char *gate_url_routed(struct arena *arena, const struct net_route *routes,
			    const struct gate_url *url);
/* The words of an HTTP status: "Not Found"; "" for one without. */
const char *status_reason(unsigned status);

#endif
