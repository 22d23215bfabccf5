/* attio logs: what it takes. It runs in attio-net: cli/net/logs.c. */
#include <stddef.h>

#include "cli/net/logs.h"
#include "cli/table.h"

static const char *const choices_level[] = {"debug", "info", "warning", "error", NULL};

/* --- attio logs ---------------------------------------------------------------------------------
 */

static const struct option logs_table[] = {
	{.name = "follow",
	 .letter = 'f',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct logs_options, follow),
	 .help = "Go on with what comes, until Ctrl-C; `attio dev` must run"},
	{.name = "level",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct logs_options, level),
	 .value = "LEVEL",
	 .choices = choices_level,
	 .help = "Only lines of this level and above"},
	{.name = "since",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct logs_options, since),
	 .value = "ID",
	 .help = "Only lines behind this one, by its number"},
	REACH_OPTIONS(struct logs_options),
	{.name = NULL},
};

static const struct operand logs_operands[] = {
	{.name = NULL},
};

static const struct example logs_examples[] = {
	{"attio logs", "Show the lines"},
	{"attio logs -f", "Watch them come"},
	{.command = NULL},
};

const struct command cmd_logs = {
	.name = "logs",
	.group = REACH_GROUP,
	.summary = "Show what the app has logged",
	.description = "Prints what the app's code wrote to its console, and the platform's "
		       "warnings. With --json one document; with -f one JSON object a line.",
	.options = logs_table,
	.operands = logs_operands,
	.examples = logs_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct logs_options),
	.needs = REACH_NEEDS,
};
