/* Users at a screen (run/sessions.h): what they look at, and what they do. */
#include "local/control/control.h"
#include "local/run/screens.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/control/acting_as.h"
#include "local/control/start.h"
#include "local/run/acting.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/page_files.h"
#include "local/run/platform.h"
#include "sys/path.h"
#include "json/json.h"

extern const struct control_route session_routes[];

static struct screen *named(struct platform *platform, struct control_call *call)
{
	struct screen *session = screen_find(platform, control_path(call, "id"));

	if (session == NULL)
		control_refuse(call, 404, "not_found", "there is no such session",
			       "it was ended, or the platform was started anew",
			       "open a new one: POST /sessions");
	return session;
}

static struct screen_surface *named_surface(struct screen *session, struct control_call *call,
					    const char *id)
{
	struct screen_surface *surface = screen_surface(session, id);

	if (surface == NULL)
		control_refuse(call, 404, "not_found", "the session has no such surface",
			       "it was closed, or its build is over", NULL);
	return surface;
}

/* ---- opening and closing ---- */

static void open_session(struct platform *platform, struct control_call *call)
{
	const char *screen = json_string_or_null(call->body, "platform");
	struct screen *session = NULL;
	struct error error = {0};
	struct buf out = {0};
	const char *member;

	if (screen != NULL && strcmp(screen, "web-app") != 0)
		error_set(&error, ERROR_USAGE, "`platform` can only be web-app");
	else if (acting_as(platform, call, &member, &error) == 0)
		session = screen_open(platform, member, strcmp(member, platform->admin_id) == 0,
				      &error);
	if (session == NULL) {
		control_fail(call, &error);
		return;
	}
	/* A browser that was led here by the file is here. */
	unlink(path_join(call->arena, platform->options.state, PAGE_LINK_FILE));
	buf_printf(&out, "{\"session\":\"%s\",\"member\":\"%s\",\"as\":\"%s\",\"generation\":%lld}",
		   session->id, session->member_id, session->is_admin ? "admin" : "member",
		   session->generation);
	control_answer_buf(call, &out);
}

static void close_session(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	struct buf out = {0};

	if (session == NULL)
		return;
	buf_putc(&out, '{');
	buf_put_json_member(&out, "closed", session->id);
	buf_putc(&out, '}');
	screen_close(session);
	control_answer_buf(call, &out);
}

/* ---- what a user does ---- */

/* Somebody who waits for the end of it, or until the app asks the user something. */
struct act {
	struct screen_act base; /* the first: cast back */
	struct platform *platform;
	struct control_call *call; /* NULL: answered */
	long long node;
};

static void put_flow(struct buf *out, const struct act *act)
{
	buf_printf(out, "{\"flow\":\"%lld\"", flow_of(act->platform->flows, act->node));
}

/* It may take as long as the user thinks. */
static void act_asked(struct screen_act *base)
{
	struct act *act = (struct act *)base;
	struct buf out = {0};

	if (act->call == NULL)
		return;
	put_flow(&out, act);
	buf_puts(&out, ",\"pending\":true}");
	control_answer_buf(act->call, &out);
	act->call = NULL;
}

static void act_over(void *context, struct json_slice result, const struct run_error *error)
{
	struct act *act = context;
	struct screen *session = act->base.session;
	struct json_slice value = json_slice_member(result, "value");
	struct buf out = {0};

	if (error != NULL && act->call == NULL) {
		screen_tell_error(session, flow_of(act->platform->flows, act->node), error);
	} else if (error != NULL) {
		control_fail_run(act->call, error, flow_of(act->platform->flows, act->node));
	} else if (act->call != NULL) {
		put_flow(&out, act);
		if (value.at != NULL) {
			buf_puts(&out, ",\"value\":");
			buf_add(&out, value.at, value.len);
		}
		buf_putc(&out, '}');
		control_answer_buf(act->call, &out);
	}
	screen_end_act(&act->base);
	mem_free(act);
}

/* `cause`: the node of what it is done to. */
static void begin_act(struct screen *session, struct control_call *call, const char *method,
		      struct buf *members, long long cause, const char *name)
{
	struct platform *platform = session->platform;
	struct act *act = mem_zalloc(1, sizeof(*act));
	const char *input = arena_strndup(call->arena, call->body_text.at, call->body_text.len);
	long long flow;

