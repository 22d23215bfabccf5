/* attio __errand, hidden: sends one request, or renews a credential, and keeps the answer
 * (lib/platform/errand.h). It runs in attio-net: cli/net/errand.c. */
#include <stddef.h>

#include "cli/net/errand.h"
#include "cli/table.h"

static const struct operand operand_table[] = {
	{.name = "FILE",
	 .field = offsetof(struct errand_options, path),
	 .is_path = true,
	 .help = "Where the answer is kept; without it a credential is renewed"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio __errand /tmp/answer", "Send what standard input says"},
	{.command = NULL},
};

const struct command cmd_errand = {
	.name = "__errand",
	.group = "Publish it",
	.summary = "Send one request, or renew a credential, and keep the answer",
	.description = "Reads what is to be asked from standard input, and prints JSON lines.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.options_size = sizeof(struct errand_options),
	.needs = NEED_FOLDER | NEED_NET,
	.hidden = true,
};
