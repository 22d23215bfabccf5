/* The state of an earlier moment, as what differs from the seed world: the member `state` of a flow
 * file (README.md). */
#ifndef ATTIO_LOCAL_FLOW_PAST_H
#define ATTIO_LOCAL_FLOW_PAST_H

#include <cjson/cJSON.h>

struct error;
struct local_store;

/* What stands for values that no file holds; the owner's type of a connection is put in. */
#define PAST_CONNECTION "placeholder-of-the-%s-connection"

/* Adds `records`, `rows`, `kv`, `settings`, `connections` and `webhooks` to *state, each where
 * there is any, as they were when the journal was at `journal`. Values of connections and secrets
 * of webhooks are not told. The live store is only read, by a connection of our own.
 *
 * -1: ERROR_CONFLICT when the journal does not reach back that far; ERROR_SYSTEM. */
int past_tell(const struct local_store *live, long long journal, cJSON *state, struct error *error);

#endif
