/* Connections: listed, added, removed, expired; the page that stands in for OAuth; events. Values
 * come in and never go out. */
#include "local/control/control.h"
#include "local/control/told.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/run/calls.h"
#include "local/run/connect.h"
#include "local/run/connections.h"
#include "local/run/events.h"
#include "local/run/flows.h"
#include "local/run/members.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "json/json.h"

static void put_connection(struct buf *out, const struct connection *connection)
{
	cJSON *object = connection_for_people(connection);

	json_print(out, object, false);
	cJSON_Delete(object);
}

static void list(struct platform *platform, struct control_call *call)
{
	struct connection **items;
	struct buf out = {0};
	struct error error;
	size_t count;

	if (connection_list(platform->pieces, call->arena, &items, &count, &error) != 0) {
		told_failure(call, &error);
		return;
	}
	buf_puts(&out, "{\"items\":[");
	for (size_t i = 0; i < count; i++) {
		buf_puts(&out, i > 0 ? "," : "");
		put_connection(&out, items[i]);
	}
	buf_puts(&out, "]}");
	control_answer_buf(call, &out);
}

/* Whose it is, by `owner` and `as` of the body. */
static int owner_of(struct platform *platform, const struct control_call *call,
		    struct connection *facts, struct error *error)
{
	struct member *member = arena_alloc(call->arena, sizeof(*member));
	const char *owner = json_string_or_null(call->body, "owner");

	if (!str_equal(owner, CONNECTION_WORKSPACE) && !str_equal(owner, CONNECTION_USER))
		return error_set(error, ERROR_USAGE, "the owner is `workspace` or `user`");
	if (member_find(platform->store, json_string_or_null(call->body, "as"), member, error) != 0)
		return -1;
	facts->owner_type = owner;
	facts->owner_id =
		str_is(owner, CONNECTION_USER) ? member->id : platform->pieces->workspace_id;
	facts->created_by = member->id;
	return 0;
}

/* {"connection", "flow", "error"?, "warnings"} */
static void answer_event(struct control_call *call, const struct event_result *result)
{
	struct buf out = {0};

	buf_puts(&out, "{\"connection\":");
	put_connection(&out, result->connection);
	buf_printf(&out, ",\"flow\":\"%lld\"", result->flow);
	if (result->thrown != NULL) {
		buf_puts(&out, ",\"error\":");
		control_put_thrown(call, &out, result->thrown);
	}
	flow_put_warnings(call->platform->flows, result->flow, &out);
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void changed(struct control_call *call, const struct event_result *result, const char *why,
		    const char *fix)
{
	if (result->done)
		answer_event(call, result);
	else if (result->thrown != NULL && str_equal(result->thrown->code, RUN_NO_APP))
		control_fail_run(call, result->thrown, result->flow);
	else if (result->thrown != NULL)
		control_fail_run_because(call, result->thrown, result->flow, why, fix);
	else
		control_fail(call, &call->platform->failure);
}

static void added(void *context, const struct event_result *result)
{
	changed(context, result,
		"connection-added threw this, so the connection is not kept; what it made before, "
		"as a "
		"webhook handler, stays (`attio webhook list`)",
		"see `attio flow show last`; `--force` keeps the connection all the same");
}

static void removed(void *context, const struct event_result *result)
{
	changed(context, result, "connection-removed threw this, so the connection stays",
		"see `attio flow show last`; `--force` removes it all the same");
}

static void add(struct platform *platform, struct control_call *call)
{
	const cJSON *lasts = cJSON_GetObjectItemCaseSensitive(call->body, "expires_in");
	bool force = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(call->body, "force"));
	const char *type = json_string_or_null(call->body, "type");
	struct connection facts = {.key = json_string_or_null(call->body, "connection_key"),
				   .type = type != NULL ? type : "secret",
				   .value = json_string_or_null(call->body, "value")};
	struct error error;

	/* Hidden at once: also a refused value is a secret. */
	if (facts.value != NULL)
		events_hide(platform, facts.value, json_string_or_null(call->body, "owner"));
	if (owner_of(platform, call, &facts, &error) != 0 ||
	    event_add(platform, &facts, cJSON_IsNumber(lasts) ? lasts->valuedouble : 0, force,
		      added, call, &error) != 0)
		told_failure(call, &error);
}