	act->base.asked = act_asked;
	act->platform = platform;
	act->call = call;
	screen_begin_act(session, &act->base);
	act->node = run_client(platform, method, members->ptr, cause, "user", name, input, act_over,
			       act);
	flow = flow_of(platform->flows, act->node);
	if (!str_equal(acting_member(platform, flow), session->member_id))
		acting_set(platform, flow, session->member_id);
	buf_dispose(members);
}

static void put_slice(struct buf *out, const char *name, struct json_slice value,
		      const char *otherwise)
{
	if (value.at == NULL)
		value = json_slice_of(otherwise, strlen(otherwise));
	buf_printf(out, ",\"%s\":", name);
	buf_add(out, value.at, value.len);
}

static void event(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	struct screen_surface *surface;
	struct buf members = {0};
	const char *fn;

	if (session == NULL)
		return;
	surface = named_surface(session, call, json_string_or_null(call->body, "surface"));
	if (surface == NULL)
		return;
	fn = json_string_or_null(call->body, "fn");
	buf_printf(&members, "\"session\":\"%s\"", session->id);
	buf_put_json_member(&members, "surface", surface->id);
	buf_put_json_member(&members, "fn", fn);
	put_slice(&members, "element", json_slice_member(call->body_text, "element"), "0");
	put_slice(&members, "args", json_slice_member(call->body_text, "args"), "[]");
	begin_act(session, call, "client.event", &members, surface->node, fn);
}

static void callback(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	const char *ref = json_string_or_null(call->body, "ref");
	struct buf members = {0};

	if (session == NULL)
		return;
	buf_printf(&members, "\"session\":\"%s\"", session->id);
	buf_put_json_member(&members, "ref", ref);
	put_slice(&members, "args", json_slice_member(call->body_text, "args"), "[]");
	begin_act(session, call, "client.callback", &members, screen_thing(session, ref), ref);
}

static void answer(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	const cJSON *number = cJSON_GetObjectItemCaseSensitive(call->body, "call");
	struct buf members = {0};
	const char *id;

	if (session == NULL)
		return;
	id = arena_printf(call->arena, "#%.0f", cJSON_GetNumberValue(number));
	buf_printf(&members, "\"session\":\"%s\"", session->id);
	buf_printf(&members, ",\"call\":%.0f", cJSON_GetNumberValue(number));
	put_slice(&members, "value", json_slice_member(call->body_text, "value"), "null");
	begin_act(session, call, "client.answer", &members, screen_thing(session, id), "answer");
}

/* ---- triggering ---- */

struct trigger {
	struct screen_act base; /* keeps the session */
	struct platform *platform;
	long long node;
};

static void triggered(void *context, struct json_slice result, const struct run_error *error)
{
	struct trigger *trigger = context;
	struct screen *session = trigger->base.session;
	struct buf event = {0};

	(void)result;
	if (error != NULL) {
		screen_tell_error(session, trigger->node, error);
	} else {
		buf_printf(&event, "{\"type\":\"done\",\"flow\":\"%lld\"}", trigger->node);
		screen_tell(session, &event);
		buf_dispose(&event);
	}
	screen_end_act(&trigger->base);
	mem_free(trigger);
}

/* Whether the app that runs has none with this id (and kind, unless NULL): then that is told. */
static bool is_unknown(struct platform *platform, struct control_call *call, const char *kind,
		       const char *id)
{
	const struct generations *generations = platform->generations;
	struct error ignored;
	const cJSON *list, *surface;
	cJSON *surfaces;
	bool found = false;

	if (generations->state != GENERATION_RUNS || generations->surfaces.len == 0)
		return false;
	surfaces = json_parse(generations->surfaces.ptr, generations->surfaces.len, "surfaces",
			      NULL, &ignored);
	cJSON_ArrayForEach(list, surfaces)
	{
		if (kind != NULL && strcmp(list->string, kind) != 0)
			continue;
		cJSON_ArrayForEach(surface, list)
		{
			const char *its = json_string_or_null(surface, "id");

			found = found || str_equal(its != NULL ? its : "", id);
		}
	}
	cJSON_Delete(surfaces);
	if (!found)
		control_refuse(call, 404, "not_found",
			       arena_printf(call->arena, "the app has no %.100s `%.200s`",
					    kind != NULL ? kind : "action", id),
			       NULL, "`attio action list` shows those that there are");
	return !found;
}

