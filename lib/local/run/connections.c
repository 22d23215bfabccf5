/* See connections.h. */
#include "local/run/connections.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"

#define COLUMNS                                                                                    \
	"id, connection_key, owner_type, owner_id, created_by, type, value, created_at, "          \
	"expires_at"

/* ---- making ---- */

static const char *copy(struct arena *arena, const char *text)
{
	return text != NULL ? arena_strdup(arena, text) : NULL;
}

static int check(const struct connection *facts, double lasts, struct error *error)
{
	if (!str_equal(facts->owner_type, CONNECTION_WORKSPACE) &&
	    !str_equal(facts->owner_type, CONNECTION_USER))
		return error_set(error, ERROR_USAGE,
				 "a connection belongs to the `workspace` or to a `user`");
	if (!str_equal(facts->type, "secret") && !str_equal(facts->type, "oauth"))
		return error_set(error, ERROR_USAGE, "a connection is a `secret` or `oauth`");
	if (facts->value == NULL || facts->value[0] == '\0')
		return error_set(error, ERROR_USAGE, "the value of the connection is empty");
	if (!isfinite(lasts) || lasts < 0 || lasts > 1e10)
		return error_set(error, ERROR_USAGE,
				 "a connection lasts for a number of seconds, or for good");
	return 0;
}

int connection_new(struct pieces *pieces, struct arena *arena, const struct connection *facts,
		   double lasts, struct connection **connection, struct error *error)
{
	struct connection *fresh = arena_alloc(arena, sizeof(*fresh));
	char id[RANDOM_UUID_SIZE];
	char text[CLOCK_TEXT_SIZE];
	long long now = clock_ns(pieces->clock);

	*connection = NULL;
	if (check(facts, lasts, error) != 0 || random_uuid(id, error) != 0)
		return -1;
	*fresh = *facts;
	fresh->id = arena_strdup(arena, id);
	fresh->key = copy(arena, facts->key != NULL ? facts->key : pieces->app_slug);
	fresh->owner_type = copy(arena, facts->owner_type);
	fresh->owner_id = copy(arena, facts->owner_id);
	fresh->created_by = copy(arena, facts->created_by);
	fresh->type = copy(arena, facts->type);
	fresh->value = copy(arena, facts->value);
	clock_write(now, text);
	fresh->created_at = arena_strdup(arena, text);
	fresh->expires_at = NULL;
	fresh->expired = false;
	/* What ends after the end of our time does not end. */
	if (lasts > 0 && (double)(now / 1000000) + lasts * 1000 < (double)CLOCK_LAST_MS) {
		clock_write(now + (long long)(lasts * 1000) * 1000000, text);
		fresh->expires_at = arena_strdup(arena, text);
	}
	*connection = fresh;
	return 0;
}

int connection_missing(const char *id, struct error *error)
{
	error_set(error, ERROR_NOT_FOUND, "there is no connection `%.200s`", id);
	return error_fix(error, "`attio connection list` shows those that there are");
}

int connection_store(struct pieces *pieces, const struct connection *connection,
		     struct error *error)
{
	const struct connection *c = connection;

	return rows_run(pieces->store, error, NULL,
			"INSERT OR REPLACE INTO connections (" COLUMNS
			") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			"ttttttttt", c->id, c->key, c->owner_type, c->owner_id, c->created_by,
			c->type, c->value, c->created_at, c->expires_at);
}

int connection_delete(struct pieces *pieces, const char *id, struct error *error)
{
	return rows_run(pieces->store, error, NULL, "DELETE FROM connections WHERE id = ?", "t",
			id);
}

int connection_expire(struct pieces *pieces, const char *id, struct error *error)
{
	char now[CLOCK_TEXT_SIZE];
	long long changed;

	clock_text(pieces->clock, now);
	if (rows_run(pieces->store, error, &changed,
		     "UPDATE connections SET expires_at = min(?2, coalesce(expires_at, ?2)) WHERE "
		     "id = ?1",
		     "tt", id, now) != 0)
		return -1;
	if (changed == 0)
		return connection_missing(id, error);
	return 0;
}

/* ---- reading ---- */

