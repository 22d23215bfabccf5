/* One struct fetching for each `fetch`, over its redirects, until it is answered. */
#include "local/run/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/outbound.h"
#include "http/server.h"
#include "local/rest/rest.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/gate_answer.h"
#include "local/run/gate_headers.h"
#include "local/run/gate_replay.h"
#include "local/run/gate_url.h"
#include "local/run/hooks.h"
#include "local/run/host.h"
#include "local/run/limits.h"
#include "local/run/platform.h"
#include "local/run/webhooks_out.h"
#include "json/body.h"

#define REDIRECTS 20u

struct fetching {
	struct fetching *next;
	struct platform *platform;
	struct arena *arena;
	long long id;    /* of the host's request, where nobody else is told: `done` */
	gate_done *done; /* or NULL */
	void *context;
	long long node;     /* of the flow log */
	long long began;    /* ns on the machine's clock: this request, not the redirects before */
	long long outbound; /* 0: not under way */
	long long due;      /* ms on the machine's clock; 0: does not wait */
	const char *kind;   /* of the node */
	const char *method;
	const char *url; /* as the app sees it */
	const char *redirect;
	struct json_slice headers; /* [[name, value]] */
	const char *body;          /* or NULL */
	size_t body_len;
	unsigned redirects;
	bool other_origin; /* a redirect led away: without Authorization from then on */
	struct chaos_turn trouble;
	bool counted;                    /* in the requests of this second */
	bool alone;                      /* when it was asked for, its call waited for no other */
	bool sent;                       /* trouble was made, or not */
	const struct rest_request *rest; /* an attioFetch; NULL: a fetch */
};

static void send(struct fetching *fetching);

/* ---- ending ---- */

static void fetching_free(struct fetching *fetching)
{
	struct fetching **at = &fetching->platform->gate->open;

	while (*at != NULL && *at != fetching)
		at = &(*at)->next;
	if (*at == fetching)
		*at = fetching->next;
	arena_free(fetching->arena);
}

/* Of the log of requests; status 0: it failed. */
static void log_request(const struct fetching *fetching, int status, const char *error)
{
	struct flow_request request = {.kind = fetching->kind,
				       .method = fetching->method,
				       .url = fetching->url,
				       .node = fetching->node,
				       .began = fetching->began,
				       .status = status,
				       .error = error};

	flow_request(fetching->platform->flows, &request);
}

/* What is told to who asked: exactly one of the two. */
static void tell(const struct fetching *fetching, struct json_slice answer,
		 const struct run_error *error)
{
	struct host *host = fetching->platform->host;

	if (fetching->done != NULL)
		fetching->done(fetching->context, fetching->node,
			       error != NULL ? error->message : NULL);
	else if (error != NULL)
		host_reply_error(host, fetching->id, error);
	else
		host_reply(host, fetching->id, answer.at, answer.len);
}

static void fail_named(struct fetching *fetching, const char *name, const char *message)
{
	struct run_error error = {.name = name, .message = message};

	log_request(fetching, 0, message);
	flow_end(fetching->platform->flows, fetching->node, (struct json_slice){0}, message);
	tell(fetching, (struct json_slice){0}, &error);
	fetching_free(fetching);
}

/* As fetch itself fails: a TypeError. */
static void fail(struct fetching *fetching, const char *why)
{
	fail_named(fetching, "TypeError", arena_printf(fetching->arena, "fetch failed: %s", why));
}

static void answer_json(struct fetching *fetching, unsigned status, const char *json, size_t len)
{
	log_request(fetching, (int)status, NULL);
	flow_end(fetching->platform->flows, fetching->node, (struct json_slice){json, len}, NULL);
	tell(fetching, (struct json_slice){json, len}, NULL);
	fetching_free(fetching);
}

static void answer_reply(struct fetching *fetching, struct http_reply *reply)
{
	struct buf json = {0};

	if (strcmp(fetching->method, "HEAD") == 0)
		buf_clear(&reply->body);
	gate_put_reply(&json, reply, fetching->url);
	answer_json(fetching, reply->status, json.ptr, json.len);
	buf_dispose(&json);
}

