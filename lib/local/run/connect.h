/* The way of an OAuth connection: an address is given out, its page asks, and the answer makes the
 * connection (events.h). */
#ifndef ATTIO_LOCAL_RUN_CONNECT_H
#define ATTIO_LOCAL_RUN_CONNECT_H

#include <stddef.h>

struct buf;
struct error;
struct http_reply;
struct platform;

/* Appends the address of a page that asks for a connection of this owner. */
int connect_begin(struct platform *platform, const char *owner_type, const char *owner_id,
		  const char *created_by, struct buf *url, struct error *error);

/* The answer to a request for the page `/__attio/consent/KEY`: HTML. Lives until the callback
 * returns. */
struct connect_answer {
	unsigned status;
	const char *html;
	size_t len;
};

typedef void connect_done(void *context, const struct connect_answer *answer);

/* Answers, in this turn or a later one, exactly once. `method` is GET, HEAD or POST (a form); for
 * others 405. */
void connect_serve(struct platform *platform, const char *key, const char *method, const char *form,
		   size_t len, connect_done *done, void *context);
/* As the reply of our HTTP server, with the headers that the page needs. */
void connect_reply(const struct connect_answer *answer, struct http_reply *reply);

#endif
