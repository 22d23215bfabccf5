/* attio deploy, attio version create: what they take. They run in attio-net: cli/net/deploy.c. */
#include <stddef.h>

#include "cli/building.h"
#include "cli/net/deploy.h"
#include "cli/rows.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "local",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct deploy_options, local),
	 .help = "Publish to the local platform on this machine; needs no account"},
	{ROW_APP(offsetof(struct deploy_options, app)),
	 .help = "App to publish (default: the name in its package.json)"},
	{.name = "plan",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct deploy_options, plan),
	 .value = "FILE",
	 .bare = DEPLOY_OWN,
	 .help = "Publish nothing; show what users of the app will notice, and write it to FILE, "
		 "if "
		 "one is given"},
	{.name = "apply",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct deploy_options, apply),
	 .value = "FILE",
	 .help = "Publish exactly what the plan in FILE says, or nothing"},
	{.name = "dry-run",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct deploy_options, dry_run),
	 .help = "Do all but what changes something, here or on the platform"},
	{.name = "major",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct deploy_options, major),
	 .value = "N",
	 .min = 1,
	 .max = 1000000,
	 .help = "Major number: one that there is, or the next (default: the newest)"},
	{.name = "allow-dirty",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct deploy_options, allow_dirty),
	 .help = "Publish also what is in no git commit"},
	{.name = "tag",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct deploy_options, tag),
	 .value = "NAME",
	 .bare = DEPLOY_OWN,
	 .help = "Tag the git commit when all went well (without NAME: v and the version)"},
	{.name = "new",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct deploy_options, fresh),
	 .help = "Begin another version where an earlier deploy left one unfinished"},
	{.name = "tsc",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct deploy_options, tsc),
	 .value = "WHICH",
	 .choices = building_compilers,
	 .help = BUILDING_TSC_HELP,
	 .fallback = "shipped"},
	{.name = "port",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct deploy_options, port),
	 .value = "N",
	 .max = 65535,
	 .help = "Port of the local platform, 0 for any free one",
	 .fallback = "0",
	 .needs = "local"},
	{ROW_TIMEOUT(offsetof(struct deploy_options, timeout)), .help = ROW_TIMEOUT_HELP,
	 .fallback = "30"},
	{ROW_CACERT(offsetof(struct deploy_options, cacert))},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct deploy_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example deploy_examples[] = {
	{"attio deploy --local", "Try a deploy on this machine, without an account"},
	{"attio deploy --app my-app", "Publish a version of `my-app` to Attio"},
	{"attio deploy --plan=plan.json", "Show what users will notice, and keep it in a file"},
	{"attio deploy --apply plan.json", "Publish what was planned, or nothing"},
	{"attio deploy --json", "Report the new version for a script"},
	{.command = NULL},
};

static const struct example create_examples[] = {
	{"attio version create --local", "Try a deploy on this machine, without an account"},
	{"attio version create --app my-app", "Publish a version of `my-app` to Attio"},
	{.command = NULL},
};

#define DEPLOY_NEEDS (NEED_APP | NEED_GIT | NEED_NET | NEED_ESBUILD | NEED_TYPESCRIPT)

#define DEPLOY_TEXT                                                                                \
	"Checks the app as `attio validate` does, bundles it as `attio build` does, sends the "    \
	"bundles to the platform and prints the number of the new version. Nothing is sent when "  \
	"the "                                                                                     \
	"app has errors, or while the git work tree has files that are in no commit.\n\n"          \
	"A deploy that fails or is stopped between its steps is gone on with by the next one: "    \
	"the "                                                                                     \
	"same version gets its bundles and is completed. What is remembered for that, and the "    \
	"artifacts of the versions that were published from here, are in .attio/deploy of the "    \
	"app's folder, which git does not see.\n\n"                                                \
	"--plan compares with the newest version whose artifact is kept. Its file names the "      \
	"SHA-256 of the bundles: --apply builds again and publishes when the sum is the same and " \
	"nobody has published meanwhile, else it exits with 4. A plan may be made of what is in "  \
	"no commit, and its own file need not be in one.\n\n"                                      \
	"The credential is the one of `attio login`, or what ATTIO_TOKEN holds or the file that "  \
	"ATTIO_TOKEN_FILE names; no option takes one. With --local none is needed: the "           \
	"version goes to a platform that runs on this machine.\n\n"

const struct command cmd_deploy = {
	.name = "deploy",
	.group = "Publish it",
	.summary = "Check, bundle and publish a version of the app",
	.description = DEPLOY_TEXT "`attio version create` is the same command.",
	.options = option_table,
	.operands = operand_table,
	.examples = deploy_examples,
	.exit_codes = "0 1 2 3 4 5 6 8 70 130 143",
	.options_size = sizeof(struct deploy_options),
	.needs = DEPLOY_NEEDS,
};

const struct command cmd_version_create = {
	.name = "version create",
	.group = "Publish it",
	.summary = "Publish a version of the app, as deploy does",
	.description = DEPLOY_TEXT "`attio deploy` is the same command.",
	.options = option_table,
	.operands = operand_table,
	.examples = create_examples,
	.exit_codes = "0 1 2 3 4 5 6 8 70 130 143",
	.options_size = sizeof(struct deploy_options),
	.needs = DEPLOY_NEEDS,
};
