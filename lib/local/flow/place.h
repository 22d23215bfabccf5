/* A state that was told by past.h, made again on top of the seed world. */
#ifndef ATTIO_LOCAL_FLOW_PLACE_H
#define ATTIO_LOCAL_FLOW_PLACE_H

#include <cjson/cJSON.h>

struct error;
struct local_store;

/* All of it or, with an error that names what does not fit, nothing: ERROR_USAGE, ERROR_SYSTEM.
 * `now` is when keys and settings were written. */
int place_state(struct local_store *store, const cJSON *state, const char *now,
		struct error *error);

#endif
