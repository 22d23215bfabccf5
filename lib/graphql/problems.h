/* The errors of an answer (October 2021, section 7.1.2), as JSON. Only lib/graphql includes this.
 */
#ifndef ATTIO_GRAPHQL_PROBLEMS_H
#define ATTIO_GRAPHQL_PROBLEMS_H

#include <stddef.h>

#include "base/buf.h"

struct arena;

/* A place in the answer, from the inside out. */
struct graphql_path {
	const struct graphql_path *before; /* NULL at the root */
	const char *key;                   /* NULL: `index` of a list */
	size_t index;
};

struct graphql_problems {
	struct arena *arena;
	const char *bytes; /* of the document */
	size_t len;
	size_t *lines; /* where each begins; made when first needed */
	size_t line_count;
	/* The place that was told last: from there on it is not far to the next one. */
	size_t last_line;
	size_t last_offset;
	size_t last_column;
	struct buf json; /* items of the list, with commas between; disposed by the caller */
	size_t count;
};

/* Adds an error about offsets of the document (may be none) and a place of the answer (NULL: the
 * request as a whole). Columns count UTF-16 units, as GraphQL clients of JavaScript do. */
void problems_add(struct graphql_problems *problems, const char *message, const size_t *offsets,
		  size_t offset_count, const struct graphql_path *path);

#endif
