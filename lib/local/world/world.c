/* Beginning and end of the world's use of a store. */
#include "local/world/world.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/fold.h"
#include "local/world/schema.h"
#include "local/world/seed.h"

/* fold(text) in SQL: lower case. */
static void sql_fold(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	struct buf out = {0};

	(void)count;
	if (text == NULL) {
		sqlite3_result_null(context);
		return;
	}
	fold_text(&out, text, (size_t)sqlite3_value_bytes(values[0]));
	sqlite3_result_text(context, buf_cstr(&out), (int)out.len, SQLITE_TRANSIENT);
	buf_dispose(&out);
}

/* Another program may have made it meanwhile: asked again with the lock that writes. */
static int seed(struct world *world, const char *before, struct error *error)
{
	struct refusal refusal = {0};
	struct error failed = {0};
	long long workspaces;
	int result = world_begin(world, &refusal);

	if (result == 0) {
		if (sql_run(world->store, before, &failed) != 0 ||
		    sql_number(world->store, "SELECT count(*) FROM workspace", &workspaces,
			       &failed) != 0)
			result = refusal_system(&refusal, &failed);
		if (result == 0 && workspaces == 0)
			result = seed_world(world, &refusal);
		result = world_end(world, result, &refusal);
	}
	if (result != 0)
		error_set(error, ERROR_SYSTEM, "the seed world cannot be made: %s",
			  refusal.message);
	refusal_dispose(&refusal);
	return result;
}

int world_open(struct world *world, struct local_store *store, const struct clock *clock,
	       struct error *error)
{
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	long long workspaces;

	memset(world, 0, sizeof(*world));
	world->store = store;
	world->clock = clock;
	if (sqlite3_create_function(store->db, "fold", 1, flags, NULL, sql_fold, NULL, NULL) !=
	    SQLITE_OK)
		return sql_error(store, error);
	if (sql_number(store, "SELECT count(*) FROM workspace", &workspaces, error) != 0)
		return -1;
	return workspaces > 0 ? 0 : seed(world, "", error);
}

void world_close(struct world *world)
{
	schema_free(world->schema);
	world->schema = NULL;
}

int world_reset(struct world *world, struct error *error)
{
	return seed(
		world,
		"DELETE FROM items; DELETE FROM options; DELETE FROM attributes; DELETE FROM "
		"lists; DELETE FROM objects; DELETE FROM members; DELETE FROM workspace; DELETE "
		"FROM changes",
		error);
}