/* ---- one after the other ---- */

static const char waits_note[] =
	"it waited: too many calls in one second, for this machine is faster "
	"than a network";

/* A request that comes alone, after the answers to the others, comes too soon only because nothing
 * here takes the time that a network takes: it waits. Of several at once the others are refused. */
static bool waits(struct fetching *fetching, long long ms)
{
	struct flows *flows = fetching->platform->flows;
	long long flow = flow_of(flows, fetching->node);

	if (!fetching->alone)
		return false;
	for (const struct fetching *f = fetching->platform->gate->open; f != NULL; f = f->next)
		if (f != fetching && flow_of(flows, f->node) == flow)
			return false;
	fetching->due = clock_ms(&clock_machine) + (ms > 0 ? ms : 1);
	flow_note(flows, fetching->node, "waited", waits_note);
	return true;
}

/* Whether it may go out now; else it waits, or has been refused and is gone. */
static bool take_turn(struct fetching *fetching)
{
	struct platform *platform = fetching->platform;
	long long flow = flow_of(platform->flows, fetching->node);
	long long now = clock_ms(&platform->clock);

	fetching->counted = fetching->counted || limits_egress(platform->limits, flow, now, true);
	if (!fetching->counted && !waits(fetching, limits_room(platform->limits, flow, now)))
		fail_named(fetching, "Error", "Egress Rate limit exceeded");
	return fetching->counted;
}

/* REST counts by the second of the platform's clock. */
static bool waits_for_rest(struct fetching *fetching, unsigned status)
{
	long long part = clock_ms(&fetching->platform->clock) % 1000;

	return status == 429 && waits(fetching, 1000 - (part < 0 ? part + 1000 : part));
}

/* ---- ours ---- */

static void answer_rest(struct fetching *fetching, const struct gate_url *url)
{
	struct rest_request request = {
		.method = fetching->method,
		.path = url->path,
		.query = url->query,
		.body = fetching->body != NULL ? fetching->body : "",
		.body_len = fetching->body_len,
		.authorization = gate_header(fetching->arena, fetching->headers, "authorization"),
		.inside = true,
		.flow = flow_of(fetching->platform->flows, fetching->node)};
	struct http_reply reply = {0};

	rest_answer(fetching->platform->rest, &request, &reply);
	gate_note_refused(fetching->platform, fetching->node, &reply);
	if (!waits_for_rest(fetching, reply.status))
		answer_reply(fetching, &reply);
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
}

static void hook_answered(void *context, const struct hook_answer *answer)
{
	struct fetching *fetching = context;
	struct http_reply reply = {0};

	hooks_reply(answer, &reply);
	answer_reply(fetching, &reply);
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
}

static void answer_hook(struct fetching *fetching, const char *path, const char *query)
{
	struct hook_request request = {.method = fetching->method,
				       .path = path,
				       .query = query,
				       .headers = fetching->headers.at != NULL
							  ? arena_strndup(fetching->arena,
									  fetching->headers.at,
									  fetching->headers.len)
							  : "[]",
				       .body = fetching->body,
				       .body_len = fetching->body_len,
				       .cause = fetching->node};

	hooks_answer(fetching->platform, &request, hook_answered, fetching);
}

/* ---- the outside ---- */

static void send_out(struct fetching *fetching, const char *url)
{
	struct outbound_request request = {.method = fetching->method,
					   .url = url,
					   .headers = gate_header_lines(fetching->arena,
									fetching->headers,
									fetching->other_origin),
					   .body = fetching->body,
					   .body_len = fetching->body_len};

	fetching->outbound = ++fetching->platform->gate->last;
	outbound_start(fetching->platform->outbound, fetching->outbound, &request);
}

