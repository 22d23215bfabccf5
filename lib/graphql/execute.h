/* Executing a query against a resolver (October 2021, sections 6 and 7): choice of the operation,
 * validation, coercion of variables and arguments with defaults, fragments, @skip and @include,
 * merging of fields, lists, interfaces and unions, null that spreads to the nearest place that may
 * be null, errors with places and paths, and introspection. Fields are resolved one after the
 * other, an object's whole content before the next field's, in the order of the answer.
 *
 * Nothing in a query can hurt: it is validated first; its length, the depth of its answer, the
 * number of fields and items, and the size of the answer are limited, and a query that wants more
 * is answered with one error. The work is linear in the query and in what is answered.
 */
#ifndef ATTIO_GRAPHQL_EXECUTE_H
#define ATTIO_GRAPHQL_EXECUTE_H

#include <stddef.h>

#include <cjson/cJSON.h>

#include "graphql/datum.h"
#include "graphql/schema.h"

struct arena;
struct buf;
struct error;

/* Of a query's text, in bytes. */
#define GRAPHQL_QUERY_LIMIT ((size_t)1 << 20)
/* Objects and lists inside of each other in an answer: what json_parse takes (JSON_DEPTH), with
 * some room for what is put around it. */
#define GRAPHQL_ANSWER_DEPTH 56
/* Fields and items of lists, and selections looked at for them. */
#define GRAPHQL_ANSWER_STEPS 1000000
/* Of an answer, in bytes. */
#define GRAPHQL_ANSWER_LIMIT ((size_t)32 << 20)

/* A field of an object that is wanted. */
struct graphql_call {
	const struct graphql_type *parent; /* an object type */
	const void *node;                  /* what the resolver answered for it; the root's own */
	const struct graphql_field *field;
	const struct graphql_datum *arguments; /* coerced; find by name */
	size_t argument_count;
	struct arena *arena; /* for what the answer is made of; lives until the end */
};

struct graphql_resolver {
	void *context;
	/* 0 with *answer: any kind but GRAPHQL_RECORD (which a custom scalar may have); what does
	 * not fit the field's type becomes an error of that field, and GRAPHQL_FAILED an error with
	 * its text. -1 with *error when nothing can be answered at all. */
	int (*resolve)(void *context, const struct graphql_call *call, struct graphql_datum *answer,
		       struct error *error);
	const void *root; /* node of the root */
};

struct graphql_request {
	const struct graphql_schema *schema;
	const char *query;
	size_t query_len;
	const cJSON *variables; /* an object, or NULL */
	const char *operation;  /* name of the one to execute, or NULL */
};

/* Appends {"data":..} or {"data":..,"errors":[..]}, or {"errors":[..]} when nothing was executed.
 * -1 with *error only when the resolver failed; then nothing is appended. */
int graphql_execute(const struct graphql_request *request, const struct graphql_resolver *resolver,
		    struct buf *out, struct error *error);

#endif
