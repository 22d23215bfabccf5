/* Running a crossing of the flow log again, alone and with changes: by the route that a person
 * would use for it, or through the gate. What the log shows as a secret's name is the secret again.
 * Each begins a flow of its own; the answer says which. */
#include "local/control/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/query/query.h"
#include "local/run/acting.h"
#include "local/run/flows.h"
#include "local/run/gate.h"
#include "local/run/hooks.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/run/requests.h"
#include "json/body.h"
#include "json/json.h"
#include "json/pointer.h"

extern const struct control_route replay_routes[];

struct again {
	struct platform *platform;
	struct control_call *call;
	struct flow_node node;
	const char *member; /* who acted; or NULL */
	cJSON *input;       /* owned until a kind takes it; with the changes and secrets in it */
};

static void answer_flow(struct control_call *call, long long flow)
{
	struct buf out = {0};

	buf_printf(&out, "{\"flow\":\"%lld\"}", flow);
	control_answer_buf(call, &out);
}

/* Text of JSON in the arena. */
static struct json_slice print(struct arena *arena, const cJSON *value)
{
	struct buf text = {0};
	struct json_slice slice;

	json_print(&text, value, false);
	slice = json_slice_of(arena_strndup(arena, text.ptr, text.len), text.len);
	buf_dispose(&text);
	return slice;
}

/* ---- the kinds ---- */

/* As a person would: by another route, with `input` as its body. */
static void again_action(struct again *again)
{
	control_pass(again->call, "POST", "/actions/run", NULL, again->input);
}

static void again_surface(struct again *again)
{
	control_pass(again->call, "POST", "/surfaces/show", NULL, again->input);
}

static void again_server(struct again *again)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "module", again->node.name);
	cJSON_AddItemToObject(body, "args", again->input);
	if (again->member != NULL)
		cJSON_AddStringToObject(body, "as", again->member);
	control_pass(again->call, "POST", "/server/call", NULL, body);
}

static void again_event(struct again *again)
{
	const char *id = json_string_or_null(again->input, "id");
	const char *event = str_is(again->node.name, "remove")            ? "connection-removed"
			    : str_starts(again->node.name, "connection-") ? again->node.name
									  : "connection-added";
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "event", event);
	cJSON_AddStringToObject(body, "connection", id != NULL ? id : "");
	cJSON_Delete(again->input);
	control_pass(again->call, "POST", "/events/send", NULL, body);
}

/* Nodes are called "run ID" and so on. */
static void again_block(struct again *again)
{
	static const struct {
		const char *verb, *pattern, *member;
	} verbs[] = {{"run ", "/blocks/{id}/run", "config"},
		     {"execute ", "/blocks/{id}/run", "config"},
		     {"activate ", "/blocks/{id}/activate", "config"},
		     {"trigger ", "/blocks/{id}/trigger", "request"},
		     {"finish ", "/blocks/{id}/finish", "request"},
		     {"deactivate ", "/blocks/{id}/deactivate", "config"}};
	cJSON *body = cJSON_CreateObject();

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (!str_starts(again->node.name, verbs[i].verb))
			continue;
		if (cJSON_IsObject(again->input))
			cJSON_AddItemToObject(body, verbs[i].member, again->input);
		else
			cJSON_Delete(again->input);
		control_pass(again->call, "POST", verbs[i].pattern,
			     again->node.name + strlen(verbs[i].verb), body);
		return;
	}
	cJSON_Delete(body);
	cJSON_Delete(again->input);
	control_refuse(again->call, 400, "usage", "this step of a block cannot be run again", NULL,
		       "replay the flow that it belongs to");
}

static void again_query(struct again *again)
{
	struct platform *platform = again->platform;
	const char *query = json_string_or_null(again->input, "query");
	struct json_slice text = print(again->call->arena, again->input);
	struct error error = {0};
	struct buf out = {0};
	long long flow =
		flow_begin(platform->flows, 0, "query", again->node.name, text.at, text.len);
	int result = 0;

	if (platform->schema == NULL)
		result = error_set(&error, ERROR_NOT_FOUND,
				   "the SDK's `schema.graphql` is not installed");
	else
		result = query_run(platform->world, platform->schema, query != NULL ? query : "",
				   cJSON_GetObjectItemCaseSensitive(again->input, "variables"),
				   json_string_or_null(again->input, "operation"), again->member,
				   &out, &error);
	flow_end(platform->flows, flow, (struct json_slice){out.ptr, out.len},
		 result != 0 ? error.message : NULL);
	buf_dispose(&out);
	cJSON_Delete(again->input);
	answer_flow(again->call, flow);
}

