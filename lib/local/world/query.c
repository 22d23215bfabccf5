/* One statement a query; its text is made of the filter, so it is not kept. */
#include "local/world/query.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/filter.h"
#include "local/world/schema.h"

#define LIMIT_MOST 500

static int read_count(const cJSON *body, const char *name, double least, double most,
		      long long *number, struct refusal *refusal)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(body, name);
	char path[32];

	if (item == NULL)
		return 0;
	snprintf(path, sizeof(path), "\"%s\"", name);
	if (cJSON_IsNumber(item) && item->valuedouble == floor(item->valuedouble) &&
	    item->valuedouble >= least && item->valuedouble <= most) {
		*number = (long long)item->valuedouble;
		return 0;
	}
	refusal_bad(refusal, "validation_type", "Body payload validation error.");
	if (!cJSON_IsNumber(item))
		return refusal_issue(refusal, "invalid_type", path, "number",
				     cJSON_IsString(item) ? "string" : "object",
				     "Expected number, received %s",
				     cJSON_IsString(item) ? "string" : "object");
	if (item->valuedouble < least)
		return refusal_issue(refusal, "too_small", path, NULL, NULL,
				     "Number must be greater than or equal to %.0f", least);
	if (item->valuedouble > most)
		return refusal_issue(refusal, "too_big", path, NULL, NULL,
				     "Number must be less than or equal to %.0f", most);
	return refusal_issue(refusal, "invalid_type", path, "integer", "float",
			     "Expected integer, received float");
}

static int compile(struct compiled *compiled, const struct owner *owner, const cJSON *body,
		   struct refusal *refusal)
{
	long long limit = LIMIT_MOST;
	long long offset = 0;

	if (read_count(body, "limit", 1, LIMIT_MOST, &limit, refusal) != 0 ||
	    read_count(body, "offset", 0, 9e15, &offset, refusal) != 0)
		return -1;
	if (cJSON_GetObjectItemCaseSensitive(body, "filter_view_id") != NULL)
		return refusal_set(refusal, 501, REFUSAL_API, "not_implemented",
				   "\"filter_view_id\" is not there on the local platform.");
	buf_puts(&compiled->sql, "SELECT i.row, i.id, coalesce(i.parent_id, ''), i.created_at FROM "
				 "items i WHERE i.owner_id = ?");
	arena_push(compiled->arena, &compiled->binds, &compiled->count, sizeof(*compiled->binds));
	compiled->binds[0] = (struct bind){.kind = BIND_TEXT, .text = owner->id};
	buf_puts(&compiled->sql, " AND ");
	if (filter_compile(compiled, owner, cJSON_GetObjectItemCaseSensitive(body, "filter"),
			   refusal) != 0)
		return -1;
	buf_puts(&compiled->sql, " ORDER BY ");
	if (sorts_compile(compiled, owner, cJSON_GetObjectItemCaseSensitive(body, "sorts"),
			  refusal) != 0)
		return -1;
	buf_printf(&compiled->sql, " LIMIT %lld OFFSET %lld", limit, offset);
	return 0;
}

static void bind_all(sqlite3_stmt *statement, const struct compiled *compiled)
{
	for (size_t i = 0; i < compiled->count; i++) {
		const struct bind *bind = &compiled->binds[i];
		int at = (int)i + 1;

		if (bind->kind == BIND_TEXT)
			sql_bind_text(statement, at, bind->text);
		else if (bind->kind == BIND_NUMBER)
			sqlite3_bind_double(statement, at, bind->number);
		else
			sqlite3_bind_int64(statement, at, bind->integer);
	}
}

static int run(struct world *world, const struct owner *owner, struct compiled *compiled,
	       struct item **items, size_t *count, struct refusal *refusal)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_prepare(world->store, buf_cstr(&compiled->sql), &error);
	int result = -1;
	bool row;

	if (statement != NULL)
		bind_all(statement, compiled);
	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, &error)) == 0 && row) {
		struct item *item = arena_push(compiled->arena, items, count, sizeof(*item));

		item->owner = owner;
		item->row = sqlite3_column_int64(statement, 0);
		snprintf(item->id, sizeof(item->id), "%s",
			 (const char *)sqlite3_column_text(statement, 1));
		snprintf(item->parent_id, sizeof(item->parent_id), "%s",
			 (const char *)sqlite3_column_text(statement, 2));
		snprintf(item->created_at, sizeof(item->created_at), "%s",
			 (const char *)sqlite3_column_text(statement, 3));
	}
	sqlite3_finalize(statement);
	return result == 0 ? 0 : refusal_system(refusal, &error);
}

int query_items(struct world *world, const struct schema *schema, const struct owner *owner,
		const cJSON *body, struct arena *arena, struct item **items, size_t *count,
		struct refusal *refusal)
{
	struct compiled compiled = {.arena = arena, .schema = schema};
	int result;

	*items = NULL;
	*count = 0;
	result = compile(&compiled, owner, body, refusal);
	if (result == 0)
		result = run(world, owner, &compiled, items, count, refusal);
	compiled_dispose(&compiled);
	return result;
}
