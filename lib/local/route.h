/* Within the room: rows of a route table, and finding the one that a request is for. */
#ifndef ATTIO_LOCAL_ROUTE_H
#define ATTIO_LOCAL_ROUTE_H

#include <stddef.h>

struct arena;
struct http_reply;
struct route_match;
struct routes;

/* Who is let in: everybody; who has the secret of this run or an access token; who has a URL that
 * was signed for this one thing. */
enum route_access { ROUTE_OPEN, ROUTE_TOKEN, ROUTE_SIGNED };

struct route_request {
	const struct route_match *match;
	struct arena *arena;
	const char *query;         /* as sent; "" without one */
	const char *authorization; /* that header, or NULL */
	const char *body;          /* NULL before all of it has come */
	size_t body_len;
};

struct route {
	const char *method;
	/* Segments; "{name}" takes any one segment, an empty one too, and "{name...}" at the end
	 * takes all that follow, with their slashes. */
	const char *pattern;
	enum route_access access;
	size_t body_limit; /* bytes */
	/* Every outcome is a reply. Its status is 200 already. */
	void (*answer)(struct routes *routes, const struct route_request *request,
		       struct http_reply *reply);
	const char *summary; /* for people, a few words */
	/* For the description (openapi.h, shapes): the body and what it answers; NULL: no JSON. */
	const char *takes, *gives;
};

struct route_match {
	/* The row; with status 405 one of the same resource, else NULL with any status. */
	const struct route *route;
	unsigned status;     /* 0: found. 400, 404 or 405 */
	const char *allow;   /* with 405: the methods of the resource, "GET, HEAD, POST" */
	const char **values; /* what the captures took, in the pattern's order */
};

/* Finds the row for a path as it was sent (percent-encoded, no query). It is cut at its slashes,
 * then each segment is decoded, once: "%2F" is part of a segment. 400 for what does not decode to
 * UTF-8 without NUL. The first row whose pattern fits tells the resource, to which all rows with
 * the same pattern belong; HEAD is answered as GET where it has no row. What is found is in the
 * arena. */
void route_find(const struct route *table, size_t count, struct arena *arena, const char *method,
		const char *path, struct route_match *match);
/* What a capture of the found row took; NULL when it has none of this name. */
const char *route_value(const struct route_match *match, const char *name);

#endif
