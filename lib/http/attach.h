/* A server on the event loop of its process (sys/loop.h). After each turn of the loop whoever turns
 * it calls http_attached_serve: that, and nothing else, is when handlers are asked. */
#ifndef ATTIO_HTTP_ATTACH_H
#define ATTIO_HTTP_ATTACH_H

#include "sys/loop.h"

struct error;
struct http_server;

/* A zeroed struct is not attached. */
struct http_attached {
	struct http_server *server; /* borrowed */
	struct loop_file file;
	struct loop_timer timer;
};

/* The struct must not move, and the server not be freed, until it is detached. */
int http_attach(struct http_attached *attached, struct http_server *server, struct loop *loop,
		struct error *error);
/* Serves what has come; nearly free when nothing has. */
void http_attached_serve(struct http_attached *attached);
/* There is something to serve of which no socket tells: with the next turn. */
void http_attached_soon(struct http_attached *attached);
/* Fine when it is not attached. */
void http_detach(struct http_attached *attached);

#endif
