/* A flow file that is being replayed: what the outside has still to answer, and which ids were
 * there before it began. */
#ifndef ATTIO_LOCAL_FLOW_REPLAYING_H
#define ATTIO_LOCAL_FLOW_REPLAYING_H

#include <cjson/cJSON.h>

struct error;
struct local_store;
struct replaying;

/* The store as it is now is the state before. `outside` is taken over. NULL with an error. */
struct replaying *replaying_new(struct local_store *store, cJSON *outside, struct error *error);
/* NULL is fine. */
void replaying_free(struct replaying *replaying);

/* The next answer for this request ({"answer"} or {"failure"}), which is then used up: the first
 * one with the same method, address and body; else the first with the same but for ids; else with
 * the same method and address. NULL: there is none (left). Secrets in all of them have names. */
const cJSON *replaying_answer(struct replaying *replaying, const char *method, const char *url,
			      const char *body);

/* What an id is of, for struct flow_names; NULL: it was there before. */
const char *replaying_kind(void *context, const char *id);

#endif
