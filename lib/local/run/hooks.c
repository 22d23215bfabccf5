/* See hooks.h. Facts: lib/local/run/README.md, Webhook handlers and Workflow blocks. */
#include "local/run/hooks.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/random.h"
#include "base/str.h"
#include "http/server.h"
#include "local/run/block_calls.h"
#include "local/run/blocks.h"
#include "local/run/calls.h"
#include "local/run/deliveries.h"
#include "local/run/events.h"
#include "local/run/fail.h"
#include "local/run/flows.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/run/webhooks.h"
#include "json/body.h"
#include "json/slice.h"

/* One request, from its arrival to its answer. */
struct hook {
	struct platform *platform;
	struct arena *arena;
	struct hook_request request;
	struct delivery delivery;
	struct block_place *place; /* of a callback */
	long long began;           /* ms, the machine's time */
	long long flow;            /* of the handler's run */
	hook_done *done;
	void *context;
};

/* ---- what the path means ---- */

/* The next segment of a path, decoded, in the arena; *path is then behind it. NULL: there is none,
 * or it is no text in percent-encoding. */
static const char *segment(struct arena *arena, const char **path)
{
	const char *at = *path;
	size_t len;

	if (*at != '/')
		return NULL;
	at++;
	len = strcspn(at, "/");
	*path = at + len;
	return percent_decode(arena, at, len, PERCENT_PLUS_IS_PLUS);
}

static bool find_webhook(struct hook *hook, const char *id, const char *rest)
{
	struct webhook *webhook;
	struct error error;

	if (webhooks_find(hook->platform->pieces, hook->arena, id, &webhook, &error) != 0) {
		run_failed(hook->platform, &error);
		return false;
	}
	if (webhook == NULL)
		return false;
	hook->delivery.kind = "webhook";
	hook->delivery.target = webhook->id;
	hook->delivery.name = webhook->file_name;
	hook->delivery.path = rest;
	return true;
}

/* A trigger may be called as soon as it is being activated, and a run before `execute` has said
 * that it waits. */
static bool takes_calls(const struct block_place *place)
{
	return str_is(place->state, BLOCK_ACTIVE) || str_is(place->state, BLOCK_ACTIVATING) ||
	       str_is(place->state, BLOCK_WAITING) || str_is(place->state, BLOCK_RUNNING);
}

static bool find_place(struct hook *hook, const char *id, const char *kind, const char *token)
{
	struct pieces *pieces = hook->platform->pieces;
	bool trigger = str_is(kind, "trigger");
	struct block_place *place = NULL;
	struct error error;
	int result = 0;

	if (trigger)
		result = block_activation_find(pieces, hook->arena, id, &place, &error);
	else if (str_is(kind, "defer"))
		result = block_run_find(pieces, hook->arena, id, &place, &error);
	if (result != 0)
		run_failed(hook->platform, &error);
	if (result != 0 || place == NULL || !random_key_equal(token, place->token) ||
	    !takes_calls(place))
		return false;
	hook->place = place;
	hook->delivery.kind = trigger ? "trigger" : "finish";
	hook->delivery.target = place->id;
	hook->delivery.name = place->block;
	hook->delivery.path = "";
	return true;
}

/* Finds whom the request is for, and fills the delivery's kind, target, name and path. */
static bool find_target(struct hook *hook)
{
	const char *at = hook->request.path;
	const char *family = segment(hook->arena, &at);
	const char *workspace = segment(hook->arena, &at);
	const char *id = segment(hook->arena, &at);
	const char *kind, *token;

	if (id == NULL || !str_is(workspace, hook->platform->pieces->workspace_id))
		return false;
	if (str_is(family, "a"))
		return find_webhook(hook, id, at);
	kind = segment(hook->arena, &at);
	token = segment(hook->arena, &at);
	return str_is(family, "w") && token != NULL && *at == '\0' &&
	       find_place(hook, id, kind, token);
}

/* ---- answering ---- */

/* {"name", "message"} of what was thrown, for the log. */
static const char *error_json(const struct platform *platform, struct arena *arena,
			      const struct hook_answer *answer)
{
	struct buf text = {0}, clean = {0};
	const char *message = answer->thrown != NULL ? answer->thrown->message : answer->message;
	const char *json;

	if (message == NULL)
		return NULL;
	buf_puts(&text, "{\"message\":");
	buf_put_json_string(&text, message, strlen(message));
	buf_putc(&text, '}');
	flow_put_thrown(platform->flows, text.ptr, text.len, &clean);
	json = arena_strndup(arena, clean.ptr, clean.len);
	buf_dispose(&text);
	buf_dispose(&clean);
	return json;
}

