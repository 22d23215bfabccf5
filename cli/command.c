/* The one table. What a command is called, takes and answers is said here once; the parser, help,
 * completions and man pages are made from it. Adding a command: an options struct and a run
 * function in commands.h, its options in arguments.c, one file cmd_NAME.c, one row here. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "diag/reporters.h"

static const char *const formats[] = {"human", "json", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};

const struct option global_options[] = {
	{.name = "directory",
	 .letter = 'C',
	 .kind = OPTION_PATH,
	 .field = offsetof(struct globals, directory),
	 .value = "DIR",
	 .help = "Run as if started in this folder"},
	{.name = "format",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct globals, format),
	 .value = "FORMAT",
	 .choices = formats,
	 .help = "Form of the answer on standard output",
	 .fallback = "human"},
	{.name = "json",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, json),
	 .help = "Short for --format json"},
	{.name = "color",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct globals, color),
	 .value = "WHEN",
	 .choices = colors,
	 .help = "When to use colour",
	 .fallback = "auto"},
	{.name = "quiet",
	 .letter = 'q',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, quiet),
	 .help = "Print only the answer, warnings and errors"},
	{.name = "verbose",
	 .letter = 'v',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, verbose),
	 .help = "Also tell on standard error what is used and how long it takes"},
	{.name = "no-input",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, no_input),
	 .help = "Never ask a question"},
	{.name = "help",
	 .letter = 'h',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, help),
	 .help = "Show help and do nothing else"},
	{.name = "version",
	 .letter = 'V',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, version),
	 .help = "Show the version and do nothing else"},
	{.name = NULL},
};

const char *const command_groups[] = {"Make an app", "Publish it", "Find out more", NULL};

#define DEPLOY_TEXT                                                                                \
	"Checks the app as `attio validate` does, bundles it as `attio build` does, sends the "    \
	"bundles to the platform and prints the number of the new version. Nothing is sent when "  \
	"the "                                                                                     \
	"app has errors.\n\n"                                                                      \
	"The token comes from the environment variable ATTIO_TOKEN or from the file that "         \
	"ATTIO_TOKEN_FILE names, never from an option. With --local no token is needed: the "      \
	"version goes to a platform that runs on this machine.\n\n"

const struct command commands[] = {
	{.name = "__manual",
	 .group = "Find out more",
	 .summary = "Print a manual page",
	 .description = "Prints one of our manual pages as roff source, or lists their names.",
	 .options = no_options,
	 .operands = manual_operands,
	 .examples = manual_examples,
	 .exit_codes = "0 2 8 70",
	 .options_size = sizeof(struct manual_options),
	 .run = manual_run,
	 .hidden = true},
	{.name = "build",
	 .group = "Make an app",
	 .summary = "Bundle the app for Attio",
	 .description =
		 "Makes the files that Attio runs: one bundle for client code, one for server code "
		 "and one for each workflow block. Before, it writes the types of the app's "
		 "GraphQL "
		 "queries and settings as `attio types` does, and checks these queries and the "
		 "types of all code. The output folder is replaced as a whole and only when there "
		 "is no error, so a failed build leaves the last good one.\n\n"
		 "Of errors in GraphQL documents and of all warnings the app decides, with "
		 "comments and in package.json as for `attio validate`; what the platform, the "
		 "bundler or the compiler refuses stays an error.\n\n"
		 "With --watch esbuild and the compiler stay in memory. The bundles are then "
		 "written "
		 "before their types are checked; with any other error the last good output stays "
		 "in place.\n\n"
		 "In all code NODE_ENV is \"production\". Client code can import .png images (as "
		 "data URLs) and .graphql and .gql documents (as text), all code .json and .txt.",
	 .options = build_table,
	 .operands = build_operands,
	 .examples = build_examples,
	 .exit_codes = "0 1 2 8 70",
	 .formats = report_formats,
	 .options_size = sizeof(struct build_options),
	 .run = build_run},
	{.name = "completion",
	 .group = "Find out more",
	 .summary = "Print a completion script for a shell",
	 .description = "Prints a script that lets the shell complete commands, options, their "
			"values and file names. It is made from the same table as this help.",
	 .options = no_options,
	 .operands = completion_operands,
	 .examples = completion_examples,
	 .exit_codes = "0 2 8 70",
	 .options_size = sizeof(struct completion_options),
	 .run = completion_run},
	{.name = "deploy",
	 .group = "Publish it",
	 .summary = "Check, bundle and publish a version of the app",
	 .description = DEPLOY_TEXT "`attio version create` is the same command.",
	 .options = deploy_table,
	 .operands = deploy_operands,
	 .examples = deploy_examples,
	 .exit_codes = "0 1 2 3 4 5 6 8 70",
	 .options_size = sizeof(struct deploy_options),
	 .run = deploy_run},
	{.name = "explain",
	 .group = "Find out more",
	 .summary = "Explain what a finding means",
	 .description = "Shows why a finding matters, code that causes it and code that does not. "
			"Without a code it lists all codes that `attio validate` can report.",
	 .options = no_options,
	 .operands = explain_operands,
	 .examples = explain_examples,
	 .exit_codes = "0 2 8 70",
	 .options_size = sizeof(struct explain_options),
	 .run = explain_run},
	{.name = "help",
	 .group = "Find out more",
	 .summary = "Show how to use attio or one command",
	 .description = "Without a command it shows the overview. With --json it prints the table "
			"of commands and options.",
	 .options = no_options,
	 .operands = help_operands,
	 .examples = help_examples,
	 .exit_codes = "0 2 8 70",
	 .options_size = sizeof(struct help_options),
	 .run = help_run},
	{.name = "init",
	 .group = "Make an app",
	 .summary = "Create a new app from a template",
	 .description =
		 "Creates the folder with a working app in it and a git repository. It needs no "
		 "account and no network. The folder is built aside and then renamed, so it is "
		 "there completely or not at all; a folder that has files in it is never touched.",
	 .options = init_table,
	 .operands = init_operands,
	 .examples = init_examples,
	 .exit_codes = "0 2 4 8 70",
	 .options_size = sizeof(struct init_options),
	 .run = init_run},
	{.name = "types",
	 .group = "Make an app",
	 .summary = "Write the TypeScript declarations that belong to the app",
	 .description =
		 "Writes beside each GraphQL document (`query.graphql`) the types of its variables "
		 "and its answer (`query.graphql.d.ts`), and in .attio/ what TypeScript should "
		 "know about the app: settings, pages, record tabs, webhooks, environment "
		 "variables. The names are those that the official tool gives, so an app can "
		 "change between the two.\n\n"
		 "Documents are checked against the schema of the installed `attio` package. One "
		 "that has errors keeps the types it has; all others are written. Declarations "
		 "that were generated for a document that is gone are removed; a file that was "
		 "written by hand is never touched, and neither is one that has the right bytes.",
	 .options = types_table,
	 .operands = types_operands,
	 .examples = types_examples,
	 .exit_codes = "0 1 2 8 70",
	 .options_size = sizeof(struct types_options),
	 .run = types_run},
	{.name = "validate",
	 .group = "Make an app",
	 .summary = "Check the app against the rules of the platform",
	 .description =
		 "Reads the app without running it and reports what the platform would refuse or "
		 "what would fail once the app runs: layout, definitions, and code that does not "
		 "belong where it ends up. It needs neither Node nor installed packages. "
		 "`attio explain CODE` tells more about a finding.\n\n"
		 "The app is the nearest folder with src/app.ts or src/app/, from PATH upwards. It "
		 "is "
		 "always read as a whole; paths in it only choose which findings are reported.\n\n"
		 "What is reported, and as what, is said by --select and --ignore, else by "
		 "package.json: {\"attio\": {\"validate\": {\"rules\": {CODE or NAME: \"off\", "
		 "\"warning\" or \"error\"}}}}. A comment `// attio-ignore CODE -- reason` "
		 "suppresses a "
		 "finding on its line, or on the next one when it stands alone; "
		 "`// attio-ignore-file CODE -- reason` does so in its file.\n\n"
		 "With --since and --staged the app is checked in two states: as it is, or as git "
		 "would commit it, and as it was where this branch left REVISION, or at the last "
		 "commit. Reported are the findings that it did not have before, also those in "
		 "files that were not touched; one that only moved is not new. Files that git "
		 "ignores are taken as they are in both states.\n\n"
		 "With --diff standard output is the patch alone, and the exit code is 1 when "
		 "there "
		 "is one, 0 when there is nothing to repair.\n\n"
		 "Paths in reports are relative to the git repository that the app is in, those of "
		 "the forms unix and agent to the current folder, those of human and json to the "
		 "app. Within GitHub Actions the findings also become annotations (on standard "
		 "error) and a table on the page of the run, unless --format is given.",
	 .options = validate_table,
	 .operands = validate_operands,
	 .examples = validate_examples,
	 .exit_codes = "0 1 2 8 70",
	 .formats = report_formats,
	 .options_size = sizeof(struct validate_options),
	 .run = validate_run},
	{.name = "version create",
	 .group = "Publish it",
	 .summary = "Publish a version of the app, as deploy does",
	 .description = DEPLOY_TEXT "`attio deploy` is the same command.",
	 .options = deploy_table,
	 .operands = deploy_operands,
	 .examples = version_create_examples,
	 .exit_codes = "0 1 2 3 4 5 6 8 70",
	 .options_size = sizeof(struct deploy_options),
	 .run = deploy_run},
	{.name = "version list",
	 .group = "Publish it",
	 .summary = "List the published versions of the app",
	 .description = "Prints one line for each version, the newest first.",
	 .options = version_list_table,
	 .operands = version_list_operands,
	 .examples = version_list_examples,
	 .exit_codes = "0 2 3 4 5 6 8 70",
	 .options_size = sizeof(struct version_list_options),
	 .run = version_list_run},
	{.name = NULL},
};

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

bool command_is_prefix(const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || command_find(name) != NULL)
		return false;
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strncmp(c->name, name, len) == 0 && c->name[len] == ' ')
			return true;
	return false;
}

const char *const *option_choices(const struct option *option, const struct command *command)
{
	if (option->choices == formats && command != NULL && command->formats != NULL)
		return command->formats;
	return option->choices;
}

bool option_is_bound(const struct option *option)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		if (option_choices(option, c) != option->choices)
			return true;
	return false;
}

bool command_has_exit_code(const struct command *command, int code)
{
	const char *at = command->exit_codes;

	while (*at != '\0') {
		char *end;
		long listed = strtol(at, &end, 10);
		if (end == at)
			return false;
		if (listed == code)
			return true;
		at = end;
	}
	return false;
}
