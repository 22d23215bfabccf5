/* See asked.h. */
#include "local/run/asked.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/query/query.h"
#include "local/run/acting.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/gate.h"
#include "local/run/host.h"
#include "local/run/limits.h"
#include "local/run/platform.h"
#include "local/run/requests.h"
#include "local/run/screens.h"
#include "local/run/settings_tell.h"
#include "json/json.h"

static void reply_failure(struct platform *platform, long long id, const char *message)
{
	struct run_error error = {.name = "Error", .message = message};

	host_reply_error(platform->host, id, &error);
}

/* ---- a server function, called by the client ---- */

struct server_call {
	struct platform *platform;
	long long id, node;
	char *session; /* of the client that calls, or NULL */
};

static void server_answered(void *context, struct json_slice result, const struct run_error *error)
{
	struct server_call *call = context;

	if (error != NULL) {
		screens_need(call->platform, call->session, call->node, error->code);
		host_reply_error(call->platform->host, call->id, error);
	} else if (!call->platform->limits->json_off && result.len > LIMIT_CROSSING) {
		reply_failure(call->platform, call->id,
			      "the answer of the server function is over 6 MB");
	} else {
		host_reply(call->platform->host, call->id, result.at, result.len);
	}
	mem_free(call->session);
	mem_free(call);
}

static void ask_server(struct platform *platform, struct arena *arena, long long id,
		       struct json_slice params)
{
	struct json_slice module = json_slice_member(params, "module");
	struct json_slice args = json_slice_member(params, "args");
	const char *session = json_slice_text(arena, params, "session");
	struct server_call *call;
	struct server_run run = {.cause = json_slice_int(params, "node", 0), .kind = "server"};

	if (module.at == NULL || args.at == NULL) {
		reply_failure(platform, id, "a server call needs a module and arguments");
		return;
	}
	if (!platform->limits->json_off && args.len > LIMIT_CROSSING) {
		reply_failure(platform, id, "the arguments of the server function are over 6 MB");
		return;
	}
	run.name = json_slice_string(arena, module);
	run.input = arena_strndup(arena, args.at, args.len);
	run.members = arena_printf(arena, "\"kind\":\"function\",\"module\":%.*s,\"args\":%s",
				   (int)module.len, module.at, run.input);
	run.member_id = acting_member(platform, flow_of(platform->flows, run.cause));
	call = mem_zalloc(1, sizeof(*call));
	*call = (struct server_call){.platform = platform, .id = id};
	call->session = session != NULL ? mem_strdup(session) : NULL;
	call->node = run_server(platform, &run, server_answered, call);
	if (json_slice_member(params, "beside").at != NULL)
		flow_beside(platform->flows, call->node);
}

/* ---- a query ---- */

/* The name of the operation, for people: the first word that follows "query". */
static const char *query_name(struct arena *arena, const char *query)
{
	const char *at = strstr(query, "query");
	size_t len;

	if (at == NULL)
		return "query";
	at += 5 + strspn(at + 5, " \t\r\n");
	len = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	return len > 0 ? arena_strndup(arena, at, len) : "query";
}

static void answer_query(struct platform *platform, struct arena *arena, long long id,
			 long long node, struct buf *answer)
{
	struct json_slice result = json_slice_of(buf_cstr(answer), answer->len);
	struct json_slice errors = json_slice_member(result, "errors");
	struct json_slice first;
	const char *message = NULL;
	size_t at = 0;

	if (errors.at != NULL && json_slice_next(errors, &at, &first))
		message = json_slice_text(arena, first, "message");
	flow_end(platform->flows, node, result, message);
	if (message != NULL)
		reply_failure(platform, id, message);
	else
		host_reply(platform->host, id, result.at, result.len);
}

static void ask_query(struct platform *platform, struct arena *arena, long long id,
		      struct json_slice params)
{
	const char *query = json_slice_text(arena, params, "query");
	struct json_slice text = json_slice_member(params, "variables");
	long long cause = json_slice_int(params, "node", 0);
	struct error error = {0};
	struct buf answer = {0};
	cJSON *variables = NULL;
	long long node;
	const char *member;

	if (query == NULL) {
		reply_failure(platform, id, "a query is a text");
		return;
	}
	node = flow_begin(platform->flows, cause, "query", query_name(arena, query), params.at,
			  params.len);
	member = acting_member(platform, flow_of(platform->flows, cause));
	if (text.at != NULL && text.at[0] == '{')
		variables = json_parse(text.at, text.len, "variables", NULL, &error);
	if (platform->schema == NULL)
		error_set(&error, ERROR_NOT_FOUND,
			  "the SDK's schema.graphql is not there: install the app's packages");
	if (error.kind != ERROR_NONE || query_run(platform->world, platform->schema, query,
						  variables, NULL, member, &answer, &error) != 0) {
		flow_end(platform->flows, node, (struct json_slice){0}, error.message);
		reply_failure(platform, id, error.message);
	} else {
		answer_query(platform, arena, id, node, &answer);
	}
	cJSON_Delete(variables);
	buf_dispose(&answer);
}

/* ---- kv, webhooks, settings ---- */

/* kv is as fast on the service as here, what goes over a network is not: with such requests among
 * them there would not be too many. */
static bool too_many(struct platform *platform, long long flow)
{
	struct limits *limits = platform->limits;

	return !limits_egress(limits, flow, clock_ms(&platform->clock), false) &&
	       !limits_fetched(limits, flow);
}

static void ask_piece(struct platform *platform, const struct piece_request *piece, long long id,
		      struct json_slice params)
{
	struct error error = {0};
	struct buf result = {0};
	long long node = flow_begin(platform->flows, json_slice_int(params, "node", 0), piece->kind,
				    piece->method, params.at, params.len);
	int failed = 0;

