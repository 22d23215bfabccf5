/* attio call: what it takes. It runs in attio-net: cli/net/call.c. */
#include <stddef.h>

#include "cli/net/call.h"
#include "cli/table.h"

/* --- attio call ---------------------------------------------------------------------------------
 */

static const struct option call_table[] = {
	{.name = "args",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct call_options, args),
	 .value = "JSON",
	 .help = "The arguments, a JSON list; also @FILE, or - for standard input",
	 .fallback = "[]"},
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct call_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	REACH_APP_OPTIONS(struct call_options),
	{.name = NULL},
};

static const struct operand call_operands[] = {
	{.name = "MODULE",
	 .field = offsetof(struct call_options, module),
	 .required = true,
	 .help = "The module: its file, or its name as client code has it"},
	{.name = NULL},
};

static const struct example call_examples[] = {
	{"attio call src/app/extensions/send/send.server.ts --args '[\"a1\"]'",
	 "Call a server function"},
	{"attio call app/extensions/send/send.server --args @args.json --json",
	 "Call it with arguments of a file, for a script"},
	{.command = NULL},
};

const struct command cmd_call = {
	.name = "call",
	.group = REACH_GROUP,
	.summary = "Call a server function of the app",
	.description = "Calls the default export of a .server module as client code would: "
		       "arguments and result cross as JSON. Prints the result. The exit code is 1 "
		       "when the function throws.",
	.options = call_table,
	.operands = call_operands,
	.examples = call_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct call_options),
	.needs = REACH_APP_NEEDS,
};
