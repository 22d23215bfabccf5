/* Has a process of its own ask what is answered once, so that the answer is kept if this one is
 * killed: platform/errand.h. */
#ifndef ATTIO_CLI_NET_COURIER_H
#define ATTIO_CLI_NET_COURIER_H

#include "platform/api.h"
#include "platform/errand.h"
#include "platform/oidc.h"

struct cli;

struct courier_work {
	struct cli *cli;
	struct arena *arena;        /* of the answers */
	struct errand errand;       /* what all have: time, trust, proxy */
	struct http_client *client; /* for requests when no process can be started */
	struct http_watch watch;    /* of requests: when to wait no longer, the process goes on */
};

/* `work` is borrowed. */
struct courier courier_of(struct courier_work *work);
/* The path of its errand is that of ATTIO_TOKEN_FILE, or NULL: all else of the places the process
 * finds as we did, by the environment. */
struct renewer renewer_of(struct courier_work *work);

#endif
