/* The types of a query's variables, and of the enums that variables and answers name. */
#ifndef ATTIO_TYPES_INPUTS_H
#define ATTIO_TYPES_INPUTS_H

#include <stddef.h>

#include "base/map.h"
#include "graphql/document.h"
#include "graphql/schema.h"
#include "types/names.h"

struct arena;
struct buf;

/* The named types that one file uses. A zeroed struct with arena and schema uses none. */
struct declaring {
	struct arena *arena;
	const struct graphql_schema *schema;
	struct names names;
	struct map used; /* name in the schema -> name in the file; enums and input types */
};

void declaring_dispose(struct declaring *declaring);

/* What a scalar, enum or input type is in TypeScript. */
const char *declaring_leaf(struct declaring *declaring, const struct graphql_type *type);
/* `export type NAME = {...}` for the query's variables. */
void declare_variables(struct declaring *declaring, struct buf *out, const char *name,
		       const struct graphql_definition *query);
/* The enums and input types used so far, and what these use in turn. */
void declare_rest(struct declaring *declaring, struct buf *out);

#endif
