/* attio __replay, hidden: replays flow files for `attio test`, a line of JSON a file. It runs in
 * attio-net: cli/net/replay.c. */
#include <stddef.h>

#include "cli/net/replay.h"
#include "cli/reach.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "in",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct replay_options, run),
	 .value = "DIR",
	 .help = "Make the platform's folder in this one of `attio test`, and leave it there"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "FILE",
	 .field = offsetof(struct replay_options, files),
	 .many = true,
	 .help = "Flow files"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio __replay --in .attio/.runs/run-abcdef a.flow.json", "Replay a file"},
	{.command = NULL},
};

const struct command cmd_replay = {
	.name = "__replay",
	.group = REACH_GROUP,
	.summary = "Replay flow files for attio test",
	.description = "Prints a line of JSON for each file.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 3 4 5 6 7 8 70 143",
	.options_size = sizeof(struct replay_options),
	.needs = REACH_APP_NEEDS | NEED_ESBUILD,
	.hidden = true,
};
