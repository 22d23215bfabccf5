/* attio open: what it takes. It runs in attio-net: cli/net/open.c. */
#include <stddef.h>

#include "cli/net/open.h"
#include "cli/table.h"

static const struct option open_table[] = {
	{.name = "no-browser",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct open_options, no_browser),
	 .help = "Only print the address"},
	REACH_OPTIONS(struct open_options),
	{.name = NULL},
};

static const struct operand open_operands[] = {
	{.name = "PLACE",
	 .field = offsetof(struct open_options, place),
	 .help = "What to open in the page, such as people/ada"},
	{.name = NULL},
};

static const struct example open_examples[] = {
	{"attio open", "Open the page of the `attio dev` that runs"},
	{"attio open people/ada", "Open it at a record"},
	{.command = NULL},
};

const struct command cmd_open = {
	.name = "open",
	.group = REACH_GROUP,
	.summary = "Open the page of the local platform in the browser",
	.description = "The page shows the app as its users see it, and all that happens. "
		       "`attio dev` has to run. The browser is that of $BROWSER, else the "
		       "system's; the address is printed in any case.",
	.options = open_table,
	.operands = open_operands,
	.examples = open_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct open_options),
	.needs = REACH_NEEDS,
};