static void answer(struct hook *hook, struct hook_answer *told)
{
	struct delivery_answer kept = {.status = told->status,
				       .headers = told->headers,
				       .body = told->body,
				       .body_len = told->body_len,
				       .error = error_json(hook->platform, hook->arena, told)};
	struct error error;

	told->ms = clock_ms(&clock_machine) - hook->began;
	told->delivery = hook->delivery.id;
	if (hook->flow != 0)
		told->flow = hook->flow;
	kept.ms = told->ms;
	kept.flow = told->flow;
	if (hook->delivery.id != NULL &&
	    delivery_end(hook->platform->pieces, hook->delivery.id, &kept, &error) != 0)
		run_failed(hook->platform, &error);
	hook->done(hook->context, told);
	arena_free(hook->arena);
}

/* With an answer of our own. */
static void refuse(struct hook *hook, unsigned status, const char *message,
		   const struct run_error *thrown)
{
	struct buf body = {0};
	struct hook_answer told = {.status = status,
				   .status_text = "",
				   .headers = "[[\"content-type\",\"application/json\"]]",
				   .thrown = thrown,
				   .message = thrown == NULL ? message : NULL};

	buf_puts(&body, "{\"message\":");
	buf_put_json_string(&body, message, strlen(message));
	buf_putc(&body, '}');
	told.body = body.ptr;
	told.body_len = body.len;
	answer(hook, &told);
	buf_dispose(&body);
}

/* ---- webhook handlers ---- */

/* The request as the host takes it. The URL is the public one. */
static const char *request_json(struct hook *hook)
{
	const struct hook_request *request = &hook->request;
	struct buf url = {0};
	struct buf text = {0};
	const char *json;

	buf_printf(&url, "%s%s", hook->platform->pieces->hooks_url, request->path);
	if (request->query[0] != '\0')
		buf_printf(&url, "?%s", request->query);
	buf_puts(&text, "{\"method\":");
	buf_put_json_string(&text, request->method, strlen(request->method));
	buf_puts(&text, ",\"url\":");
	buf_put_json_string(&text, url.ptr, url.len);
	buf_printf(&text, ",\"headers\":%s,", request->headers);
	json_put_body(&text, request->body, request->body_len);
	buf_putc(&text, '}');
	json = arena_strndup(hook->arena, text.ptr, text.len);
	buf_dispose(&url);
	buf_dispose(&text);
	return json;
}

/* The dispatchers' own words for a file that the running build does not have: the official CLI's,
 * and ours (lib/bundle/entry.c). */
static bool is_gone(const struct run_error *thrown)
{
	return thrown->message != NULL &&
	       (str_starts(thrown->message, "Webhook handler not found") ||
		str_starts(thrown->message, "this app has no webhook "));
}

static void handler_answered(void *context, struct json_slice result,
			     const struct run_error *thrown)
{
	struct hook *hook = context;
	struct json_slice response = json_slice_member(result, "response");
	struct json_slice headers = json_slice_member(response, "headers");
	const char *status_text;
	struct hook_answer told = {0};

	if (thrown != NULL && is_gone(thrown)) {
		refuse(hook, 404, "the app has no such webhook handler", thrown);
		return;
	}
	if (thrown != NULL) {
		refuse(hook, 500, "the webhook handler failed", thrown);
		return;
	}
	told.status = (unsigned)json_slice_int(response, "status", 0);
	if (response.at == NULL || told.status < 200 || told.status > 599) {
		refuse(hook, 500, "the webhook handler returned no Response", NULL);
		return;
	}
	status_text = json_slice_text(hook->arena, response, "statusText");
	told.status_text = status_text != NULL ? status_text : "";
	told.headers =
		headers.at != NULL ? arena_strndup(hook->arena, headers.at, headers.len) : "[]";
	told.body = json_read_body(hook->arena, response, &told.body_len);
	answer(hook, &told);
}

static void call_handler(struct hook *hook)
{
	struct server_run run = {
		.cause = hook->request.cause, .kind = "webhook", .name = hook->delivery.name};
	const char *request = request_json(hook);
	struct buf members = {0};

	buf_puts(&members, "\"kind\":\"webhook\",\"module\":");
	buf_put_json_string(&members, hook->delivery.name, strlen(hook->delivery.name));
	buf_printf(&members, ",\"request\":%s", request);
	run.members = buf_cstr(&members);
	run.input = request;
	hook->flow = flow_of(hook->platform->flows,
			     run_server(hook->platform, &run, handler_answered, hook));
	buf_dispose(&members);
}

/* ---- callbacks of blocks ---- */

static void block_answered(void *context, const struct block_report *report)
{
	struct hook *hook = context;
	struct hook_answer told = {.status = 200,
				   .status_text = "",
				   .headers = "[]",
				   .flow = report->flow,
				   .run = report->run};

	/* A handler that says "error" has taken the request; one that throws has not. */
	if (report->thrown != NULL || (!report->ok && report->type == NULL)) {
		told.status = 500;
		told.headers = "[[\"content-type\",\"application/json\"]]";
		told.body = "{\"message\":\"the handler failed\"}";
		told.body_len = strlen(told.body);
		told.thrown = report->thrown;
		told.message = report->message;
	}
	answer(hook, &told);
}