static void trigger(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	const char *id = json_string_or_null(call->body, "id");
	const char *kind = json_string_or_null(call->body, "kind");
	struct buf args = {0}, members = {0}, on = {0};
	struct error error = {0};
	struct trigger *started;

	if (session == NULL || is_unknown(platform, call, kind, id))
		return;
	if (start_put_arguments(platform, call, &args, &error) != 0 ||
	    start_put_object(platform, call, &args, &on, &error) != 0) {
		buf_dispose(&args);
		buf_dispose(&on);
		control_fail(call, &error);
		return;
	}
	buf_printf(&members, "\"session\":\"%s\"", session->id);
	buf_put_json_member(&members, "id", id);
	if (kind != NULL)
		buf_put_json_member(&members, "kind", kind);
	buf_printf(&members, ",\"args\":%s%s%s", args.ptr, start_bare(call), buf_cstr(&on));
	started = mem_zalloc(1, sizeof(*started));
	started->platform = platform;
	screen_begin_act(session, &started->base);
	started->node =
		run_client(platform, "client.trigger", members.ptr, 0, "action", id,
			   arena_strndup(call->arena, call->body_text.at, call->body_text.len),
			   triggered, started);
	acting_set(platform, started->node, session->member_id);
	buf_clear(&members);
	buf_printf(&members, "{\"flow\":\"%lld\"}", started->node);
	control_answer_buf(call, &members);
	buf_dispose(&args);
	buf_dispose(&on);
}

/* ---- surfaces ---- */

struct mounting {
	struct screen_act base;
	struct control_call *call;
	char surface[24];
};

static void mounted(void *context, struct json_slice result, const struct run_error *error)
{
	struct mounting *mounting = context;
	struct screen *session = mounting->base.session;
	struct screen_surface *surface = screen_surface(session, mounting->surface);
	struct buf out = {0};

	(void)result;
	if (error != NULL) {
		long long flow = surface != NULL ? surface->node : 0;

		if (surface != NULL)
			screen_drop(session, surface, error->message);
		if (!start_refused(mounting->call, error->code, error->message))
			control_fail_run(mounting->call, error, flow);
	} else {
		buf_putc(&out, '{');
		buf_put_json_member(&out, "surface", mounting->surface);
		buf_printf(&out, ",\"flow\":\"%lld\"}", surface != NULL ? surface->node : 0);
		control_answer_buf(mounting->call, &out);
	}
	screen_end_act(&mounting->base);
	mem_free(mounting);
}

/* What the surface gets: of the record, then what the body gives besides. */
static int put_props(struct platform *platform, struct control_call *call, struct buf *props,
		     struct error *error)
{
	struct json_slice given = json_slice_member(call->body_text, "props");

	buf_putc(props, '{');
	if (start_put_records(platform, call, props, error) != 0)
		return -1;
	if (given.at != NULL && given.len > 2) {
		if (props->len > 1)
			buf_putc(props, ',');
		buf_add(props, given.at + 1, given.len - 2);
	}
	buf_putc(props, '}');
	return 0;
}

static void mount(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	const char *kind = start_surface_kind(json_string_or_null(call->body, "kind"));
	const char *id = json_string_or_null(call->body, "id");
	struct json_slice config = json_slice_member(call->body_text, "config");
	struct mounting *mounting;
	struct screen_surface *surface;
	struct buf props = {0};
	struct error error = {0};

	if (session == NULL)
		return;
	if (kind == NULL) {
		control_refuse(call, 400, "usage",
			       "`kind` is widget, tab, page, settings or configurator", NULL, NULL);
		return;
	}
	if (put_props(platform, call, &props, &error) != 0) {
		buf_dispose(&props);
		control_fail(call, &error);
		return;
	}
	mounting = mem_zalloc(1, sizeof(*mounting));
	mounting->call = call;
	screen_begin_act(session, &mounting->base);
	surface = screen_mount(session, kind, id != NULL ? id : "", props.ptr,
			       config.at != NULL ? arena_strndup(call->arena, config.at, config.len)
						 : NULL,
			       arena_strndup(call->arena, call->body_text.at, call->body_text.len),
			       mounted, mounting);
	buf_dispose(&props);
	if (surface != NULL) {
		snprintf(mounting->surface, sizeof(mounting->surface), "%s", surface->id);
		return;
	}
	screen_end_act(&mounting->base);
	mem_free(mounting);
	control_refuse(call, 409, "conflict", "the session shows too many surfaces already", NULL,
		       "close some");
}

