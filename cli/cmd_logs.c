/* attio logs: what it takes. It runs in attio-net: cli/net/logs.c. */
#include <stddef.h>

#include "cli/net/logs.h"
#include "cli/rows.h"
#include "cli/table.h"

static const char *const choices_level[] = {"debug", "info", "warning", "error", NULL};

/* --- attio logs ---------------------------------------------------------------------------------
 */

static const struct option logs_table[] = {
	{.name = "follow",
	 .letter = 'f',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct logs_options, follow),
	 .help = "Go on with what comes, until Ctrl-C; `attio dev` must run. Always so on Attio"},
	{ROW_WORKSPACE(offsetof(struct logs_options, workspace)),
	 .help = "Follow the log of the app in this workspace on Attio, not the local platform's"},
	{.name = "remote",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct logs_options, remote),
	 .help = "The same in your only workspace"},
	{ROW_APP(offsetof(struct logs_options, app)),
	 .help = "The same for this app (default: the name in its package.json)"},
	{.name = "since",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct logs_options, since),
	 .value = "WHEN",
	 .help = "Begin in the past: a span as 90s or 2h, a time as 2030-01-01T00:00:00Z, or on "
		 "the "
		 "local platform the number of a line, behind which it begins"},
	{.name = "grep",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct logs_options, grep),
	 .value = "REGEX",
	 .help = "Only lines with a text that this extended regular expression finds"},
	{.name = "level",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct logs_options, level),
	 .value = "LEVEL",
	 .choices = choices_level,
	 .help = "Only lines of this level and above"},
	{.name = "state",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct logs_options, reach.state),
	 .value = "DIR",
	 .help = "Folder of the local platform (default: .attio/local in the app's folder)"},
	{ROW_TIMEOUT(offsetof(struct logs_options, timeout)),
	 .help = "Longest wait for an answer, in seconds (default: 30 on Attio, else 120)"},
	{ROW_CACERT(offsetof(struct logs_options, cacert))},
	{.name = NULL},
};

static const struct operand logs_operands[] = {
	{.name = NULL},
};

static const struct example logs_examples[] = {
	{"attio logs", "Show the lines"},
	{"attio logs -f", "Watch them come"},
	{"attio logs --workspace acme", "Watch those of the app in a workspace on Attio"},
	{"attio logs --workspace acme --level error --json", "The errors alone, for a script"},
	{.command = NULL},
};

/* That of another machine needs no app here. */
static unsigned needs_now(struct cli *cli, const void *opaque)
{
	const struct logs_options *options = opaque;

	(void)cli;
	return logs_are_remote(options) ? 0 : NEED_APP;
}

const struct command cmd_logs = {
	.name = "logs",
	.group = REACH_GROUP,
	.summary = "Show what the app has logged",
	.description =
		"Prints what the app's code wrote to its console, and the platform's warnings: "
		"here "
		"what the local platform has kept, and with -f what comes. With --json one "
		"document; with -f one JSON object a line.\n\n"
		"With --workspace, --app or --remote it follows the log of the app on Attio, as "
		"long as it is a development version (attio dev --workspace) that is installed in "
		"a workspace of yours. Attio keeps two minutes of it at most, which --since asks "
		"for, so it is followed from now on: until Ctrl-C. A connection that is lost is "
		"made again; where lines may be missing, a line says so (an object with the event "
		"`gap`). Lines are held a moment, so that they stand in order.",
	.options = logs_table,
	.operands = logs_operands,
	.examples = logs_examples,
	.exit_codes = "0 1 2 3 4 5 6 7 8 70 143",
	.options_size = sizeof(struct logs_options),
	.needs = NEED_NET,
	.needs_now = needs_now,
};
