/* The log service of the local platform: Ably's realtime protocol, version 6, as far as its clients
 * use it to listen (lib/platform/README.md, Logs). Each connection is a WebSocket of the platform's
 * own server. What was said lately is kept, so that who comes back misses nothing. */
#ifndef ATTIO_LOCAL_DEVELOPER_HUB_H
#define ATTIO_LOCAL_DEVELOPER_HUB_H

#include "base/random.h"

struct arena;
struct clock;
struct error;
struct http_reply;
struct hub;

#define HUB_IDLE_MS                                                                                \
	15000             /* a client gives up when it hears nothing for so long, and a bit more   \
			   */
#define HUB_PING_MS 10000 /* so it hears something */
#define HUB_TTL_MS 120000 /* what we tell for how long a connection can be resumed */

/* `clock` and `secret` (which signs tokens) are borrowed. NULL with ERROR_SYSTEM. */
struct hub *hub_new(const struct clock *clock, const char *secret, struct error *error);
/* When no connection is left (the server ended). NULL is fine. */
void hub_free(struct hub *hub);

/* Answers a request with the service; `query` has the token and how it is spoken. */
void hub_answer(struct hub *hub, struct arena *arena, const char *query, struct http_reply *reply);
/* Says an entry of an app's log to all who listen. `severity` is INFO, WARNING or ERROR, `at` RFC
 * 3339 as clock_text gives it. */
void hub_say(struct hub *hub, const char *workspace_id, const char *app_id, const char *severity,
	     const char *at, const char *message);
/* Gives signs of life, ends what lost its leave; after each turn of the loop. */
void hub_serve(struct hub *hub);
/* Milliseconds after which that is due; -1: never. */
long long hub_wait(const struct hub *hub);
/* Cuts all connections, as trouble on the way would; how many. */
unsigned hub_cut(struct hub *hub);

#endif
