/* A request is let in by its head, and answered when all of it has come. What is known of it in
 * between is a struct serving. */
#include "local/run/serve.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/str.h"
#include "http/server.h"
#include "local/control/frame.h"
#include "local/control/table.h"
#include "local/rest/query.h"
#include "local/rest/rest.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/run/connect.h"
#include "local/run/gate.h"
#include "local/run/gate_answer.h"
#include "local/run/hooks.h"
#include "local/run/page_files.h"
#include "local/run/platform.h"
#include "local/run/screen_frame.h"
#include "local/run/screens.h"
#include "local/run/stream.h"

#define CONTROL_LIMIT ((size_t)64 << 20) /* bytes of a body: imports, bundles */
#define HOOK_LIMIT ((size_t)16 << 20)

#define CONSENT_BASE "/__attio/consent/"

/* The control API's rows as the matcher wants them, at the same places. */
struct served_routes {
	struct route *routes;
	const struct control_route **rows;
	size_t count;
};

struct serving {
	struct platform *platform;
	struct arena *arena;
	struct http_call *call;
	struct route_match match;
	struct route_request request; /* of the developer API */
	struct control_call *control;
	/* Of a hook: the client may go before the answer comes. */
	bool asked, answered, gone;
	struct http_reply reply;
};

void serve_prepare(struct platform *platform)
{
	struct arena *arena = platform->arena;
	struct served_routes *served = arena_alloc(arena, sizeof(*served));
	size_t count = 0;

	for (size_t t = 0; control_tables[t] != NULL; t++) {
		for (const struct control_route *row = control_tables[t]; row->method != NULL;
		     row++) {
			size_t same = served->count;
			struct route *route =
				arena_push(arena, &served->routes, &served->count, sizeof(*route));

			*(const struct control_route **)arena_push(arena, &served->rows, &count,
								   sizeof(*served->rows)) = row;
			route = &served->routes[same];
			route->method = row->method;
			route->pattern = arena_printf(arena, "%s%s", CONTROL_BASE, row->pattern);
			route->access = ROUTE_TOKEN;
			route->body_limit = CONTROL_LIMIT;
			route->summary = row->summary;
		}
	}
	platform->served = served;
	platform->tables = control_tables;
}

/* ---- the control API ---- */

static void refuse(struct http_reply *reply, unsigned status, const char *kind, const char *message)
{
	reply->status = status;
	buf_printf(&reply->body, "{\"error\":{\"kind\":\"%s\",\"message\":", kind);
	buf_put_json_string(&reply->body, message, strlen(message));
	buf_puts(&reply->body, "}}");
}

static bool has_secret(const struct platform *platform, const struct http_call *call)
{
	static const char scheme[] = "Bearer ";
	const char *given = http_call_header(call, "Authorization");

	return given != NULL && str_starts(given, scheme) &&
	       random_key_equal(given + strlen(scheme), platform->secret);
}

static void end_control(void *state, bool whole)
{
	struct serving *serving = state;
	struct arena *arena = serving->arena;

	(void)whole;
	if (serving->control != NULL)
		control_end(serving->control); /* the arena is its */
	else
		arena_free(arena);
}

static size_t admit_control(struct platform *platform, struct http_call *call,
			    struct http_reply *reply)
{
	struct arena *arena = arena_new_small(4096);
	struct serving *serving = arena_alloc(arena, sizeof(*serving));

	serving->platform = platform;
	serving->arena = arena;
	call->state = serving;
	call->ended = end_control;
	route_find(platform->served->routes, platform->served->count, arena, call->method,
		   call->path, &serving->match);
	if (!has_secret(platform, call))
		refuse(reply, 401, "auth",
		       "the secret of this run is missing or wrong: send `Authorization: Bearer "
		       "SECRET` "
		       "with the `secret` of run.json");
	else if (serving->match.status == 404 || serving->match.status == 400)
		refuse(reply, 404, "not_found", "there is nothing at this path");
	else if (serving->match.status == 405)
		refuse(reply, 405, "usage", "this method is not used here");
	return CONTROL_LIMIT;
}

/* The rows whose answers do not end: of the platform, or of a session. */
static void answer_events(struct platform *platform, struct http_call *call,
			  struct http_reply *reply)
{
	struct serving *serving = call->state;
	const char *id = route_value(&serving->match, "id");
	struct screen *session = screen_find(platform, id);
	struct query query = {0};
	const char *since;
	long long number = -1;

