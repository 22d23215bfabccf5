/* attio version list: what it takes. It runs in attio-net: cli/net/version_list.c. */
#include <stddef.h>

#include "cli/net/versions.h"
#include "cli/rows.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "local",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct versions_options, local),
	 .help = "Ask the local platform on this machine; needs no account"},
	{ROW_APP(offsetof(struct versions_options, app)),
	 .help = "App to ask about (default: the name in its package.json)"},
	{ROW_TIMEOUT(offsetof(struct versions_options, timeout)), .help = ROW_TIMEOUT_HELP,
	 .fallback = "30"},
	{ROW_CACERT(offsetof(struct versions_options, cacert))},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct versions_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio version list --local", "Show what was deployed on this machine"},
	{"attio version list --app my-app --json", "Report the versions of `my-app` for a script"},
	{.command = NULL},
};

const struct command cmd_version_list = {
	.name = "version list",
	.group = "Publish it",
	.summary = "List the published versions of the app",
	.description = "Prints one line for each version, the newest first.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 3 4 5 6 8 70",
	.options_size = sizeof(struct versions_options),
	.needs = NEED_APP | NEED_NET,
};
