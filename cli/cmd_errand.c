/* attio __errand, hidden: sends one request for a deploy and keeps its answer
 * (lib/platform/errand.h). It runs in attio-net: cli/net/errand.c. */
#include <stddef.h>

#include "cli/net/errand.h"
#include "cli/table.h"

static const struct operand operand_table[] = {
	{.name = "FILE",
	 .field = offsetof(struct errand_options, path),
	 .required = true,
	 .is_path = true,
	 .help = "Where the answer is kept"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio __errand /tmp/answer", "Send what standard input says"},
	{.command = NULL},
};

const struct command cmd_errand = {
	.name = "__errand",
	.group = "Publish it",
	.summary = "Send one request and keep its answer",
	.description = "Reads the request from standard input, and prints JSON lines.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.options_size = sizeof(struct errand_options),
	.needs = NEED_FOLDER | NEED_NET,
	.hidden = true,
};
