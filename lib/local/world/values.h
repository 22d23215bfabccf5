/* Within the room: rows of `vals`. Changes to one attribute of one item, with both sides of a
 * relationship, uniqueness and history. */
#ifndef ATTIO_LOCAL_WORLD_VALUES_H
#define ATTIO_LOCAL_WORLD_VALUES_H

#include "local/world/write.h"

/* Brings the attribute to what is planned. `fresh`: the item was made just now and holds nothing.
 * *changed tells whether anything is different afterwards. */
int values_write(struct writing *writing, const struct item *item, const struct planned *planned,
		 bool fresh, bool *changed);
/* Ends what other items hold that points at this one. */
int values_forget(struct writing *writing, const struct item *item);
/* Appends the event of an item or of one of its attributes (NULL: of the item) to `changes`:
 * record.created, list-entry.updated, ... */
int values_told(struct writing *writing, const struct item *item, const char *what,
		const struct attribute *attribute);

#endif
