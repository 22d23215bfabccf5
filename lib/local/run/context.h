/* What a call of server code is sent with, so that the synchronous functions of the SDK have their
 * answers: who acts, the connections, the settings. */
#ifndef ATTIO_LOCAL_RUN_CONTEXT_H
#define ATTIO_LOCAL_RUN_CONTEXT_H

#include <stdbool.h>

struct buf;
struct error;
struct pieces;

/* Appends {"user", "connections": {"user", "workspace"}, "settings": {"workspace"}}, with the
 * values of connections. `member_id` NULL: no user acts, and there is no user connection.
 * `no_connections`: in an event the connection is not stored yet, and the others are not seen
 * either. */
int context_put(struct pieces *pieces, const char *member_id, bool no_connections, struct buf *out,
		struct error *error);

#endif
