/* Within the room and for the REST rows: items as the API shows them. Reading a page takes two
 * statements, however many items and values it has. */
#ifndef ATTIO_LOCAL_WORLD_READ_H
#define ATTIO_LOCAL_WORLD_READ_H

#include <stddef.h>

#include "local/world/items.h"

/* The items with all their current values as a JSON array, in the order given; items of one owner.
 */
int read_items(struct world *world, const struct schema *schema, const struct item *items,
	       size_t count, struct buf *out, struct refusal *refusal);
/* One of them. */
int read_item_json(struct world *world, const struct schema *schema, const struct item *item,
		   struct buf *out, struct refusal *refusal);
/* Values of one attribute with their times, oldest first: a JSON array. */
int read_values(struct world *world, const struct schema *schema, const struct item *item,
		const struct attribute *attribute, const struct world_page *page, struct buf *out,
		struct refusal *refusal);
/* https://app.attio.com/<workspace>/person/<id>, without quotes. */
void read_web_url(struct buf *out, const struct schema *schema, const struct owner *owner,
		  const char *id);

#endif
