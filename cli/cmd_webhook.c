/* attio webhook ...: what the commands take. They run in attio-net: cli/net/webhook.c. */
#include <stddef.h>

#include "cli/net/webhook.h"
#include "cli/table.h"

/* --- attio webhook deliveries -------------------------------------------------------------------
 */

static const struct option webhook_deliveries_table[] = {
	{.name = "handler",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct webhook_deliveries_options, handler),
	 .value = "HANDLER",
	 .help = "Only those of this handler: its id or file name"},
	REACH_OPTIONS(struct webhook_deliveries_options),
	{.name = NULL},
};

static const struct operand webhook_deliveries_operands[] = {
	{.name = NULL},
};

static const struct example webhook_deliveries_examples[] = {
	{"attio webhook deliveries", "Show what came"},
	{.command = NULL},
};

const struct command cmd_webhook_deliveries = {
	.name = "webhook deliveries",
	.group = REACH_GROUP,
	.summary = "List what came to the webhook handlers of the app",
	.description = "Prints one line for each delivery, the newest first.",
	.options = webhook_deliveries_table,
	.operands = webhook_deliveries_operands,
	.examples = webhook_deliveries_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct webhook_deliveries_options),
	.needs = REACH_NEEDS,
};

/* --- attio webhook list -------------------------------------------------------------------------
 */

static const struct option webhook_list_table[] = {
	REACH_OPTIONS(struct webhook_list_options),
	{.name = NULL},
};

static const struct operand webhook_list_operands[] = {
	{.name = NULL},
};

static const struct example webhook_list_examples[] = {
	{"attio webhook list", "Show the addresses"},
	{"attio webhook list --json", "The same for a script"},
	{.command = NULL},
};

const struct command cmd_webhook_list = {
	.name = "webhook list",
	.group = REACH_GROUP,
	.summary = "List the webhook handlers that the app has registered",
	.description = "Prints one line for each handler: its file, its id and its address.",
	.options = webhook_list_table,
	.operands = webhook_list_operands,
	.examples = webhook_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct webhook_list_options),
	.needs = REACH_NEEDS,
};

/* --- attio webhook replay -----------------------------------------------------------------------
 */

static const struct option webhook_replay_table[] = {
	{.name = "set",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct webhook_replay_options, changes),
	 .value = "POINTER=VALUE",
	 .help = "Replace one value of the body: a JSON pointer, `=`, and JSON or text"},
	REACH_APP_OPTIONS(struct webhook_replay_options),
	{.name = NULL},
};

static const struct operand webhook_replay_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct webhook_replay_options, id),
	 .required = true,
	 .help = "The delivery, as `attio webhook deliveries` shows it; `last` is the newest"},
	{.name = NULL},
};

static const struct example webhook_replay_examples[] = {
	{"attio webhook replay last --set /status='\"lost\"'",
	 "Send the newest again with another status"},
	{.command = NULL},
};

const struct command cmd_webhook_replay = {
	.name = "webhook replay",
	.group = REACH_GROUP,
	.summary = "Send a delivery again",
	.description = "Sends a stored delivery to its handler once more, as it came or with "
		       "changes to its JSON body.",
	.options = webhook_replay_table,
	.operands = webhook_replay_operands,
	.examples = webhook_replay_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct webhook_replay_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio webhook send -------------------------------------------------------------------------
 */

static const struct option webhook_send_table[] = {
	SENT_OPTIONS(struct webhook_send_options),
	{.name = "path",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct webhook_send_options, path),
	 .value = "PATH",
	 .help = "What follows the address of the handler"},
	REACH_APP_OPTIONS(struct webhook_send_options),
	{.name = NULL},
};

static const struct operand webhook_send_operands[] = {
	{.name = "HANDLER",
	 .field = offsetof(struct webhook_send_options, handler),
	 .required = true,
	 .help = "The handler: its file name, or its id as `attio webhook list` shows it"},
	{.name = NULL},
};

static const struct example webhook_send_examples[] = {
	{"attio webhook send lead-processed --body '{\"status\": \"won\"}'",
	 "Play the third party"},
	{"attio webhook send lead-processed --body @sample.json", "The same with a stored body"},
	{.command = NULL},
};

const struct command cmd_webhook_send = {
	.name = "webhook send",
	.group = REACH_GROUP,
	.summary = "Send a request to a webhook handler of the app",
	.description =
		"Calls the handler as the third party would and prints its answer: status, "
		"then body. Exit code 1 when the handler throws. Ids of records for the body: "
		"`attio records list people`.",
	.options = webhook_send_table,
	.operands = webhook_send_operands,
	.examples = webhook_send_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct webhook_send_options),
	.needs = REACH_APP_NEEDS,
};
