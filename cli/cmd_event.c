/* attio event send: what it takes. It runs in attio-net: cli/net/event.c. */
#include <stddef.h>

#include "cli/net/event.h"
#include "cli/table.h"

static const char *const choices_event[] = {"connection-added", "connection-removed", NULL};

/* --- attio event send ---------------------------------------------------------------------------
 */

static const struct option event_send_table[] = {
	{.name = "connection",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct event_send_options, connection),
	 .value = "ID",
	 .help = "The connection that the event is about (default: the newest)"},
	REACH_APP_OPTIONS(struct event_send_options),
	{.name = NULL},
};

static const struct operand event_send_operands[] = {
	{.name = "EVENT",
	 .field = offsetof(struct event_send_options, event),
	 .required = true,
	 .choices = choices_event,
	 .help = "The event"},
	{.name = NULL},
};

static const struct example event_send_examples[] = {
	{"attio event send connection-added", "Run the handler again for the newest connection"},
	{.command = NULL},
};

const struct command cmd_event_send = {
	.name = "event send",
	.group = REACH_GROUP,
	.summary = "Run an event handler of the app",
	.description = "Runs the handler for a connection that there is, which stays as it is. The "
		       "exit code is 1 when the handler throws.",
	.options = event_send_table,
	.operands = event_send_operands,
	.examples = event_send_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct event_send_options),
	.needs = REACH_APP_NEEDS,
};
