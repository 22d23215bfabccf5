/* One query, from its text to its answer. */
#include "local/query/query.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "graphql/execute.h"
#include "local/query/fields.h"
#include "local/query/parts.h"
#include "local/sql.h"

static int run(struct query *query, const struct graphql_request *request, struct buf *out,
	       struct error *error)
{
	const struct graphql_resolver resolver = {.context = query, .resolve = fields_resolve};

	query->reading.schema = world_schema(query->reading.world, error);
	if (query->reading.schema == NULL)
		return -1;
	return graphql_execute(request, &resolver, out, error);
}

int query_run(struct world *world, const struct graphql_schema *schema, const char *query,
	      const cJSON *variables, const char *operation, const char *member_id, struct buf *out,
	      struct error *error)
{
	const struct graphql_request request = {.schema = schema,
						.query = query,
						.query_len = strlen(query),
						.variables = variables,
						.operation = operation};
	struct query asked = {.reading = {.arena = arena_new(), .world = world},
			      .graphql = schema,
			      .member_id = member_id};
	struct error ignored;
	int result = sql_run(world->store, "SAVEPOINT query", error);

	if (result == 0) {
		result = run(&asked, &request, out, error);
		if (sql_run(world->store, "RELEASE query", result == 0 ? error : &ignored) != 0)
			result = -1;
	}
	reading_dispose(&asked.reading);
	arena_free(asked.reading.arena);
	return result;
}
