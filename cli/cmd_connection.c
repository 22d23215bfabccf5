/* attio connection ...: what the commands take. They run in attio-net: cli/net/connection.c. */
#include <stddef.h>

#include "cli/net/connection.h"
#include "cli/table.h"

/* --- attio connection add -----------------------------------------------------------------------
 */

static const struct option connection_add_table[] = {
	{.name = "workspace",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_add_options, workspace),
	 .help = "A connection of the whole workspace (the default)"},
	{.name = "user",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_add_options, user),
	 .help = "A connection of one member: the one of --as"},
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct connection_add_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	{.name = "value-env",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct connection_add_options, value_env),
	 .value = "NAME",
	 .help = "Environment variable that holds the value"},
	{.name = "value-stdin",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_add_options, value_stdin),
	 .help = "Read the value from standard input"},
	{.name = "oauth",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_add_options, oauth),
	 .help = "The value is an access token of OAuth"},
	{.name = "expires-in",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct connection_add_options, expires_in),
	 .value = "SEC",
	 .min = 1,
	 .max = 2147483647,
	 .help = "The value expires after so many seconds"},
	{.name = "force",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_add_options, force),
	 .help = "Store the connection although the app refuses it"},
	{.name = "consent",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_add_options, consent),
	 .help = "Print the address of a page to connect at, instead"},
	REACH_APP_OPTIONS(struct connection_add_options),
	{.name = NULL},
};

static const struct operand connection_add_operands[] = {
	{.name = NULL},
};

static const struct example connection_add_examples[] = {
	{"attio connection add --workspace --value-env ACME_KEY",
	 "Connect the workspace with the key in $ACME_KEY"},
	{"attio connection add --user --as ada@example.com --value-stdin",
	 "Connect one member; the value is piped in"},
	{"attio connection add --consent", "Connect by a page in the browser"},
	{.command = NULL},
};

const struct command cmd_connection_add = {
	.name = "connection add",
	.group = REACH_GROUP,
	.summary = "Connect the app to its third party on the local platform",
	.description =
		"Stores a connection as the connect page of Attio does. First the app's "
		"connection-added handler runs; when it throws, the connection is not stored and "
		"the exit code is 1. What the handler made before it threw stays, such as a "
		"webhook handler (`attio webhook list`); what Attio does there is not "
		"documented.\n\nThe value (an API key, a token) comes from an environment "
		"variable, "
		"from standard input, or is asked for on the terminal; never from the command "
		"line, where other users could read it. With --consent nothing is stored: the "
		"address of a page is printed that plays the third party's OAuth consent.",
	.options = connection_add_table,
	.operands = connection_add_operands,
	.examples = connection_add_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct connection_add_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio connection expire --------------------------------------------------------------------
 */

static const struct option connection_expire_table[] = {
	REACH_OPTIONS(struct connection_expire_options),
	{.name = NULL},
};

static const struct operand connection_expire_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct connection_expire_options, id),
	 .required = true,
	 .help = "The connection, as `attio connection list` shows it"},
	{.name = NULL},
};

static const struct example connection_expire_examples[] = {
	{"attio connection expire 5f0c7a2e", "Let that connection expire"},
	{.command = NULL},
};

const struct command cmd_connection_expire = {
	.name = "connection expire",
	.group = REACH_GROUP,
	.summary = "Let a connection expire",
	.description = "The app finds out at its next use: it gets the error that the service "
		       "gives for an expired connection.",
	.options = connection_expire_table,
	.operands = connection_expire_operands,
	.examples = connection_expire_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct connection_expire_options),
	.needs = REACH_NEEDS,
};

/* --- attio connection list ----------------------------------------------------------------------
 */

static const struct option connection_list_table[] = {
	REACH_OPTIONS(struct connection_list_options),
	{.name = NULL},
};

static const struct operand connection_list_operands[] = {
	{.name = NULL},
};

static const struct example connection_list_examples[] = {
	{"attio connection list", "Show who is connected"},
	{.command = NULL},
};

const struct command cmd_connection_list = {
	.name = "connection list",
	.group = REACH_GROUP,
	.summary = "List the connections of the app",
	.description = "Prints one line for each connection; never its value.",
	.options = connection_list_table,
	.operands = connection_list_operands,
	.examples = connection_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct connection_list_options),
	.needs = REACH_NEEDS,
};

/* --- attio connection rm ------------------------------------------------------------------------
 */

static const struct option connection_rm_table[] = {
	{.name = "force",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct connection_rm_options, force),
	 .help = "Remove the connection although the handler throws"},
	REACH_APP_OPTIONS(struct connection_rm_options),
	{.name = NULL},
};

static const struct operand connection_rm_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct connection_rm_options, id),
	 .required = true,
	 .help = "The connection, as `attio connection list` shows it"},
	{.name = NULL},
};

static const struct example connection_rm_examples[] = {
	{"attio connection rm 5f0c7a2e", "Disconnect"},
	{.command = NULL},
};

const struct command cmd_connection_rm = {
	.name = "connection rm",
	.group = REACH_GROUP,
	.summary = "Remove a connection",
	.description = "Runs the app's connection-removed handler and removes the connection and "
		       "its webhook handlers. When the handler throws, the connection stays and "
		       "the exit code is 1.",
	.options = connection_rm_table,
	.operands = connection_rm_operands,
	.examples = connection_rm_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct connection_rm_options),
	.needs = REACH_APP_NEEDS,
};
