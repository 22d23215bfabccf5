/* Within the room: the resolver. */
#ifndef ATTIO_LOCAL_QUERY_FIELDS_H
#define ATTIO_LOCAL_QUERY_FIELDS_H

struct error;
struct graphql_call;
struct graphql_datum;

/* As graphql_resolver.resolve; the context is a struct query. */
int fields_resolve(void *context, const struct graphql_call *call, struct graphql_datum *answer,
		   struct error *error);

#endif
