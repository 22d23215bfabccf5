/* The requests of app code that the stateful pieces answer at once. */
#ifndef ATTIO_LOCAL_RUN_REQUESTS_H
#define ATTIO_LOCAL_RUN_REQUESTS_H

#include <stdbool.h>

#include "json/slice.h"

struct buf;
struct error;
struct pieces;

struct piece_request {
	const char *method; /* "kv.get" */
	const char *kind;   /* of its flow node: kv, webhook or settings */
	bool egress;        /* it counts as an outgoing request */
	/* `result` gets one JSON document; with -1 what it holds is nothing, and the error's
	 * message is what the app's call rejects with. */
	int (*answer)(struct pieces *pieces, struct json_slice params, struct buf *result,
		      struct error *error);
};

/* NULL when the method is none of theirs. */
const struct piece_request *piece_request_find(const char *method);

#endif
