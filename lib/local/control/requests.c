/* The log of requests: what the app and the platform sent, and what was asked of the REST API. */
#include "local/control/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/rest/rest.h"
#include "local/run/flows.h"
#include "local/run/limits.h"
#include "local/run/platform.h"

extern const struct control_route request_routes[];

#define STATUS_MAX 999

/* "404", "4xx", or "failed" for those without an answer. */
static int read_status(const char *text, struct request_filter *filter, struct error *error)
{
	char *end;
	long number;

	filter->to = STATUS_MAX;
	if (text == NULL)
		return 0;
	if (str_is(text, "failed")) {
		filter->to = 0;
		return 0;
	}
	number = strtol(text, &end, 10);
	if (number >= 1 && number <= 9 && str_is(end, "xx")) {
		filter->from = (int)number * 100;
		filter->to = filter->from + 99;
		return 0;
	}
	if (number < 100 || number > STATUS_MAX || *end != '\0')
		return error_set(error, ERROR_USAGE,
				 "`status` is a number, 4xx and the like, or failed");
	filter->from = filter->to = (int)number;
	return 0;
}

static void put_rate(struct buf *out, const char *name, long long used, long long limit, bool off)
{
	buf_printf(out,
		   "%s\"%s\":{\"used\":%lld,\"limit\":", out->ptr[out->len - 1] == '{' ? "" : ",",
		   name, used);
	if (off)
		buf_puts(out, "null}");
	else
		buf_printf(out, "%lld}", limit);
}

/* How much of what a flow (or the token) may do in a second is used now, by the one that did most.
 */
static void put_rates(const struct platform *platform, struct buf *out)
{
	const struct rest *rest = platform->rest;
	long long now = clock_ms(&platform->clock);

	buf_puts(out, ",\"rate\":{");
	put_rate(out, "egress", limits_egress_most(platform->limits, now), LIMIT_EGRESS,
		 platform->limits->egress_off);
	put_rate(out, "rest_reads", limits_most(&rest->limits, now, false), LIMIT_READS,
		 rest->unlimited);
	put_rate(out, "rest_writes", limits_most(&rest->limits, now, true), LIMIT_WRITES,
		 rest->unlimited);
	buf_putc(out, '}');
}

static void list(struct platform *platform, struct control_call *call)
{
	struct request_filter filter = {.since = control_query_int(call, "since", 0),
					.limit = control_query_int(call, "limit", 200),
					.kind = control_query(call, "kind")};
	struct buf out = {0};
	struct error error = {0};

	if (read_status(control_query(call, "status"), &filter, &error) != 0 ||
	    flows_requests(platform->flows, &filter, &out, &error) != 0) {
		control_fail(call, &error);
		buf_dispose(&out);
		return;
	}
	out.len--; /* the brace */
	put_rates(platform, &out);
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static const struct control_field list_query[] = {
	{"since", "number", false, "only requests behind this number"},
	{"kind", "string", false, "only this one: fetch, rest, rest-webhook"},
	{"status", "string", false, "404, or 4xx and the like, or failed: there was no answer"},
	{"limit", "number", false, "how many, the newest of them (200)"},
	{0},
};

const struct control_route request_routes[] = {
	{"GET", "/requests", list, "requests that left, and those to the REST API", NULL,
	 list_query},
	{0},
};
