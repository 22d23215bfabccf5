/* What the platform says of itself: its calls, and how true it is to the service. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/control/control.h"
#include "local/openapi.h"
#include "local/parity/parity.h"
#include "local/routes.h"
#include "local/run/platform.h"

extern const struct control_route reference_routes[];

static const struct control_field events_query[] = {
	{"since", "number", false, "only events behind this number"},
	{0},
};

static void describe(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};

	openapi_print(platform->tables,
		      arena_printf(call->arena, "%s/__attio/api", platform->origin), &out);
	control_answer_buf(call, &out);
}

static void describe_developer(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	size_t count;
	const struct route *rows = routes_table(&count);

	openapi_print_developer(rows, count, platform->origin, &out);
	control_answer_buf(call, &out);
}

static void parity(struct platform *platform, struct control_call *call)
{
	struct error error = {0};
	struct buf out = {0};

	if (parity_print(platform->options.schema_folder, &out, &error) == 0) {
		control_answer_buf(call, &out);
		return;
	}
	buf_dispose(&out);
	control_fail(call, &error);
}

const struct control_route reference_routes[] = {
	/* Without a handler: its answer does not end (run/serve.c). */
	{"GET", "/events", NULL, "what happens, as server-sent events", NULL, events_query},
	{"GET", "/openapi.json", describe, "this API as OpenAPI 3.1", NULL, NULL},
	{"GET", "/developer/openapi.json", describe_developer,
	 "the developer API that is served beside it, as OpenAPI 3.1", NULL, NULL},
	{"GET", "/parity", parity, "how true each value of the SDK is to the service", NULL, NULL},
	{0},
};