static void call_block(struct hook *hook)
{
	bool trigger = str_is(hook->delivery.kind, "trigger");

	block_call(hook->platform, trigger ? HANDLER_TRIGGER : HANDLER_FINISH, hook->place,
		   request_json(hook), hook->request.cause, block_answered, hook);
}

/* ---- all of them ---- */

static struct hook *new_hook(struct platform *platform, const struct hook_request *request,
			     hook_done *done, void *context)
{
	struct arena *arena = arena_new_small(4096);
	struct hook *hook = arena_alloc(arena, sizeof(*hook));

	hook->platform = platform;
	hook->arena = arena;
	hook->began = clock_ms(&clock_machine);
	hook->done = done;
	hook->context = context;
	hook->request = *request;
	hook->request.method = arena_strdup(arena, request->method);
	hook->request.path = arena_strdup(arena, request->path);
	hook->request.query = arena_strdup(arena, request->query);
	hook->request.headers = arena_strdup(arena, request->headers);
	hook->request.body =
		arena_strndup(arena, request->body_len > 0 ? request->body : "", request->body_len);
	return hook;
}

void hooks_answer(struct platform *platform, const struct hook_request *request, hook_done *done,
		  void *context)
{
	struct hook *hook = new_hook(platform, request, done, context);
	struct error error;

	if (!find_target(hook)) {
		refuse(hook, 404, "there is nothing at this address", NULL);
		return;
	}
	hook->delivery.method = hook->request.method;
	hook->delivery.query = hook->request.query;
	hook->delivery.headers = hook->request.headers;
	hook->delivery.body = hook->request.body;
	hook->delivery.body_len = hook->request.body_len;
	hook->delivery.replay_of =
		request->replay_of != NULL ? arena_strdup(hook->arena, request->replay_of) : NULL;
	if (delivery_begin(platform->pieces, hook->arena, &hook->delivery, &error) != 0) {
		hook->delivery.id = NULL;
		run_failed(platform, &error);
		refuse(hook, 500, error.message, NULL);
		return;
	}
	if (hook->place != NULL)
		call_block(hook);
	else
		call_handler(hook);
}

static bool is_hook(const char *path)
{
	return str_starts(path, "/a/") || str_starts(path, "/w/");
}

const char *hooks_below(const struct platform *platform, const char *path)
{
	size_t len = strlen(platform->hooks_path);

	return str_starts(path, platform->hooks_path) && is_hook(path + len) ? path + len : NULL;
}

const char *hooks_inside(const struct platform *platform, const char *path)
{
	const char *below = hooks_below(platform, path);

	return below == NULL && is_hook(path) ? path : below;
}

const char *hooks_path_of(struct platform *platform, struct arena *arena,
			  const struct delivery *delivery, struct error *error)
{
	const char *workspace = platform->pieces->workspace_id;
	struct block_place *place = NULL;
	int result;

	if (str_is(delivery->kind, "webhook"))
		return arena_printf(arena, "/a/%s/%s%s", workspace, delivery->target,
				    delivery->path);
	if (str_is(delivery->kind, "trigger"))
		result = block_activation_find(platform->pieces, arena, delivery->target, &place,
					       error);
	else
		result = block_run_find(platform->pieces, arena, delivery->target, &place, error);
	if (result == 0 && place == NULL)
		error_set(error, ERROR_NOT_FOUND, "what this was sent to is gone");
	if (place == NULL)
		return NULL;
	return arena_printf(arena, "/w/%s/%s/%s/%s", workspace, place->id,
			    str_is(delivery->kind, "trigger") ? "trigger" : "defer", place->token);
}

/* Of the connection between two programs, or made by our server. */
static bool is_ours(const char *name)
{
	static const char *const names[] = {
		"connection", "content-length", "keep-alive",        "proxy-connection",
		"te",         "trailer",        "transfer-encoding", "upgrade"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

void hooks_reply(const struct hook_answer *told, struct http_reply *reply)
{
	struct arena *arena = arena_new_small(2048);
	struct json_slice headers = json_slice_of(told->headers, strlen(told->headers));
	struct json_slice pair;

	reply->status = told->status;
	reply->exact = true;
	for (size_t at = 0; json_slice_next(headers, &at, &pair);) {
		struct json_slice part;
		size_t inside = 0;
		const char *name = NULL, *value = NULL;

		if (json_slice_next(pair, &inside, &part))
			name = json_slice_string(arena, part);
		if (json_slice_next(pair, &inside, &part))
			value = json_slice_string(arena, part);
		if (name != NULL && value != NULL && !is_ours(name))
			http_reply_header(reply, name, value);
	}
	if (told->body_len > 0)
		buf_add(&reply->body, told->body, told->body_len);
	arena_free(arena);
}

int hooks_start(struct platform *platform, struct error *error)
{
	if (blocks_settle(platform->pieces, error) != 0)
		return -1;
	return events_hide_values(platform, error);
}
