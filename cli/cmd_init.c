/* attio init: what it takes. It runs in attio-net: cli/net/init.c. */
#include <stddef.h>

#include "cli/net/init.h"
#include "cli/rows.h"
#include "cli/table.h"

static const char *const templates[] = {"lead-checker", "minimal", "widget", "workflow", NULL};

static const struct option option_table[] = {
	{.name = "template",
	 .letter = 't',
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct init_options, template_name),
	 .value = "TEMPLATE",
	 .choices = templates,
	 .help = "Starter app to begin with",
	 .fallback = "lead-checker"},
	{ROW_APP(offsetof(struct init_options, app)),
	 .help = "Slug of the app on Attio (default: the folder's name)"},
	{.name = "no-git",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct init_options, no_git),
	 .help = "Do not create a git repository"},
	{.name = "yes",
	 .letter = 'y',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct init_options, linking.yes),
	 .help = "Take the default wherever there is a choice"},
	{.name = "link",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct init_options, link),
	 .help = "Then link it to the app on Attio, as `attio link` does"},
	{.name = "account",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct init_options, linking.account),
	 .value = "SLUG",
	 .help = "Developer account to make the app in (default: the only one)",
	 .needs = "link"},
	{.name = "title",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct init_options, linking.title),
	 .value = "TITLE",
	 .help = "Title of an app that is made (default: the words of its slug)",
	 .needs = "link"},
	{ROW_TIMEOUT(offsetof(struct init_options, linking.timeout)), .help = ROW_TIMEOUT_HELP,
	 .fallback = "30", .needs = "link"},
	{ROW_CACERT(offsetof(struct init_options, linking.cacert)), .needs = "link"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "DIR",
	 .field = offsetof(struct init_options, dir),
	 .is_path = true,
	 .help = "Folder to create (default: the slug given with --app)",
	 .unless = "app"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio init lead-checker", "Create an app that checks leads, in the folder lead-checker"},
	{"attio init my-app --template minimal", "Create the smallest app that works"},
	{"attio init --app my-app --no-git", "Name the folder after the slug, without git"},
	{"attio init --app my-app --link --yes", "Make the app on Attio, too"},
	{.command = NULL},
};

const struct command cmd_init = {
	.name = "init",
	.group = "Make an app",
	.summary = "Create a new app from a template",
	.description =
		"Creates the folder with a working app in it and a git repository. It needs no "
		"account and no network, unless --link asks for the app on Attio, which comes "
		"last: what fails there leaves the files. The folder is built aside and then "
		"renamed, so it is "
		"there completely or not at all; a folder that has files in it is never touched.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 3 4 5 6 7 8 70",
	.options_size = sizeof(struct init_options),
	.needs = NEED_FOLDER | NEED_GIT,
};
