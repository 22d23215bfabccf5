#include "local/rest/deliver.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hmac.h"
#include "base/mem.h"
#include "local/rest/call.h"
#include "local/rest/rest.h"
#include "json/json.h"

#define BATCH 200
#define KEPT 1000

/* The steps of call.h, without a request. */
static struct rest_call plain_call(struct rest *rest, struct arena *arena, struct refusal *refusal)
{
	struct rest_call call = {
		.rest = rest, .world = rest->world, .arena = arena, .refusal = refusal};

	clock_text(rest->clock, call.now);
	return call;
}

/* Ends it: the refusal, which is one of the store, becomes an error. */
static int end(int result, struct refusal *refusal, struct error *error)
{
	if (result != 0)
		error_set(error, ERROR_SYSTEM, "%s", refusal->message);
	refusal_dispose(refusal);
	return result;
}

/* A query that gives one JSON text, parsed; NULL with the refusal. */
static cJSON *query_json(struct rest_call *call, const char *sql, const struct bind *binds)
{
	const char *text;
	struct error error = {0};
	cJSON *value;

	if (rest_text(call, sql, binds, &text) != 0)
		return NULL;
	value = json_parse(text != NULL ? text : "[]", text != NULL ? strlen(text) : 2, "the store",
			   NULL, &error);
	if (value == NULL)
		refusal_system(call->refusal, &error);
	return value;
}

static const char *text_of(const cJSON *object, const char *name)
{
	const char *text = json_string_or_null(object, name);

	return text != NULL ? text : "";
}

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- who asked for it ---- */

/* Whether what stands at "a.b.c" of the event is the text `value`. */
static bool equals(const cJSON *event, const char *field, const char *value)
{
	const cJSON *at = event;
	struct buf printed = {0};
	bool same;

	while (at != NULL && *field != '\0') {
		size_t len = strcspn(field, ".");
		char *name = mem_strndup(field, len);

		at = member(at, name);
		mem_free(name);
		field += len + (field[len] == '.' ? 1 : 0);
	}
	if (at == NULL)
		return false;
	if (cJSON_IsString(at))
		return strcmp(at->valuestring, value) == 0;
	json_print(&printed, at, false);
	same = strcmp(buf_cstr(&printed), value) == 0;
	buf_dispose(&printed);
	return same;
}

static bool holds(const cJSON *condition, const cJSON *event)
{
	bool same = equals(event, text_of(condition, "field"), text_of(condition, "value"));

	return strcmp(text_of(condition, "operator"), "not_equals") == 0 ? !same : same;
}

static bool filter_lets(const cJSON *filter, const cJSON *event)
{
	const cJSON *any = member(filter, "$or");
	const cJSON *all = member(filter, "$and");
	const cJSON *one;

	if (!cJSON_IsObject(filter))
		return true;
	cJSON_ArrayForEach(one, any) if (holds(one, event)) return true;
	cJSON_ArrayForEach(one, all) if (!holds(one, event)) return false;
	return any == NULL;
}

static bool wants(const cJSON *webhook, const cJSON *event)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, member(webhook, "subscriptions"))
	{
		if (strcmp(text_of(one, "event_type"), text_of(event, "event_type")) == 0 &&
		    filter_lets(member(one, "filter"), event))
			return true;
	}
	return false;
}

/* ---- from what happened to deliveries ---- */

/* {"event_type", what the event has, "actor"} */
static cJSON *event_of(const cJSON *change)
{
	cJSON *event = cJSON_CreateObject();
	const cJSON *one;

	cJSON_AddStringToObject(event, "event_type", text_of(change, "event_type"));
	cJSON_ArrayForEach(one, member(change, "payload"))
		cJSON_AddItemToObject(event, one->string, cJSON_Duplicate(one, true));
	cJSON_AddItemToObject(event, "actor", cJSON_Duplicate(member(change, "actor"), true));
	return event;
}

static int add(struct rest_call *call, const cJSON *webhook, const cJSON *event)
{
	const char *id = rest_uuid(call);
	struct buf body = {0};
	int result;

	if (id == NULL)
		return -1;
	buf_printf(&body, "{\"webhook_id\":\"%s\",\"events\":[", text_of(webhook, "id"));
	json_print(&body, event, false);
	buf_puts(&body, "]}");
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":webhook", text_of(webhook, "id")),
				     BIND_TEXT(":body", buf_cstr(&body)),
				     BIND_NUMBER(":due", clock_ms(call->rest->clock)),
				     BIND_TEXT(":now", call->now),
				     {0}};

	result = rest_run(
		call,
		"INSERT INTO rest_deliveries (id, webhook, body, due_ms, created_at) "
		"SELECT :id, row, :body, :due, :now FROM rest_webhooks WHERE id = :webhook",
		binds);
	buf_dispose(&body);
	return result;
}

