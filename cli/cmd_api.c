/* attio api: what it takes. It runs in attio-net: cli/net/api.c. */
#include <stddef.h>

#include "cli/net/api.h"
#include "cli/table.h"

/* --- attio api ----------------------------------------------------------------------------------
 */

static const struct option api_table[] = {
	{.name = "body",
	 .letter = 'd',
	 .kind = OPTION_STRING,
	 .field = offsetof(struct api_options, body),
	 .value = "BODY",
	 .help = "The body: text, @FILE, or - for standard input"},
	REACH_APP_OPTIONS(struct api_options),
	{.name = NULL},
};

static const struct operand api_operands[] = {
	{.name = "METHOD",
	 .field = offsetof(struct api_options, method),
	 .help = "GET, POST, PUT, PATCH or DELETE"},
	{.name = "ROUTE",
	 .field = offsetof(struct api_options, route),
	 .help = "The route, such as /status"},
	{.name = NULL},
};

static const struct example api_examples[] = {
	{"attio api", "List the routes"},
	{"attio api GET /status", "Ask for the state of the platform"},
	{"attio api GET '/requests?status=failed'", "Find the requests without an answer"},
	{"attio api POST /clock --body '{\"advance_ms\":1000}'", "Let a second pass"},
	{.command = NULL},
};

const struct command cmd_api = {
	.name = "api",
	.group = REACH_GROUP,
	.summary = "Call the control API of the local platform",
	.description =
		"All that commands do to the local platform goes through its control API. This "
		"calls one route of it and prints the answer, a JSON object; without operands it "
		"lists the routes. The description for programs is at /openapi.json.",
	.options = api_table,
	.operands = api_operands,
	.examples = api_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct api_options),
	.needs = REACH_NEEDS,
};
