/* Within the room: rows of `items`, records and entries alike, and finding them. */
#ifndef ATTIO_LOCAL_WORLD_ITEMS_H
#define ATTIO_LOCAL_WORLD_ITEMS_H

#include <stdbool.h>

#include "local/clock.h"
#include "local/world/world.h"

struct arena;
struct attribute;
struct owner;
struct schema;
struct value;

struct item {
	long long row;
	const struct owner *owner;
	char id[WORLD_ID_SIZE];
	char parent_id[WORLD_ID_SIZE]; /* "" for a record */
	char created_at[CLOCK_TEXT_SIZE];
};

/* *found tells whether `owner` has an item with this id. */
int item_find(struct world *world, const struct owner *owner, const char *id, struct item *item,
	      bool *found, struct refusal *refusal);
/* As item_find among the items of all owners. */
int item_anywhere(struct world *world, const struct schema *schema, const char *id,
		  struct item *item, bool *found, struct refusal *refusal);
/* Fills row of what is otherwise filled, and stores it. */
int item_insert(struct world *world, struct item *item, struct refusal *refusal);
/* Removes it with its values; *below tells of entries whose record it was, they go too. */
int item_remove(struct world *world, const struct item *item, struct refusal *refusal);

/* The items that hold a value with this key in the attribute: the first one, and how many (counted
 * up to 2). `key`: as struct value's. */
int item_by_key(struct world *world, const struct attribute *attribute, const char *key,
		struct item *item, int *count, struct refusal *refusal);

/* Answers the question that value_parse left in the value. */
int value_resolve(struct world *world, const struct schema *schema, struct arena *arena,
		  const struct attribute *attribute, struct value *value, struct refusal *refusal);

#endif
