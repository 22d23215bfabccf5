/* attio migrate folder-structure: what it takes. It runs in attio-net: cli/net/migrate.c. */
#include <stddef.h>

#include "cli/net/migrate.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "dry-run",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct migrate_options, dry_run),
	 .help = "Show the plan and change nothing"},
	{.name = "yes",
	 .letter = 'y',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct migrate_options, yes),
	 .help = "Apply the plan without a question"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct migrate_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio migrate folder-structure --dry-run", "See what would move"},
	{"attio migrate folder-structure --yes", "Do it"},
	{"attio migrate folder-structure --json --yes", "Do it and report the steps to a script"},
	{.command = NULL},
};

const struct command cmd_migrate_folder_structure = {
	.name = "migrate folder-structure",
	.group = "Make an app",
	.summary = "Move an app from src/app.ts to folders below src/app",
	.description =
		"Each surface that src/app.ts lists becomes src/app/extensions/ID/extension.tsx; "
		"settings, blocks, events and webhooks move below src/app; imports follow. What "
		"nothing is left of goes, src/app.ts too. The new texts are laid out by the "
		"prettier that came with the SDK.\n\n"
		"The plan is shown first. What cannot be moved safely is told with its file, and "
		"then nothing is changed. In a git repository all of the app has to be committed. "
		"The change is all or nothing: a run that is killed is brought to its end by the "
		"next one, and a step that fails takes back those before it.\n\n"
		"Under --json without --yes there is only the plan.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 4 7 8 70",
	.options_size = sizeof(struct migrate_options),
	.needs = NEED_FOLDER | NEED_APP | NEED_GIT,
};
