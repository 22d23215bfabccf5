/* attio action ...: what the commands take. They run in attio-net: cli/net/action.c. */
#include <stddef.h>

#include "cli/net/action.h"
#include "cli/net/surface.h"
#include "cli/table.h"

/* --- attio action list --------------------------------------------------------------------------
 */

static const struct option action_list_table[] = {
	{.name = "record",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct surface_list_options, records),
	 .value = "OBJECT/RECORD",
	 .help = "Also tell which apply to this record"},
	REACH_OPTIONS(struct surface_list_options),
	{.name = NULL},
};

static const struct operand action_list_operands[] = {
	{.name = NULL},
};

static const struct example action_list_examples[] = {
	{"attio action list", "Show what the app offers"},
	{"attio action list --record people/ada", "Show what it offers on a record"},
	{.command = NULL},
};

const struct command cmd_action_list = {
	.name = "action list",
	.group = REACH_GROUP,
	.summary = "List the actions of the app",
	.description = "Prints the record, bulk, object and text actions that the app registers. "
		       "With --record also whether each applies to that record.",
	.options = action_list_table,
	.operands = action_list_operands,
	.examples = action_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_list_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio action run ---------------------------------------------------------------------------
 */

static const struct option action_run_table[] = {
	{.name = "kind",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct action_run_options, kind),
	 .value = "KIND",
	 .help = "Kind of the action, where two have the same id"},
	{.name = "record",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct action_run_options, records),
	 .value = "OBJECT/RECORD",
	 .help = "The record to run it on; several for a bulk action"},
	{.name = "object",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct action_run_options, object),
	 .value = "OBJECT",
	 .help = "The object to run an object action on"},
	{.name = "text",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct action_run_options, text),
	 .value = "TEXT",
	 .help = "The text that a text action gets"},
	{.name = "force",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct action_run_options, force),
	 .help = "Run it on an object that the app does not offer it on, too"},
	REACH_USER_OPTIONS(struct action_run_options),
	REACH_APP_OPTIONS(struct action_run_options),
	{.name = NULL},
};

static const struct operand action_run_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct action_run_options, id),
	 .required = true,
	 .help = "Id of the action"},
	{.name = NULL},
};

static const struct example action_run_examples[] = {
	{"attio action run send-to-alc --record people/ada", "Run a record action"},
	{"attio action run enrich --record people/ada --record people/charles --confirm yes",
	 "Run a bulk action and say yes when it asks"},
	{"attio action run log-request --record people/ada --step 'fill title=Slow' --step "
	 "submit",
	 "Fill in and submit the form that it shows"},
	{.command = NULL},
};

const struct command cmd_action_run = {
	.name = "action run",
	.group = REACH_GROUP,
	.summary = "Run an action of the app as a user would",
	.description =
		"Calls the action on the local platform and plays the user: alerts are read, steps "
		"are carried out in dialogs and forms, confirmations get the answer that is given. "
		"Prints what the user saw: toasts, alerts, dialogs. Everything that happened is a "
		"flow: `attio flow show` prints it.\n\nAn action is run where Attio offers it: "
		"with a record "
		"of an object that is not among its `objects` the exit code is 2, unless --force "
		"is "
		"given.\n\nThe exit code is 1 when the app fails or a "
		"step cannot be done, and 7 when the app asks a question that no option answers.",
	.options = action_run_table,
	.operands = action_run_operands,
	.examples = action_run_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct action_run_options),
	.needs = REACH_APP_NEEDS,
};
