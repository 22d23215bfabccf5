/* The local platform on a socket: 127.0.0.1 only, the same calls as Attio's developer API, with a
 * token that is made anew for each run. A thread of its own answers; the store is its, from start
 * to stop. (`attio dev` has the same calls on its loop: run/serve.h.) */
#ifndef ATTIO_LOCAL_SERVER_H
#define ATTIO_LOCAL_SERVER_H

#include <stdbool.h>

struct error;
struct local_server;
struct local_store;

/* Listens on `port` (0: any free one). Unfinished versions that nobody works on any more are
 * removed first. NULL with ERROR_SYSTEM, or ERROR_USAGE for a port that does not exist. */
struct local_server *local_server_start(struct local_store *store, int port, struct error *error);
/* Ends the thread and removes the versions that this run left unfinished. NULL is fine. */
void local_server_stop(struct local_server *server);

/* "http://127.0.0.1:PORT/api", what a client needs as base URL; and its token. Borrowed. */
const char *local_server_url(const struct local_server *server);
const char *local_server_token(const struct local_server *server);
/* Whether the store failed during this run, and how: the client only saw a status 500. */
bool local_server_failed(struct local_server *server, struct error *error);

#endif
