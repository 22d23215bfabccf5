/* attio doctor: what it takes. It runs in attio-net: cli/net/doctor.c. */
#include <stddef.h>

#include "cli/net/doctor.h"
#include "cli/rows.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "fix",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct doctor_options, fix),
	 .help = "Repair what is safe: lines of .gitignore, types, what dead runs left, the cache"},
	{.name = "online",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct doctor_options, online),
	 .help = "Ask Attio, too: whether it is reached, takes the token, and what time it is"},
	{ROW_TIMEOUT(offsetof(struct doctor_options, timeout)), .help = ROW_TIMEOUT_HELP,
	 .fallback = "10", .needs = "online"},
	{ROW_CACERT(offsetof(struct doctor_options, cacert)), .needs = "online"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct doctor_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio doctor", "Look at this machine and at the app here"},
	{"attio doctor --fix", "Repair what is safe to repair"},
	{"attio doctor --online --json", "Report to a script, with what Attio says"},
	{.command = NULL},
};

const struct command cmd_doctor = {
	.name = "doctor",
	.group = "Make an app",
	.summary = "Look for what is wrong around an app",
	.description =
		"Looks at the parts of this program and their versions, Node, ports, the cache, "
		"the "
		"credential; and in an app at its packages, the SDK's version, .env files and what "
		"the code reads of them, what git must ignore, generated types, and what killed "
		"runs "
		"left behind. Each line says ok, warning or error, and how to put it right.\n\n"
		"Nothing is sent anywhere without --online. Secrets are never shown. The exit code "
		"is 1 when an error stands; warnings do not count. Elsewhere than in an app only "
		"the "
		"machine is looked at.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70",
	.options_size = sizeof(struct doctor_options),
	.needs = NEED_FOLDER | NEED_GIT | NEED_NET,
};
