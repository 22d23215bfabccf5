/* attio version diff: what it takes. It runs in attio-net: cli/net/version_diff.c. */
#include <stddef.h>

#include "cli/net/version_diff.h"
#include "cli/rows.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "local",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct version_diff_options, asked.local),
	 .help = "Compare versions of the local platform on this machine"},
	{ROW_APP(offsetof(struct version_diff_options, asked.app)),
	 .help = "App to compare (default: the name in its package.json)"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "FROM",
	 .field = offsetof(struct version_diff_options, from),
	 .required = true,
	 .help = "Number of a version, like 2.3"},
	{.name = "TO",
	 .field = offsetof(struct version_diff_options, to),
	 .help = "Number of the other one (default: the last that was deployed from here)"},
	{.name = "PATH",
	 .field = offsetof(struct version_diff_options, asked.path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio version diff 2.3 2.4", "Show what users notice of the step from 2.3 to 2.4"},
	{"attio version diff 2.3 --json", "Report what has changed since for a script"},
	{.command = NULL},
};

const struct command cmd_version_diff = {
	.name = "version diff",
	.group = "Publish it",
	.summary = "Show what users notice between two versions of the app",
	.description =
		"Compares two versions that were deployed from this folder, as `attio deploy "
		"--plan` does: surfaces, blocks and their configuration, settings, webhooks, "
		"events, hosts, environment variables and sizes. Asks nobody: the artifacts "
		"of the last 20 versions are kept in .attio/deploy.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 4 8 70",
	.options_size = sizeof(struct version_diff_options),
	.needs = NEED_APP | NEED_NET,
};
