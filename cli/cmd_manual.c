/* attio __manual, hidden: the manual pages, made from the table of commands. */
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/manual.h"
#include "cli/table.h"

struct manual_options {
	const char *page; /* "attio-init"; NULL: list the pages */
};

static int manual_run(struct cli *cli, const void *options)
{
	const struct manual_options *o = options;
	struct buf text = {0};
	struct error error;

	if (o->page == NULL) {
		manual_list(cli->arena, &text, cli->commands);
		return cli_print_text(cli, &text);
	}
	if (manual_page(cli->arena, &text, cli->commands, o->page, &error) != 0) {
		buf_dispose(&text);
		return cli_fail(cli, &error);
	}
	return cli_print_text(cli, &text);
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const struct operand operand_table[] = {
	{.name = "NAME",
	 .field = offsetof(struct manual_options, page),
	 .help = "Page to print (default: list the pages)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio __manual attio-init", "Print the page of one command"},
	{.command = NULL},
};

const struct command cmd_manual = {
	.name = "__manual",
	.group = "Find out more",
	.summary = "Print a manual page",
	.description = "Prints one of our manual pages as roff source, or lists their names.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 8 70",
	.options_size = sizeof(struct manual_options),
	.run = manual_run,
	.hidden = true,
};
