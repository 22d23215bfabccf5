/* attio dev: what it takes; and the platform that other commands start when no `dev` runs. They run
 * in attio-net: cli/net/dev.c. */
#include <stddef.h>

#include "cli/net/dev.h"
#include "cli/reach.h"
#include "cli/rows.h"
#include "cli/table.h"

static const char *const global_sets[] = {"strict", "lenient", NULL};

static const struct option option_table[] = {
	{.name = "port",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct dev_options, port),
	 .value = "PORT",
	 .min = 0,
	 .max = 65535,
	 .help = "Port of the local platform; 0 is any free one (default: 8700, or the next free "
		 "one)",
	 .given = offsetof(struct dev_options, port_given)},
	{.name = "state",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct dev_options, state),
	 .value = "DIR",
	 .help = "Folder of the local platform (default: .attio/local in the app's folder)"},
	{ROW_NET(offsetof(struct dev_options, net)),
	 .help = "What becomes of the app's requests to third parties", .fallback = "live"},
	{ROW_ROUTE(offsetof(struct dev_options, routes)),
	 .help = "Send the app's requests for this origin elsewhere, as to a fake third party; "
		 "can be given again"},
	{ROW_CHAOS(offsetof(struct dev_options, chaos)),
	 .help = "Let some of the app's requests, or those of deploy and its like, fail or take "
		 "longer: fetch.error=10%, fetch.503=5%, fetch.latency=300 (milliseconds), "
		 "rest.429=50%, developer.500=5%, seed=7; several with commas"},
	{.name = "now",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct dev_options, now),
	 .value = "TIME",
	 .help = "Start the platform's clock at this time, as 2030-01-01T00:00:00Z"},
	{.name = "public-url",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct dev_options, public_url),
	 .value = "URL",
	 .help = "Address that third parties reach this machine at, for webhook URLs"},
	{.name = "limits",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct dev_options, limits),
	 .value = "NAME=off",
	 .help = "Turn a limit of the platform off: time, egress, rest or json"},
	{.name = "globals",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct dev_options, globals),
	 .value = "SET",
	 .choices = global_sets,
	 .help = "Whether client code also gets globals that Attio may not have",
	 .fallback = "strict"},
	{.name = "bundles",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct dev_options, bundles),
	 .value = "DIR",
	 .help = "Run the bundles in this folder, which another tool made, instead of our own"},
	{ROW_WORKSPACE(offsetof(struct dev_options, workspace)),
	 .help = "Also push each good build to the app's development version in this workspace on "
		 "Attio, and follow its log"},
	{.name = "remote",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct dev_options, remote),
	 .help = "Only that, with no platform on this machine; without --workspace in your only "
		 "one"},
	{ROW_APP(offsetof(struct dev_options, app)),
	 .help = "App on Attio (default: the name in package.json)"},
	{ROW_TIMEOUT(offsetof(struct dev_options, timeout)),
	 .help = "Longest wait for one request to Attio, in seconds", .fallback = "30"},
	{ROW_CACERT(offsetof(struct dev_options, cacert))},
	{.name = "no-check",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct dev_options, no_check),
	 .help = "Do not check the types"},
	{.name = "no-build",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct dev_options, no_build),
	 .help = "Do not build the app here: run the dev version that is pushed to the platform's "
		 "developer API"},
	{.name = "open",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct dev_options, open),
	 .help = "Open the platform's page in the browser when it is ready"},
	{.name = "parity",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct dev_options, parity),
	 .help = "Only list how true to Attio each part of the SDK is here"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct dev_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio dev", "Run the app in the current folder"},
	{"attio dev --route https://api.acme.test=http://127.0.0.1:9000",
	 "Run it with a fake third party"},
	{"attio dev --json --port 0", "Run it under a script"},
	{"attio dev --workspace acme", "Run it here, and in a workspace on Attio"},
	{"attio dev --parity", "Show what is exact, approximate or unsupported"},
	{.command = NULL},
};

/* What is known of the SDK needs no app code, nor does what runs elsewhere. */
static unsigned needs_now(struct cli *cli, const void *opaque)
{
	const struct dev_options *options = opaque;

	(void)cli;
	return options->parity || options->remote ? 0 : NEED_NODE;
}

const struct command cmd_dev = {
	.name = "dev",
	.group = REACH_GROUP,
	.summary = "Run the app on this machine, on a local platform",
	.description =
		"Checks, bundles and watches the app, and runs its client and server code on a "
		"platform of this machine that needs no account: records, REST and GraphQL, "
		"connections, webhooks, workflow blocks. The other commands of this group drive "
		"it, from another terminal. After each change the new code runs; a build that "
		"breaks leaves the last good one running.\n\n"
		"The platform listens on 127.0.0.1 only. How to reach it is in run.json in its "
		"folder, readable by you alone, as long as it runs; what it holds is in "
		"platform.db beside it. The REST API is at /v2 with the token that is there.\n\n"
		"Attio's developer API is served too, at /api: attio login, deploy and the like "
		"use "
		"it with ATTIO_API_URL. Who signs in there needs the digits that are printed "
		"here. What is pushed to it runs as long as the app was not built here, which "
		"--no-build leaves out.\n\n"
		"The app's code has no access to files, programs or the environment of this "
		"machine, but this is no border for hostile code. Its requests to third parties "
		"go out for real: --net record keeps the answers in platform.db, --net replay "
		"gives "
		"them again without the network, --net deny refuses them. Commands without a "
		"running attio dev take the same options.\n\n"
		"With --workspace each good build also goes to the development version of the app "
		"in a workspace of yours on Attio, which needs a token (attio login): with the "
		"variables of .env and .env.local, as often as what was built or these change. A "
		"push that fails is repeated after a pause or with the next build. The app has to "
		"be installed there once; how is told. What it logs there is printed with the "
		"workspace's name before it.\n\n"
		"Ctrl-C ends it. With --json each event is a JSON object in a line of its own.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 3 4 5 6 7 8 70 143",
	.options_size = sizeof(struct dev_options),
	.needs = REACH_NEEDS | NEED_ESBUILD | NEED_TYPESCRIPT,
	.needs_now = needs_now,
};
