/* Within the room: the items that a query of the API asks for. */
#ifndef ATTIO_LOCAL_WORLD_QUERY_H
#define ATTIO_LOCAL_WORLD_QUERY_H

#include <stddef.h>

#include "local/world/items.h"

/* `body`: {filter?, sorts?, limit?, offset?} or NULL. Items in the arena. */
int query_items(struct world *world, const struct schema *schema, const struct owner *owner,
		const cJSON *body, struct arena *arena, struct item **items, size_t *count,
		struct refusal *refusal);

#endif
