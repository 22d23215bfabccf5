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

/* --- attio flow save ----------------------------------------------------------------------------
 */

static const struct option flow_save_table[] = {
	REACH_OPTIONS(struct flow_save_options),
	{.name = NULL},
};

static const struct operand flow_save_operands[] = {
	{.name = "FLOW",
	 .field = offsetof(struct flow_save_options, flow),
	 .required = true,
	 .help = "Number of the flow; `last` is the newest"},
	{.name = "FILE",
	 .field = offsetof(struct flow_save_options, file),
	 .required = true,
	 .is_path = true,
	 .help = "File to write, NAME.flow.json"},
	{.name = NULL},
};

static const struct example flow_save_examples[] = {
	{"attio flow save last tests/send.flow.json", "Keep what just happened as a test"},
	{.command = NULL},
};

const struct command cmd_flow_save = {
	.name = "flow save",
	.group = REACH_GROUP,
	.summary = "Keep a flow as a file that can be replayed",
	.description =
		"Writes how an action, a shown surface, a server call, a webhook, an event or a "
		"workflow block began, the state before it (as what differs from the seed world), "
		"what the outside answered and the tree of what happened, all without secrets, to "
		"be committed and reviewed: `attio help schema flow` is the form. What happened "
		"since does not matter. The file is replayed once before it is written: when it "
		"is another flow then (the app's code was changed), the difference is printed and "
		"nothing is written.",
	.options = flow_save_table,
	.operands = flow_save_operands,
	.examples = flow_save_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct flow_save_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio flow replay --------------------------------------------------------------------------
 */

static const struct option flow_replay_table[] = {
	{.name = "update",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct flow_replay_options, update),
	 .help = "Accept what happens now: write it into the files"},
	REACH_OPTIONS(struct flow_replay_options),
	{.name = NULL},
};

static const struct operand flow_replay_operands[] = {
	{.name = "FILE",
	 .field = offsetof(struct flow_replay_options, files),
	 .is_path = true,
	 .many = true,
	 .help = "Files that `attio flow save` has written, or folders of them"},
	{.name = NULL},
};

static const struct example flow_replay_examples[] = {
	{"attio flow replay tests/send.flow.json", "See whether the app still does the same"},
	{"attio flow replay tests/*.flow.json --update", "Accept what it does now"},
	{.command = NULL},
};

const struct command cmd_flow_replay = {
	.name = "flow replay",
	.group = REACH_GROUP,
	.summary = "Run saved flows on the current code and show what differs",
	.description =
		"Runs each file in its own state and with new realms for the code, on a platform "
		"that ends with the command, without network: the outside answers as it was "
		"recorded. Prints lines that went (-) and came (+) in the tree of the flow; exit "
		"code 1 when there are any, 2 when a file is none. Moments are not compared, new "
		"ids by their names, nor what the file names in `may_vary` "
		"(\"/output/toasts/*/title\").",
	.options = flow_replay_table,
	.operands = flow_replay_operands,
	.examples = flow_replay_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct flow_replay_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio flow again ---------------------------------------------------------------------------
 */

static const struct option flow_again_table[] = {
	{.name = "set",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct flow_again_options, changes),
	 .value = "POINTER=VALUE",
	 .help = "Replace one value of the input: a JSON pointer, `=`, and JSON or text"},
	{.name = "node",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct flow_again_options, node),
	 .value = "NODE",
	 .help = "Only this crossing of the flow, alone (`attio flow show --json`)"},
	REACH_APP_OPTIONS(struct flow_again_options),
	{.name = NULL},
};

static const struct operand flow_again_operands[] = {
	{.name = "FLOW",
	 .field = offsetof(struct flow_again_options, flow),
	 .required = true,
	 .help = "Number of the flow; `last` is the newest"},
	{.name = NULL},
};

static const struct example flow_again_examples[] = {
	{"attio flow again last", "Let what just happened happen again"},
	{"attio flow again 12 --set /record=people/grace", "The same with another record"},
	{.command = NULL},
};

const struct command cmd_flow_again = {
	.name = "flow again",
	.group = REACH_GROUP,
	.summary = "Do again what began a flow, with changes",
	.description = "Runs what began the flow, or one crossing of it, once more in the state of "
		       "now, with changes to its input, and prints the new flow's tree.",
	.options = flow_again_table,
	.operands = flow_again_operands,
	.examples = flow_again_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct flow_again_options),
	.needs = REACH_APP_NEEDS,
};
