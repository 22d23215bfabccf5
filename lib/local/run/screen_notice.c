/* What the host tells of the sessions: it is passed on to who follows them, and what of it is
 * needed later is remembered. */
#include "local/run/screens.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/platform.h"
#include "json/shorten.h"

#define FRAME_LIMIT ((size_t)1 << 20)  /* bytes of a frame's HTML */
#define WORDS_LIMIT ((size_t)64 << 10) /* bytes of what is to be read */
#define TEXT_SHOWN 8000u               /* of a text in it that is longer */

static void put_slice(struct buf *out, const char *name, struct json_slice value)
{
	buf_printf(out, ",\"%s\":", name);
	buf_add(out, value.at != NULL ? value.at : "null", value.at != NULL ? value.len : 4);
}

/* ---- what the app shows beside its surfaces ---- */

static void remember(struct screen *session, const char *id, long long node, bool question)
{
	struct screen_thing *thing = &session->things[session->thing_at++ % SCREEN_THINGS];

	*thing = (struct screen_thing){.node = node, .question = question};
	snprintf(thing->id, sizeof(thing->id), "%s", id);
}

static void tell_limit(struct screen *session, long long node, const char *code,
		       const char *message)
{
	struct buf event = {0};

	/* Without a node it is nobody's in the log. */
	if (node != 0)
		flow_note(session->platform->flows, node, code, message);
	buf_puts(&event, "{\"type\":\"told\"");
	buf_put_json_member(&event, "code", code);
	buf_put_json_member(&event, "message", message);
	buf_printf(&event, ",\"flow\":\"%lld\"}", flow_of(session->platform->flows, node));
	screen_tell(session, &event);
	buf_dispose(&event);
}

static void open_dialog(struct screen *session, const char *id, long long node)
{
	struct screen_surface *surface = mem_zalloc(1, sizeof(*surface));

	snprintf(surface->id, sizeof(surface->id), "%s", id);
	surface->dialog = surface->there = true;
	surface->kind = mem_strdup("dialog");
	surface->name = mem_strdup("");
	surface->node = node;
	surface->next = session->surfaces;
	session->surfaces = surface;
}

static void open_frame(struct screen *session, struct arena *arena, const char *id,
		       struct json_slice params)
{
	struct screen_frame *frame = &session->frames[session->frame_at++ % SCREEN_FRAMES];
	struct json_slice html = json_slice_member(params, "html");
	const char *url = json_slice_text(arena, params, "url");

	mem_free(frame->html);
	mem_free(frame->url);
	*frame = (struct screen_frame){.call = json_slice_int(params, "call", 0)};
	snprintf(frame->id, sizeof(frame->id), "%s", id);
	if (html.at != NULL && html.len > FRAME_LIMIT)
		tell_limit(session, json_slice_int(params, "node", 0), "frame-too-large",
			   "the HTML of a frame is over 1 MB: it is not shown");
	else if (html.at != NULL)
		frame->html = mem_strdup(json_slice_text(arena, params, "html"));
	else if (url != NULL)
		frame->url = mem_strdup(url);
}

static void close_frame(struct screen *session, const char *id)
{
	for (size_t i = 0; i < SCREEN_FRAMES; i++) {
		struct screen_frame *frame = &session->frames[i];

		if (frame->call == 0 || strcmp(frame->id, id) != 0)
			continue;
		mem_free(frame->html);
		mem_free(frame->url);
		*frame = (struct screen_frame){0};
	}
}

/* Those that wait for the end of what now asks the user. */
static void tell_acts(struct screen *session)
{
	struct screen_act *act = session->acts, *next;

	for (; act != NULL; act = next) {
		next = act->next;
		if (act->asked != NULL)
			act->asked(act);
	}
}

/* What is to be read: not what passes between the app and a page of its own. */
static void put_words(struct screen *session, struct buf *event, struct json_slice params,
		      long long node)
{
	char message[160];
	size_t left_out;

	if (params.len <= WORDS_LIMIT) {
		buf_add(event, params.at, params.len - 1);
		return;
	}
	left_out = json_shorten(event, params, TEXT_SHOWN);
	event->len--; /* the brace */
	if (left_out == 0)
		return;
	snprintf(message, sizeof(message),
		 "texts on the screen were cut by %zu KB; the flow has the first 256 KB of them",
		 (left_out + 1023) / 1024);
	tell_limit(session, node, "text-too-long", message);
}

static void tell_ui(struct screen *session, struct arena *arena, struct json_slice params,
		    long long node)
{
	const char *op = json_slice_text(arena, params, "op");
	const char *id = json_slice_text(arena, params, "id");
	bool question = json_slice_true(params, "wants_answer");
	struct screen_surface *surface = NULL;
	struct buf event = {0};

	if (op == NULL)
		return;
	if (question)
		remember(session, arena_printf(arena, "#%lld", json_slice_int(params, "call", 0)),
			 node, true);
	else if (id != NULL && str_ends(op, ".open"))
		remember(session, id, node, false);
	else if (id != NULL && (strcmp(op, "toast.show") == 0 || strcmp(op, "toast.upsert") == 0))
		remember(session, id, node, false);
	if (id != NULL && strcmp(op, "dialog.open") == 0)
		open_dialog(session, id, node);
	else if (id != NULL && strcmp(op, "dialog.close") == 0)
		surface = screen_surface(session, id);
	else if (id != NULL && strcmp(op, "iframe.open") == 0)
		open_frame(session, arena, id, params);
	else if (id != NULL && strcmp(op, "iframe.close") == 0)
		close_frame(session, id);
	/* Of two members with one name the last counts. */
	if (strncmp(op, "iframe.", 7) == 0)
		buf_add(&event, params.at, params.len - 1);
	else
		put_words(session, &event, params, node);
	buf_printf(&event, ",\"type\":\"ui\",\"flow\":\"%lld\"}",
		   flow_of(session->platform->flows, node));
	screen_tell(session, &event);
	buf_dispose(&event);
	if (surface != NULL)
		screen_drop(session, surface, "closed");
	if (question || str_ends(op, ".open"))
		tell_acts(session);
}