static int plan(struct rest_call *call, const cJSON *changes, const cJSON *webhooks)
{
	const cJSON *change, *webhook;
	int result = 0;

	cJSON_ArrayForEach(change, changes)
	{
		cJSON *event = event_of(change);

		cJSON_ArrayForEach(webhook, webhooks)
		{
			if (result == 0 && wants(webhook, event))
				result = add(call, webhook, event);
		}
		cJSON_Delete(event);
		const struct bind binds[] = {
			BIND_NUMBER(":row", (long long)cJSON_GetNumberValue(member(change, "row"))),
			{0}};

		if (result == 0)
			result = rest_run(call, "DELETE FROM changes WHERE row = :row", binds);
	}
	return result;
}

/* At most a batch; *more tells whether there was anything. */
static int collect(struct rest_call *call, bool *more)
{
	const struct bind binds[] = {BIND_NUMBER(":batch", BATCH), {0}};
	cJSON *changes, *webhooks = NULL;
	int result = -1;

	*more = false;
	changes =
		query_json(call,
			   "SELECT json_group_array(json_object('row', row, 'event_type', "
			   "event_type, 'payload', json(payload), 'actor', " SQL_ACTOR(
				   "actor_type",
				   "actor_id") ")) FROM (SELECT * FROM changes ORDER BY row LIMIT "
					       ":batch)",
			   binds);
	if (changes == NULL)
		return -1;
	*more = cJSON_GetArraySize(changes) > 0;
	if (*more)
		webhooks = query_json(call,
				      "SELECT json_group_array(json_object('id', id, "
				      "'subscriptions', json(subscriptions))) FROM rest_webhooks "
				      "WHERE status != 'inactive'",
				      NULL);
	else
		result = 0;
	if (webhooks != NULL && world_begin(call->world, call->refusal) == 0)
		result = world_end(call->world, plan(call, changes, webhooks), call->refusal);
	cJSON_Delete(changes);
	cJSON_Delete(webhooks);
	return result;
}

static int collect_all(struct rest_call *call)
{
	bool more = true;

	while (more)
		if (collect(call, &more) != 0)
			return -1;
	return 0;
}

/* ---- what is due ---- */

static int read_due(struct rest_call *call, cJSON *rows, struct delivery **items, size_t *count)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, rows)
	{
		const struct bind binds[] = {BIND_TEXT(":id", text_of(row, "id")),
					     BIND_NUMBER(":now", clock_ms(call->rest->clock)),
					     {0}};
		struct delivery *item = arena_push(call->arena, items, count, sizeof(*item));

		item->id = arena_strdup(call->arena, text_of(row, "id"));
		item->webhook_id = arena_strdup(call->arena, text_of(row, "webhook_id"));
		item->url = arena_strdup(call->arena, text_of(row, "url"));
		item->body = arena_strdup(call->arena, text_of(row, "body"));
		item->body_len = strlen(item->body);
		item->attempt = (int)cJSON_GetNumberValue(member(row, "attempts")) + 1;
		hmac_sha256_text(text_of(row, "secret"), item->body, item->body_len,
				 item->signature);
		if (rest_run(call,
			     "UPDATE rest_deliveries SET state = 'sending', started_ms = :now "
			     "WHERE id = :id",
			     binds) != 0)
			return -1;
	}
	return 0;
}

/* Of each target no more in a second than it takes. */
#define DUE                                                                                        \
	"WITH started AS (SELECT w.target_url AS url, count(*) AS used FROM rest_deliveries d "    \
	"JOIN rest_webhooks w ON w.row = d.webhook WHERE d.started_ms > :now - 1000 AND "          \
	"d.started_ms <= :now GROUP BY w.target_url), waiting AS (SELECT d.*, w.id AS "            \
	"webhook_id, "                                                                             \
	"w.target_url AS url, w.secret, row_number() OVER (PARTITION BY w.target_url ORDER BY "    \
	"d.due_ms, d.row) AS place FROM rest_deliveries d JOIN rest_webhooks w ON w.row = "        \
	"d.webhook WHERE d.state = 'waiting' AND d.due_ms <= :now) SELECT "                        \
	"json_group_array(json_object('id', id, 'webhook_id', webhook_id, 'url', url, 'body', "    \
	"body, 'secret', secret, 'attempts', attempts)) FROM (SELECT * FROM waiting WHERE place "  \
	"<= :most - coalesce((SELECT used FROM started s WHERE s.url = waiting.url), 0) ORDER BY " \
	"due_ms, row)"

