/* attio flow ...: what the commands take. They run in attio-net: cli/net/flow.c. */
#include <stddef.h>

#include "cli/net/flow.h"
#include "cli/table.h"

/* --- attio flow list ----------------------------------------------------------------------------
 */

static const struct option flow_list_table[] = {
	{.name = "limit",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct flow_list_options, limit),
	 .value = "N",
	 .min = 1,
	 .max = 1000,
	 .help = "At most so many",
	 .fallback = "20"},
	REACH_OPTIONS(struct flow_list_options),
	{.name = NULL},
};

static const struct operand flow_list_operands[] = {
	{.name = NULL},
};

static const struct example flow_list_examples[] = {
	{"attio flow list", "Show the last ones"},
	{.command = NULL},
};

const struct command cmd_flow_list = {
	.name = "flow list",
	.group = REACH_GROUP,
	.summary = "List what happened on the local platform",
	.description = "Prints one line for each flow, the newest first: what one action, webhook, "
		       "event or call has caused.",
	.options = flow_list_table,
	.operands = flow_list_operands,
	.examples = flow_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct flow_list_options),
	.needs = REACH_NEEDS,
};

/* --- attio flow show ----------------------------------------------------------------------------
 */

static const struct option flow_show_table[] = {
	REACH_OPTIONS(struct flow_show_options),
	{.name = NULL},
};

static const struct operand flow_show_operands[] = {
	{.name = "FLOW",
	 .field = offsetof(struct flow_show_options, flow),
	 .required = true,
	 .help = "Number of the flow; `last` is the newest"},
	{.name = NULL},
};

static const struct example flow_show_examples[] = {
	{"attio flow show last", "Show what just happened"},
	{"attio flow show 12 --json", "The same for a script"},
	{.command = NULL},
};

const struct command cmd_flow_show = {
	.name = "flow show",
	.group = REACH_GROUP,
	.summary = "Show all that one action has caused",
	.description =
		"Prints the tree of a flow: each call between app, platform and third parties with "
		"its duration and error; with --verbose also the beginning of what went in and "
		"came out, which --json has whole.",
	.options = flow_show_table,
	.operands = flow_show_operands,
	.examples = flow_show_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct flow_show_options),
	.needs = REACH_NEEDS,
};
