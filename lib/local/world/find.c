/* What people mean when they name a record or a member: "ada", "Ada Lovelace", an address, an id.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/fold.h"
#include "local/world/items.h"
#include "local/world/schema.h"
#include "local/world/title.h"
#include "local/world/value.h"
#include "local/world/world.h"

#define NAMED_MOST 5

/* How well a name fits: the whole, a word of it, any part. */
enum fit { FIT_WHOLE, FIT_WORD, FIT_PART, FIT_NONE };

/* The best so far, and how many are as good. */
struct best {
	enum fit fit;
	size_t count;
	char id[WORLD_ID_SIZE];
	struct buf names;
};

static enum fit fit_of(const char *name, const char *ref)
{
	size_t len = strlen(ref);
	const char *at = name;

	if (str_is(name, ref))
		return FIT_WHOLE;
	if (strstr(name, ref) == NULL)
		return FIT_NONE;
	for (; (at = strstr(at, ref)) != NULL; at++)
		if ((at == name || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return FIT_WORD;
	return FIT_PART;
}

static void consider(struct best *best, const char *id, const char *shown, const char *name,
		     const char *ref)
{
	enum fit fit = fit_of(name, ref);

	if (fit == FIT_NONE || fit > best->fit)
		return;
	if (fit < best->fit) {
		best->fit = fit;
		best->count = 0;
		buf_clear(&best->names);
	}
	if (best->count++ == 0)
		snprintf(best->id, sizeof(best->id), "%s", id);
	if (best->count <= NAMED_MOST)
		buf_printf(&best->names, "%s%s (%s)", best->names.len > 0 ? ", " : "", shown, id);
	else if (best->count == NAMED_MOST + 1)
		buf_puts(&best->names, ", ...");
}

/* Rows of id, name, folded name. */
static int walk(struct world *world, sqlite3_stmt *statement, const char *ref, struct best *best,
		struct error *error)
{
	struct buf folded = {0};
	int result = -1;
	bool row;

	fold_text(&folded, ref, strlen(ref));
	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, error)) == 0 && row) {
		const char *name = (const char *)sqlite3_column_text(statement, 1);
		const char *plain = (const char *)sqlite3_column_text(statement, 2);

		if (name != NULL && plain != NULL)
			consider(best, (const char *)sqlite3_column_text(statement, 0), name, plain,
				 buf_cstr(&folded));
	}
	buf_dispose(&folded);
	return result;
}

static int conclude(struct best *best, const char *what, const char *ref, char id[WORLD_ID_SIZE],
		    struct refusal *refusal)
{
	int result = 0;

	if (best->count == 0)
		result = refusal_missing(refusal, "There is no %s \"%s\".", what, ref);
	else if (best->count > 1)
		result =
			refusal_set(refusal, 409, REFUSAL_REQUEST, "multiple_match_results",
				    "\"%s\" may be any of these: %s.", ref, buf_cstr(&best->names));
	else
		memcpy(id, best->id, WORLD_ID_SIZE);
	buf_dispose(&best->names);
	return result;
}

/* By id or by a unique attribute. */
static int find_exactly(struct world *world, const struct schema *schema,
			const struct owner *object, const char *ref, char id[WORLD_ID_SIZE],
			bool *found, struct refusal *refusal)
{
	static const struct attribute any = {.type = VALUE_RECORD};
	struct value value = {.look = LOOK_RECORD, .look_object = object, .look_text = ref};
	struct arena *arena = arena_new();
	int result = value_resolve(world, schema, arena, &any, &value, refusal);

	*found = result == 0;
	if (*found)
		snprintf(id, WORLD_ID_SIZE, "%s", value.ref);
	else if (refusal->status == 400)
		result = 0;
	arena_free(arena);
	return result;
}

static int find_by_name(struct world *world, const struct owner *object, const char *ref,
			char id[WORLD_ID_SIZE], struct refusal *refusal)
{
	const struct attribute *title = title_attribute(object);
	struct best best = {.fit = FIT_NONE};
	struct error error = {0};
	sqlite3_stmt *statement;
	char sql[320];
	int result;

	if (title == NULL)
		return conclude(&best, "record", ref, id, refusal);
	snprintf(sql, sizeof(sql),
		 "SELECT i.id, %s, fold(%s) FROM vals v JOIN items i ON i.row = v.item WHERE "
		 "i.owner_id = ? AND v.attribute = ? AND v.active_until IS NULL ORDER BY "
		 "i.created_at, i.row",
		 title_sql(title), title_sql(title));
	statement = sql_keep(world->store, sql, &error);
	if (statement != NULL) {
		sql_bind_text(statement, 1, object->id);
		sqlite3_bind_int64(statement, 2, title->row);
	}
	result = walk(world, statement, ref, &best, &error);
	sql_release(world->store, statement);
	if (result == 0)
		return conclude(&best, "record", ref, id, refusal);
	buf_dispose(&best.names);
	return refusal_system(refusal, &error);
}

int world_find(struct world *world, const char *object, const char *ref, char id[WORLD_ID_SIZE],
	       struct refusal *refusal)
{
	struct error error = {0};
	const struct schema *schema = world_schema(world, &error);
	const struct owner *owner;
	bool found;

	if (schema == NULL)
		return refusal_system(refusal, &error);
	owner = schema_object(schema, object);
	if (owner == NULL)
		return refusal_missing(refusal, "Object with slug/ID \"%s\" not found.", object);
	if (find_exactly(world, schema, owner, ref, id, &found, refusal) != 0)
		return -1;
	return found ? 0 : find_by_name(world, owner, ref, id, refusal);
}

int world_find_member(struct world *world, const char *ref, char id[WORLD_ID_SIZE],
		      struct refusal *refusal)
{
	static const char sql[] =
		"SELECT id, first_name || ' ' || last_name, id FROM members UNION ALL SELECT id, "
		"email, fold(email) FROM members UNION ALL SELECT id, first_name || ' ' || "
		"last_name, fold(first_name || ' ' || last_name) FROM members";
	struct best best = {.fit = FIT_NONE};
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	int result = walk(world, statement, ref, &best, &error);

	sql_release(world->store, statement);
	if (result == 0)
		return conclude(&best, "workspace member", ref, id, refusal);
	buf_dispose(&best.names);
	return refusal_system(refusal, &error);
}
