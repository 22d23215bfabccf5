/* attio ... list and ... show: what the commands take that list or render parts of the app. They
 * run in attio-net: cli/net/surface.c. */
#include <stddef.h>

#include "cli/net/surface.h"
#include "cli/table.h"

/* Of surfaces that belong to a record. */
static const struct option record_list_table[] = {
	{.name = "record",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct surface_list_options, records),
	 .value = "OBJECT/RECORD",
	 .help = "Also tell which apply to this record"},
	REACH_OPTIONS(struct surface_list_options),
	{.name = NULL},
};

static const struct operand no_operands[] = {
	{.name = NULL},
};

/* --- attio widget list -------------------------------------------------------------------------
 */

static const struct example widget_list_examples[] = {
	{"attio widget list", "Show what there is"},
	{.command = NULL},
};

const struct command cmd_widget_list = {
	.name = "widget list",
	.group = REACH_GROUP,
	.summary = "List the record widgets of the app",
	.description =
		"Prints the record widgets that the app registers. With --record also whether each "
		"applies to that record.",
	.options = record_list_table,
	.operands = no_operands,
	.examples = widget_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_list_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio widget show --------------------------------------------------------------------------
 */

static const struct option widget_show_table[] = {
	{.name = "record",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct surface_show_options, records),
	 .value = "OBJECT/RECORD",
	 .help = "The record it is shown on"},
	REACH_USER_OPTIONS(struct surface_show_options),
	REACH_APP_OPTIONS(struct surface_show_options),
	{.name = NULL},
};

static const struct operand widget_show_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct surface_show_options, id),
	 .required = true,
	 .help = "Id of the widget"},
	{.name = NULL},
};

static const struct example widget_show_examples[] = {
	{"attio widget show score --record people/ada", "Show it on a record"},
	{.command = NULL},
};

const struct command cmd_widget_show = {
	.name = "widget show",
	.group = REACH_GROUP,
	.summary = "Show a record widget of the app as text",
	.description = "Renders the widget as Attio would and prints its parts, one a line; with "
		       "steps, as it is after them. With --json the parts are data.",
	.options = widget_show_table,
	.operands = widget_show_operands,
	.examples = widget_show_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_show_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio block show ---------------------------------------------------------------------------
 */

static const struct option block_show_table[] = {
	{.name = "config",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct surface_show_options, config),
	 .value = "JSON",
	 .help = "The block's configuration, a JSON object; also @FILE, or - for standard input"},
	REACH_USER_OPTIONS(struct surface_show_options),
	REACH_APP_OPTIONS(struct surface_show_options),
	{.name = NULL},
};

static const struct operand block_show_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct surface_show_options, id),
	 .required = true,
	 .help = "Id of the block"},
	{.name = NULL},
};

static const struct example block_show_examples[] = {
	{"attio block show send-mail --step 'fill subject=Hello'", "Fill in a field"},
	{.command = NULL},
};

const struct command cmd_block_show = {
	.name = "block show",
	.group = REACH_GROUP,
	.summary = "Show the configurator of a workflow block as text",
	.description = "Renders the form that configures the block and prints its parts, one a "
		       "line; with steps, as it is after them. With --json the parts are data, "
		       "with the configuration and the outcomes that the form makes of it.",
	.options = block_show_table,
	.operands = block_show_operands,
	.examples = block_show_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_show_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio page list ---------------------------------------------------------------------------
 */

static const struct option page_list_table[] = {
	REACH_OPTIONS(struct surface_list_options),
	{.name = NULL},
};

static const struct example page_list_examples[] = {
	{"attio page list", "Show what there is"},
	{.command = NULL},
};

const struct command cmd_page_list = {
	.name = "page list",
	.group = REACH_GROUP,
	.summary = "List the pages of the app",
	.description = "Prints the pages that the app registers.",
	.options = page_list_table,
	.operands = no_operands,
	.examples = page_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_list_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio page show ----------------------------------------------------------------------------
 */

static const struct option page_show_table[] = {
	REACH_USER_OPTIONS(struct surface_show_options),
	REACH_APP_OPTIONS(struct surface_show_options),
	{.name = NULL},
};

static const struct operand page_show_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct surface_show_options, id),
	 .required = true,
	 .help = "Id of the page"},
	{.name = NULL},
};

static const struct example page_show_examples[] = {
	{"attio page show reports", "Show it"},
	{.command = NULL},
};

const struct command cmd_page_show = {
	.name = "page show",
	.group = REACH_GROUP,
	.summary = "Show a page of the app as text",
	.description = "Renders the page as Attio would and prints its parts, one a line; with "
		       "steps, as it is after them. With --json the parts are data.",
	.options = page_show_table,
	.operands = page_show_operands,
	.examples = page_show_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_show_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio settings show ------------------------------------------------------------------------
 */

static const struct option settings_show_table[] = {
	REACH_USER_OPTIONS(struct surface_show_options),
	REACH_APP_OPTIONS(struct surface_show_options),
	{.name = NULL},
};

static const struct example settings_show_examples[] = {
	{"attio settings show --step 'fill region=eu' --step submit", "Fill it in"},
	{.command = NULL},
};

const struct command cmd_settings_show = {
	.name = "settings show",
	.group = REACH_GROUP,
	.summary = "Show the settings page of the app as text",
	.description = "Renders the page as Attio would and prints its parts, one a line; with "
		       "steps, as it is after them. With --json the parts are data.",
	.options = settings_show_table,
	.operands = no_operands,
	.examples = settings_show_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_show_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio tab list ----------------------------------------------------------------------------
 */

static const struct example tab_list_examples[] = {
	{"attio tab list", "Show what there is"},
	{.command = NULL},
};

const struct command cmd_tab_list = {
	.name = "tab list",
	.group = REACH_GROUP,
	.summary = "List the record tabs of the app",
	.description =
		"Prints the record tabs that the app registers. With --record also whether each "
		"applies to that record.",
	.options = record_list_table,
	.operands = no_operands,
	.examples = tab_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_list_options),
	.needs = REACH_APP_NEEDS,
};

/* --- attio tab show -----------------------------------------------------------------------------
 */

static const struct option tab_show_table[] = {
	{.name = "record",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct surface_show_options, records),
	 .value = "OBJECT/RECORD",
	 .help = "The record it is shown on"},
	REACH_USER_OPTIONS(struct surface_show_options),
	REACH_APP_OPTIONS(struct surface_show_options),
	{.name = NULL},
};

static const struct operand tab_show_operands[] = {
	{.name = "ID",
	 .field = offsetof(struct surface_show_options, id),
	 .required = true,
	 .help = "Id of the tab"},
	{.name = NULL},
};

static const struct example tab_show_examples[] = {
	{"attio tab show history --record people/ada", "Show it on a record"},
	{.command = NULL},
};

const struct command cmd_tab_show = {
	.name = "tab show",
	.group = REACH_GROUP,
	.summary = "Show a record tab of the app as text",
	.description = "Renders the tab as Attio would and prints its parts, one a line; with "
		       "steps, as it is after them. With --json the parts are data.",
	.options = tab_show_table,
	.operands = tab_show_operands,
	.examples = tab_show_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct surface_show_options),
	.needs = REACH_APP_NEEDS,
};
