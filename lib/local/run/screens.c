/* A session is freed when it is closed and neither a follower nor an act refers to it, in
 * screens_serve; its struct does not move before. */
#include "local/run/screens.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/acting.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/host.h"
#include "local/run/platform.h"

#define SCREENS 64u                  /* of a platform */
#define KEPT_BYTES ((size_t)8 << 20) /* of events, of one session */

/* ---- events ---- */

void screen_tell(struct screen *session, const struct buf *event)
{
	stream_add(&session->stream, event->ptr, event->len);
}

void screen_tell_error(struct screen *session, long long flow, const struct run_error *error)
{
	struct buf event = {0}, raw = {0};

	run_error_put(&raw, error);
	buf_printf(&event, "{\"type\":\"error\",\"flow\":\"%lld\",\"error\":", flow);
	flow_put_thrown(session->platform->flows, raw.ptr, raw.len, &event);
	buf_putc(&event, '}');
	buf_dispose(&raw);
	screen_tell(session, &event);
	buf_dispose(&event);
}

static void tell_gone(struct screen *session, const char *surface, const char *reason)
{
	struct buf event = {0}, raw = {0};

	buf_puts(&raw, "{\"type\":\"gone\"");
	buf_put_json_member(&raw, "surface", surface);
	buf_put_json_member(&raw, "reason", reason);
	buf_putc(&raw, '}');
	flow_put_thrown(session->platform->flows, raw.ptr, raw.len, &event);
	buf_dispose(&raw);
	screen_tell(session, &event);
	buf_dispose(&event);
}

static void ask(const struct screen *session, long long generation, const char *method,
		const char *members)
{
	struct host *host = session->platform->host;
	struct buf params = {0};

	if (host == NULL || generation == 0)
		return;
	buf_printf(&params, "{\"gen\":%lld,\"node\":0,\"session\":\"%s\",%s}", generation,
		   session->id, members);
	host_ask(host, method, params.ptr, params.len, NULL, NULL);
	buf_dispose(&params);
}

/* Everything that is shown is told once more, whole. */
static void tell_again(void *context)
{
	struct screen *session = context;
	struct screen_surface *surface;
	char members[64];

	for (surface = session->surfaces; surface != NULL; surface = surface->next) {
		if (!surface->there)
			continue;
		snprintf(members, sizeof(members), "\"surface\":\"%s\",\"again\":true",
			 surface->id);
		ask(session, session->generation, "client.tree", members);
	}
}

void screen_follow(struct screen *session, struct http_call *call, long long since,
		   struct http_reply *reply)
{
	bool anew = since < 0;

	session->followed = true;
	/* Who comes for the first time gets all that there is to get. */
	stream_follow(&session->stream, call, anew ? 0 : since, reply);
}

/* ---- opening and closing ---- */

static bool make_room(struct platform *platform)
{
	struct screen *oldest = NULL;
	unsigned count = 0;

	for (struct screen *s = platform->screens->first; s != NULL; s = s->next) {
		count += s->closed ? 0 : 1;
		if (!s->closed && s->stream.followers == NULL)
			oldest = s;
	}
	if (count >= SCREENS && oldest != NULL)
		screen_close(oldest);
	return count < SCREENS || oldest != NULL;
}

struct screen *screen_open(struct platform *platform, const char *member_id, bool is_admin,
			   struct error *error)
{
	char key[RANDOM_KEY_SIZE];
	struct screen *session;

	if (!make_room(platform)) {
		error_set(error, ERROR_CONFLICT, "%u sessions are open", SCREENS);
		error_fix(error, "close pages of the platform that nobody looks at");
		return NULL;
	}
	if (random_key(key, error) != 0)
		return NULL;
	session = mem_zalloc(1, sizeof(*session));
	snprintf(session->id, sizeof(session->id), "u%s", key);
	snprintf(session->member_id, sizeof(session->member_id), "%s", member_id);
	session->is_admin = is_admin;
	session->platform = platform;
	session->generation = platform->generations->current;
	session->stream.limit = KEPT_BYTES;
	session->stream.missed = tell_again;
	session->stream.context = session;
	session->next = platform->screens->first;
	platform->screens->first = session;
	return session;
}

struct screen *screen_find(const struct platform *platform, const char *id)
{
	struct screen *session;

	if (id == NULL || id[0] != 'u')
		return NULL;
	for (session = platform->screens->first; session != NULL; session = session->next)
		if (!session->closed && random_key_equal(session->id, id))
			return session;
	return NULL;
}

