/* See webhooks_out.h. The store is asked only after something but the flow log was written to it,
 * or when a planned attempt is due. */
#include "local/run/webhooks_out.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "http/outbound.h"
#include "local/rest/deliver.h"
#include "local/run/flows.h"
#include "local/run/gate.h"
#include "local/run/gate_url.h"
#include "local/run/platform.h"

static const struct json_slice nothing = {0};

/* Status 0: no answer. The item is gone afterwards. */
static void settle(struct platform *platform, struct sent_webhook *sent, int status,
		   const char *why)
{
	struct webhooks_out *out = platform->webhooks_out;
	struct flow_request logged = {.kind = "rest-webhook",
				      .method = "POST",
				      .url = sent->url,
				      .node = sent->node,
				      .began = sent->began,
				      .status = status,
				      .error = why};
	char text[32];
	int len = snprintf(text, sizeof(text), "{\"status\":%d}", status);

	flow_request(platform->flows, &logged);
	flow_end(platform->flows, sent->node,
		 status != 0 ? (struct json_slice){text, (size_t)len} : nothing, why);
	mem_free(sent->url);
	deliver_result(platform->rest, sent->id, status, &platform->failure);
	*sent = out->sent[--out->count];
	out->asked = false;
}

bool webhooks_out_take(struct platform *platform, const struct outbound_answer *answer)
{
	struct webhooks_out *out = platform->webhooks_out;

	for (unsigned i = 0; i < out->count; i++) {
		if (out->sent[i].outbound != answer->id)
			continue;
		settle(platform, &out->sent[i], answer->failed ? 0 : (int)answer->status,
		       answer->failed ? answer->failure : NULL);
		return true;
	}
	return false;
}

static void give_up_late(struct platform *platform)
{
	struct webhooks_out *out = platform->webhooks_out;
	long long now = clock_ms(&clock_machine);

	for (unsigned i = out->count; i-- > 0;) {
		if (out->sent[i].until > now)
			continue;
		outbound_cancel(platform->outbound, out->sent[i].outbound);
		settle(platform, &out->sent[i], 0, "no answer within 5 seconds");
	}
}

/* Why it may not leave, or NULL; *url is where it is really sent. */
static const char *forbidden(const struct platform *platform, struct arena *arena,
			     const struct delivery *delivery, const char **url)
{
	struct gate_url parts;
	const char *elsewhere;

	*url = delivery->url;
	if (!gate_url_parse(arena, delivery->url, &parts))
		return "its target is no address";
	elsewhere = gate_url_routed(arena, platform->options.net_routes, &parts);
	if (elsewhere != NULL) {
		*url = elsewhere;
		return NULL;
	}
	return platform->options.net == NET_DENY || platform->options.net == NET_REPLAY
		       ? "requests to the outside are denied (--net)"
		       : NULL;
}

static void send(struct platform *platform, struct arena *arena, const struct delivery *delivery)
{
	struct webhooks_out *out = platform->webhooks_out;
	const char *headers[] = {
		"Content-Type: application/json",
		arena_printf(arena, "Attio-Signature: %s", delivery->signature),
		arena_printf(arena, "X-Attio-Signature: %s", delivery->signature),
		arena_printf(arena, "Idempotency-Key: %s", delivery->id),
		NULL,
	};
	struct outbound_request request = {.method = "POST",
					   .headers = headers,
					   .body = delivery->body,
					   .body_len = delivery->body_len};
	const char *why = forbidden(platform, arena, delivery, &request.url);
	struct sent_webhook *sent;

	out->sent = mem_realloc(out->sent, (out->count + 1) * sizeof(*out->sent));
	sent = &out->sent[out->count++];
	*sent = (struct sent_webhook){.until = clock_ms(&clock_machine) + DELIVER_TIMEOUT_MS};
	snprintf(sent->id, sizeof(sent->id), "%s", delivery->id);
	sent->url = mem_strdup(delivery->url);
	sent->began = clock_ns(&clock_machine);
	sent->node = flow_begin(platform->flows, 0, "rest-webhook",
				arena_printf(arena, "POST %s", delivery->url), delivery->body,
				delivery->body_len);
	if (why != NULL) {
		settle(platform, sent, 0, why);
		return;
	}
	sent->outbound = ++platform->gate->last;
	outbound_start(platform->outbound, sent->outbound, &request);
}

void webhooks_out_serve(struct platform *platform)
{
	struct webhooks_out *out = platform->webhooks_out;
	long long written = flows_changes(platform->flows);
	struct delivery *items;
	struct arena *arena;
	size_t count;

	give_up_late(platform);
	if (out->asked && written == out->written &&
	    (out->wait_ms < 0 || clock_ms(&platform->clock) < out->due))
		return;
	arena = arena_new_small(1024);
	if (deliver_due(platform->rest, arena, &items, &count, &out->wait_ms, &platform->failure) ==
	    0)
		for (size_t i = 0; i < count; i++)
			send(platform, arena, &items[i]);
	arena_free(arena);
	out->asked = true;
	out->due = clock_ms(&platform->clock) + out->wait_ms;
	out->written = flows_changes(platform->flows);
}

long long webhooks_out_wait(const struct platform *platform)
{
	const struct webhooks_out *out = platform->webhooks_out;
	long long now = clock_ms(&clock_machine);
	long long wait = out->wait_ms < 0 ? -1 : out->due - clock_ms(&platform->clock);

	if (out->wait_ms >= 0 && wait < 0)
		wait = 0;
	for (unsigned i = 0; i < out->count; i++) {
		long long left = out->sent[i].until > now ? out->sent[i].until - now : 0;

		if (wait < 0 || left < wait)
			wait = left;
	}
	return wait;
}

void webhooks_out_dispose(struct webhooks_out *out)
{
	for (unsigned i = 0; i < out->count; i++)
		mem_free(out->sent[i].url);
	mem_free(out->sent);
}
