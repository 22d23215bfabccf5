/* The one table. What a command is called, takes and answers is said here once; the parser, help,
 * completions and man pages are made from it. Adding a command: an options struct and a run
 * function in commands.h, one file cmd_NAME.c, one row here. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "diag/reporters.h"

static const char *const formats[] = {"human", "json", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const templates[] = {"lead-checker", "minimal", NULL};
static const char *const fix_levels[] = {"safe", "unsafe", NULL};
static const char *const shells[] = {"bash", "fish", "zsh", NULL};

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

static const struct option no_options[] = {{.name = NULL}};

static const struct option init_table[] = {
	{.name = "template",
	 .letter = 't',
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct init_options, template_name),
	 .value = "TEMPLATE",
	 .choices = templates,
	 .help = "Starter app to begin with",
	 .fallback = "lead-checker"},
	{.name = "app",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct init_options, app),
	 .value = "SLUG",
	 .help = "Slug of the app on Attio (default: the folder's name)"},
	{.name = "no-git",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct init_options, no_git),
	 .help = "Do not create a git repository"},
	{.name = "yes",
	 .letter = 'y',
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct init_options, yes),
	 .help = "Take the default wherever there is a choice"},
	{.name = NULL},
};
static const struct operand init_operands[] = {
	{.name = "DIR",
	 .field = offsetof(struct init_options, dir),
	 .is_path = true,
	 .help = "Folder to create (default: the slug given with --app)",
	 .unless = "app"},
	{.name = NULL},
};
static const struct example init_examples[] = {
	{"attio init lead-checker", "Create an app that checks leads, in the folder lead-checker"},
	{"attio init my-app --template minimal", "Create the smallest app that works"},
	{"attio init --app my-app --no-git", "Name the folder after the slug, without git"},
	{.command = NULL},
};

#define REPORT_HELP                                                                                \
	"Also write the findings to a file, in any form of --format; can be given more than once"

static const char *const source_maps[] = {"external", "inline", "linked", NULL};
static const char *const compilers[] = {"app", "shipped", NULL};

static const struct option build_table[] = {
	{.name = "out",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct build_options, out),
	 .value = "DIR",
	 .help = "Folder to write, replaced as a whole (default: dist in the app's folder)"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct build_options, reports),
	 .value = "FORMAT=FILE",
	 .help = REPORT_HELP ". Also `size` (no file): print sizes, changes and the largest modules; and "
		 "`treemap=FILE`: a page that shows what is in the bundles"},
	{.name = "budget",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct build_options, budget),
	 .value = "SIZES",
	 .help = "Largest sizes, as client=300k,server=1m,block=50k: a larger bundle is an error"},
	{.name = "sourcemap",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct build_options, sourcemap),
	 .value = "KIND",
	 .choices = source_maps,
	 .help = "Also make source maps: files that the bundles name, files that they do not name, "
		 "or in the bundles",
	 .bare = "linked"},
	{.name = "metafile",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct build_options, metafile),
	 .value = "FILE",
	 .help = "Also write what is in the bundles in esbuild's form, for its tools"},
	{.name = "no-check",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct build_options, no_check),
	 .help = "Do not check the types"},
	{.name = "tsc",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct build_options, tsc),
	 .value = "WHICH",
	 .choices = compilers,
	 .help = "TypeScript to check the types with: our own, or that of the app's node_modules",
	 .fallback = "shipped"},
	{.name = "watch",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct build_options, watch),
	 .help = "Build again after every change, until Ctrl-C"},
	{.name = NULL},
};
static const struct operand build_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct build_options, path),
	 .is_path = true,
	 .help = "Folder of the app (default: the current folder)"},
	{.name = NULL},
};
static const struct example build_examples[] = {
	{"attio build", "Bundle the app in the current folder into dist"},
	{"attio build my-app --out /tmp/bundles",
	 "Bundle another app into a folder of your choice"},
	{"attio build --watch", "Build again after every change"},
	{"attio build --report size", "Show how large the bundles are, and why"},
	{"attio build --budget client=300k,server=1m --report treemap=size.html",
	 "Fail in CI when a bundle grows too large, with a page to look at"},
	{"attio build --json", "Report the bundles, their sizes and sums for a script"},
	{.command = NULL},
};

static const struct option types_table[] = {
	{.name = "check",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct types_options, check),
	 .help = "Write nothing; list the files that differ and exit with 1 when there are any"},
	{.name = NULL},
};
static const struct operand types_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct types_options, path),
	 .is_path = true,
	 .help = "Folder of the app (default: the current folder)"},
	{.name = NULL},
};
static const struct example types_examples[] = {
	{"attio types", "Write the types of the app in the current folder"},
	{"attio types --check", "Check in CI that the committed types are current"},
	{"attio types my-app --json", "Report the files of another app for a script"},
	{.command = NULL},
};

static const struct option validate_table[] = {
	{.name = "fix",
	 .kind = OPTION_CHOICE,
	 .field = offsetof(struct validate_options, fix),
	 .value = "LEVEL",
	 .choices = fix_levels,
	 .help = "Repair what can be repaired; unsafe includes fixes that may change behaviour",
	 .bare = "safe"},
	{.name = "diff",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct validate_options, diff),
	 .help = "Print what --fix would change as a patch and write nothing"},
	{.name = "since",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct validate_options, since),
	 .value = "REVISION",
	 .help = "Report, and fix, only what was caused since this branch left REVISION"},
	{.name = "staged",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct validate_options, staged),
	 .help = "Check what git would commit now, and report only what that causes; it can be "
		 "repaired with --diff, not with --fix alone"},
	{.name = "select",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct validate_options, select),
	 .value = "CODES",
	 .help = "Report only these findings: codes, names or beginnings as ATT2, joined by "
		 "commas"},
	{.name = "ignore",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct validate_options, ignore),
	 .value = "CODES",
	 .help = "Do not report these findings"},
	{.name = "baseline",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct validate_options, baseline),
	 .value = "FILE",
	 .help = "Do not report the findings that this file records"},
	{.name = "write-baseline",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct validate_options, write_baseline),
	 .value = "FILE",
	 .help = "Record all findings in a file for --baseline",
	 .bare = "attio-baseline.json"},
	{.name = "max-warnings",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct validate_options, max_warnings),
	 .given = offsetof(struct validate_options, has_max_warnings),
	 .value = "N",
	 .max = 1000000,
	 .help = "Exit with 1 when there are more warnings than this"},
	{.name = "stdin-filename",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct validate_options, stdin_filename),
	 .value = "PATH",
	 .help = "File of the app that standard input stands for, with - as PATH"},
	{.name = "watch",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct validate_options, watch),
	 .help = "Check again after every change, until Ctrl-C"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct validate_options, reports),
	 .value = "FORMAT=FILE",
	 .help = REPORT_HELP},
	{.name = NULL},
};
static const struct operand validate_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct validate_options, paths),
	 .is_path = true,
	 .many = true,
	 .help = "App, or files and folders in it to report on; - for standard input (default: the "
		 "app of the current folder)"},
	{.name = NULL},
};
static const struct example validate_examples[] = {
	{"attio validate", "Check the app in the current folder"},
	{"attio validate --json my-app", "Check another app and report for a script"},
	{"attio validate src/app/webhooks src/lib/leads.ts", "Report on parts of an app only"},
	{"attio validate --fix", "Repair what can be repaired safely and report the rest"},
	{"attio validate --fix=unsafe --diff | git apply",
	 "Look at all fixes as a patch, or apply it"},
	{"attio validate --since origin/main", "Check in CI what a pull request causes"},
	{"attio validate --staged", "Check before a commit, in a git hook"},
	{"attio validate --write-baseline", "Record today's findings in attio-baseline.json"},
	{"attio validate --baseline attio-baseline.json --max-warnings 0",
	 "Check in CI that nothing was added, not even a warning"},
	{"attio validate --report sarif=attio.sarif --report junit=attio.xml",
	 "Check in CI, with files for code scanning and for the list of tests"},
	{.command = NULL},
};

static const struct option deploy_table[] = {
	{.name = "local",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct deploy_options, local),
	 .help = "Publish to the local platform on this machine; needs no account"},
	{.name = "app",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct deploy_options, app),
	 .value = "SLUG",
	 .help = "App to publish (default: the name in its package.json)"},
	{.name = "port",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct deploy_options, port),
	 .value = "N",
	 .max = 65535,
	 .help = "Port of the local platform, 0 for any free one",
	 .fallback = "0",
	 .needs = "local"},
	{.name = "timeout",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct deploy_options, timeout),
	 .value = "SEC",
	 .min = 1,
	 .max = 3600,
	 .help = "Longest wait for one request, in seconds",
	 .fallback = "30"},
	{.name = NULL},
};
static const struct operand deploy_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct deploy_options, path),
	 .is_path = true,
	 .help = "Folder of the app (default: the current folder)"},
	{.name = NULL},
};
static const struct example deploy_examples[] = {
	{"attio deploy --local", "Try a deploy on this machine, without an account"},
	{"attio deploy --app my-app", "Publish a version of `my-app` to Attio"},
	{"attio deploy --json", "Report the new version for a script"},
	{.command = NULL},
};
static const struct example version_create_examples[] = {
	{"attio version create --local", "Try a deploy on this machine, without an account"},
	{"attio version create --app my-app", "Publish a version of `my-app` to Attio"},
	{.command = NULL},
};

static const struct option version_list_table[] = {
	{.name = "local",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct version_list_options, local),
	 .help = "Ask the local platform on this machine; needs no account"},
	{.name = "app",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct version_list_options, app),
	 .value = "SLUG",
	 .help = "App to ask about (default: the name in its package.json)"},
	{.name = "timeout",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct version_list_options, timeout),
	 .value = "SEC",
	 .min = 1,
	 .max = 3600,
	 .help = "Longest wait for one request, in seconds",
	 .fallback = "30"},
	{.name = NULL},
};
static const struct operand version_list_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct version_list_options, path),
	 .is_path = true,
	 .help = "Folder of the app (default: the current folder)"},
	{.name = NULL},
};
static const struct example version_list_examples[] = {
	{"attio version list --local", "Show what was deployed on this machine"},
	{"attio version list --app my-app --json", "Report the versions of `my-app` for a script"},
	{.command = NULL},
};

static const struct operand explain_operands[] = {
	{.name = "CODE",
	 .field = offsetof(struct explain_options, code),
	 .help = "Code or name of a finding (default: list them all)",
	 .words = WORDS_CODES},
	{.name = NULL},
};
static const struct example explain_examples[] = {
	{"attio explain ATT1001", "Show why a finding matters and how to repair it"},
	{"attio explain", "List every code"},
	{.command = NULL},
};

static const struct operand completion_operands[] = {
	{.name = "SHELL",
	 .field = offsetof(struct completion_options, shell),
	 .required = true,
	 .help = "Shell to make the script for",
	 .choices = shells},
	{.name = NULL},
};
static const struct example completion_examples[] = {
	{"attio completion bash > ~/.local/share/bash-completion/completions/attio",
	 "Install for bash"},
	{"attio completion zsh > ~/.zfunc/_attio", "Install for zsh, with ~/.zfunc in $fpath"},
	{"attio completion fish > ~/.config/fish/completions/attio.fish", "Install for fish"},
	{.command = NULL},
};

static const struct operand help_operands[] = {
	{.name = "COMMAND",
	 .field = offsetof(struct help_options, words),
	 .help = "Command, or one of the topics exit-codes, environment and schema",
	 .many = true,
	 .words = WORDS_COMMANDS},
	{.name = NULL},
};
static const struct example help_examples[] = {
	{"attio help init", "Show how to use one command"},
	{"attio help exit-codes", "Show what the exit codes mean"},
	{"attio help environment", "Show the environment variables"},
	{"attio help schema validate", "Print the JSON Schema of a command's document"},
	{"attio help --json", "Print all commands and options for a script"},
	{.command = NULL},
};

static const struct operand manual_operands[] = {
	{.name = "NAME",
	 .field = offsetof(struct manual_options, page),
	 .help = "Page to print (default: list the pages)"},
	{.name = NULL},
};
static const struct example manual_examples[] = {
	{"attio __manual attio-init", "Print the page of one command"},
	{.command = NULL},
};

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
		 "and one for each workflow block. Before, it writes the types of the app's GraphQL "
		 "queries and settings as `attio types` does, and checks these queries and the "
		 "types of all code. The output folder is replaced as a whole and only when there "
		 "is no error, so a failed build leaves the last good one.\n\n"
		 "Of errors in GraphQL documents and of all warnings the app decides, with "
		 "comments and in package.json as for `attio validate`; what the platform, the "
		 "bundler or the compiler refuses stays an error.\n\n"
		 "With --watch esbuild and the compiler stay in memory, and the last good output "
		 "stays in place while there are errors.\n\n"
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