/* A dialog is closed by the app, when it is told to; what is mounted is ours. */
static void unmount(struct platform *platform, struct control_call *call)
{
	struct screen *session = named(platform, call);
	struct screen_surface *surface;
	struct buf members = {0}, out = {0};

	if (session == NULL)
		return;
	surface = named_surface(session, call, control_path(call, "surface"));
	if (surface == NULL)
		return;
	buf_printf(&members, "\"session\":\"%s\"", session->id);
	buf_put_json_member(&members, "surface", surface->id);
	if (surface->dialog) {
		call->body_text = json_slice_of(members.ptr, 0);
		begin_act(session, call, "client.unmount", &members, surface->node, "close");
		return;
	}
	if (surface->there)
		run_client(platform, "client.unmount", members.ptr, surface->node, NULL, NULL, NULL,
			   NULL, NULL);
	screen_drop(session, surface, "closed");
	buf_dispose(&members);
	buf_puts(&out, "{\"flow\":null}");
	control_answer_buf(call, &out);
}

/* The host's answer as it is. */
static void passed_on(void *context, struct json_slice result, const struct run_error *error)
{
	struct control_call *call = context;

	if (error != NULL)
		control_fail_run(call, error, 0);
	else
		control_answer(call, result.at, result.len);
}

static void ask_surface(struct platform *platform, struct control_call *call, const char *method)
{
	struct screen *session = named(platform, call);
	struct screen_surface *surface;
	struct buf members = {0};

	if (session == NULL)
		return;
	surface = named_surface(session, call, control_path(call, "surface"));
	if (surface == NULL)
		return;
	buf_printf(&members, "\"session\":\"%s\"", session->id);
	buf_put_json_member(&members, "surface", surface->id);
	run_client(platform, method, members.ptr, surface->node, NULL, NULL, NULL, passed_on, call);
	buf_dispose(&members);
}

static void tree(struct platform *platform, struct control_call *call)
{
	ask_surface(platform, call, "client.tree");
}

static void config(struct platform *platform, struct control_call *call)
{
	ask_surface(platform, call, "client.config");
}

static const struct control_field open_body[] = {
	{"as", "string", false, "the member who looks: id, e-mail address or name"},
	{"platform", "string", false, "web-app"},
	{0},
};

static const struct control_field trigger_body[] = {
	START_ACTION_FIELDS,
	{0},
};

static const struct control_field mount_body[] = {
	START_SURFACE_FIELDS,
	{"props", "object", false, "what it gets besides"},
	{0},
};

static const struct control_field event_body[] = {
	{"surface", "string", true, "where"},
	{"element", "number", true, "id of the node"},
	{"fn", "string", true, "the property that is called: onClick, options.search"},
	{"args", "array", false, "what it is called with"},
	{0},
};

static const struct control_field callback_body[] = {
	{"ref", "string", true,
	 "as the event `ui` gave it: of a toast's action, a frame's message"},
	{"args", "array", false, "what it is called with"},
	{0},
};

static const struct control_field answer_body[] = {
	{"call", "number", true, "of the question"},
	{"value", "any", false, "true or false for a confirm"},
	{0},
};

static const struct control_field events_query[] = {
	{"since", "number", false, "only events behind this number (all that are kept)"},
	{0},
};

#define SESSION "/sessions/{id}"

const struct control_route session_routes[] = {
	{"POST", "/sessions", open_session, "a user comes to a screen", open_body, NULL},
	{"DELETE", SESSION, close_session, "and leaves it", NULL, NULL},
	{"GET", SESSION "/events", NULL, "what the app shows, as it happens", NULL, events_query},
	{"POST", SESSION "/trigger", trigger, "run an action; the answer does not wait for it",
	 trigger_body, NULL},
	{"POST", SESSION "/mount", mount, "show a widget, page or form until it is closed",
	 mount_body, NULL},
	{"GET", SESSION "/surfaces/{surface}", tree, "what it shows now", NULL, NULL},
	{"GET", SESSION "/surfaces/{surface}/config", config,
	 "values and outcomes of a configurator", NULL, NULL},
	{"DELETE", SESSION "/surfaces/{surface}", unmount, "close a surface or a dialog", NULL,
	 NULL},
	{"POST", SESSION "/event", event, "what a user does in a surface", event_body, NULL},
	{"POST", SESSION "/callback", callback, "the same for a toast or a frame", callback_body,
	 NULL},
	{"POST", SESSION "/answer", answer, "answer an alert or a question", answer_body, NULL},
	{0},
};