static int find_wait(struct rest_call *call, long long now, long long *wait_ms)
{
	long long due;

	*wait_ms = -1;
	if (rest_number(call,
			"SELECT coalesce(min(due_ms), -1) FROM rest_deliveries WHERE state = "
			"'waiting'",
			NULL, &due) != 0)
		return -1;
	if (due >= 0)
		*wait_ms = due > now ? due - now : 1000;
	return 0;
}

static int take_due(struct rest_call *call, struct delivery **items, size_t *count,
		    long long *wait_ms)
{
	struct bind binds[] = {
		BIND_NUMBER(":now", 0), BIND_NUMBER(":most", DELIVER_PER_SECOND), {0}};
	cJSON *rows;
	int result;

	if (collect_all(call) != 0)
		return -1;
	/* What was collected is due: so not earlier. */
	binds[0].number = clock_ms(call->rest->clock);
	rows = query_json(call, DUE, binds);
	if (rows == NULL)
		return -1;
	result = read_due(call, rows, items, count);
	cJSON_Delete(rows);
	return result == 0 ? find_wait(call, binds[0].number, wait_ms) : -1;
}

int deliver_due(struct rest *rest, struct arena *arena, struct delivery **items, size_t *count,
		long long *wait_ms, struct error *error)
{
	struct refusal refusal = {0};
	struct rest_call call = plain_call(rest, arena, &refusal);

	*items = NULL;
	*count = 0;
	return end(take_due(&call, items, count, wait_ms), &refusal, error);
}

int deliver_recover(struct rest *rest, struct error *error)
{
	struct arena *arena = arena_new_small(256);
	struct refusal refusal = {0};
	struct rest_call call = plain_call(rest, arena, &refusal);
	int result = rest_run(&call,
			      "UPDATE rest_deliveries SET state = 'waiting' WHERE state = "
			      "'sending'",
			      NULL);

	arena_free(arena);
	return end(result, &refusal, error);
}

/* ---- what came of it ---- */

/* How long after the attempt of this number (from 1) ended the next one starts: ten doubling
 * distances, 1023 times the first, are three days. */
static long long distance_ms(int attempt)
{
	return (3LL * 24 * 3600 * 1000 / 1023) << (attempt - 1);
}

/* Ended ones are kept to be looked at, the newest of them. */
static int forget_old(struct rest_call *call)
{
	const struct bind binds[] = {BIND_NUMBER(":kept", KEPT), {0}};

	return rest_run(call,
			"DELETE FROM rest_deliveries WHERE state IN ('done', 'failed') AND row <= "
			"(SELECT max(row) FROM rest_deliveries) - :kept",
			binds);
}

static int keep_result(struct rest_call *call, const char *id, int status)
{
	bool success = status >= 200 && status < 300;
	struct bind binds[] = {
		BIND_TEXT(":id", id),         BIND_NUMBER(":status", status),
		BIND_TEXT(":now", call->now), BIND_TEXT(":state", success ? "done" : "failed"),
		BIND_NUMBER(":due", 0),       {0}};
	long long attempts;

	if (rest_number(call, "SELECT attempts + 1 FROM rest_deliveries WHERE id = :id", binds,
			&attempts) != 0)
		return -1;
	if (!success && attempts > 0 && attempts <= DELIVER_RETRIES) {
		binds[4].number = clock_ms(call->rest->clock) + distance_ms((int)attempts);
		return rest_run(call,
				"UPDATE rest_deliveries SET state = 'waiting', attempts = attempts "
				"+ 1, last_status = :status, due_ms = :due WHERE id = :id",
				binds);
	}
	if (rest_run(call,
		     "UPDATE rest_deliveries SET state = :state, attempts = attempts + 1, "
		     "last_status = :status, ended_at = :now WHERE id = :id",
		     binds) != 0)
		return -1;
	if (rest_run(call,
		     "UPDATE rest_webhooks SET status = CASE WHEN :state = 'done' THEN 'active' "
		     "WHEN status = 'active' THEN 'degraded' ELSE 'inactive' END WHERE row = "
		     "(SELECT webhook FROM rest_deliveries WHERE id = :id)",
		     binds) != 0)
		return -1;
	return forget_old(call);
}

int deliver_result(struct rest *rest, const char *id, int status, struct error *error)
{
	struct arena *arena = arena_new_small(256);
	struct refusal refusal = {0};
	struct rest_call call = plain_call(rest, arena, &refusal);
	int result = world_begin(call.world, &refusal);

	if (result == 0)
		result = world_end(call.world, keep_result(&call, id, status), &refusal);
	arena_free(arena);
	return end(result, &refusal, error);
}
