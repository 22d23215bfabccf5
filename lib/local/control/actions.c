/* Surfaces of the app: which there are, running an action and showing a widget, page or form
 * without a browser. The host plays the user (lib/local/host/README.md); what it
 * answers is given on. */
#include "local/control/control.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/control/acting_as.h"
#include "local/control/start.h"
#include "local/control/surface_list.h"
#include "local/run/acting.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/platform.h"
#include "json/json.h"

extern const struct control_route action_routes[];

/* A run of the client that a call waits for. */
struct asked {
	struct control_call *call;
	long long node;
};

/* Whether nothing ran: that is told. */
static bool refused(struct control_call *call, struct json_slice result)
{
	struct json_slice error = json_slice_member(result, "error");

	return error.at != NULL && start_refused(call, json_slice_text(call->arena, error, "code"),
						 json_slice_text(call->arena, error, "message"));
}

/* The transcript: what the user saw is as it was seen; what was thrown and printed is without
 * secrets. */
static void put_transcript(const struct flows *flows, struct json_slice result, struct buf *out)
{
	static const char *const told[] = {"error", "logs", "findings"};
	const char *end = result.at + result.len, *kept = result.at + 1;

	for (;;) {
		struct json_slice next = {0};

		for (size_t i = 0; i < ARRAY_LEN(told); i++) {
			struct json_slice one = json_slice_member(result, told[i]);

			if (one.at != NULL && one.at >= kept &&
			    (next.at == NULL || one.at < next.at))
				next = one;
		}
		if (next.at == NULL)
			break;
		buf_add(out, kept, (size_t)(next.at - kept));
		flow_put_thrown(flows, next.at, next.len, out);
		kept = next.at + next.len;
	}
	buf_add(out, kept, (size_t)(end - kept));
}

static void answered(void *context, struct json_slice result, const struct run_error *error)
{
	struct asked *asked = context;
	struct buf out = {0};

	if (error != NULL) {
		control_fail_run(asked->call, error, asked->node);
	} else if (!refused(asked->call, result)) {
		buf_printf(&out, "{\"flow\":\"%lld\"", asked->node);
		flow_put_warnings(asked->call->platform->flows, asked->node, &out);
		if (result.len > 2) {
			buf_putc(&out, ',');
			put_transcript(asked->call->platform->flows, result, &out);
		} else {
			buf_putc(&out, '}');
		}
		control_answer_buf(asked->call, &out);
	}
	mem_free(asked);
}

static void put_slice(struct buf *out, const char *name, struct json_slice value)
{
	if (value.at != NULL)
		buf_printf(out, ",\"%s\":%.*s", name, (int)value.len, value.at);
}

/* What a script has besides where it starts. */
static void put_rest(struct platform *platform, const struct control_call *call,
		     struct buf *members, const char *member)
{
	put_slice(members, "steps", json_slice_member(call->body_text, "steps"));
	put_slice(members, "answers", json_slice_member(call->body_text, "answers"));
	buf_put_json_member(members, "as",
			    strcmp(member, platform->admin_id) == 0 ? "admin" : "member");
}

static void start(struct platform *platform, struct control_call *call, struct buf *members,
		  const char *kind, const char *name, const char *member)
{
	struct asked *asked = mem_zalloc(1, sizeof(*asked));

	put_rest(platform, call, members, member);
	asked->call = call;
	asked->node =
		run_client(platform, "client.script", members->ptr, 0, kind, name,
			   arena_strndup(call->arena, call->body_text.at, call->body_text.len),
			   answered, asked);
	acting_set(platform, asked->node, member);
	buf_dispose(members);
}

/* ---- actions ---- */

static void run_action(struct platform *platform, struct control_call *call)
{
	const char *id = json_string_or_null(call->body, "id");
	const char *kind = json_string_or_null(call->body, "kind");
	const char *member;
	struct buf args = {0}, members = {0}, on = {0};
	struct error error = {0};

	if (acting_as(platform, call, &member, &error) != 0 ||
	    start_put_arguments(platform, call, &args, &error) != 0 ||
	    start_put_object(platform, call, &args, &on, &error) != 0) {
		buf_dispose(&args);
		buf_dispose(&on);
		control_fail(call, &error);
		return;
	}
	buf_puts(&members, "\"session\":\"script\",\"start\":{\"trigger\":{");
	buf_put_json_member(&members, "id", id);
	if (kind != NULL)
		buf_put_json_member(&members, "kind", kind);
	buf_printf(&members, ",\"args\":%s%s%s}}", args.ptr, start_bare(call), buf_cstr(&on));
	buf_dispose(&args);
	buf_dispose(&on);
	start(platform, call, &members, "action", id, member);
}