	query_read(&query, call->query, serving->arena);
	since = query_text(&query, "since");
	if (since == NULL)
		since = http_call_header(call, "Last-Event-ID");
	for (const char *c = since; c != NULL && *c >= '0' && *c <= '9' && number < 1000000000000;
	     c++)
		number = (number < 0 ? 0 : number) * 10 + (*c - '0');
	if (id != NULL && session == NULL) {
		refuse(reply, 404, "not_found", "there is no such session");
		return;
	}
	arena_free(serving->arena);
	if (session != NULL)
		screen_follow(session, call, number, reply);
	else
		stream_follow(platform->stream, call, number, reply);
}

static void answer_control(struct platform *platform, struct http_call *call,
			   struct http_reply *reply)
{
	struct serving *serving = call->state;
	size_t at = (size_t)(serving->match.route - platform->served->routes);

	if (platform->served->rows[at]->handle == NULL) {
		answer_events(platform, call, reply);
		return;
	}
	if (serving->control == NULL) {
		serving->control = control_begin(platform, serving->arena, call, &serving->match);
		control_handle(serving->control, platform->served->rows[at]);
	}
	control_take(serving->control, reply);
}

/* ---- hooks ---- */

static void serving_free(struct serving *serving)
{
	buf_dispose(&serving->reply.headers);
	buf_dispose(&serving->reply.body);
	arena_free(serving->arena);
}

static void end_hook(void *state, bool whole)
{
	struct serving *serving = state;

	(void)whole;
	serving->gone = true;
	if (serving->answered || !serving->asked)
		serving_free(serving);
}

static void hook_answered(void *context, const struct hook_answer *answer)
{
	struct serving *serving = context;

	serving->answered = true;
	if (serving->gone) {
		serving_free(serving);
		return;
	}
	hooks_reply(answer, &serving->reply);
	http_server_wake(serving->call);
}

static size_t admit_hook(struct platform *platform, struct http_call *call,
			 struct http_reply *reply)
{
	struct arena *arena = arena_new_small(1024);
	struct serving *serving = arena_alloc(arena, sizeof(*serving));

	(void)reply;
	serving->platform = platform;
	serving->arena = arena;
	serving->call = call;
	call->state = serving;
	call->ended = end_hook;
	return HOOK_LIMIT;
}

static void answer_hook(struct platform *platform, struct http_call *call, struct http_reply *reply)
{
	struct serving *serving = call->state;
	struct hook_request request = {.method = call->method,
				       .path = hooks_inside(platform, call->path),
				       .query = call->query,
				       .body = call->body,
				       .body_len = call->body_len};
	struct buf headers = {0};

	if (!serving->asked) {
		serving->asked = true;
		http_call_put_headers(call, &headers);
		request.headers = headers.ptr;
		hooks_answer(platform, &request, hook_answered, serving);
		buf_dispose(&headers);
	}
	if (!serving->answered)
		return;
	*reply = serving->reply;
	serving->reply = (struct http_reply){0};
}

/* ---- the page that asks for a connection ---- */

static void consent_answered(void *context, const struct connect_answer *answer)
{
	struct serving *serving = context;

	serving->answered = true;
	if (serving->gone) {
		serving_free(serving);
		return;
	}
	connect_reply(answer, &serving->reply);
	http_server_wake(serving->call);
}

static void answer_consent(struct platform *platform, struct http_call *call,
			   struct http_reply *reply)
{
	struct serving *serving = call->state;

	if (!serving->asked) {
		serving->asked = true;
		connect_serve(platform, call->path + strlen(CONSENT_BASE), call->method, call->body,
			      call->body_len, consent_answered, serving);
	}
	if (!serving->answered)
		return;
	*reply = serving->reply;
	serving->reply = (struct http_reply){0};
}

/* ---- REST ---- */

static size_t admit_rest(struct platform *platform, struct http_call *call,
			 struct http_reply *reply)
{
	(void)platform;
	(void)call;
	(void)reply;
	return REST_BODY_LIMIT;
}

static void answer_rest(struct platform *platform, struct http_call *call, struct http_reply *reply)
{
	struct rest_request request = {.method = call->method,
				       .path = call->path,
				       .query = call->query,
				       .body = call->body,
				       .body_len = call->body_len,
				       .authorization = http_call_header(call, "Authorization")};

	gate_answer_rest(platform, &request, 0, reply);
	/* Queries and searches are POST, too. */
	if (reply->status < 300 && !str_is(call->method, "GET") &&
	    !str_ends(call->path, "/query") && !str_ends(call->path, "/search"))
		stream_add_changed(platform->stream, call->method, call->path);
}

/* ---- developer API ---- */

static void end_routes(void *state, bool whole)
{
	struct serving *serving = state;

	(void)whole;
	arena_free(serving->arena);
}

static size_t admit_routes(struct platform *platform, struct http_call *call,
			   struct http_reply *reply)
{
	struct arena *arena = arena_new_small(1024);
	struct serving *serving = arena_alloc(arena, sizeof(*serving));
	size_t count;
	const struct route *table = routes_table(&count);

