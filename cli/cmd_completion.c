/* attio completion: a script for a shell, made from the table of commands. */
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/complete.h"
#include "cli/table.h"

struct completion_options {
	const char *shell;
};

static int completion_run(struct cli *cli, const void *options)
{
	const struct completion_options *o = options;
	struct buf text = {0};

	if (strcmp(o->shell, "bash") == 0)
		complete_bash(&text, cli->commands);
	else if (strcmp(o->shell, "zsh") == 0)
		complete_zsh(&text, cli->commands);
	else
		complete_fish(&text, cli->commands);
	return cli_print_text(cli, &text);
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const char *const shells[] = {"bash", "fish", "zsh", NULL};

static const struct operand operand_table[] = {
	{.name = "SHELL",
	 .field = offsetof(struct completion_options, shell),
	 .required = true,
	 .help = "Shell to make the script for",
	 .choices = shells},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio completion bash > ~/.local/share/bash-completion/completions/attio",
	 "Install for bash"},
	{"attio completion zsh > ~/.zfunc/_attio", "Install for zsh, with ~/.zfunc in $fpath"},
	{"attio completion fish > ~/.config/fish/completions/attio.fish", "Install for fish"},
	{.command = NULL},
};

const struct command cmd_completion = {
	.name = "completion",
	.group = "Find out more",
	.summary = "Print a completion script for a shell",
	.description = "Prints a script that lets the shell complete commands, options, their "
		       "values and file names. It is made from the same table as this help.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 8 70",
	.options_size = sizeof(struct completion_options),
	.run = completion_run,
};
