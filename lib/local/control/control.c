/* A call is freed when it is answered and its client has the answer or is gone, whichever comes
 * last: its handler may still be waiting for app code when the client hangs up. */
#include "local/control/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "local/control/frame.h"
#include "local/rest/query.h"
#include "local/route.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/platform.h"
#include "local/run/stream.h"
#include "json/json.h"
#include "json/scan.h"

struct control_state {
	struct http_call *http; /* NULL: the client is gone */
	bool waiting;           /* suspended until it is answered */
	bool answered;
	unsigned status;
	struct buf body;
	struct route_match match;
	struct query query;
	cJSON *document; /* the request's body */
};

static void call_free(struct control_call *call)
{
	struct arena *arena = call->arena;

	buf_dispose(&call->state->body);
	cJSON_Delete(call->state->document);
	arena_free(arena);
}

/* ---- what was asked ---- */

const char *control_path(const struct control_call *call, const char *name)
{
	return route_value(&call->state->match, name);
}

const char *control_query(const struct control_call *call, const char *name)
{
	return query_text(&call->state->query, name);
}

long long control_query_int(const struct control_call *call, const char *name, long long otherwise)
{
	const char *text = control_query(call, name);
	char *end;
	long long number;

	if (text == NULL || *text == '\0')
		return otherwise;
	number = strtoll(text, &end, 10);
	return *end == '\0' ? number : otherwise;
}

/* ---- answers ---- */

/* Who follows the events is told of what was changed from outside, as a page that shows it. What a
 * user at a screen does has a flow. */
static void tell_changed(const struct control_call *call)
{
	const struct route *row = call->state->match.route;

	if (!str_is(row->method, "GET") && !str_starts(row->pattern, "/sessions"))
		stream_add_changed(call->platform->stream, row->method, row->pattern);
}

static void answer(struct control_call *call, unsigned status)
{
	struct control_state *state = call->state;

	state->status = status;
	state->answered = true;
	if (status < 400)
		tell_changed(call);
	if (state->http == NULL)
		call_free(call);
	else if (state->waiting)
		http_server_wake(state->http);
}

void control_answer(struct control_call *call, const char *json, size_t len)
{
	buf_add(&call->state->body, json, len);
	answer(call, 200);
}

void control_answer_buf(struct control_call *call, struct buf *json)
{
	buf_dispose(&call->state->body);
	call->state->body = *json;
	*json = (struct buf){0};
	answer(call, 200);
}

static void put_if_any(struct buf *out, const char *name, const char *text)
{
	if (text != NULL && text[0] != '\0')
		buf_put_json_member(out, name, text);
}

void control_refuse(struct control_call *call, unsigned status, const char *kind,
		    const char *message, const char *why, const char *fix)
{
	struct buf *body = &call->state->body;

	buf_clear(body);
	buf_printf(body, "{\"error\":{\"kind\":\"%s\"", kind);
	put_if_any(body, "message", message);
	put_if_any(body, "why", why);
	put_if_any(body, "fix", fix);
	buf_puts(body, "}}");
	answer(call, status);
}

void control_fail(struct control_call *call, const struct error *error)
{
	static const struct {
		enum error_kind kind;
		unsigned status;
		const char *name;
	} kinds[] = {{ERROR_USAGE, 400, "usage"},         {ERROR_AUTH, 401, "auth"},
		     {ERROR_NOT_FOUND, 404, "not_found"}, {ERROR_CONFLICT, 409, "conflict"},
		     {ERROR_SERVICE, 502, "service"},     {ERROR_NETWORK, 504, "network"},
		     {ERROR_SYSTEM, 500, "system"},       {ERROR_TOOL, 500, "system"}};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].kind != error->kind)
			continue;
		control_refuse(call, kinds[i].status, kinds[i].name, error->message, error->why,
			       error->fix);
		return;
	}
	control_refuse(call, 500, "system", error->message, error->why, error->fix);
}

void control_fail_run(struct control_call *call, const struct run_error *error, long long flow)
{
	control_fail_run_because(call, error, flow, NULL, NULL);
}

void control_fail_run_because(struct control_call *call, const struct run_error *error,
			      long long flow, const char *why, const char *fix)
{
	struct buf *body = &call->state->body;
	struct buf raw = {0};

	buf_puts(&raw, "{\"error\":{\"kind\":\"findings\"");
	put_if_any(&raw, "message", error->message[0] != '\0' ? error->message : error->name);
	put_if_any(&raw, "why", why);
	put_if_any(&raw, "fix", fix);
	put_if_any(&raw, "name", error->name);
	put_if_any(&raw, "code", error->code);
	put_if_any(&raw, "stack", error->stack);
	buf_putc(&raw, '}');
	if (flow != 0)
		buf_printf(&raw, ",\"flow\":\"%lld\"", flow);
	buf_putc(&raw, '}');
	/* As everywhere in the log: what a command prints stands in logs of CI, too. */
	buf_clear(body);
	flow_put_thrown(call->platform->flows, raw.ptr, raw.len, body);
	buf_dispose(&raw);
	answer(call, 422);
}

void control_put_thrown(const struct control_call *call, struct buf *out,
			const struct run_error *error)
{
	struct buf raw = {0};

	run_error_put(&raw, error);
	flow_put_thrown(call->platform->flows, raw.ptr, raw.len, out);
	buf_dispose(&raw);
}

/* ---- bodies ---- */

