/* A flow file that is being replayed: what the outside has still to answer, and which ids were
 * there before it began. */
#ifndef ATTIO_LOCAL_FLOW_REPLAYING_H
#define ATTIO_LOCAL_FLOW_REPLAYING_H

#include <cjson/cJSON.h>

struct buf;
struct error;
struct local_store;
struct replaying;

/* The store as it is now is the state before, and `now_ms` when the flow begins. `outside` is taken
 * over. NULL with an error. */
struct replaying *replaying_new(struct local_store *store, long long now_ms, cJSON *outside,
				struct error *error);
/* NULL is fine. */
void replaying_free(struct replaying *replaying);

/* As it is sent, without secrets: they have names. */
struct replaying_request {
	const char *method, *url;
	const char *body; /* "" without one */
};

/* Appends the next answer for this request, which is then used up: the first one with the same
 * method, address and body; else the first where only what each run makes anew (varying.h, ids)
 * and the order of a body's members are other ones; else with the same method and address; else
 * with another query. Of what this run made anew the answer has what this run made. -1 with what
 * `fetch` says: it failed then, too, or there is no answer left.
 */
int replaying_answer(struct replaying *replaying, const struct replaying_request *asked,
		     struct buf *answer, struct error *error);

/* What an id is of, for struct flow_names; NULL: it was there before. */
const char *replaying_kind(void *context, const char *id);

#endif
