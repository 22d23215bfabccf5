/* The frame: finds the row, lets in, checks, lets the row answer, and gives every outcome the
 * service's envelope and headers. */
#include "local/rest/rest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "http/server.h"
#include "local/refusal.h"
#include "local/rest/call.h"
#include "local/rest/shape.h"
#include "local/rest/table.h"
#include "local/rest/token.h"
#include "local/route.h"
#include "json/json.h"

#define BODY_ERROR "Body payload validation error."
#define QUERY_ERROR "Query payload validation error."

const struct route *rest_routes(struct arena *arena, size_t *count)
{
	const struct rest_row *rows = rest_table(count);
	struct route *routes = arena_alloc(arena, *count * sizeof(*routes));

	for (size_t i = 0; i < *count; i++) {
		routes[i].method = rows[i].method;
		routes[i].pattern = rows[i].pattern;
		routes[i].summary = rows[i].summary;
	}
	return routes;
}

/* ---- finding ---- */

/* {target} stands for the two kinds of things that have attributes. */
static bool target_fits(const struct route_match *match)
{
	const char *target = route_value(match, "target");

	return target == NULL || strcmp(target, "objects") == 0 || strcmp(target, "lists") == 0;
}

/* NULL with the refusal. */
static const struct rest_row *find(const struct rest_request *request, struct rest_call *call,
				   struct route_match *match)
{
	size_t count;
	const struct rest_row *rows = rest_table(&count);
	const struct route *routes = rest_routes(call->arena, &count);

	route_find(routes, count, call->arena, request->method, request->path, match);
	if (match->status == 0 && target_fits(match)) {
		call->match = match;
		return &rows[match->route - routes];
	}
	refusal_missing(call->refusal, "Could not find endpoint \"%s %s\".", request->method,
			request->path);
	return NULL;
}

/* ---- letting in ---- */

static bool writes(const struct rest_row *row)
{
	return strstr(row->scopes, ":read-write") != NULL;
}

static int check_token(const struct rest *rest, const struct rest_request *request,
		       struct rest_call *call)
{
	const char *token = token_of(request->authorization, call->arena);

	if (request->authorization == NULL)
		return refusal_set(call->refusal, 401, REFUSAL_AUTH, "unauthorized",
				   "The Authorization header was not provided. Please provide an "
				   "API Key as a Bearer token.");
	if (token == NULL || utf8_utf16_len(token, strlen(token)) != TOKEN_LENGTH)
		return refusal_set(call->refusal, 401, REFUSAL_AUTH, "unauthorized",
				   "The API Key provided was invalid because it was the wrong "
				   "length (API Keys should be 64 characters long).");
	if (!random_key_equal(token, rest->api_token))
		return refusal_set(call->refusal, 401, REFUSAL_AUTH, "unauthorized",
				   "The API Key provided could not be found. This is most commonly "
				   "caused by the token having been revoked.");
	return 0;
}

/* In the platform's own second. */
static int check_limits(struct rest *rest, const struct rest_request *request,
			const struct rest_row *row, struct rest_call *call,
			struct http_reply *reply)
{
	long long now = clock_ms(rest->clock);
	char date[HTTP_DATE_SIZE];

	if (rest->unlimited || limits_take(&rest->limits, request->flow, now, writes(row)))
		return 0;
	limits_retry_after(now, date);
	http_reply_header(reply, "Retry-After", date);
	return refusal_set(call->refusal, 429, REFUSAL_RATE, "rate_limit_exceeded",
			   "Rate limit exceeded, please try again later");
}

/* ---- checking ---- */

static int check_query(const struct rest_request *request, const struct rest_row *row,
		       struct rest_call *call)
{
	struct buf issues = {0};

	call->params = row->params;
	if (query_read(&call->query, request->query, call->arena) != 0)
		shape_issue(&issues, "custom", NULL, "The query is not percent-encoded UTF-8");
	else
		query_check(&call->query, row->params, &issues);
	if (issues.len == 0)
		return 0;
	refusal_bad(call->refusal, "validation_type", QUERY_ERROR);
	buf_add(&call->refusal->issues, issues.ptr, issues.len);
	buf_dispose(&issues);
	return -1;
}

/* *document is to be deleted, whatever comes back. */
static int check_body(const struct rest_request *request, const struct rest_row *row,
		      struct rest_call *call, cJSON **document)
{
	struct buf issues = {0};
	struct error error = {0};

