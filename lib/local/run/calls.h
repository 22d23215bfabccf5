/* Calls into app code: each is a node of the flow log, has a time limit on the platform's clock,
 * and waits for a generation when none runs yet. */
#ifndef ATTIO_LOCAL_RUN_CALLS_H
#define ATTIO_LOCAL_RUN_CALLS_H

#include <stdbool.h>

#include "json/slice.h"

struct buf;
struct platform;

/* The code of an error when there is no app whose code could run. */
#define RUN_NO_APP "no-app"

/* What app code threw, or why it could not be run. Texts live until the callback returns. */
struct run_error {
	const char *name;
	const char *message;
	const char *code;  /* or NULL */
	const char *stack; /* in the app's own files; or NULL */
};

/* Called once, in a later turn. Exactly one of `result` (the host's answer, an object's text) and
 * `error` is given. */
typedef void run_done(void *context, struct json_slice result, const struct run_error *error);

/* A run of server code. */
struct server_run {
	long long cause;  /* the node that it belongs to; 0: it begins a flow */
	const char *kind; /* of the flow node: "server", "webhook", "event", "block" */
	const char *name; /* of the flow node: the module, for people */
	/* Members of the host's server.run, without braces: "\"kind\":\"function\",\"module\":..."
	 */
	const char *members;
	const char *input; /* what the flow log shows as input: JSON, or NULL */
	/* Who acts: a member's id, or NULL where no user does (webhooks, events, callbacks). */
	const char *member_id;
	bool no_connections; /* the connection of an event is not stored yet */
};

/* Returns the run's node at once. Strings are copied. */
long long run_server(struct platform *platform, const struct server_run *run, run_done *done,
		     void *context);

/* Any other request to the host, for the generation that runs: `members` as above, "gen" and "node"
 * are added. `kind` NULL: no node of its own, `cause` is given as node. No time limit. */
long long run_client(struct platform *platform, const char *method, const char *members,
		     long long cause, const char *kind, const char *name, const char *input,
		     run_done *done, void *context);

/* Appends {"name","message","code"?,"stack"?}; null without one. */
void run_error_put(struct buf *out, const struct run_error *error);

/* Whether the app just has no handler for the event, which is no failure. NULL: no. */
bool run_has_no_handler(const struct run_error *thrown);

#endif