/* ---- its surfaces ---- */

static void tell_tree(struct screen *session, const char *method, struct json_slice params,
		      struct screen_surface *surface)
{
	struct json_slice config = json_slice_member(params, "config");
	struct buf event = {0};

	/* What is configured stays when another build runs. */
	if (config.at != NULL) {
		mem_free(surface->config);
		surface->config = mem_strndup(config.at, config.len);
	}

	buf_printf(&event, "{\"type\":\"%s\"", method);
	buf_put_json_member(&event, "surface", surface->id);
	if (strcmp(method, "patch") == 0) {
		put_slice(&event, "changes", json_slice_member(params, "changes"));
	} else {
		buf_put_json_member(&event, "kind", surface->kind);
		buf_put_json_member(&event, "id", surface->name);
		buf_printf(&event, ",\"props\":%s", surface->props != NULL ? surface->props : "{}");
		put_slice(&event, "nodes", json_slice_member(params, "nodes"));
	}
	if (config.at != NULL)
		put_slice(&event, "config", config);
	buf_putc(&event, '}');
	screen_tell(session, &event);
	buf_dispose(&event);
}

static void tell_uncaught(struct screen *session, struct json_slice params)
{
	struct buf event = {0};

	buf_printf(&event, "{\"type\":\"error\",\"flow\":\"%lld\"",
		   flow_of(session->platform->flows, json_slice_int(params, "node", 0)));
	put_slice(&event, "error", json_slice_member(params, "error"));
	put_slice(&event, "surface", json_slice_member(params, "where"));
	buf_putc(&event, '}');
	screen_tell(session, &event);
	buf_dispose(&event);
}

/* A Worker of the client's is gone, with all that it showed. A fresh one has the same build: what
 * it shows is for the user to mount again, since it may be what the former one died of. */
static void tell_ended(struct screen *session, const char *reason)
{
	struct screen_surface *surface = session->surfaces;
	struct buf event = {0};

	tell_limit(session, 0, "app-ended", reason);
	while (surface != NULL) {
		struct screen_surface *next = surface->next;

		if (surface->dialog) {
			screen_drop(session, surface, reason);
		} else if (surface->there) {
			surface->there = false;
			buf_clear(&event);
			buf_puts(&event, "{\"type\":\"gone\"");
			buf_put_json_member(&event, "surface", surface->id);
			buf_put_json_member(&event, "reason", reason);
			buf_putc(&event, '}');
			screen_tell(session, &event);
		}
		surface = next;
	}
	for (size_t i = 0; i < SCREEN_THINGS; i++)
		session->things[i] = (struct screen_thing){0};
	buf_dispose(&event);
}

static void tell_all_ended(struct platform *platform, struct arena *arena, struct json_slice params)
{
	const char *reason = json_slice_text(arena, params, "reason");

	if (!str_equal(json_slice_text(arena, params, "realm"), "client"))
		return;
	for (struct screen *s = platform->screens->first; s != NULL; s = s->next)
		if (!s->closed && s->generation == json_slice_int(params, "gen", 0))
			tell_ended(s, reason != NULL ? reason : "the app's code ended");
}

void screens_need(struct platform *platform, const char *id, long long node, const char *code)
{
	static const char *const needs[][2] = {
		{"no-workspace-connection", "the app needs a connection of the workspace"},
		{"no-user-connection", "the app needs a connection of yours"},
		{"connection-expired", "the connection has expired: the app needs another one"},
	};
	struct screen *session = screen_find(platform, id);

	for (size_t i = 0; session != NULL && i < ARRAY_LEN(needs); i++)
		if (str_equal(code, needs[i][0]))
			tell_limit(session, node, "needs-connection", needs[i][1]);
}

void screens_notice(struct platform *platform, const char *method, struct json_slice params,
		    long long node)
{
	struct arena *arena = arena_new_small(1024);
	struct screen *session = screen_find(platform, json_slice_text(arena, params, "session"));
	const char *id = json_slice_text(arena, params, "surface");
	struct screen_surface *surface;

	if (strcmp(method, "ended") == 0) {
		tell_all_ended(platform, arena, params);
	} else if (session == NULL || json_slice_int(params, "gen", 0) != session->generation) {
		/* Of a run that nobody looks at, or of a build that is over. */
	} else if (strcmp(method, "ui") == 0) {
		tell_ui(session, arena, params, node);
	} else if (strcmp(method, "error") == 0) {
		tell_uncaught(session, params);
	} else if (strcmp(method, "told") == 0) {
		const char *code = json_slice_text(arena, params, "code");
		const char *message = json_slice_text(arena, params, "message");

		tell_limit(session, json_slice_int(params, "node", 0), code != NULL ? code : "told",
			   message != NULL ? message : "");
	} else if (id != NULL && (surface = screen_surface(session, id)) != NULL) {
		tell_tree(session, method, params, surface);
	}
	arena_free(arena);
}
