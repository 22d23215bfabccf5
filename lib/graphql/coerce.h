/* Literals -> typed values (October 2021, sections 3.5 to 3.12 and 6.4.1). Only
 * lib/graphql includes this. The sentences of faults are those of the reference implementation
 * (graphql-js 16), which every GraphQL client has seen before. */
#ifndef ATTIO_GRAPHQL_COERCE_H
#define ATTIO_GRAPHQL_COERCE_H

#include <stdint.h>

#include "base/map.h"
#include "graphql/datum.h"
#include "graphql/document.h"
#include "graphql/schema.h"

struct coercion {
	const struct graphql_schema *schema;
	struct arena *arena;
	/* Name -> struct graphql_datum; one that was not given and has no default is not there.
	 * Made by coerce_variables, disposed by the caller. */
	struct map variables;
};

#define FAULT_NOWHERE SIZE_MAX

/* Why a value cannot be used, and where in the document. */
struct fault {
	const char *message;
	size_t at;
};

/* The arguments of a field or directive. `node` is the start of what they belong to. False with the
 * fault. */
bool coerce_arguments(const struct coercion *coercion, const struct graphql_input *inputs,
		      size_t input_count, const struct graphql_argument *written,
		      size_t written_count, size_t node, struct graphql_datum **arguments,
		      size_t *count, struct fault *fault);

/* A literal in a position of this type. False when it has no value, because a variable inside of it
 * was not given, or is null where it may not be. */
bool coerce_literal(const struct coercion *coercion, const struct graphql_value *value,
		    const struct graphql_ref *type, struct graphql_datum *out);
/* The default of an argument or input field; false when it has none. */
bool coerce_default(const struct coercion *coercion, const struct graphql_input *input,
		    struct graphql_datum *out);

#endif
