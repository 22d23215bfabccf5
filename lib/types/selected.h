/* What a query selects from one type of object: all its selection sets and fragments laid on top of
 * each other, field by field, with the conditions under which each field is in the answer. */
#ifndef ATTIO_TYPES_SELECTED_H
#define ATTIO_TYPES_SELECTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "graphql/document.h"
#include "graphql/schema.h"

struct arena;

/* What must hold for a selection to be in the answer: each term is a variable of an @include, or
 * one of a @skip with `!` before it; "" can never hold. Sorted, each term once; none: always. */
struct condition {
	const char **terms;
	size_t count;
};

/* A selection set of a field, and when the field is selected with it. */
struct occurrence {
	struct condition when;
	const struct graphql_selection_set *set; /* NULL: of a field without one */
};

struct occurrences {
	struct occurrence *items;
	size_t count;
};

/* One field of the answer. */
struct selected {
	const char *key; /* alias or name */
	const struct graphql_field *field;
	bool optional; /* it can be absent although the object is there */
	struct occurrences occurrences;
};

struct selected_list {
	struct selected *items; /* in the order of the document */
	size_t count;
};

/* A document being read. */
struct selecting {
	struct arena *arena;
	const struct graphql_schema *schema;
	struct map fragments; /* name -> struct graphql_definition */
	size_t steps;         /* work so far, in selections looked at */
};

/* Work for one document before it counts as without measure: aliases and
 * fragments can be nested so that a short document has a very long answer. */
#define SELECTING_LIMIT 500000

void selecting_init(struct selecting *selecting, struct arena *arena,
		    const struct graphql_schema *schema, const struct graphql_document *document);
void selecting_dispose(struct selecting *selecting);

/* The fields that these selection sets take from an object of type `object`. What the schema does
 * not know is left out. False past the limit. */
bool select_fields(struct selecting *selecting, const struct graphql_type *object,
		   const struct occurrences *sets, struct selected_list *list);

#endif
