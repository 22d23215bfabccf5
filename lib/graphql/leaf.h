/* Scalars and values of enums in an answer (October 2021, section 3.5: result coercion). Only
 * lib/graphql includes this. */
#ifndef ATTIO_GRAPHQL_LEAF_H
#define ATTIO_GRAPHQL_LEAF_H

struct arena;
struct buf;
struct graphql_datum;
struct graphql_type;

/* Appends the value as JSON. NULL, or why it is none of this type; then nothing is appended. */
const char *graphql_put_leaf(struct arena *arena, struct buf *out, const struct graphql_type *type,
			     const struct graphql_datum *datum);

#endif