	serving->arena = arena;
	call->state = serving;
	call->ended = end_routes;
	route_find(table, count, arena, call->method, call->path, &serving->match);
	serving->request =
		(struct route_request){.match = &serving->match,
				       .arena = arena,
				       .query = call->query,
				       .authorization = http_call_header(call, "Authorization")};
	return routes_admit(platform->routes, &serving->request, reply);
}

/* A connection that would go on as a WebSocket gets no half answers. */
static void fail_routes(struct platform *platform, struct fault *fault, struct http_call *call,
			struct http_reply *reply)
{
	struct serving *serving = call->state;
	bool halves = fault->kind == FAULT_CUT || fault->kind == FAULT_SLOW;
	bool socket = strcmp(serving->match.route->pattern, "/") == 0;

	if (halves && socket)
		fault->kind = FAULT_RESET;
	else if ((fault->done && !socket) || halves)
		routes_answer(platform->routes, &serving->request, reply);
	fault_apply(&platform->faults, fault, call, reply);
	fault_dispose(fault);
}

/* Trouble of the developer API by chance. A connection that goes on as a WebSocket is not late. */
static bool is_troubled(struct platform *platform, const struct route *route, struct fault *fault)
{
	struct chaos_turn turn = chaos_next(&platform->gate->chaos, CHAOS_DEVELOPER);

	*fault = (struct fault){.status = turn.status, .ms = turn.latency, .done = true};
	if (turn.error != 0 || turn.status != 0) {
		fault->kind = turn.error != 0 ? FAULT_RESET : FAULT_STATUS;
		fault->done = false;
		return true;
	}
	fault->kind = FAULT_SLOW;
	return turn.latency > 0 && strcmp(route->pattern, "/") != 0;
}

static void answer_routes(struct platform *platform, struct http_call *call,
			  struct http_reply *reply)
{
	struct serving *serving = call->state;
	struct fault fault;

	serving->request.body = call->body;
	serving->request.body_len = call->body_len;
	if (faults_take(&platform->faults, serving->match.route, &fault) ||
	    is_troubled(platform, serving->match.route, &fault))
		fail_routes(platform, &fault, call, reply);
	else
		routes_answer(platform->routes, &serving->request, reply);
}

/* ---- the page ---- */

static size_t admit_page(struct platform *platform, struct http_call *call,
			 struct http_reply *reply)
{
	(void)platform;
	(void)call;
	(void)reply;
	return 4096; /* nothing has one */
}

/* ---- families ---- */

static const struct family {
	const char *prefix; /* of the path */
	size_t (*admit)(struct platform *platform, struct http_call *call,
			struct http_reply *reply);
	void (*answer)(struct platform *platform, struct http_call *call, struct http_reply *reply);
} families[] = {
	{CONTROL_BASE "/", admit_control, answer_control},
	{CONSENT_BASE, admit_hook, answer_consent},
	{FRAME_BASE, admit_page, frame_answer},
	{PAGE_BASE "/", admit_page, page_answer},
	{"/v2/", admit_rest, answer_rest},
	{"/scim/", admit_rest, answer_rest},
	/* Everything else, as the developer API refuses it. */
	{"/", admit_routes, answer_routes},
};

/* At "/" the log service is, too, which begins with an upgrade. */
static bool is_first_page(const struct http_call *call)
{
	return (strcmp(call->path, "/") == 0 && strcmp(call->method, "GET") == 0 &&
		http_call_header(call, "Upgrade") == NULL) ||
	       strcmp(call->path, PAGE_BASE) == 0;
}

static const struct family *family_of(const struct platform *platform, const struct http_call *call)
{
	static const struct family hooks = {"", admit_hook, answer_hook};
	static const struct family page = {"", admit_page, page_answer};
	const struct family *family = families;

	if (hooks_inside(platform, call->path) != NULL)
		return &hooks;
	if (is_first_page(call))
		return &page;
	while (!str_starts(call->path, family->prefix) &&
	       family < families + ARRAY_LEN(families) - 1)
		family++;
	return family;
}

size_t serve_admit(void *context, struct http_call *call, struct http_reply *reply)
{
	/* A tunnel is for third parties that call the app, and for nothing else. */
	if (call->is_public && hooks_inside(context, call->path) == NULL) {
		http_reply_refuse(reply, 404, "there is nothing at this path");
		return 0;
	}
	return family_of(context, call)->admit(context, call, reply);
}

void serve_answer(void *context, struct http_call *call, struct http_reply *reply)
{
	family_of(context, call)->answer(context, call, reply);
}