/* As it was recorded. */
static void replay(struct fetching *fetching)
{
	const struct gate_asked asked = {fetching->method, fetching->url, fetching->body,
					 fetching->body_len};
	struct error error = {0};
	struct buf answer = {0};

	if (gate_replay(fetching->platform, fetching->arena, &asked, &answer, &error) != 0)
		fail_named(fetching, "TypeError", error.message);
	else
		answer_json(fetching,
			    (unsigned)json_slice_int(json_slice_of(answer.ptr, answer.len),
						     "status", 0),
			    answer.ptr, answer.len);
	buf_dispose(&answer);
}

/* ---- sending ---- */

static bool make_trouble(struct fetching *fetching)
{
	struct http_reply reply = {.status = fetching->trouble.status};

	fetching->sent = true;
	if (fetching->trouble.error) {
		fail(fetching, "trouble was asked for (--chaos)");
		return true;
	}
	if (reply.status == 0)
		return false;
	buf_puts(&reply.body, "{\"message\":\"trouble was asked for (--chaos)\"}");
	http_reply_header(&reply, "content-type", "application/json");
	answer_reply(fetching, &reply);
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
	return true;
}

/* The path of a hook at which the app calls itself; NULL: the address is somebody else's. */
static const char *own_hook(const struct platform *platform, const struct gate_url *url)
{
	if (strcmp(url->origin, "https://hooks.attio.com") == 0)
		return url->path;
	return strcmp(url->origin, platform->hooks_origin) == 0 ? hooks_below(platform, url->path)
								: NULL;
}

static void answer_attio_fetch(struct fetching *fetching)
{
	struct platform *platform = fetching->platform;
	struct http_reply reply = {0};
	struct buf json = {0};

	rest_answer(platform->rest, fetching->rest, &reply);
	gate_note_refused(platform, fetching->node, &reply);
	if (!waits_for_rest(fetching, reply.status)) {
		buf_printf(&json, "{\"status\":%u,\"body\":%s}", reply.status,
			   reply.body.len > 0 ? buf_cstr(&reply.body) : "null");
		answer_json(fetching, reply.status, json.ptr, json.len);
	}
	buf_dispose(&json);
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
}

static void send(struct fetching *fetching)
{
	struct platform *platform = fetching->platform;
	struct gate_url url;
	const char *elsewhere, *hook;

	fetching->due = 0;
	if (fetching->rest != NULL) {
		answer_attio_fetch(fetching);
		return;
	}
	if (!take_turn(fetching))
		return;
	if (!fetching->sent && make_trouble(fetching))
		return;
	if (!gate_url_parse(fetching->arena, fetching->url, &url)) {
		fail(fetching, "only http and https addresses can be fetched");
		return;
	}
	elsewhere = gate_url_routed(fetching->arena, platform->options.net_routes, &url);
	if (elsewhere != NULL)
		send_out(fetching, elsewhere);
	else if (strcmp(url.origin, REST_ORIGIN) == 0)
		answer_rest(fetching, &url);
	else if ((hook = own_hook(platform, &url)) != NULL)
		answer_hook(fetching, hook, url.query);
	else if (platform->options.net == NET_DENY)
		fail(fetching, arena_printf(fetching->arena,
					    "requests to %s are denied (--net deny)", url.origin));
	else if (platform->options.net == NET_REPLAY)
		replay(fetching);
	else
		send_out(fetching, fetching->url);
}

static struct json_slice keep_slice(struct arena *arena, struct json_slice slice)
{
	if (slice.at != NULL)
		slice.at = arena_strndup(arena, slice.at, slice.len);
	return slice;
}

/* The node that the log shows: what is ours has a kind of its own. */
static long long begin_node(struct platform *platform, struct fetching *fetching,
			    struct json_slice params)
{
	struct gate_url url;
	bool known = gate_url_parse(fetching->arena, fetching->url, &url);
	bool rest = known && strcmp(url.origin, REST_ORIGIN) == 0;
	const char *name = !known ? fetching->url
				  : arena_printf(fetching->arena, "%s %s%s", fetching->method,
						 rest ? "" : url.origin, url.path);

