/* Trouble on order at the developer API. */
#include "local/control/control.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/developer/faults.h"
#include "local/developer/hub.h"
#include "local/routes.h"
#include "local/run/platform.h"

extern const struct control_route fault_routes[];

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};

	buf_puts(&out, "{\"items\":");
	faults_print(&platform->faults, &out);
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void order(struct platform *platform, struct control_call *call)
{
	struct error error = {0};
	size_t count;
	const struct route *rows = routes_table(&count);

	if (faults_add(&platform->faults, call->body, rows, count, &error) != 0)
		control_fail(call, &error);
	else
		list(platform, call);
}

static void clear(struct platform *platform, struct control_call *call)
{
	faults_clear(&platform->faults);
	list(platform, call);
}

static void remove_one(struct platform *platform, struct control_call *call)
{
	const char *number = control_path(call, "number");
	char *end;
	unsigned long at = strtoul(number, &end, 10);

	if (end == number || *end != '\0' || !faults_remove(&platform->faults, at))
		control_refuse(call, 404, "not_found", "no failure is ordered under this number",
			       "it has happened, or was taken back",
			       "GET /faults lists them; the first has the number 0");
	else
		list(platform, call);
}

static void cut_logs(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};

	buf_printf(&out, "{\"cut\":%u}", hub_cut(platform->hub));
	control_answer_buf(call, &out);
}

static const struct control_field order_body[] = {
	{"endpoint", "string", true,
	 "as GET /developer/openapi.json names it: \"POST /oidc/token\"; \"*\" is all"},
	{"failure", "string", true,
	 "status: another answer; reset: none; cut: half of it; slow: the second half late"},
	{"times", "number", false, "how many answers fail: 1 without it"},
	{"status", "number", false, "of status: 500 without it"},
	{"body", "string", false, "of status: a {\"message\"} without it"},
	{"headers", "object", false, "of status: {\"Retry-After\": \"2\"}"},
	{"ms", "number", false, "of slow: 1000 without it"},
	{"done", "boolean", false, "what was asked is done, and only the answer fails"},
	{0},
};

const struct control_route fault_routes[] = {
	{"GET", "/faults", list, "failures that are ordered at the developer API", NULL, NULL},
	{"POST", "/faults", order, "let the next answers of an endpoint fail", order_body, NULL},
	{"DELETE", "/faults", clear, "take back what was ordered", NULL, NULL},
	{"DELETE", "/faults/{number}", remove_one, "take one of them back: its place in the list",
	 NULL, NULL},
	{"POST", "/log-service/cut", cut_logs, "cut all connections of the log service", NULL,
	 NULL},
	{0},
};
