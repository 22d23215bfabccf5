/* Calling a server function by hand. */
#include "local/control/control.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/control/acting_as.h"
#include "local/run/acting.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/platform.h"

extern const struct control_route server_routes[];

struct asked {
	struct control_call *call;
	long long node;
};

static void answered(void *context, struct json_slice result, const struct run_error *error)
{
	struct asked *asked = context;
	struct json_slice value = json_slice_member(result, "value");
	struct json_slice lossy = json_slice_member(result, "lossy");
	struct buf out = {0};

	if (error != NULL) {
		control_fail_run(asked->call, error, asked->node);
	} else {
		buf_printf(&out, "{\"ok\":true,\"flow\":\"%lld\",\"value\":%.*s,\"lossy\":%.*s",
			   asked->node, value.at != NULL ? (int)value.len : 4,
			   value.at != NULL ? value.at : "null",
			   lossy.at != NULL ? (int)lossy.len : 2,
			   lossy.at != NULL ? lossy.at : "[]");
		flow_put_warnings(asked->call->platform->flows, asked->node, &out);
		buf_putc(&out, '}');
		control_answer_buf(asked->call, &out);
	}
	mem_free(asked);
}

static void call_function(struct platform *platform, struct control_call *call)
{
	struct json_slice module = json_slice_member(call->body_text, "module");
	struct json_slice args = json_slice_member(call->body_text, "args");
	struct server_run run = {.kind = "server"};
	struct error error = {0};
	struct asked *asked;

	if (acting_as(platform, call, &run.member_id, &error) != 0) {
		control_fail(call, &error);
		return;
	}
	run.name = json_slice_string(call->arena, module);
	run.input = args.at != NULL ? arena_strndup(call->arena, args.at, args.len) : "[]";
	run.members = arena_printf(call->arena, "\"kind\":\"function\",\"module\":%.*s,\"args\":%s",
				   (int)module.len, module.at, run.input);
	asked = mem_zalloc(1, sizeof(*asked));
	asked->call = call;
	asked->node = run_server(platform, &run, answered, asked);
	acting_set(platform, asked->node, run.member_id);
}

static const struct control_field call_body[] = {
	{"module", "string", true, "path below src without .ts: app/send.server"},
	{"args", "array", false, "the function's arguments"},
	{"as", "string", false, "the member who acts: id, e-mail address or name"},
	{0},
};

const struct control_route server_routes[] = {
	{"POST", "/server/call", call_function, "call a server function", call_body, NULL},
	{0},
};
