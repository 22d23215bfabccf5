/* The flow log and the app's log lines. */
#include "local/control/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/run/flows.h"
#include "local/run/platform.h"

extern const struct control_route flow_routes[];

static void finish(struct control_call *call, int result, struct buf *out,
		   const struct error *error)
{
	if (result != 0)
		control_fail(call, error);
	else
		control_answer_buf(call, out);
	buf_dispose(out);
}

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error = {0};
	int result =
		flows_list(platform->flows, control_query_int(call, "limit", 50), &out, &error);

	finish(call, result, &out, &error);
}

static void show(struct platform *platform, struct control_call *call)
{
	const char *text = control_path(call, "id");
	struct buf out = {0};
	struct error error = {0};
	char *end;
	long long id = strtoll(text, &end, 10);
	int result;

	if (strcmp(text, "last") == 0)
		id = flows_last(platform->flows);
	else if (*end != '\0' || end == text)
		id = 0;
	if (id == 0) {
		error_set(&error, ERROR_NOT_FOUND, "there is no flow `%.200s`", text);
		error_fix(&error, "`attio flow list` shows those that there are");
	}
	result = id != 0 ? flows_show(platform->flows, id, &out, &error) : -1;
	finish(call, result, &out, &error);
}

static void logs(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error = {0};
	int result = flows_logs(platform->flows, control_query_int(call, "since", 0),
				control_query(call, "level"), control_query_int(call, "limit", 200),
				&out, &error);

	finish(call, result, &out, &error);
}

static const struct control_field list_query[] = {
	{"limit", "number", false, "how many, the newest first (50)"},
	{0},
};

static const struct control_field logs_query[] = {
	{"since", "number", false, "only lines behind this number"},
	{"level", "string", false, "only this one: debug, info, warning, error"},
	{"limit", "number", false, "how many, the newest of them (200)"},
	{0},
};

const struct control_route flow_routes[] = {
	{"GET", "/flows", list, "flows: what people and third parties began", NULL, list_query},
	{"GET", "/flows/{id}", show, "one flow with all its crossings; \"last\" is the newest",
	 NULL, NULL},
	{"GET", "/logs", logs, "lines of the app's console", NULL, logs_query},
	{0},
};
