/* The ports of this machine that we listen on by ourselves. */
#ifndef ATTIO_CLI_NET_PORTS_H
#define ATTIO_CLI_NET_PORTS_H

#include <stdbool.h>

/* Signing in: from here on they are tried, as the official CLI does: the platform may know no
 * others. */
#define SIGN_IN_PORT 3000
/* `attio dev`: the same. */
#define DEV_PORT 8700

/* Whether a server could listen there on loopback; true also when there is no socket to try it
 * with: who listens then is told why not. Somebody else may take it the next moment. */
bool port_is_free(int port);

#endif
