/* attio block ...: what the commands take. They run in attio-net: cli/net/block.c. */
#include <stddef.h>

#include "cli/net/block.h"
#include "cli/table.h"

/* --- attio block activate -----------------------------------------------------------------------
 */

static const struct option block_activate_table[] = {
	{.name = "config",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct block_activate_options, config),
	 .value = "JSON",
	 .help = "The block's configuration, a JSON object; also @FILE, or - for standard input",
	 .fallback = "{}"},
	REACH_APP_OPTIONS(struct block_activate_options),
	{.name = NULL},
};

static const struct operand block_activate_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct block_activate_options, id),
	 .required = true,
	 .help = "Id of the block"},
	{.name = NULL},
};

static const struct example block_activate_examples[] = {
	{"attio block activate new-lead --config '{\"list\": \"a\"}'", "Start to listen"},
	{.command = NULL},
};

const struct command cmd_block_activate = {
	.name = "block activate",
	.group = REACH_GROUP,
	.summary = "Activate a trigger block",
	.description = "Runs the trigger's activate handler with this configuration, as a workflow "
		       "that is published does.",
	.options = block_activate_table,
	.operands = block_activate_operands,
	.examples = block_activate_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct block_activate_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio block deactivate ---------------------------------------------------------------------
 */

static const struct option block_deactivate_table[] = {
	{.name = "activation",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct block_deactivate_options, activation),
	 .value = "ID",
	 .help = "Which activation (default: the newest)"},
	REACH_APP_OPTIONS(struct block_deactivate_options),
	{.name = NULL},
};

static const struct operand block_deactivate_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct block_deactivate_options, id),
	 .required = true,
	 .help = "Id of the block"},
	{.name = NULL},
};

static const struct example block_deactivate_examples[] = {
	{"attio block deactivate new-lead", "Stop to listen"},
	{.command = NULL},
};

const struct command cmd_block_deactivate = {
	.name = "block deactivate",
	.group = REACH_GROUP,
	.summary = "Deactivate a trigger block",
	.description = "Runs the trigger's deactivate handler.",
	.options = block_deactivate_table,
	.operands = block_deactivate_operands,
	.examples = block_deactivate_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct block_deactivate_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio block finish -------------------------------------------------------------------------
 */

static const struct option block_finish_table[] = {
	{.name = "run",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct block_finish_options, run),
	 .value = "ID",
	 .help = "Which run (default: the newest)"},
	SENT_OPTIONS(struct block_finish_options),
	REACH_APP_OPTIONS(struct block_finish_options),
	{.name = NULL},
};

static const struct operand block_finish_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct block_finish_options, id),
	 .required = true,
	 .help = "Id of the block"},
	{.name = NULL},
};

static const struct example block_finish_examples[] = {
	{"attio block finish wait-for-reply --body '{\"status\": \"won\"}'", "Let the step go on"},
	{.command = NULL},
};

const struct command cmd_block_finish = {
	.name = "block finish",
	.group = REACH_GROUP,
	.summary = "Call back a step that waits",
	.description = "Calls the finish address of a run that was deferred.",
	.options = block_finish_table,
	.operands = block_finish_operands,
	.examples = block_finish_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct block_finish_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio block list ---------------------------------------------------------------------------
 */

static const struct option block_list_table[] = {
	REACH_OPTIONS(struct block_list_options),
	{.name = NULL},
};

static const struct operand block_list_operands[] = {
	{.name = NULL},
};

static const struct example block_list_examples[] = {
	{"attio block list", "Show the blocks"},
	{.command = NULL},
};

const struct command cmd_block_list = {
	.name = "block list",
	.group = REACH_GROUP,
	.summary = "List the workflow blocks of the app",
	.description = "Prints one line for each block, with its activations and runs.",
	.options = block_list_table,
	.operands = block_list_operands,
	.examples = block_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct block_list_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio block run ----------------------------------------------------------------------------
 */

static const struct option block_run_table[] = {
	{.name = "config",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct block_run_options, config),
	 .value = "JSON",
	 .help = "The block's configuration, a JSON object; also @FILE, or - for standard input",
	 .fallback = "{}"},
	{.name = "finish",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct block_run_options, finish),
	 .value = "BODY",
	 .help = "When it defers, call it back at once with this body: text, @FILE, or - for "
		 "standard input"},
	REACH_APP_OPTIONS(struct block_run_options),
	{.name = NULL},
};

static const struct operand block_run_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct block_run_options, id),
	 .required = true,
	 .help = "Id of the block"},
	{.name = NULL},
};

static const struct example block_run_examples[] = {
	{"attio block run send-mail --config @config.json", "Run a step"},
	{.command = NULL},
};

const struct command cmd_block_run = {
	.name = "block run",
	.group = REACH_GROUP,
	.summary = "Run a step block",
	.description = "Runs the step's execute handler with this configuration and prints its "
		       "outcome. A step that defers waits for `attio block finish`. In the "
		       "configuration a text may stand for a value that has parts: an e-mail "
		       "address, a phone number, a name, a date.",
	.options = block_run_table,
	.operands = block_run_operands,
	.examples = block_run_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct block_run_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio block trigger ------------------------------------------------------------------------
 */

static const struct option block_trigger_table[] = {
	{.name = "activation",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct block_trigger_options, activation),
	 .value = "ID",
	 .help = "Which activation (default: the newest)"},
	SENT_OPTIONS(struct block_trigger_options),
	REACH_APP_OPTIONS(struct block_trigger_options),
	{.name = NULL},
};

static const struct operand block_trigger_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct block_trigger_options, id),
	 .required = true,
	 .help = "Id of the block"},
	{.name = NULL},
};

static const struct example block_trigger_examples[] = {
	{"attio block trigger new-lead --body '{\"status\": \"won\"}'", "Play the third party"},
	{.command = NULL},
};

const struct command cmd_block_trigger = {
	.name = "block trigger",
	.group = REACH_GROUP,
	.summary = "Call a trigger that is active",
	.description = "Calls the callback address of an activation and prints what the trigger "
		       "made of it.",
	.options = block_trigger_table,
	.operands = block_trigger_operands,
	.examples = block_trigger_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct block_trigger_options),
	.needs = REACH_APP_NEEDS,
};
