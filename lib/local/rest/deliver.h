/* The webhooks of the REST API on their way: what has happened (table `changes`) becomes deliveries
 * to those who asked for it; what is due is handed out, signed; what came of it plans the next
 * attempt. Sending is the caller's. Facts: lib/local/rest/README.md, Webhooks. */
#ifndef ATTIO_LOCAL_REST_DELIVER_H
#define ATTIO_LOCAL_REST_DELIVER_H

#include <stddef.h>

#include "base/sha256.h"

struct arena;
struct error;
struct rest;

#define DELIVER_TIMEOUT_MS 5000 /* the target has to answer within it */
#define DELIVER_RETRIES 10
#define DELIVER_PER_SECOND 25 /* to one target */

/* POST `body` as application/json with the headers Attio-Signature and X-Attio-Signature:
 * `signature`, and Idempotency-Key: `id`. */
struct delivery {
	const char *id; /* the same in all attempts */
	const char *webhook_id;
	const char *url;
	const char *body;
	size_t body_len;
	int attempt; /* 1 for the first */
	char signature[SHA256_TEXT_SIZE];
};

/* Once, when the store was opened: what was being sent when a process died is due again. */
int deliver_recover(struct rest *rest, struct error *error);
/* What is to be sent now, in the arena. The caller owes a deliver_result for each. *wait_ms is how
 * long there is nothing more to do, by the platform's clock; -1: until something happens. */
int deliver_due(struct rest *rest, struct arena *arena, struct delivery **items, size_t *count,
		long long *wait_ms, struct error *error);
/* `status` is that of the answer, 0 when there was none in time. 2xx is success. */
int deliver_result(struct rest *rest, const char *id, int status, struct error *error);

#endif