	if (row->body == NULL)
		return 0;
	if (request->body_len > 0)
		*document = json_parse(request->body, request->body_len, "the body", NULL, &error);
	if (request->body_len > 0 && *document == NULL)
		shape_issue(&issues, "custom", NULL, error.message);
	else
		shape_check(row->body, *document, &issues);
	if (issues.len > 0) {
		refusal_bad(call->refusal, "validation_type", BODY_ERROR);
		buf_add(&call->refusal->issues, issues.ptr, issues.len);
		buf_dispose(&issues);
		return -1;
	}
	call->body = *document;
	call->data = cJSON_GetObjectItemCaseSensitive(*document, "data");
	return 0;
}

/* ---- answering ---- */

/* Tells a client that it has met a limit of this platform and not of the service. */
static int not_implemented(const struct rest_request *request, struct rest_call *call)
{
	return refusal_set(call->refusal, 501, REFUSAL_REQUEST, "not_implemented",
			   "The local platform does not implement \"%s %s\".", request->method,
			   request->path);
}

static int answer(const struct rest_row *row, struct rest_call *call)
{
	if (!writes(row))
		return row->answer(call);
	if (world_begin(call->world, call->refusal) != 0)
		return -1;
	return world_end(call->world, row->answer(call), call->refusal);
}

/* GET /v2/self tells of any token whether it is a live one; whose it is, for that the call counts.
 */
static int answer_open(struct rest *rest, const struct rest_request *request,
		       const struct rest_row *row, struct rest_call *call, struct http_reply *reply)
{
	const char *token = token_of(request->authorization, call->arena);

	if (token == NULL || strlen(token) != TOKEN_LENGTH)
		return refusal_bad(call->refusal, "missing_value",
				   "Token was not recognised. Please provide an API Key or an "
				   "access token as a Bearer token.");
	if (random_key_equal(token, rest->api_token))
		return check_limits(rest, request, row, call, reply) != 0 ? -1 : row->answer(call);
	buf_puts(call->out, "{\"active\":false}");
	return 0;
}

static int serve(struct rest *rest, const struct rest_request *request, const struct rest_row *row,
		 struct rest_call *call, struct http_reply *reply)
{
	cJSON *document = NULL;
	int result;

	if ((row->flags & REST_OPEN) != 0)
		return answer_open(rest, request, row, call, reply);
	if (check_token(rest, request, call) != 0 || rest_need_scopes(call, row->scopes) != 0 ||
	    check_limits(rest, request, row, call, reply) != 0)
		return -1;
	if (row->answer == NULL)
		return not_implemented(request, call);
	if (check_query(request, row, call) != 0)
		return -1;
	result = check_body(request, row, call, &document);
	if (result == 0)
		result = answer(row, call);
	cJSON_Delete(document);
	return result;
}

/* ---- the envelope ---- */

static void put_headers(const struct rest_row *row, const struct rest_call *call,
			struct http_reply *reply)
{
	char uuid[RANDOM_UUID_SIZE] = "";
	char number[32];
	struct error error = {0};

	reply->exact = true;
	http_reply_header(reply, "Content-Type", "application/json; charset=utf-8");
	if (random_uuid(uuid, &error) == 0)
		http_reply_header(reply, "x-attio-execution-id", uuid);
	http_reply_header(reply, "x-frame-options", "DENY");
	http_reply_header(reply, "access-control-allow-origin", "*");
	http_reply_header(reply, "access-control-expose-headers",
			  "x-attio-client, x-attio-app-installation-bundle-id, "
			  "x-attio-record-query-score");
	if (reply->status != 200 || row == NULL)
		return;
	if ((row->flags & REST_ACCURATE) != 0)
		http_reply_header(reply, "x-accurate-at", call->now);
	if (call->score >= 0) {
		snprintf(number, sizeof(number), "%lld", call->score);
		http_reply_header(reply, "x-attio-record-query-score", number);
	}
}

void rest_answer(struct rest *rest, const struct rest_request *request, struct http_reply *reply)
{
	struct refusal refusal = {0};
	struct route_match match = {0};
	struct rest_call call = {.rest = rest,
				 .world = rest->world,
				 .arena = arena_new_small(4096),
				 .out = &reply->body,
				 .refusal = &refusal,
				 .status = 200,
				 .score = -1};
	const struct rest_row *row = find(request, &call, &match);

	call.actor = request->inside ? (struct actor){"app", rest->app_id}
				     : (struct actor){"api-token", REST_TOKEN_ID};
	clock_text(rest->clock, call.now);
	if (row == NULL || serve(rest, request, row, &call, reply) != 0) {
		buf_clear(&reply->body);
		refusal_print(&reply->body, &refusal);
		call.status = (unsigned)refusal.status;
	}
	reply->status = call.status;
	put_headers(row, &call, reply);
	refusal_dispose(&refusal);
	arena_free(call.arena);
}