	if (piece->egress && too_many(platform, flow_of(platform->flows, node)))
		failed = error_set(&error, ERROR_SERVICE, "Egress Rate limit exceeded");
	else
		failed = piece->answer(platform->pieces, params, &result, &error);
	flow_end(platform->flows, node, (struct json_slice){result.ptr, result.len},
		 failed != 0 ? error.message : NULL);
	if (failed != 0)
		reply_failure(platform, id, error.message);
	else
		host_reply(platform->host, id, buf_cstr(&result), result.len);
	if (failed == 0 && strcmp(piece->method, "settings.set") == 0)
		settings_tell(platform);
	buf_dispose(&result);
}

void asked_request(void *context, long long id, const char *method, struct json_slice params)
{
	struct platform *platform = context;
	const struct piece_request *piece = piece_request_find(method);
	struct arena *arena = arena_new_small(2048);

	if (piece != NULL)
		ask_piece(platform, piece, id, params);
	else if (strcmp(method, "server") == 0)
		ask_server(platform, arena, id, params);
	else if (strcmp(method, "query") == 0)
		ask_query(platform, arena, id, params);
	else if (strcmp(method, "fetch") == 0)
		gate_fetch(platform, id, params);
	else if (strcmp(method, "rest") == 0)
		gate_rest(platform, id, params);
	else
		reply_failure(platform, id, "the local platform does not know this call");
	arena_free(arena);
}

/* ---- notices ---- */

static void tell_log(struct platform *platform, struct arena *arena, struct json_slice params)
{
	const char *realm = json_slice_text(arena, params, "realm");
	const char *level = json_slice_text(arena, params, "level");
	const char *text = json_slice_text(arena, params, "text");

	flow_log(platform->flows, json_slice_int(params, "node", 0),
		 realm != NULL ? realm : "server", level != NULL ? level : "info",
		 text != NULL ? text : "");
}

/* Something that the user saw: it is over when it is shown. */
static void tell_ui(struct platform *platform, struct arena *arena, struct json_slice params)
{
	const char *op = json_slice_text(arena, params, "op");
	long long node = flow_begin(platform->flows, json_slice_int(params, "node", 0), "host",
				    op != NULL ? op : "ui", params.at, params.len);

	flow_end(platform->flows, node, (struct json_slice){0}, NULL);
	screens_notice(platform, "ui", params, node);
}

static void tell_warning(struct platform *platform, struct arena *arena, struct json_slice params)
{
	const char *code = json_slice_text(arena, params, "code");
	const char *message = json_slice_text(arena, params, "message");

	/* What the client realm warns of is in the transcript of its run. */
	(str_equal(json_slice_text(arena, params, "realm"), "server") ? flow_warning : flow_note)(
		platform->flows, json_slice_int(params, "node", 0), code != NULL ? code : "warning",
		message != NULL ? message : "");
}

static void tell_unseen(struct platform *platform, struct arena *arena, struct json_slice params)
{
	const char *method = json_slice_text(arena, params, "method");
	const char *url = json_slice_text(arena, params, "url");

	flow_warning(platform->flows, json_slice_int(params, "node", 0), "answer-unseen",
		     arena_printf(arena, "%s %s answered %lld, and the app did not look",
				  method != NULL ? method : "GET", url != NULL ? url : "",
				  json_slice_int(params, "status", 0)));
}

static void tell_error(struct platform *platform, struct arena *arena, struct json_slice params)
{
	struct json_slice error = json_slice_member(params, "error");
	const char *realm = json_slice_text(arena, params, "realm");
	const char *message = json_slice_text(arena, error, "message");
	const char *stack = json_slice_text(arena, error, "stack");

	flow_log(platform->flows, json_slice_int(params, "node", 0),
		 realm != NULL ? realm : "server", "error",
		 arena_printf(arena, "uncaught: %s",
			      stack != NULL     ? stack
			      : message != NULL ? message
						: "error"));
	screens_notice(platform, "error", params, 0);
}

static void tell_ended(struct platform *platform, struct arena *arena, struct json_slice params)
{
	const char *reason = json_slice_text(arena, params, "reason");

	flow_note(platform->flows, 0, "worker-ended", reason != NULL ? reason : "it ended");
	screens_notice(platform, "ended", params, 0);
}

static void tell_tree(struct platform *platform, struct arena *arena, struct json_slice params)
{
	(void)arena;
	screens_notice(platform, "tree", params, 0);
}

static void tell_patch(struct platform *platform, struct arena *arena, struct json_slice params)
{
	(void)arena;
	screens_notice(platform, "patch", params, 0);
}

static void tell_limit(struct platform *platform, struct arena *arena, struct json_slice params)
{
	(void)arena;
	screens_notice(platform, "told", params, 0);
}

void asked_notice(void *context, const char *method, struct json_slice params)
{
	static const struct {
		const char *method;
		void (*tell)(struct platform *platform, struct arena *arena,
			     struct json_slice params);
	} notices[] = {{"log", tell_log},         {"ui", tell_ui},
		       {"warning", tell_warning}, {"answer-unseen", tell_unseen},
		       {"error", tell_error},     {"ended", tell_ended},
		       {"tree", tell_tree},       {"patch", tell_patch},
		       {"told", tell_limit}};
	struct arena *arena = arena_new_small(2048);

	/* "ready" is for those who wait for it: nobody here does. */
	for (size_t i = 0; i < ARRAY_LEN(notices); i++)
		if (strcmp(notices[i].method, method) == 0)
			notices[i].tell(context, arena, params);
	arena_free(arena);
}