	fetching->kind = rest ? "rest" : "fetch";
	fetching->trouble = chaos_next(&platform->gate->chaos, rest ? CHAOS_REST : CHAOS_FETCH);
	return flow_begin(platform->flows, json_slice_int(params, "node", 0), fetching->kind, name,
			  params.at, params.len);
}

/* Who asked, and is told. */
struct asker {
	long long id; /* the host's request; else `done` */
	gate_done *done;
	void *context;
};

static struct fetching *fetching_new(struct platform *platform, const struct asker *asker,
				     struct json_slice params)
{
	struct arena *arena = arena_new_small(4096);
	struct fetching *fetching = arena_alloc(arena, sizeof(*fetching));
	const char *method = json_slice_text(arena, params, "method");

	fetching->platform = platform;
	fetching->arena = arena;
	fetching->id = asker->id;
	fetching->done = asker->done;
	fetching->context = asker->context;
	fetching->alone = json_slice_int(params, "others", 0) == 0;
	fetching->method = method != NULL ? method : "GET";
	fetching->began = clock_ns(&clock_machine);
	fetching->next = platform->gate->open;
	platform->gate->open = fetching;
	return fetching;
}

static void begin_fetch(struct platform *platform, const struct asker *asker,
			struct json_slice params)
{
	struct fetching *fetching = fetching_new(platform, asker, params);
	struct arena *arena = fetching->arena;

	fetching->url = json_slice_text(arena, params, "url");
	fetching->redirect = json_slice_text(arena, params, "redirect");
	fetching->headers = keep_slice(arena, json_slice_member(params, "headers"));
	fetching->body = json_read_body(arena, params, &fetching->body_len);
	fetching->url = fetching->url != NULL ? fetching->url : "";
	fetching->node = begin_node(platform, fetching, params);
	if (!take_turn(fetching))
		return;
	if (fetching->trouble.latency > 0)
		fetching->due = clock_ms(&clock_machine) + fetching->trouble.latency;
	else
		send(fetching);
}

void gate_fetch(struct platform *platform, long long id, struct json_slice params)
{
	begin_fetch(platform, &(struct asker){.id = id}, params);
}

static void begin_rest(struct platform *platform, const struct asker *asker,
		       struct json_slice params)
{
	struct fetching *fetching = fetching_new(platform, asker, params);
	struct arena *arena = fetching->arena;
	struct rest_request *request = arena_alloc(arena, sizeof(*request));
	const char *path = json_slice_text(arena, params, "path");
	const char *query = json_slice_text(arena, params, "query");
	struct json_slice body = json_slice_member(params, "body");

	fetching->rest = request;
	request->method = fetching->method;
	request->path = arena_printf(arena, "/v2%s", path != NULL ? path : "");
	request->query = query != NULL ? query : "";
	request->body = body.at != NULL ? arena_strndup(arena, body.at, body.len) : "";
	request->body_len = body.len;
	request->authorization = arena_printf(arena, "Bearer %s", platform->api_token);
	request->inside = true;
	fetching->kind = "rest";
	fetching->url = arena_printf(arena, REST_ORIGIN "%s%s%s", request->path,
				     request->query[0] != '\0' ? "?" : "", request->query);
	fetching->node = flow_begin(platform->flows, json_slice_int(params, "node", 0), "rest",
				    arena_printf(arena, "%s %s", request->method, request->path),
				    params.at, params.len);
	request->flow = flow_of(platform->flows, fetching->node);
	answer_attio_fetch(fetching);
}

void gate_rest(struct platform *platform, long long id, struct json_slice params)
{
	begin_rest(platform, &(struct asker){.id = id}, params);
}

void gate_again(struct platform *platform, struct json_slice params, gate_done *done, void *context)
{
	struct asker asker = {.done = done, .context = context};

	(json_slice_member(params, "url").at != NULL ? begin_fetch : begin_rest)(platform, &asker,
										 params);
}