static void surface_free(struct screen_surface *surface)
{
	mem_free(surface->kind);
	mem_free(surface->name);
	mem_free(surface->props);
	mem_free(surface->config);
	mem_free(surface);
}

void screen_drop(struct screen *session, struct screen_surface *surface, const char *reason)
{
	struct screen_surface **at = &session->surfaces;

	while (*at != surface)
		at = &(*at)->next;
	*at = surface->next;
	tell_gone(session, surface->id, reason);
	surface_free(surface);
}

/* The app is let go on: what it asked is answered with no, what it shows is closed. */
static void leave(struct screen *session)
{
	struct screen_surface *surface;
	char members[96];

	for (surface = session->surfaces; surface != NULL; surface = surface->next) {
		snprintf(members, sizeof(members), "\"surface\":\"%s\"", surface->id);
		if (surface->there)
			ask(session, session->generation, "client.unmount", members);
	}
	for (size_t i = 0; i < SCREEN_FRAMES; i++) {
		if (session->frames[i].call == 0)
			continue;
		snprintf(members, sizeof(members), "\"ref\":\"%s.closed\",\"args\":[]",
			 session->frames[i].id);
		ask(session, session->generation, "client.callback", members);
		mem_free(session->frames[i].html);
		mem_free(session->frames[i].url);
		session->frames[i] = (struct screen_frame){0};
	}
	for (size_t i = 0; i < SCREEN_THINGS; i++) {
		struct screen_thing *thing = &session->things[i];

		snprintf(members, sizeof(members), "\"call\":%s,\"value\":null", thing->id + 1);
		if (thing->question)
			ask(session, session->generation, "client.answer", members);
		*thing = (struct screen_thing){0};
	}
}

void screen_close(struct screen *session)
{
	leave(session);
	while (session->surfaces != NULL)
		screen_drop(session, session->surfaces, "closed");
	session->closed = true;
	stream_close(&session->stream);
}

static void screen_free(struct screen *session)
{
	while (session->surfaces != NULL) {
		struct screen_surface *surface = session->surfaces;

		session->surfaces = surface->next;
		surface_free(surface);
	}
	for (size_t i = 0; i < SCREEN_FRAMES; i++) {
		mem_free(session->frames[i].html);
		mem_free(session->frames[i].url);
	}
	stream_dispose(&session->stream);
	mem_free(session);
}

/* ---- surfaces ---- */

struct screen_surface *screen_surface(const struct screen *session, const char *id)
{
	struct screen_surface *surface = session->surfaces;

	while (surface != NULL && strcmp(surface->id, id) != 0)
		surface = surface->next;
	return surface;
}

static void put_json(struct buf *out, const char *name, const char *json)
{
	if (json != NULL)
		buf_printf(out, ",\"%s\":%s", name, json);
}

static void mount(struct screen *session, struct screen_surface *surface, const char *input,
		  run_done *done, void *context)
{
	struct platform *platform = session->platform;
	struct buf members = {0};

	buf_printf(&members, "\"session\":\"%s\",\"surface\":\"%s\",\"as\":\"%s\"", session->id,
		   surface->id, session->is_admin ? "admin" : "member");
	buf_put_json_member(&members, "kind", surface->kind);
	buf_put_json_member(&members, "id", surface->name);
	put_json(&members, "props", surface->props);
	put_json(&members, "config", surface->config);
	/* The host says whether that matters. */
	if (json_slice_member(json_slice_of(surface->props, strlen(surface->props)), "recordId")
		    .at == NULL)
		buf_puts(&members, ",\"bare\":true");
	surface->there = true;
	surface->node = run_client(platform, "client.mount", members.ptr, 0, "surface",
				   surface->name[0] != '\0' ? surface->name : surface->kind, input,
				   done, context);
	acting_set(platform, surface->node, session->member_id);
	buf_dispose(&members);
}

/* One that a build took away, and that is mounted by hand now. */
static void replace_lost(struct screen *session, const char *kind, const char *name,
			 const char *props)
{
	struct screen_surface *surface = session->surfaces;

	while (surface != NULL) {
		struct screen_surface *next = surface->next;

		if (!surface->there && strcmp(surface->kind, kind) == 0 &&
		    strcmp(surface->name, name) == 0 && str_equal(surface->props, props))
			screen_drop(session, surface, "mounted anew");
		surface = next;
	}
}

static char *copy(const char *text)
{
	return text != NULL ? mem_strdup(text) : NULL;
}

