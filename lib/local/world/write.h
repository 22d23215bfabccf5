/* Within the room: writing items by the rules of the REST API. Callers hold a transaction
 * (world_begin); after a refusal they take it back. */
#ifndef ATTIO_LOCAL_WORLD_WRITE_H
#define ATTIO_LOCAL_WORLD_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "local/world/items.h"

enum write_mode {
	WRITE_FRONT,  /* PATCH: what is given is added in front of what is there */
	WRITE_EXACTLY /* PUT: what is given is what is there afterwards */
};

/* Who writes what when; everything during one call lives in the arena. */
struct writing {
	struct world *world;
	const struct schema *schema;
	const struct actor *actor;
	struct arena *arena;
	struct refusal *refusal;
	char now[CLOCK_TEXT_SIZE];
	bool system; /* the platform itself: may write what is read-only for others */
};

/* Fills it. */
void writing_begin(struct writing *writing, struct world *world, const struct schema *schema,
		   const struct actor *actor, struct arena *arena, struct refusal *refusal);

/* What a request gives one attribute, checked. */
struct planned {
	const struct attribute *attribute;
	struct value *values;
	size_t count;
	enum write_mode mode;
};

struct plan {
	struct planned *items;
	size_t count;
};

/* Reads `values` ({slug or id: ..}); nothing is written. */
int write_plan(struct writing *writing, const struct owner *owner, const cJSON *values,
	       enum write_mode mode, struct plan *plan);

/* A new item (id filled by the caller or empty: a random one; parent_id for an entry): defaults
 * apply, required attributes are asked for. Fills `item`. */
int write_create(struct writing *writing, const struct plan *plan, struct item *item);
int write_update(struct writing *writing, const struct plan *plan, const struct item *item);
/* With its entries and what refers to it. */
int write_delete(struct writing *writing, const struct item *item);

#endif
