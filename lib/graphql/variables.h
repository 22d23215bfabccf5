/* The variables of an execution: JSON -> typed values (October 2021, section 6.1.2). Only
 * lib/graphql includes this. */
#ifndef ATTIO_GRAPHQL_VARIABLES_H
#define ATTIO_GRAPHQL_VARIABLES_H

#include <cjson/cJSON.h>

#include "graphql/coerce.h"

/* Fills coercion->variables from `given` (a JSON object, or NULL) for an operation that was
 * checked. Faults, not many of them, are added to the list (in the arena); without any every
 * variable can be used. */
void coerce_variables(struct coercion *coercion, const struct graphql_definition *operation,
		      const cJSON *given, struct fault **faults, size_t *count);

#endif