static void remove_one(struct platform *platform, struct control_call *call)
{
	const char *force = control_query(call, "force");
	struct error error;

	if (event_remove(platform, control_path(call, "id"), force != NULL && !str_is(force, "0"),
			 removed, call, &error) != 0)
		told_failure(call, &error);
}

static void expire(struct platform *platform, struct control_call *call)
{
	const char *name = control_path(call, "id");
	struct connection *connection;
	struct buf out = {0};
	struct error error;

	if (connection_named(platform->pieces, call->arena, name, &connection, &error) != 0 ||
	    connection_expire(platform->pieces, connection != NULL ? connection->id : name,
			      &error) != 0 ||
	    connection_by_id(platform->pieces, call->arena, connection->id, &connection, &error) !=
		    0) {
		told_failure(call, &error);
		return;
	}
	buf_puts(&out, "{\"connection\":");
	put_connection(&out, connection);
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void begin(struct platform *platform, struct control_call *call)
{
	struct connection facts = {0};
	struct buf url = {0};
	struct buf out = {0};
	struct error error;

	if (owner_of(platform, call, &facts, &error) != 0 ||
	    connect_begin(platform, facts.owner_type, facts.owner_id, facts.created_by, &url,
			  &error) != 0) {
		told_failure(call, &error);
		return;
	}
	buf_puts(&out, "{\"url\":");
	buf_put_json_string(&out, url.ptr, url.len);
	buf_putc(&out, '}');
	buf_dispose(&url);
	control_answer_buf(call, &out);
}

static void sent(void *context, const struct event_result *result)
{
	struct control_call *call = context;
	struct buf out = {0};

	buf_printf(&out, "{\"ok\":%s,\"ran\":%s,\"flow\":\"%lld\",\"error\":",
		   result->thrown == NULL ? "true" : "false", result->missing ? "false" : "true",
		   result->flow);
	control_put_thrown(call, &out, result->thrown);
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void send(struct platform *platform, struct control_call *call)
{
	struct error error;

	if (event_send(platform, json_string_or_null(call->body, "event"),
		       json_string_or_null(call->body, "connection"), sent, call, &error) != 0)
		told_failure(call, &error);
}

static const struct control_field add_body[] = {
	{"owner", "string", true, "`workspace` or `user`"},
	{"value", "string", true, "the secret, or the access token"},
	{"type", "string", false, "`secret` (default) or `oauth`"},
	{"as", "string", false, "who adds it, and whose it is: a workspace member"},
	{"expires_in", "number", false, "seconds"},
	{"connection_key", "string", false, "kind of connection; the app's slug"},
	{"force", "boolean", false, "keep it also when connection-added throws"},
	{0}};
static const struct control_field remove_query[] = {
	{"force", "boolean", false, "remove it also when connection-removed throws"}, {0}};
static const struct control_field begin_body[] = {
	{"owner", "string", true, "`workspace` or `user`"},
	{"as", "string", false, "who connects: a workspace member"},
	{0}};
static const struct control_field send_body[] = {
	{"event", "string", true, "`connection-added` or `connection-removed`"},
	{"connection", "string", true, "id of a connection"},
	{0}};

extern const struct control_route connection_routes[];

const struct control_route connection_routes[] = {
	{"GET", "/connections", list, "connections of the app, without their values", NULL, NULL},
	{"POST", "/connections", add, "add a connection, unless connection-added throws", add_body,
	 NULL},
	{"DELETE", "/connections/{id}", remove_one,
	 "remove a connection, unless connection-removed throws", NULL, remove_query},
	{"POST", "/connections/{id}/expire", expire, "let a connection expire", NULL, NULL},
	{"POST", "/connect", begin, "a page that stands in for OAuth consent", begin_body, NULL},
	{"POST", "/events/send", send, "run an event handler for a connection", send_body, NULL},
	{0},
};
