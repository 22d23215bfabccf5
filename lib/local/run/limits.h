/* What the platform allows app code by default, each to be turned off by name: run time of a call,
 * outgoing requests in a second, REST calls, size of what crosses. Moments are milliseconds on the
 * platform's clock. Facts: the README of lib/local/host, "Limits". */
#ifndef ATTIO_LOCAL_RUN_LIMITS_H
#define ATTIO_LOCAL_RUN_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

struct error;

#define LIMIT_RUN_MS 30000
#define LIMIT_OLD_MS 30000               /* of a call in a build that another one has replaced */
#define LIMIT_EGRESS 30u                 /* in any second */
#define LIMIT_CROSSING ((size_t)6 << 20) /* bytes of JSON; ours, nobody knows the service's */

/* Flows whose requests are counted at once; more than so many in a second, and the one that was
 * quiet the longest is forgotten. */
#define LIMIT_FLOWS 64u

struct limit_flow {
	long long flow;
	long long egress[LIMIT_EGRESS]; /* when the last ones were; a ring */
	bool fetched[LIMIT_EGRESS];     /* over a network, and not to kv or the webhook handlers */
	size_t at;
	long long last;
};

struct limits {
	bool time_off, egress_off, rest_off, json_off;
	struct limit_flow flows[LIMIT_FLOWS];
};

/* `off`: names with commas between, or NULL. ERROR_USAGE for one that is none. */
int limits_set(struct limits *limits, const char *off, struct error *error);
/* What turns the limit of this name off; NULL: there is none. */
bool *limits_field(struct limits *limits, const char *name, size_t len);
/* Counts an outgoing request of a flow; false when it had too many in the last second, and then it
 * does not count. The service counts for the whole installation; but a script clicks faster than
 * people do, and what one action asks for may not make the next one fail. */
bool limits_egress(struct limits *limits, long long flow, long long now, bool fetched);
/* Of a flow that had too many: milliseconds until it may have the next one. */
long long limits_room(struct limits *limits, long long flow, long long now);
/* Whether a network was among its last ones: then it would have been slower on the service. */
bool limits_fetched(struct limits *limits, long long flow);
/* How many the flow had that had most, in the last second. */
unsigned limits_egress_most(const struct limits *limits, long long now);

#endif
