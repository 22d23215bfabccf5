/* Trouble on purpose with what the app asks of the outside and of the REST API, and clients of the
 * developer API (run/chaos.h), changed while the platform runs. */
#include "local/control/control.h"

#include "base/buf.h"
#include "base/error.h"
#include "local/run/chaos.h"
#include "local/run/gate.h"
#include "local/run/platform.h"
#include "json/json.h"

extern const struct control_route chaos_routes[];

static void put_rule(struct buf *out, const char *name, const struct chaos_rule *rule)
{
	buf_printf(out,
		   "\"%s\":{\"error_percent\":%u,\"status\":%u,\"status_percent\":%u,"
		   "\"latency_ms\":%u}",
		   name, rule->error_percent, rule->status, rule->status_percent, rule->latency);
}

static void show(struct platform *platform, struct control_call *call)
{
	const struct chaos *chaos = &platform->gate->chaos;
	struct buf out = {0};

	buf_putc(&out, '{');
	for (int target = 0; target < CHAOS_TARGETS; target++) {
		if (target > 0)
			buf_putc(&out, ',');
		put_rule(&out, chaos_target_name((enum chaos_target)target), &chaos->rules[target]);
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void set(struct platform *platform, struct control_call *call)
{
	struct chaos chaos;
	struct error error = {0};

	if (chaos_set(&chaos, json_string_or_null(call->body, "spec"), &error) != 0) {
		control_fail(call, &error);
		return;
	}
	platform->gate->chaos = chaos;
	show(platform, call);
}

static void clear(struct platform *platform, struct control_call *call)
{
	chaos_set(&platform->gate->chaos, NULL, NULL);
	show(platform, call);
}

static const struct control_field set_body[] = {
	{"spec", "string", true,
	 "fetch.error=10%,fetch.latency=300,rest.429=50%,developer.500=5%,seed=7; \"\": none"},
	{0},
};

const struct control_route chaos_routes[] = {
	{"GET", "/chaos", show,
	 "trouble that requests of the app, and to the developer API, run into", NULL, NULL},
	{"PUT", "/chaos", set,
	 "let requests of the app, and to the developer API, run into trouble, from now on",
	 set_body, NULL},
	{"DELETE", "/chaos", clear, "no more trouble", NULL, NULL},
	{0},
};
