/* The events of a run for those who follow it: the last ones are kept, each with a number, so that
 * who comes back after a break misses nothing. */
#ifndef ATTIO_LOCAL_RUN_STREAM_H
#define ATTIO_LOCAL_RUN_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "http/server.h"

#define STREAM_KEPT 1024u

struct stream_event {
	long long number;
	char *json;
	size_t len;
};

struct follower;

/* A zeroed struct has no events. */
struct stream {
	size_t limit;   /* bytes that are kept; 0: any number */
	size_t bytes;   /* that are */
	long long lost; /* number of the newest that is not kept any more */
	bool closed;    /* who follows gets what there is, and the end */
	/* A follower has missed some, and goes on with what comes from now on; NULL: it goes on
	 * with the oldest that is there. */
	void (*missed)(void *context);
	void *context;
	struct stream_event events[STREAM_KEPT]; /* a ring */
	long long last;                          /* number of the newest; the first is 1 */
	struct follower *followers;
};

void stream_dispose(struct stream *stream);
/* Keeps the event and wakes who follows. */
void stream_add(struct stream *stream, const char *json, size_t len);
/* {"event":"changed","method","path"}: a request from outside has written something. */
void stream_add_changed(struct stream *stream, const char *method, const char *path);
/* Ends the streams of all who follow; the struct has to live until none does. */
void stream_close(struct stream *stream);
/* Makes the call's answer a stream of server-sent events, from behind number `since` on (-1: from
 * now on). Sets call->state and call->ended. */
void stream_follow(struct stream *stream, struct http_call *call, long long since,
		   struct http_reply *reply);

#endif
