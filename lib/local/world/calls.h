/* Within the room: the frame of each function that the API calls: an arena, the structure, the item
 * that is meant, a transaction around a write. */
#ifndef ATTIO_LOCAL_WORLD_CALLS_H
#define ATTIO_LOCAL_WORLD_CALLS_H

#include "local/world/write.h"

/* Ended by call_end, whatever the result. */
struct call {
	struct world *world;
	struct arena *arena;
	const struct schema *schema;
	const struct owner *owner;
	struct item item;
	struct refusal *refusal;
	struct writing writing;
	bool inside; /* a transaction was begun */
};

/* `missing` of an object, in the service's words. */
#define NO_OBJECT "Object with slug/ID \"%s\" not found."

/* The object or list by slug or id; `missing` is the text of the refusal (404), with %s for the
 * name. */
int call_begin(struct call *call, struct world *world, const char *name, bool is_list,
	       const char *missing, struct refusal *refusal);
/* The item; 404 as the service says it. */
int call_item(struct call *call, const char *id);
/* Begins a transaction in the name of the actor. */
int call_write(struct call *call, const struct actor *actor);
/* Commits or takes back; frees. Gives `result`, or -1. */
int call_end(struct call *call, int result);

/* Reads the item again and prints it. */
int call_print(struct call *call, struct buf *out);

/* What a record and a list's entry have alike, within a call that was begun: the item that was
 * found, changed (`overwrite` replaces the values of a multiselect, else they are put before those
 * that it has) and printed; the item of this id, taken away; those that match the query, printed.
 */
int call_update(struct call *call, const struct actor *actor, const cJSON *values, bool overwrite,
		struct buf *out);
int call_delete(struct call *call, const struct actor *actor, const char *id);
int call_query(struct call *call, const cJSON *body, struct buf *out);

#endif
