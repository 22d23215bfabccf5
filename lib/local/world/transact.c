/* Transactions in each other, and the record of what has changed. */
#include "base/error.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/world.h"

void world_now(const struct world *world, char at[CLOCK_TEXT_SIZE])
{
	clock_text(world->clock, at);
}

/* A transaction that will write asks for the lock at once: later it could be refused. */
int world_begin(struct world *world, struct refusal *refusal)
{
	bool first = sqlite3_get_autocommit(world->store->db) != 0;
	struct error error = {0};

	if (sql_run(world->store, first ? "BEGIN IMMEDIATE" : "SAVEPOINT world", &error) != 0)
		return refusal_system(refusal, &error);
	if (first) {
		world->began = true;
		world->depth = 0;
	}
	world->depth++;
	return 0;
}

int world_end(struct world *world, int result, struct refusal *refusal)
{
	struct error error = {0};
	bool last = world->began && world->depth == 1;

	world->depth--;
	if (last)
		world->began = false;
	if (result != 0) {
		sql_run(world->store, last ? "ROLLBACK" : "ROLLBACK TO world; RELEASE world",
			&error);
		return -1;
	}
	if (sql_run(world->store, last ? "COMMIT" : "RELEASE world", &error) == 0)
		return 0;
	if (last && sqlite3_get_autocommit(world->store->db) == 0)
		sqlite3_exec(world->store->db, "ROLLBACK", NULL, NULL, NULL);
	return refusal_system(refusal, &error);
}

int world_changed(struct world *world, const struct actor *actor, const char *event_type,
		  const char *payload, struct refusal *refusal)
{
	static const char sql[] = "INSERT INTO changes (event_type, payload, actor_type, actor_id, "
				  "at) VALUES (?, ?, ?, ?, ?)";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	char at[CLOCK_TEXT_SIZE];

	if (statement == NULL)
		return refusal_system(refusal, &error);
	world_now(world, at);
	sql_bind_text(statement, 1, event_type);
	sql_bind_text(statement, 2, payload);
	sql_bind_text(statement, 3, actor->type);
	sql_bind_text(statement, 4, actor->id);
	sql_bind_text(statement, 5, at);
	if (sql_finish_kept(world->store, statement, &error) != 0)
		return refusal_system(refusal, &error);
	return 0;
}
