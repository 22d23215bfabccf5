/* Which fields an object answers (October 2021, section 6.3.2): selections, fragments and
 * directives -> an ordered list of fields, each with everything that is asked for under its name.
 * Made once for a set of selections and an object type, however many objects there are. Only
 * lib/graphql includes this. */
#ifndef ATTIO_GRAPHQL_COLLECT_H
#define ATTIO_GRAPHQL_COLLECT_H

#include "base/map.h"
#include "graphql/coerce.h"

/* One key of an object in the answer. */
struct asked {
	const char *key;
	const struct graphql_selection **nodes; /* at least one; the first has the arguments */
	size_t node_count;
	const struct graphql_field *field;
	struct graphql_datum *arguments; /* after asked_arguments */
	size_t argument_count;
	bool coerced;
	struct fault fault; /* message NULL: the arguments can be used */
	struct plan *plans; /* what is asked of its objects, one for each type met so far */
};

struct plan {
	const struct graphql_type *type;
	struct asked *asked; /* in the order of the answer */
	size_t count;
	struct fault fault; /* message NULL: none */
	struct plan *next;
};

struct collector {
	struct coercion coercion;
	const struct graphql_document *document;
	struct map fragments; /* name -> struct graphql_definition; disposed by the caller */
	size_t *seen;         /* by definition: the round that spread it last */
	size_t round;
	long steps; /* that are left; below zero the work has stopped */
};

void collector_init(struct collector *collector, const struct graphql_document *document);
/* What an operation asks of the root. */
struct plan *collect_root(struct collector *collector, const struct graphql_definition *operation,
			  const struct graphql_type *type);
/* What a field asks of an object of this type. */
struct plan *collect_below(struct collector *collector, struct asked *asked,
			   const struct graphql_type *type);
/* Coerces a field's arguments, once; false with asked->fault. */
bool asked_arguments(const struct collector *collector, struct asked *asked);

#endif