static bool fits(const cJSON *value, const char *type)
{
	if (strcmp(type, "string") == 0)
		return cJSON_IsString(value);
	if (strcmp(type, "number") == 0)
		return cJSON_IsNumber(value);
	if (strcmp(type, "boolean") == 0)
		return cJSON_IsBool(value);
	if (strcmp(type, "object") == 0)
		return cJSON_IsObject(value);
	if (strcmp(type, "array") == 0)
		return cJSON_IsArray(value);
	return true;
}

static const struct control_field *find_field(const struct control_field *fields, const char *name)
{
	for (; fields->name != NULL; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static int check_body(const struct control_field *fields, const cJSON *body, struct error *error)
{
	const cJSON *item;

	if (!cJSON_IsObject(body))
		return error_set(error, ERROR_USAGE, "the body must be a JSON object");
	cJSON_ArrayForEach(item, body)
	{
		const struct control_field *field = find_field(fields, item->string);

		if (field == NULL)
			return error_set(error, ERROR_USAGE, "the body has no field `%.100s`",
					 item->string);
		if (!fits(item, field->type) && !(cJSON_IsNull(item) && !field->required))
			return error_set(error, ERROR_USAGE, "`%s` must be of the type %s",
					 field->name, field->type);
	}
	for (; fields->name != NULL; fields++)
		if (fields->required &&
		    cJSON_GetObjectItemCaseSensitive(body, fields->name) == NULL)
			return error_set(error, ERROR_USAGE, "`%s` is missing", fields->name);
	return 0;
}

/* Both forms of the body, kept until the call ends. */
static int read_body(struct control_call *call, const struct control_route *row,
		     struct error *error)
{
	struct http_call *http = call->state->http;
	const char *text = http->body_len > 0 ? http->body : "{}";
	size_t len = http->body_len > 0 ? http->body_len : 2;
	char *readable, *line;
	cJSON *body;

	if (row->body == NULL)
		return 0;
	readable = arena_strndup(call->arena, text, len);
	json_replace_nul(readable, len);
	body = json_parse(readable, len, "the body", NULL, error);
	if (body == NULL) {
		error->kind = ERROR_USAGE;
		return -1;
	}
	call->state->document = body;
	if (check_body(row->body, body, error) != 0)
		return -1;
	call->body = body;
	/* The messages to the host are lines. */
	line = arena_strndup(call->arena, text, len);
	cJSON_Minify(line);
	line += str_starts(line, "\xef\xbb\xbf") ? 3 : 0;
	call->body_text = json_slice_of(line, strlen(line));
	return 0;
}

/* ---- another row ---- */

static const struct control_route *find_row(const struct platform *platform, const char *method,
					    const char *pattern)
{
	for (size_t t = 0; platform->tables[t] != NULL; t++)
		for (const struct control_route *row = platform->tables[t]; row->method != NULL;
		     row++)
			if (str_is(row->method, method) && str_is(row->pattern, pattern))
				return row;
	return NULL;
}

bool control_pass(struct control_call *call, const char *method, const char *pattern,
		  const char *capture, cJSON *body)
{
	const struct control_route *row = find_row(call->platform, method, pattern);
	struct control_state *state = call->state;
	struct route *route = arena_alloc(call->arena, sizeof(*route));
	struct error error = {0};
	cJSON *next;
	struct buf text = {0};

	if (row == NULL) {
		cJSON_Delete(body);
		return false;
	}
	for (cJSON *item = body->child; item != NULL; item = next) {
		next = item->next;
		if (row->body == NULL || find_field(row->body, item->string) == NULL)
			cJSON_Delete(cJSON_DetachItemViaPointer(body, item));
	}
	*route = (struct route){.method = row->method, .pattern = row->pattern};
	state->match = (struct route_match){.route = route};
	state->match.values = arena_alloc(call->arena, sizeof(*state->match.values));
	state->match.values[0] = capture;
	cJSON_Delete(state->document);
	state->document = body;
	call->body = body;
	json_print(&text, body, false);
	call->body_text = json_slice_of(arena_strndup(call->arena, text.ptr, text.len), text.len);
	buf_dispose(&text);
	if (row->body != NULL && check_body(row->body, body, &error) != 0)
		control_fail(call, &error);
	else
		row->handle(call->platform, call);
	return true;
}

/* ---- the frame's side ---- */

struct control_call *control_begin(struct platform *platform, struct arena *arena,
				   struct http_call *http, const struct route_match *match)
{
	struct control_call *call = arena_alloc(arena, sizeof(*call));

	call->platform = platform;
	call->arena = arena;
	call->state = arena_alloc(arena, sizeof(*call->state));
	call->state->http = http;
	call->state->match = *match;
	/* One that cannot be read has no fields. */
	query_read(&call->state->query, http->query, arena);
	return call;
}

void control_handle(struct control_call *call, const struct control_route *row)
{
	struct error error = {0};

	if (read_body(call, row, &error) != 0)
		control_fail(call, &error);
	else
		row->handle(call->platform, call);
}

bool control_take(struct control_call *call, struct http_reply *reply)
{
	struct control_state *state = call->state;

	state->waiting = !state->answered;
	if (!state->answered)
		return false;
	reply->status = state->status;
	reply->body = state->body;
	state->body = (struct buf){0};
	return true;
}

void control_end(struct control_call *call)
{
	if (call->state->answered)
		call_free(call);
	else
		call->state->http = NULL;
}