struct screen_surface *screen_mount(struct screen *session, const char *kind, const char *name,
				    const char *props, const char *config, const char *input,
				    run_done *done, void *context)
{
	struct screen_surface *surface;
	unsigned count = 0;

	replace_lost(session, kind, name, props);
	for (surface = session->surfaces; surface != NULL; surface = surface->next)
		count++;
	if (count >= SCREEN_SURFACES)
		return NULL;
	surface = mem_zalloc(1, sizeof(*surface));
	snprintf(surface->id, sizeof(surface->id), "m%lld",
		 ++session->platform->screens->last_surface);
	surface->kind = mem_strdup(kind);
	surface->name = mem_strdup(name);
	surface->props = mem_strdup(props);
	surface->config = copy(config);
	surface->next = session->surfaces;
	session->surfaces = surface;
	mount(session, surface, input, done, context);
	return surface;
}

long long screen_thing(const struct screen *session, const char *ref)
{
	size_t len = strcspn(ref, ".");

	for (size_t i = 0; i < SCREEN_THINGS; i++)
		if (strncmp(session->things[i].id, ref, len) == 0 &&
		    session->things[i].id[len] == '\0' && len > 0)
			return session->things[i].node;
	return 0;
}

const struct screen_frame *screen_frame(const struct screen *session, const char *call)
{
	char text[24];

	for (size_t i = 0; i < SCREEN_FRAMES; i++) {
		snprintf(text, sizeof(text), "%lld", session->frames[i].call);
		if (session->frames[i].call != 0 && strcmp(text, call) == 0)
			return &session->frames[i];
	}
	return NULL;
}

/* ---- acts ---- */

void screen_begin_act(struct screen *session, struct screen_act *act)
{
	act->session = session;
	act->next = session->acts;
	session->acts = act;
}

void screen_end_act(struct screen_act *act)
{
	struct screen_act **at = &act->session->acts;

	while (*at != act)
		at = &(*at)->next;
	*at = act->next;
}

/* ---- builds ---- */

struct remount {
	struct screen *session;
	char surface[24];
	struct screen_act act; /* keeps the session */
};

/* The build has no such surface any more, or its code cannot run. */
static void remounted(void *context, struct json_slice result, const struct run_error *error)
{
	struct remount *remount = context;
	struct screen_surface *surface = screen_surface(remount->session, remount->surface);

	(void)result;
	if (error != NULL && surface != NULL) {
		surface->there = false;
		tell_gone(remount->session, surface->id, error->message);
	}
	screen_end_act(&remount->act);
	mem_free(remount);
}

static void drop_dialogs(struct screen *session, const char *reason)
{
	struct screen_surface *surface = session->surfaces;

	while (surface != NULL) {
		struct screen_surface *next = surface->next;

		if (surface->dialog)
			screen_drop(session, surface, reason);
		surface = next;
	}
}

static void renew(struct screen *session, long long generation)
{
	struct buf event = {0};

	leave(session);
	drop_dialogs(session, "another build runs");
	session->generation = generation;
	if (generation == 0)
		return;
	buf_printf(&event, "{\"type\":\"generation\",\"number\":%lld}", generation);
	screen_tell(session, &event);
	buf_dispose(&event);
	for (struct screen_surface *s = session->surfaces; s != NULL; s = s->next) {
		struct remount *remount = mem_zalloc(1, sizeof(*remount));

		remount->session = session;
		snprintf(remount->surface, sizeof(remount->surface), "%s", s->id);
		screen_begin_act(session, &remount->act);
		mount(session, s, NULL, remounted, remount);
	}
}

void screens_serve(struct platform *platform)
{
	long long generation = platform->generations->current;
	struct screen **at = &platform->screens->first;

	while (*at != NULL) {
		struct screen *session = *at;

		if (session->closed && session->acts == NULL && session->stream.followers == NULL) {
			*at = session->next;
			screen_free(session);
			continue;
		}
		if (!session->closed && session->generation != generation) {
			/* A page that was left: nobody shall look at it run. */
			if (session->followed && session->stream.followers == NULL)
				screen_close(session);
			else
				renew(session, generation);
		}
		at = &session->next;
	}
}

void screens_dispose(struct platform *platform)
{
	struct screens *sessions = platform->screens;

	while (sessions != NULL && sessions->first != NULL) {
		struct screen *session = sessions->first;

		sessions->first = session->next;
		screen_free(session);
	}
	mem_free(sessions);
}
