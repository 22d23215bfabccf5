/* See arguments.h. A new option is one entry here and one member of the command's struct in
 * commands.h. */
#include "cli/arguments.h"

#include <stddef.h>

#include "cli/commands.h"

static const char *const templates[] = {"lead-checker", "minimal", NULL};
static const char *const fix_levels[] = {"safe", "unsafe", NULL};
static const char *const shells[] = {"bash", "fish", "zsh", NULL};

const struct option no_options[] = {{.name = NULL}};

const struct option init_table[] = {
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
const struct operand init_operands[] = {
	{.name = "DIR",
	 .field = offsetof(struct init_options, dir),
	 .is_path = true,
	 .help = "Folder to create (default: the slug given with --app)",
	 .unless = "app"},
	{.name = NULL},
};
const struct example init_examples[] = {
	{"attio init lead-checker", "Create an app that checks leads, in the folder lead-checker"},
	{"attio init my-app --template minimal", "Create the smallest app that works"},
	{"attio init --app my-app --no-git", "Name the folder after the slug, without git"},
	{.command = NULL},
};

#define REPORT_HELP                                                                                \
	"Also write the findings to a file, in any form of --format; can be given more than once"

static const char *const source_maps[] = {"external", "inline", "linked", NULL};
static const char *const compilers[] = {"app", "shipped", NULL};

const struct option build_table[] = {
	{.name = "out",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct build_options, out),
	 .value = "DIR",
	 .help = "Folder to write, replaced as a whole (default: dist in the app's folder)"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct build_options, reports),
	 .value = "FORMAT=FILE",
	 .help = REPORT_HELP
	 ". Also `size` (no file): print sizes, changes and the largest modules; and "
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
	 .help = "Also make source maps: files that the bundles name (linked) or do not name "
		 "(external), or in the bundles (inline)",
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
const struct operand build_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct build_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};
const struct example build_examples[] = {
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

const struct option types_table[] = {
	{.name = "check",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct types_options, check),
	 .help = "Write nothing; list the files that differ and exit with 1 when there are any"},
	{.name = NULL},
};
const struct operand types_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct types_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};
const struct example types_examples[] = {
	{"attio types", "Write the types of the app in the current folder"},
	{"attio types --check", "Check in CI that the committed types are current"},
	{"attio types my-app --json", "Report the files of another app for a script"},
	{.command = NULL},
};

const struct option validate_table[] = {
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
	 .help = "Record all findings in a file for --baseline, which with this option names the "
		 "file",
	 .bare = BASELINE_FILE},
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
const struct operand validate_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct validate_options, paths),
	 .is_path = true,
	 .many = true,
	 .help = "App, or files and folders in it to report on; - for standard input (default: the "
		 "app of the current folder)"},
	{.name = NULL},
};
const struct example validate_examples[] = {
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

const struct option deploy_table[] = {
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
const struct operand deploy_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct deploy_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};
const struct example deploy_examples[] = {
	{"attio deploy --local", "Try a deploy on this machine, without an account"},
	{"attio deploy --app my-app", "Publish a version of `my-app` to Attio"},
	{"attio deploy --json", "Report the new version for a script"},
	{.command = NULL},
};
const struct example version_create_examples[] = {
	{"attio version create --local", "Try a deploy on this machine, without an account"},
	{"attio version create --app my-app", "Publish a version of `my-app` to Attio"},
	{.command = NULL},
};

const struct option version_list_table[] = {
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
const struct operand version_list_operands[] = {
	{.name = "PATH",
	 .field = offsetof(struct version_list_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};
const struct example version_list_examples[] = {
	{"attio version list --local", "Show what was deployed on this machine"},
	{"attio version list --app my-app --json", "Report the versions of `my-app` for a script"},
	{.command = NULL},
};

const struct operand explain_operands[] = {
	{.name = "CODE",
	 .field = offsetof(struct explain_options, code),
	 .help = "Code or name of a finding (default: list them all)",
	 .words = WORDS_CODES},
	{.name = NULL},
};
const struct example explain_examples[] = {
	{"attio explain ATT1001", "Show why a finding matters and how to repair it"},
	{"attio explain", "List every code"},
	{.command = NULL},
};

const struct operand completion_operands[] = {
	{.name = "SHELL",
	 .field = offsetof(struct completion_options, shell),
	 .required = true,
	 .help = "Shell to make the script for",
	 .choices = shells},
	{.name = NULL},
};
const struct example completion_examples[] = {
	{"attio completion bash > ~/.local/share/bash-completion/completions/attio",
	 "Install for bash"},
	{"attio completion zsh > ~/.zfunc/_attio", "Install for zsh, with ~/.zfunc in $fpath"},
	{"attio completion fish > ~/.config/fish/completions/attio.fish", "Install for fish"},
	{.command = NULL},
};

const struct operand help_operands[] = {
	{.name = "COMMAND",
	 .field = offsetof(struct help_options, words),
	 .help = "Command, or one of the topics exit-codes, environment and schema",
	 .many = true,
	 .words = WORDS_COMMANDS},
	{.name = NULL},
};
const struct example help_examples[] = {
	{"attio help init", "Show how to use one command"},
	{"attio help exit-codes", "Show what the exit codes mean"},
	{"attio help environment", "Show the environment variables"},
	{"attio help schema validate", "Print the JSON Schema of a command's document"},
	{"attio help --json", "Print all commands and options for a script"},
	{.command = NULL},
};

const struct operand manual_operands[] = {
	{.name = "NAME",
	 .field = offsetof(struct manual_options, page),
	 .help = "Page to print (default: list the pages)"},
	{.name = NULL},
};
const struct example manual_examples[] = {
	{"attio __manual attio-init", "Print the page of one command"},
	{.command = NULL},
};
