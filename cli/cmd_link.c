/* attio link: what it takes. It runs in attio-net: cli/net/link.c. */
#include <stddef.h>

#include "cli/net/link.h"
#include "cli/rows.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{ROW_APP(offsetof(struct link_options, app)),
	 .help = "Slug of the app on Attio (default: the name in its package.json)"},
	{.name = "account",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct link_options, linking.account),
	 .value = "SLUG",
	 .help = "Developer account to make the app in (default: the only one)"},
	{.name = "title",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct link_options, linking.title),
	 .value = "TITLE",
	 .help = "Title of an app that is made (default: the words of its slug)"},
	{.name = "yes",
	 .letter = 'y',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct link_options, linking.yes),
	 .help = "Make the app without a question when there is none"},
	{ROW_TIMEOUT(offsetof(struct link_options, linking.timeout)), .help = ROW_TIMEOUT_HELP,
	 .fallback = "30"},
	{ROW_CACERT(offsetof(struct link_options, linking.cacert))},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct link_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio link --app my-app", "This folder is the app `my-app` on Attio"},
	{"attio link --app my-app --account acme --yes", "Make it there, without a question"},
	{.command = NULL},
};

const struct command cmd_link = {
	.name = "link",
	.group = "Publish it",
	.summary = "Link the app to one on Attio, which is made if need be",
	.description =
		"Looks up the app of that slug on Attio. When there is none, it is made in your "
		"developer account, after a question (--yes answers it). Then package.json gets "
		"the slug as its name, where every other command looks for it, and stdout the id "
		"of the app. Nothing is made on Attio unless an app is in the folder, and after a "
		"failure the same command goes on.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 3 4 5 6 7 8 70",
	.options_size = sizeof(struct link_options),
	.needs = NEED_FOLDER | NEED_APP | NEED_NET,
};
