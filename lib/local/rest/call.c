#include "local/rest/call.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "local/rest/rest.h"
#include "local/rest/token.h"
#include "local/route.h"
#include "local/sql.h"
#include "json/json.h"

/* ---- SQL ---- */

static sqlite3_stmt *start(struct rest_call *call, const char *sql, const struct bind *binds)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(call->world->store, sql, &error);

	if (statement == NULL) {
		refusal_system(call->refusal, &error);
		return NULL;
	}
	for (const struct bind *one = binds; one != NULL && one->name != NULL; one++) {
		int at = sqlite3_bind_parameter_index(statement, one->name);

		if (at == 0)
			continue;
		if (one->is_number)
			sqlite3_bind_int64(statement, at, one->number);
		else
			sql_bind_text(statement, at, one->text);
	}
	return statement;
}

/* *row tells whether there is another one. */
static int step(struct rest_call *call, sqlite3_stmt *statement, bool *row)
{
	struct error error = {0};

	if (sql_step(call->world->store, statement, row, &error) != 0)
		return refusal_system(call->refusal, &error);
	return 0;
}

static void end(struct rest_call *call, sqlite3_stmt *statement)
{
	sql_release(call->world->store, statement);
}

int rest_run(struct rest_call *call, const char *sql, const struct bind *binds)
{
	sqlite3_stmt *statement = start(call, sql, binds);
	bool row;
	int result;

	if (statement == NULL)
		return -1;
	result = step(call, statement, &row);
	end(call, statement);
	return result;
}

int rest_text(struct rest_call *call, const char *sql, const struct bind *binds, const char **text)
{
	sqlite3_stmt *statement = start(call, sql, binds);
	bool row;
	int result;

	*text = NULL;
	if (statement == NULL)
		return -1;
	result = step(call, statement, &row);
	if (result == 0 && row) {
		const unsigned char *value = sqlite3_column_text(statement, 0);

		if (value != NULL)
			*text = arena_strdup(call->arena, (const char *)value);
	}
	end(call, statement);
	return result;
}

int rest_number(struct rest_call *call, const char *sql, const struct bind *binds,
		long long *number)
{
	sqlite3_stmt *statement = start(call, sql, binds);
	bool row;
	int result;

	*number = 0;
	if (statement == NULL)
		return -1;
	result = step(call, statement, &row);
	if (result == 0 && row)
		*number = sqlite3_column_int64(statement, 0);
	end(call, statement);
	return result;
}

/* Appends the rows, at most `limit`. *count is how many there were besides. */
static int put_rows(struct rest_call *call, const char *sql, const struct bind *binds,
		    long long limit, long long *count)
{
	sqlite3_stmt *statement = start(call, sql, binds);
	bool row = false;
	int result;

	*count = 0;
	if (statement == NULL)
		return -1;
	while ((result = step(call, statement, &row)) == 0 && row) {
		if (*count < limit) {
			if (*count > 0)
				buf_putc(call->out, ',');
			buf_add(call->out, sqlite3_column_text(statement, 0),
				(size_t)sqlite3_column_bytes(statement, 0));
		}
		(*count)++;
	}
	end(call, statement);
	return result;
}

int rest_list(struct rest_call *call, const char *sql, const struct bind *binds)
{
	long long count;

	buf_puts(call->out, "{\"data\":[");
	if (put_rows(call, sql, binds, INT64_MAX, &count) != 0)
		return -1;
	buf_puts(call->out, "]}");
	return 0;
}

/* Cursors are opaque to clients; ours is the offset of the next page. */
#define CURSOR_PREFIX "p"

static int read_cursor(struct rest_call *call, long long *offset)
{
	const char *text = rest_param(call, "cursor");

	*offset = 0;
	if (text == NULL)
		return 0;
	if (text[0] == CURSOR_PREFIX[0] && text[1] != '\0' && strlen(text) < 18 &&
	    strspn(text + 1, "0123456789") == strlen(text + 1)) {
		for (const char *c = text + 1; *c != '\0'; c++)
			*offset = *offset * 10 + (*c - '0');
		return 0;
	}
	return refusal_bad(call->refusal, "validation_type", "The cursor is invalid.");
}

int rest_pages(struct rest_call *call, const char *sql, const struct bind *binds)
{
	long long limit = rest_number_param(call, "limit");
	long long offset, count;
	struct bind all[16] = {0};
	size_t at = 0;

	if (read_cursor(call, &offset) != 0)
		return -1;
	while (at < 12 && binds[at].name != NULL) {
		all[at] = binds[at];
		at++;
	}
	all[at++] = (struct bind)BIND_NUMBER(":limit", limit + 1);
	all[at] = (struct bind)BIND_NUMBER(":offset", offset);
	buf_puts(call->out, "{\"data\":[");
	if (put_rows(call, sql, all, limit, &count) != 0)
		return -1;
	if (count > limit)
		buf_printf(call->out,
			   "],\"pagination\":{\"next_cursor\":\"" CURSOR_PREFIX "%lld\"}}",
			   offset + limit);
	else
		buf_puts(call->out, "],\"pagination\":{\"next_cursor\":null}}");
	return 0;
}

