/* The REST API's webhooks on their way out: what is due (local/rest/deliver.h) is sent, as `--net`
 * and `--route` say, and what came of it is told back. */
#ifndef ATTIO_LOCAL_RUN_WEBHOOKS_OUT_H
#define ATTIO_LOCAL_RUN_WEBHOOKS_OUT_H

#include <stdbool.h>

struct outbound_answer;
struct platform;

/* One that was sent and is not answered yet. */
struct sent_webhook {
	long long outbound; /* number of the request */
	long long node;     /* of the flow log */
	long long began;    /* ns on the machine's clock */
	long long until;    /* ms on the machine's clock: then it is late */
	char *url;
	char id[40]; /* of the delivery */
};

struct webhooks_out {
	struct sent_webhook *sent;
	unsigned count;
	bool asked;        /* the store was asked, and nothing was heard since */
	long long wait_ms; /* then: until there is more to do; -1: when something is written */
	long long due;     /* then: the same as a moment on the platform's clock */
	long long written; /* rows written by our connection until then, but for the log's */
};

/* Sends what is due, gives up what is late; once a turn. */
void webhooks_out_serve(struct platform *platform);
/* Takes the answer to one of them; false when it is to something else. */
bool webhooks_out_take(struct platform *platform, const struct outbound_answer *answer);
/* Milliseconds until there is something to do; -1: nothing waits. */
long long webhooks_out_wait(const struct platform *platform);
void webhooks_out_dispose(struct webhooks_out *out);

#endif