static void fetched(void *context, long long node, const char *failure)
{
	(void)failure; /* the flow shows it */
	answer_flow(context, node);
}

static void again_fetch(struct again *again)
{
	struct json_slice params = print(again->call->arena, again->input);

	cJSON_Delete(again->input);
	gate_again(again->platform, params, fetched, again->call);
}

static void delivered(void *context, const struct hook_answer *answer)
{
	struct control_call *call = context;

	if (answer->flow != 0)
		answer_flow(call, answer->flow);
	else
		control_refuse(call, 404, "not_found",
			       "nothing of the app is at this address any more", answer->message,
			       "`attio webhook list` shows the handlers that there are");
}

static void again_webhook(struct again *again)
{
	struct arena *arena = again->call->arena;
	struct json_slice given = print(arena, again->input);
	struct json_slice headers = json_slice_member(given, "headers");
	const char *base = again->platform->pieces->hooks_url;
	const char *url = json_slice_text(arena, given, "url");
	const char *method = json_slice_text(arena, given, "method");
	struct hook_request request = {.method = method != NULL ? method : "POST"};
	const char *question;

	cJSON_Delete(again->input);
	if (url == NULL || !str_starts(url, base)) {
		control_refuse(again->call, 400, "usage",
			       "the request went to no address of this platform", NULL, NULL);
		return;
	}
	url += strlen(base);
	question = strchr(url, '?');
	request.path = question != NULL ? arena_strndup(arena, url, (size_t)(question - url)) : url;
	request.query = question != NULL ? question + 1 : "";
	request.headers = headers.at != NULL ? arena_strndup(arena, headers.at, headers.len) : "[]";
	request.body = json_read_body(arena, given, &request.body_len);
	hooks_answer(again->platform, &request, delivered, again->call);
}

/* KV, settings and making webhooks: what app code asks of the platform. */
static void again_piece(struct again *again, const struct piece_request *piece)
{
	struct platform *platform = again->platform;
	struct json_slice params = print(again->call->arena, again->input);
	struct error error = {0};
	struct buf out = {0};
	long long flow =
		flow_begin(platform->flows, 0, piece->kind, piece->method, params.at, params.len);
	int failed = piece->answer(platform->pieces, params, &out, &error);

	flow_end(platform->flows, flow, (struct json_slice){out.ptr, out.len},
		 failed != 0 ? error.message : NULL);
	buf_dispose(&out);
	cJSON_Delete(again->input);
	answer_flow(again->call, flow);
}

static const struct {
	const char *kind;
	void (*run)(struct again *again);
} kinds[] = {{"action", again_action},  {"surface", again_surface},  {"server", again_server},
	     {"query", again_query},    {"rest", again_fetch},       {"fetch", again_fetch},
	     {"event", again_event},    {"connection", again_event}, {"block", again_block},
	     {"webhook", again_webhook}};

static void run(struct again *again)
{
	const struct piece_request *piece = piece_request_find(again->node.name);

	if (piece != NULL) {
		again_piece(again, piece);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (!str_is(again->node.kind, kinds[i].kind))
			continue;
		kinds[i].run(again);
		return;
	}
	cJSON_Delete(again->input);
	control_refuse(again->call, 400, "usage",
		       arena_printf(again->call->arena, "a crossing of the kind `%s` is no start",
				    again->node.kind),
		       "it is something that code of the app did on its way",
		       "replay the crossing above it, or the flow");
}

/* ---- what goes in ---- */

