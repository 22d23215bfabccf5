/* The app's events about connections: `connection-added` runs before a connection is kept, and a
 * throw cancels it; `connection-removed` runs before it goes, and a throw keeps it. An app without
 * such a handler is not asked. */
#ifndef ATTIO_LOCAL_RUN_EVENTS_H
#define ATTIO_LOCAL_RUN_EVENTS_H

#include <stdbool.h>

struct connection;
struct error;
struct platform;
struct run_error;

#define EVENT_ADDED "connection-added"
#define EVENT_REMOVED "connection-removed"

/* What became of it. Lives until the callback returns. */
struct event_result {
	const struct connection *connection;
	long long flow;
	const struct run_error *thrown; /* NULL: nothing */
	bool done;                      /* it was kept, or removed */
	bool missing;                   /* the app has no handler for the event */
};

/* Called once, in a later turn. */
typedef void event_done(void *context, const struct event_result *result);

/* Runs the handler and then keeps the connection (in place of one of the same key and owner), with
 * `force` also when it throws. `facts` as for connection_new. -1: it could not begin, and there is
 * no callback. */
int event_add(struct platform *platform, const struct connection *facts, double lasts, bool force,
	      event_done *done, void *context, struct error *error);
/* The same the other way round. `id` here and below as for connection_named. ERROR_NOT_FOUND. */
int event_remove(struct platform *platform, const char *id, bool force, event_done *done,
		 void *context, struct error *error);
/* Only runs the handler of EVENT_ADDED or EVENT_REMOVED, for a connection that is there. */
int event_send(struct platform *platform, const char *event, const char *id, event_done *done,
	       void *context, struct error *error);

/* This value of a connection of `owner` ("user", else the workspace's) must not be shown anywhere
 * from now on. */
void events_hide(struct platform *platform, const char *value, const char *owner);
/* The values of the connections that are there must not be shown anywhere from now on. */
int events_hide_values(struct platform *platform, struct error *error);

#endif