/* ---- answers from outside ---- */

static struct fetching *find(struct platform *platform, long long outbound)
{
	struct fetching *fetching = platform->gate->open;

	while (fetching != NULL && fetching->outbound != outbound)
		fetching = fetching->next;
	return fetching;
}

/* Source: Fetch Standard, "HTTP-redirect fetch". */
static void follow(struct fetching *fetching, long status, const char *location)
{
	struct gate_url from, to;
	const char *next;

	log_request(fetching, (int)status, NULL);
	fetching->began = clock_ns(&clock_machine);
	fetching->outbound = 0;
	if (++fetching->redirects > REDIRECTS) {
		fail(fetching, "too many redirects");
		return;
	}
	if (!gate_url_parse(fetching->arena, fetching->url, &from) ||
	    (next = gate_url_join(fetching->arena, &from, location)) == NULL ||
	    !gate_url_parse(fetching->arena, next, &to)) {
		fail(fetching, "the answer redirects to no address");
		return;
	}
	if ((status == 303 && strcmp(fetching->method, "HEAD") != 0) ||
	    ((status == 301 || status == 302) && strcmp(fetching->method, "POST") == 0)) {
		fetching->method = "GET";
		fetching->body = NULL;
		fetching->body_len = 0;
	}
	fetching->other_origin |= strcmp(from.origin, to.origin) != 0;
	fetching->url = next;
	send(fetching);
}

static void take_answer(struct fetching *fetching, struct outbound_answer *answer)
{
	struct platform *platform = fetching->platform;
	struct buf json = {0};
	long status = answer->status;
	const char *location;

	if (answer->failed) {
		fail(fetching, answer->failure);
		return;
	}
	location = gate_location(fetching->arena, &answer->headers);
	if (location != NULL &&
	    (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)) {
		if (fetching->redirect == NULL || strcmp(fetching->redirect, "follow") == 0) {
			follow(fetching, status, location);
			return;
		}
		if (strcmp(fetching->redirect, "error") == 0) {
			fail(fetching, "the answer is a redirect");
			return;
		}
	}
	gate_put_answer(&json, (unsigned)status, answer->reason, fetching->url,
			buf_cstr(&answer->headers), buf_cstr(&answer->body), answer->body.len);
	if (platform->options.net == NET_RECORD) {
		const struct gate_asked asked = {fetching->method, fetching->url, fetching->body,
						 fetching->body_len};

		if (gate_record(platform, fetching->arena, &asked, &json) != 0)
			flow_note(platform->flows, fetching->node, "not-recorded",
				  platform->failure.message);
	}
	answer_json(fetching, (unsigned)status, json.ptr, json.len);
	buf_dispose(&json);
}

void gate_serve(struct platform *platform)
{
	long long now = clock_ms(&clock_machine);
	struct outbound_answer *answer;
	bool ready = outbound_ready(platform->outbound);

	/* One wake-up may be for several of them. */
	while (ready && (answer = outbound_take(platform->outbound)) != NULL) {
		struct fetching *fetching = find(platform, answer->id);

		if (fetching != NULL)
			take_answer(fetching, answer);
		else
			webhooks_out_take(platform, answer);
		outbound_answer_free(answer);
	}
	for (struct fetching *f = platform->gate->open; f != NULL;) {
		struct fetching *next = f->next;

		if (f->due != 0 && f->due <= now)
			send(f);
		f = next;
	}
}

long long gate_wait(const struct platform *platform)
{
	long long now = clock_ms(&clock_machine), first = -1;

	for (const struct fetching *f = platform->gate->open; f != NULL; f = f->next) {
		long long left = f->due > now ? f->due - now : 0;

		if (f->due != 0 && (first < 0 || left < first))
			first = left;
	}
	return first;
}

void gate_dispose(struct platform *platform)
{
	while (platform->gate->open != NULL)
		fetching_free(platform->gate->open);
}