static int edit(cJSON **document, const cJSON *edits, struct error *error)
{
	const cJSON *change;

	cJSON_ArrayForEach(change, edits)
	{
		const char *pointer = json_string_or_null(change, "pointer");
		const cJSON *value = cJSON_GetObjectItemCaseSensitive(change, "value");

		if (pointer == NULL || value == NULL)
			return error_set(error, ERROR_USAGE, "a change has a pointer and a value");
		if (json_pointer_set(document, pointer, cJSON_Duplicate(value, true), error) != 0)
			return -1;
	}
	return 0;
}

/* The node's input as it was, but for the names of secrets, the changes, and what tied it to its
 * cause. A body that is a text of JSON can be changed inside: it is opened for that. */
static int read_input(struct again *again, const cJSON *edits, struct error *error)
{
	const char *text = again->node.input != NULL ? again->node.input : "null";
	cJSON *body, *opened = NULL;
	bool sealed;

	again->input = json_parse(text, strlen(text), "the input", NULL, error);
	if (again->input == NULL)
		return -1;
	if (cJSON_HasObjectItem(again->input, "cut"))
		return error_set(error, ERROR_CONFLICT,
				 "its input was too long to be kept, so it cannot be run again");
	body = cJSON_GetObjectItemCaseSensitive(again->input, "body");
	sealed = cJSON_IsString(body);
	if (sealed && cJSON_GetArraySize(edits) > 0)
		opened = cJSON_Parse(body->valuestring);
	if (cJSON_IsObject(opened) || cJSON_IsArray(opened))
		cJSON_ReplaceItemInObjectCaseSensitive(again->input, "body", opened);
	else
		cJSON_Delete(opened);
	if (edit(&again->input, edits, error) != 0)
		return -1;
	body = cJSON_GetObjectItemCaseSensitive(again->input, "body");
	if (sealed && body != NULL && !cJSON_IsString(body))
		cJSON_ReplaceItemInObjectCaseSensitive(
			again->input, "body",
			cJSON_CreateString(print(again->call->arena, body).at));
	cJSON_DeleteItemFromObjectCaseSensitive(again->input, "node");
	cJSON_DeleteItemFromObjectCaseSensitive(again->input, "others");
	flow_reveal(again->platform->flows, again->input);
	return 0;
}

static int read_number(const char *text, long long *number)
{
	char *end;

	*number = strtoll(text, &end, 10);
	return *end == '\0' && end != text && *number > 0 ? 0 : -1;
}

static void replay(struct platform *platform, struct control_call *call)
{
	const char *flow_text = control_path(call, "id");
	const char *node_text = control_path(call, "node");
	const cJSON *edits = cJSON_GetObjectItemCaseSensitive(call->body, "edits");
	struct again *again = arena_alloc(call->arena, sizeof(*again));
	struct error error = {0};
	long long flow, node;
	int result = 0;

	*again = (struct again){.platform = platform, .call = call};
	if (str_is(flow_text, "last"))
		flow = flows_last(platform->flows);
	else if (read_number(flow_text, &flow) != 0)
		flow = 0;
	node = flow;
	if (flow == 0 || (node_text != NULL && read_number(node_text, &node) != 0)) {
		error_set(&error, ERROR_NOT_FOUND, "there is no flow `%.200s`%s%.200s", flow_text,
			  node_text != NULL ? " with a node " : "",
			  node_text != NULL ? node_text : "");
		error_fix(&error, "`attio flow list` shows those that there are");
		result = -1;
	}
	if (result == 0)
		result = flows_node(platform->flows, flow, node, call->arena, &again->node, &error);
	if (result == 0)
		result = read_input(again, edits, &error);
	if (result != 0) {
		cJSON_Delete(again->input);
		control_fail(call, &error);
		return;
	}
	again->member = acting_member(platform, flow);
	run(again);
}

static const struct control_field replay_body[] = {
	{"edits", "array", false,
	 "changes to the input: {pointer, value}, the pointer as RFC 6901"},
	{0},
};

const struct control_route replay_routes[] = {
	{"POST", "/flows/{id}/replay", replay, "do again what began a flow, with changes",
	 replay_body, NULL},
	{"POST", "/flows/{id}/nodes/{node}/replay", replay,
	 "do one crossing of a flow again, alone, with changes", replay_body, NULL},
	{0},
};
