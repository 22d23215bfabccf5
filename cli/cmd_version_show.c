/* attio version show: what it takes. It runs in attio-net: cli/net/version_show.c. */
#include <stddef.h>

#include "cli/net/version_show.h"
#include "cli/rows.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "local",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct version_show_options, asked.local),
	 .help = "Ask the local platform on this machine; needs no account"},
	{ROW_APP(offsetof(struct version_show_options, asked.app)),
	 .help = "App to ask about (default: the name in its package.json)"},
	{ROW_TIMEOUT(offsetof(struct version_show_options, asked.timeout)),
	 .help = ROW_TIMEOUT_HELP, .fallback = "30"},
	{ROW_CACERT(offsetof(struct version_show_options, asked.cacert))},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "VERSION",
	 .field = offsetof(struct version_show_options, version),
	 .help = "Number of the version, like 2.3 (default: the newest)"},
	{.name = "PATH",
	 .field = offsetof(struct version_show_options, asked.path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio version show --local", "Show the newest version on this machine"},
	{"attio version show 2.3 --app my-app --json",
	 "Report version 2.3 of `my-app` for a script"},
	{.command = NULL},
};

const struct command cmd_version_show = {
	.name = "version show",
	.group = "Publish it",
	.summary = "Show one version of the app, and what is kept of its deploy",
	.description =
		"Prints what the platform says of the version. Of one that was deployed from "
		"this folder also its git commit, the SHA-256 of its bundles, and what users "
		"of the app notice of it: surfaces, blocks, webhooks, events, hosts and "
		"environment variables.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 3 4 5 6 8 70",
	.options_size = sizeof(struct version_show_options),
	.needs = NEED_APP | NEED_NET,
};
