/* GraphQL over the CRM data: what `runQuery` and `useQuery` of an app ask. The SDK's schema is
 * read-only; what its fields answer, and what was chosen where the service is not known:
 * lib/local/query/README.md. */
#ifndef ATTIO_LOCAL_QUERY_QUERY_H
#define ATTIO_LOCAL_QUERY_QUERY_H

#include <cjson/cJSON.h>

struct buf;
struct error;
struct graphql_schema;
struct world;

/* Appends {"data":..,"errors":[..]} as graphql_execute does. `variables`: an object or NULL;
 * `operation`: which one of several, or NULL; `member_id`: who asks (`currentUser`), NULL for the
 * first member. All is read at one moment. -1 when the store failed. */
int query_run(struct world *world, const struct graphql_schema *schema, const char *query,
	      const cJSON *variables, const char *operation, const char *member_id, struct buf *out,
	      struct error *error);

#endif
