/* attio settings ...: what the commands take. They run in attio-net: cli/net/settings.c. */
#include <stddef.h>

#include "cli/net/settings.h"
#include "cli/table.h"

/* --- attio settings get -------------------------------------------------------------------------
 */

static const struct option settings_get_table[] = {
	REACH_OPTIONS(struct settings_get_options),
	{.name = NULL},
};

static const struct operand settings_get_operands[] = {
	{.name = "NAME",
	 .field = offsetof(struct settings_get_options, name),
	 .help = "Name of the setting (default: all)"},
	{.name = NULL},
};

static const struct example settings_get_examples[] = {
	{"attio settings get", "Show all"},
	{.command = NULL},
};

const struct command cmd_settings_get = {
	.name = "settings get",
	.group = REACH_GROUP,
	.summary = "Show the settings of the app",
	.description = "Prints the workspace settings, one a line, or the value of one.",
	.options = settings_get_table,
	.operands = settings_get_operands,
	.examples = settings_get_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct settings_get_options),
	.needs = REACH_NEEDS,
};

/* --- attio settings set -------------------------------------------------------------------------
 */

static const struct option settings_set_table[] = {
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct settings_set_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	REACH_OPTIONS(struct settings_set_options),
	{.name = NULL},
};

static const struct operand settings_set_operands[] = {
	{.name = "NAME",
	 .field = offsetof(struct settings_set_options, name),
	 .required = true,
	 .help = "Name of the setting"},
	{.name = "VALUE",
	 .field = offsetof(struct settings_set_options, value),
	 .required = true,
	 .help = "The value: JSON or text"},
	{.name = NULL},
};

static const struct example settings_set_examples[] = {
	{"attio settings set region eu", "Change a setting"},
	{.command = NULL},
};

const struct command cmd_settings_set = {
	.name = "settings set",
	.group = REACH_GROUP,
	.summary = "Change a setting of the app",
	.description = "Writes the value, which the app's schema must allow.",
	.options = settings_set_table,
	.operands = settings_set_operands,
	.examples = settings_set_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct settings_set_options),
	.needs = REACH_APP_NEEDS,
};
