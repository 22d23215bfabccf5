/* attio __platform, hidden: the local platform of one test (lib/testing). It tells how to reach it
 * in JSON lines on standard output, and ends when its standard input does. Its folder is a new one.
 * It runs in attio-net: cli/net/develop.c. */
#include <stddef.h>

#include "cli/net/dev.h"
#include "cli/reach.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "in",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct dev_options, state),
	 .value = "DIR",
	 .help = "Make the platform's folder in this one of `attio test`, and leave it there "
		 "(default: in the system's, until the end)"},
	{ROW_NET(offsetof(struct dev_options, net)),
	 .help = "What becomes of the app's requests to third parties", .fallback = "deny"},
	{ROW_ROUTE(offsetof(struct dev_options, routes)),
	 .help = "Send the app's requests for this origin elsewhere"},
	{ROW_CHAOS(offsetof(struct dev_options, chaos)),
	 .help = "Let some of them fail or take longer"},
	{.name = "now",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct dev_options, now),
	 .value = "TIME",
	 .help = "Start the platform's clock at this time"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio __platform --net deny", "Run a platform until standard input ends"},
	{.command = NULL},
};

const struct command cmd_platform = {
	.name = "__platform",
	.group = REACH_GROUP,
	.summary = "Run the local platform of one test",
	.description = "Prints JSON lines, and ends when its standard input does.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 3 4 5 6 7 8 70 143",
	.options_size = sizeof(struct dev_options),
	.needs = REACH_APP_NEEDS | NEED_ESBUILD,
	.hidden = true,
};
