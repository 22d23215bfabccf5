/* Webhook handlers, and the log of what came in. */
#include "local/run/webhooks.h"
#include "local/control/control.h"
#include "local/control/sent.h"
#include "local/control/told.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/run/calls.h"
#include "local/run/deliveries.h"
#include "local/run/hooks.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "json/body.h"
#include "json/json.h"

#define LIST_LIMIT 100

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"items\":");
	if (webhooks_show(platform->pieces, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

/* ---- sending ---- */

/* {"delivery": {id, status, ms, response, error?}, "flow", "run"?} */
static void answered(void *context, const struct hook_answer *answer)
{
	struct control_call *call = context;
	struct buf out = {0};

	buf_puts(&out, "{\"delivery\":{\"id\":");
	if (answer->delivery != NULL)
		buf_put_json_string(&out, answer->delivery, strlen(answer->delivery));
	else
		buf_puts(&out, "null");
	buf_printf(&out, ",\"status\":%u,\"ms\":%lld,\"response\":{\"status\":%u,\"headers\":%s,",
		   answer->status, answer->ms, answer->status, answer->headers);
	json_put_body(&out, answer->body, answer->body_len);
	buf_putc(&out, '}');
	if (answer->thrown != NULL) {
		buf_puts(&out, ",\"error\":");
		control_put_thrown(call, &out, answer->thrown);
	} else if (answer->message != NULL) {
		buf_puts(&out, ",\"error\":");
		control_put_thrown(call, &out, &(struct run_error){.message = answer->message});
	}
	buf_printf(&out, "},\"flow\":\"%lld\"", answer->flow);
	if (answer->run != NULL) {
		buf_puts(&out, ",\"run\":");
		buf_put_json_string(&out, answer->run, strlen(answer->run));
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static int no_handler(const struct pieces *pieces, const char *name, struct error *error)
{
	const char *nearest =
		pieces->webhook_files != NULL
			? str_nearest(name, (const char *const *)pieces->webhook_files)
			: NULL;

	error_set(error, ERROR_NOT_FOUND, "there is no webhook handler `%.200s`", name);
	if (nearest != NULL && !str_is(nearest, name))
		return error_fix(error, "did you mean `%.200s`?", nearest);
	return error_fix(error, "the app makes one with createWebhookHandler(), usually when a "
				"connection is added; `attio webhook list` shows those that are "
				"there");
}

static const char * or (const char *text, const char *otherwise)
{
	return text != NULL ? text : otherwise;
}

static void send(struct platform *platform, struct control_call *call)
{
	const char *name = json_string_or_null(call->body, "handler");
	const char *rest = or (json_string_or_null(call->body, "path"), "");
	struct hook_request request = {
		.method = or (json_string_or_null(call->body, "method"), "POST"),
		.query = or (json_string_or_null(call->body, "query"), "")};
	struct webhook *webhook;
	struct error error;
	struct sent_body body;

	if (webhooks_named(platform->pieces, call->arena, name, &webhook, &error) != 0 ||
	    (webhook == NULL && no_handler(platform->pieces, name, &error) != 0) ||
	    sent_body_read(call->arena, call->body_text, &body, &error) != 0) {
		told_failure(call, &error);
		return;
	}
	request.body = body.bytes;
	request.body_len = body.len;
	request.headers = sent_headers(call->arena, call->body, body.json);
	request.path =
		arena_printf(call->arena, "/a/%s/%s%s%s", platform->pieces->workspace_id,
			     webhook->id, rest[0] != '\0' && rest[0] != '/' ? "/" : "", rest);
	hooks_answer(platform, &request, answered, call);
}

/* ---- the log ---- */

static void list_deliveries(struct platform *platform, struct control_call *call)
{
	long long limit = control_query_int(call, "limit", LIST_LIMIT);
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"items\":");
	if (delivery_list(platform->pieces, control_query(call, "handler"), limit, &out, &error) !=
	    0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void show_delivery(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"delivery\":");
	if (delivery_show(platform->pieces, control_path(call, "id"), &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void replay(struct platform *platform, struct control_call *call)
{
	const char *id = control_path(call, "id");
	const cJSON *set = cJSON_GetObjectItemCaseSensitive(call->body, "set");
	struct hook_request request = {0};
	struct delivery *delivery;
	struct error error;

	if (delivery_find(platform->pieces, call->arena, id, &delivery, &error) != 0 ||
	    (delivery == NULL &&
	     error_set(&error, ERROR_NOT_FOUND, "there is no delivery `%.200s`", id) != 0) ||
	    delivery_change(call->arena, delivery, set, &error) != 0 ||
	    (request.path = hooks_path_of(platform, call->arena, delivery, &error)) == NULL) {
		told_failure(call, &error);
		return;
	}
	request.method = delivery->method;
	request.query = delivery->query;
	request.headers = delivery->headers;
	request.body = delivery->body;
	request.body_len = delivery->body_len;
	request.replay_of = delivery->id;
	hooks_answer(platform, &request, answered, call);
}

static const struct control_field send_body[] = {
	{"handler", "string", true, "id or file name of a webhook handler"},
	{"method", "string", false, "POST"},
	{"path", "string", false, "what follows the handler's address"},
	{"query", "string", false, "without the question mark"},
	{"headers", "any", false, "an object, or a list of [name, value]"},
	{"body", "any", false, "a text is sent as it is, any other value as JSON"},
	{"encoding", "string", false, "`base64`: the body is"},
	{0}};
static const struct control_field list_query[] = {
	{"handler", "string", false, "id or name of what they were sent to"},
	{"limit", "number", false, "the newest 100"},
	{0}};
static const struct control_field replay_body[] = {
	{"set", "array", false, "changes to the body: {pointer, value}, the pointer as RFC 6901"},
	{0}};

extern const struct control_route webhook_routes[];

const struct control_route webhook_routes[] = {
	{"GET", "/webhooks", list, "webhook handlers of the app", NULL, NULL},
	{"POST", "/webhooks/send", send, "send a request to a webhook handler", send_body, NULL},
	{"GET", "/deliveries", list_deliveries, "requests that came in", NULL, list_query},
	{"GET", "/deliveries/{id}", show_delivery, "one of them; `last` is the newest", NULL, NULL},
	{"POST", "/deliveries/{id}/replay", replay, "send it again, with changes", replay_body,
	 NULL},
	{0},
};
