/* What a schema says of itself (October 2021, section 4): the answers of the introspection types.
 * Only lib/graphql includes this. Types stand in the order in which the reference implementation
 * lists them. */
#ifndef ATTIO_GRAPHQL_INTROSPECT_H
#define ATTIO_GRAPHQL_INTROSPECT_H

#include "graphql/datum.h"
#include "graphql/schema.h"

struct introspection {
	const struct graphql_schema *schema;
	struct arena *arena;
	const struct graphql_type **types; /* of __schema; made when first asked for */
	size_t type_count;
};

/* __schema */
struct graphql_datum introspect_schema(const struct introspection *introspection);
/* __type; null when there is none of that name. */
struct graphql_datum introspect_type(const struct introspection *introspection, const char *name);
/* A field of one of the introspection types. `node` is what an answer from here holds. */
struct graphql_datum introspect_field(struct introspection *introspection,
				      const struct graphql_type *parent, const void *node,
				      const char *field, const struct graphql_datum *arguments,
				      size_t argument_count);

#endif