int rest_one(struct rest_call *call, const char *sql, const struct bind *binds, bool *found)
{
	const char *text;

	*found = false;
	if (rest_text(call, sql, binds, &text) != 0)
		return -1;
	if (text != NULL) {
		*found = true;
		buf_printf(call->out, "{\"data\":%s}", text);
	}
	return 0;
}

int rest_empty(struct rest_call *call)
{
	buf_puts(call->out, "{}");
	return 0;
}

/* ---- the request ---- */

const char *rest_capture(const struct rest_call *call, const char *name)
{
	return route_value(call->match, name);
}

const char *rest_param(const struct rest_call *call, const char *name)
{
	return query_text(&call->query, name);
}

long long rest_number_param(const struct rest_call *call, const char *name)
{
	return query_number(&call->query, call->params, name);
}

const char *rest_string(const struct rest_call *call, const char *name)
{
	return json_string_or_null(call->data, name);
}

bool rest_has(const struct rest_call *call, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(call->data, name) != NULL;
}

const char *rest_json(const struct rest_call *call, const cJSON *value)
{
	struct buf out = {0};
	const char *text;

	if (value == NULL)
		return NULL;
	json_print(&out, value, false);
	text = arena_strndup(call->arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return text;
}

const char *rest_time(const struct rest_call *call, const char *text)
{
	char written[CLOCK_TEXT_SIZE];
	long long ms;

	if (text == NULL || clock_read(text, &ms) != 0)
		return NULL;
	clock_write(ms * 1000000, written);
	return arena_strdup(call->arena, written);
}

const char *rest_uuid(struct rest_call *call)
{
	char uuid[RANDOM_UUID_SIZE];
	struct error error = {0};

	if (random_uuid(uuid, &error) != 0) {
		refusal_system(call->refusal, &error);
		return NULL;
	}
	return arena_strdup(call->arena, uuid);
}

int rest_need_scopes(struct rest_call *call, const char *scopes)
{
	struct buf missing = {0};
	int result = 0;

	token_missing_scopes(call->rest->scopes, scopes, &missing);
	if (missing.len > 0)
		result = refusal_set(call->refusal, 403, REFUSAL_AUTH, "unauthorized",
				     "The API Key provided does not have the scopes that this "
				     "endpoint needs: %s.",
				     buf_cstr(&missing));
	buf_dispose(&missing);
	return result;
}

/* ---- things that requests name ---- */

int rest_object(struct rest_call *call, const char *ref, const char **id)
{
	const struct bind binds[] = {BIND_TEXT(":ref", ref), {0}};

	return rest_text(call,
			 "SELECT id FROM objects WHERE (slug = :ref OR id = :ref) AND enabled",
			 binds, id);
}

int rest_need_object(struct rest_call *call, const char *ref, const char **id)
{
	if (rest_object(call, ref, id) != 0)
		return -1;
	if (*id == NULL)
		return refusal_missing(call->refusal, "Object with slug/ID \"%s\" not found.", ref);
	return 0;
}

int rest_need_list(struct rest_call *call, const char *ref, const char **id)
{
	const struct bind binds[] = {BIND_TEXT(":ref", ref), {0}};

	if (rest_text(call, "SELECT id FROM lists WHERE slug = :ref OR id = :ref", binds, id) != 0)
		return -1;
	if (*id == NULL)
		return refusal_missing(call->refusal, "List with slug/ID \"%s\" not found.", ref);
	return 0;
}

int rest_need_item(struct rest_call *call, const char *owner_id, const char *id, const char *what)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), BIND_TEXT(":owner", owner_id), {0}};
	long long there;

	if (rest_number(call, "SELECT count(*) FROM items WHERE id = :id AND owner_id = :owner",
			binds, &there) != 0)
		return -1;
	if (there == 0)
		return refusal_missing(call->refusal, "%s with ID \"%s\" not found.", what, id);
	return 0;
}

int rest_member(struct rest_call *call, const char *ref, const char **id)
{
	const struct bind binds[] = {BIND_TEXT(":ref", ref), {0}};

	return rest_text(call, "SELECT id FROM members WHERE id = :ref OR email = lower(:ref)",
			 binds, id);
}

/* ---- events ---- */

int rest_event(struct rest_call *call, const char *event_type, const char *payload,
	       const struct bind *binds)
{
	const char *text;

	if (rest_text(call, payload, binds, &text) != 0)
		return -1;
	return world_changed(call->world, &call->actor, event_type, text, call->refusal);
}