/* ---- widgets, tabs, pages, settings, configurators ---- */

static void show(struct platform *platform, struct control_call *call)
{
	const char *kind = start_surface_kind(json_string_or_null(call->body, "kind"));
	const char *id = json_string_or_null(call->body, "id");
	const char *member;
	struct buf props = {0}, members = {0};
	struct error error = {0};

	buf_putc(&props, '{');
	if (kind == NULL)
		error_set(&error, ERROR_USAGE,
			  "`kind` is widget, tab, page, settings or configurator");
	if (error.kind != ERROR_NONE || acting_as(platform, call, &member, &error) != 0 ||
	    start_put_records(platform, call, &props, &error) != 0) {
		buf_dispose(&props);
		control_fail(call, &error);
		return;
	}
	buf_puts(&members, "\"session\":\"script\",\"start\":{\"mount\":{");
	buf_put_json_member(&members, "kind", kind);
	buf_put_json_member(&members, "id", id != NULL ? id : "");
	buf_printf(&members, ",\"props\":%s}%s", props.ptr, start_bare(call));
	put_slice(&members, "config", json_slice_member(call->body_text, "config"));
	buf_puts(&members, "}}");
	buf_dispose(&props);
	start(platform, call, &members, "surface", id != NULL ? id : kind, member);
}

/* ---- the list ---- */

/* What a list waits for. */
struct listing {
	struct platform *platform;
	struct control_call *call;
	int asked; /* whether an object was named */
};

static void list_known(void *context, struct json_slice result, const struct run_error *error)
{
	struct listing *listing = context;
	struct error failure = {0};
	struct buf out = {0};

	if (error != NULL)
		control_fail_run(listing->call, error, 0);
	else if (surface_list(listing->platform, result, listing->asked, &out, &failure) != 0)
		control_fail(listing->call, &failure);
	else
		control_answer_buf(listing->call, &out);
	buf_dispose(&out);
	mem_free(listing);
}

static void list(struct platform *platform, struct control_call *call)
{
	const char *record = control_query(call, "record");
	const char *object = control_query(call, "object");
	struct buf members = {0};
	struct error error = {0};
	struct listing *listing;
	const char *id;

	if ((record != NULL && named_record(platform, call, record, &object, &id, &error) != 0) ||
	    surface_object(platform, object, &members, &error) != 0) {
		buf_dispose(&members);
		control_fail(call, &error);
		return;
	}
	listing = mem_zalloc(1, sizeof(*listing));
	*listing = (struct listing){platform, call, object != NULL};
	run_client(platform, "client.applies", members.ptr, 0, NULL, NULL, NULL, list_known,
		   listing);
	buf_dispose(&members);
}

static const struct control_field run_body[] = {
	START_ACTION_FIELDS,
	{"as", "string", false, "the member who acts: id, e-mail address or name"},
	{"steps", "array", false, "what the user does next"},
	{"answers", "object", false, "{confirm: \"yes\" or \"no\"}"},
	{0},
};

static const struct control_field show_body[] = {
	START_SURFACE_FIELDS,
	{"as", "string", false, "the member who looks"},
	{"steps", "array", false, "what the user does next"},
	{"answers", "object", false, "{confirm: \"yes\" or \"no\"}"},
	{0},
};

static const struct control_field list_query[] = {
	{"record", "string", false, "say which apply to it: people/ada"},
	{"object", "string", false, "the same for an object"},
	{0},
};

const struct control_route action_routes[] = {
	{"GET", "/surfaces", list, "what the app registered", NULL, list_query},
	{"POST", "/actions/run", run_action, "run an action as a user would", run_body, NULL},
	{"POST", "/surfaces/show", show, "show a widget, page or form as text and nodes", show_body,
	 NULL},
	{0},
};