static struct connection *read_row(const struct pieces *pieces, struct arena *arena,
				   sqlite3_stmt *row)
{
	struct connection *connection = arena_alloc(arena, sizeof(*connection));
	char now[CLOCK_TEXT_SIZE];

	clock_text(pieces->clock, now);
	connection->id = rows_text(row, 0, arena);
	connection->key = rows_text(row, 1, arena);
	connection->owner_type = rows_text(row, 2, arena);
	connection->owner_id = rows_text(row, 3, arena);
	connection->created_by = rows_text(row, 4, arena);
	connection->type = rows_text(row, 5, arena);
	connection->value = rows_text(row, 6, arena);
	connection->created_at = rows_text(row, 7, arena);
	connection->expires_at = rows_text(row, 8, arena);
	connection->expired =
		connection->expires_at != NULL && strcmp(connection->expires_at, now) <= 0;
	return connection;
}

/* The first row of a query, which is ended. */
static int take_one(struct pieces *pieces, struct arena *arena, sqlite3_stmt *statement,
		    struct connection **connection, struct error *error)
{
	int result;
	bool row;

	*connection = NULL;
	if (statement == NULL)
		return -1;
	result = sql_step(pieces->store, statement, &row, error);
	if (result == 0 && row)
		*connection = read_row(pieces, arena, statement);
	sql_release(pieces->store, statement);
	return result;
}

int connection_of(struct pieces *pieces, struct arena *arena, const char *owner_type,
		  const char *owner_id, const char *key, struct connection **connection,
		  struct error *error)
{
	return take_one(pieces, arena,
			rows_open(pieces->store, error,
				  "SELECT " COLUMNS " FROM connections WHERE owner_type = ? AND "
				  "owner_id = ? AND connection_key = ?",
				  "ttt", owner_type, owner_id,
				  key != NULL ? key : pieces->app_slug),
			connection, error);
}

int connection_by_id(struct pieces *pieces, struct arena *arena, const char *id,
		     struct connection **connection, struct error *error)
{
	return take_one(pieces, arena,
			rows_open(pieces->store, error,
				  "SELECT " COLUMNS " FROM connections WHERE id = ?", "t", id),
			connection, error);
}

int connection_named(struct pieces *pieces, struct arena *arena, const char *name,
		     struct connection **connection, struct error *error)
{
	return take_one(pieces, arena,
			rows_open(pieces->store, error,
				  "SELECT " COLUMNS " FROM connections c WHERE id = ?1 OR (?1 IN "
				  "(connection_key, owner_type) AND 1 = (SELECT count(*) FROM "
				  "connections WHERE ?1 IN (connection_key, owner_type)))",
				  "t", name),
			connection, error);
}

int connection_list(struct pieces *pieces, struct arena *arena, struct connection ***items,
		    size_t *count, struct error *error)
{
	sqlite3_stmt *statement = rows_open(pieces->store, error,
					    "SELECT " COLUMNS " FROM connections ORDER BY row", "");
	int result;
	bool row;

	*items = NULL;
	*count = 0;
	if (statement == NULL)
		return -1;
	while ((result = sql_step(pieces->store, statement, &row, error)) == 0 && row)
		*(struct connection **)arena_push(arena, items, count, sizeof(**items)) =
			read_row(pieces, arena, statement);
	sql_release(pieces->store, statement);
	return result;
}

/* ---- telling ---- */

static void add_actor(cJSON *object, const char *name, const char *type, const char *id)
{
	cJSON *actor = cJSON_AddObjectToObject(object, name);

	cJSON_AddStringToObject(actor, "type", type);
	cJSON_AddStringToObject(actor, "id", id);
}

cJSON *connection_for_app(const struct connection *connection)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "id", connection->id);
	cJSON_AddStringToObject(object, "value", connection->value);
	cJSON_AddStringToObject(object, "connection_key", connection->key);
	add_actor(object, "createdBy", CONNECTION_USER, connection->created_by);
	add_actor(object, "ownedBy", connection->owner_type, connection->owner_id);
	cJSON_AddBoolToObject(object, "expired", connection->expired);
	return object;
}

cJSON *connection_for_people(const struct connection *connection)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "id", connection->id);
	cJSON_AddStringToObject(object, "connection_key", connection->key);
	add_actor(object, "owned_by", connection->owner_type, connection->owner_id);
	add_actor(object, "created_by", CONNECTION_USER, connection->created_by);
	cJSON_AddStringToObject(object, "type", connection->type);
	cJSON_AddStringToObject(object, "created_at", connection->created_at);
	if (connection->expires_at != NULL)
		cJSON_AddStringToObject(object, "expires_at", connection->expires_at);
	else
		cJSON_AddNullToObject(object, "expires_at");
	cJSON_AddBoolToObject(object, "expired", connection->expired);
	return object;
}
