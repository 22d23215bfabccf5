/* Sends a request by a process of its own, so that its answer is kept if this one is killed:
 * platform/errand.h. */
#ifndef ATTIO_CLI_NET_COURIER_H
#define ATTIO_CLI_NET_COURIER_H

#include "cli/net/account.h"

struct courier_work {
	struct cli *cli;
	struct account_options options;
	struct http_client *client; /* for when no process can be started */
	/* Whether to wait no longer for the answer: the process goes on for a while. */
	bool (*stop)(void *context);
	void *context;
};

/* `work` is borrowed. */
struct courier courier_of(struct courier_work *work);

#endif
