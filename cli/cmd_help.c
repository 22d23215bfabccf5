/* attio help: the screens are in help.c. */
#include <stddef.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/table.h"

struct help_options {
	const char *const *words; /* ends with NULL; NULL: none given */
};

static int help_run(struct cli *cli, const void *options)
{
	const struct help_options *o = options;
	char *words = arena_strdup(cli->arena, "");

	for (size_t i = 0; o->words != NULL && o->words[i] != NULL; i++)
		words = arena_printf(cli->arena, "%s%s%s", words, i == 0 ? "" : " ", o->words[i]);
	return help_words(cli, words);
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const struct operand operand_table[] = {
	{.name = "COMMAND",
	 .field = offsetof(struct help_options, words),
	 .help = "Command, or one of the topics exit-codes, environment and schema",
	 .many = true,
	 .words = WORDS_COMMANDS},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio help init", "Show how to use one command"},
	{"attio help exit-codes", "Show what the exit codes mean"},
	{"attio help environment", "Show the environment variables"},
	{"attio help schema validate", "Print the JSON Schema of a command's document"},
	{"attio help --json", "Print all commands and options for a script"},
	{.command = NULL},
};

const struct command cmd_help = {
	.name = "help",
	.group = "Find out more",
	.summary = "Show how to use attio or one command",
	.description = "Without a command it shows the overview. With --json it prints the table "
		       "of commands and options.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 8 70",
	.options_size = sizeof(struct help_options),
	.run = help_run,
};
