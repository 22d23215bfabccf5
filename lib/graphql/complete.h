/* The values of an answer (October 2021, sections 6.4.3 and 6.4.4): objects, lists and leaves as
 * JSON, with what is wrong with them. Only lib/graphql includes this. */
#ifndef ATTIO_GRAPHQL_COMPLETE_H
#define ATTIO_GRAPHQL_COMPLETE_H

#include "graphql/collect.h"
#include "graphql/execute.h"
#include "graphql/introspect.h"
#include "graphql/problems.h"

struct run {
	const struct graphql_resolver *resolver;
	struct collector collector;
	struct introspection introspection;
	struct graphql_problems problems;
	struct buf *out;
	size_t out_start; /* where the answer begins in it */
	struct error *error;
	const char *stopped; /* why the work went no further; NULL with a failure of the resolver */
};

enum outcome {
	OUTCOME_DONE,
	OUTCOME_NULL, /* there was an error, and the place around must be null */
	OUTCOME_STOPPED
};

/* Appends the object that answers a plan. */
enum outcome complete_object(struct run *run, const struct plan *plan, const void *node,
			     const struct graphql_path *path, unsigned level);

#endif
