/* attio state ...: what the commands take. They run in attio-net: cli/net/state.c. */
#include <stddef.h>

#include "cli/net/state.h"
#include "cli/table.h"

/* --- attio state list ---------------------------------------------------------------------------
 */

static const struct option state_list_table[] = {
	REACH_OPTIONS(struct state_list_options),
	{.name = NULL},
};

static const struct operand state_list_operands[] = {
	{.name = NULL},
};

static const struct example state_list_examples[] = {
	{"attio state list", "Show them"},
	{.command = NULL},
};

const struct command cmd_state_list = {
	.name = "state list",
	.group = REACH_GROUP,
	.summary = "List the saved states of the local platform",
	.description = "Prints one line for each. SAVED is the time of this machine, wherever "
		       "`attio clock` has moved that of the platform.",
	.options = state_list_table,
	.operands = state_list_operands,
	.examples = state_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct state_list_options),
	.needs = REACH_NEEDS,
};

/* --- attio state reset --------------------------------------------------------------------------
 */

static const struct option state_reset_table[] = {
	REACH_OPTIONS(struct state_reset_options),
	{.name = NULL},
};

static const struct operand state_reset_operands[] = {
	{.name = NULL},
};

static const struct example state_reset_examples[] = {
	{"attio state reset", "Start afresh"},
	{.command = NULL},
};

const struct command cmd_state_reset = {
	.name = "state reset",
	.group = REACH_GROUP,
	.summary = "Put the local platform back to its beginning",
	.description = "Throws away records, connections and all else, and starts with the seed "
		       "world again. Saved states stay, and so does the clock: `attio clock real` "
		       "sets that back.",
	.options = state_reset_table,
	.operands = state_reset_operands,
	.examples = state_reset_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct state_reset_options),
	.needs = REACH_NEEDS,
};

/* --- attio state restore ------------------------------------------------------------------------
 */

static const struct option state_restore_table[] = {
	REACH_OPTIONS(struct state_restore_options),
	{.name = NULL},
};

static const struct operand state_restore_operands[] = {
	{.name = "NAME",
	 .field = offsetof(struct state_restore_options, name),
	 .required = true,
	 .help = "Name of the saved state"},
	{.name = NULL},
};

static const struct example state_restore_examples[] = {
	{"attio state restore before", "Go back"},
	{.command = NULL},
};

const struct command cmd_state_restore = {
	.name = "state restore",
	.group = REACH_GROUP,
	.summary = "Go back to a saved state",
	.description = "Replaces all that the local platform holds by what was saved.",
	.options = state_restore_table,
	.operands = state_restore_operands,
	.examples = state_restore_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct state_restore_options),
	.needs = REACH_NEEDS,
};

/* --- attio state save ---------------------------------------------------------------------------
 */

static const struct option state_save_table[] = {
	REACH_OPTIONS(struct state_save_options),
	{.name = NULL},
};

static const struct operand state_save_operands[] = {
	{.name = "NAME",
	 .field = offsetof(struct state_save_options, name),
	 .required = true,
	 .help = "Name of the saved state"},
	{.name = NULL},
};

static const struct example state_save_examples[] = {
	{"attio state save before", "Keep it"},
	{.command = NULL},
};

const struct command cmd_state_save = {
	.name = "state save",
	.group = REACH_GROUP,
	.summary = "Save the state of the local platform",
	.description = "Keeps records, connections and all else under a name.",
	.options = state_save_table,
	.operands = state_save_operands,
	.examples = state_save_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct state_save_options),
	.needs = REACH_NEEDS,
};

/* --- attio state seed ---------------------------------------------------------------------------
 */

static const struct option state_seed_table[] = {
	REACH_OPTIONS(struct state_seed_options),
	{.name = NULL},
};

static const struct operand state_seed_operands[] = {
	{.name = "FILE",
	 .field = offsetof(struct state_seed_options, file),
	 .required = true,
	 .is_path = true,
	 .help = "The file, JSON; - for standard input"},
	{.name = NULL},
};

static const struct example state_seed_examples[] = {
	{"attio state seed world.json", "Add records, lists and keys of your own"},
	{.command = NULL},
};

const struct command cmd_state_seed = {
	.name = "state seed",
	.group = REACH_GROUP,
	.summary = "Fill the local platform from a file",
	.description =
		"Adds what the file holds to what there is, all of it or nothing. For a world of "
		"your own alone, delete or change what the seed world has.\n\nThe file is a JSON "
		"object with any of these members: `records` (by object, each a list of records, "
		"as "
		"`attio records import` takes it), `objects`, `attributes` (by object), `lists`, "
		"`entries` (by list), `notes`, `tasks`, `comments` (each as the REST API takes "
		"it), "
		"`kv` and `settings` (by key).",
	.options = state_seed_table,
	.operands = state_seed_operands,
	.examples = state_seed_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct state_seed_options),
	.needs = REACH_NEEDS,
};
