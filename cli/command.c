/* What all commands share, and questions to rows. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

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
	{.name = "no-cache",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct globals, no_cache),
	 .help = "Neither use nor keep what earlier runs have found out"},
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

const struct option no_options[] = {{.name = NULL}};

const char *const command_groups[] = {"Make an app", "Run it here", "Publish it", "Find out more",
				      NULL};

const struct command_family command_families[] = {
	{"action", "Actions of the app, run as a user would"},
	{"block", "Workflow blocks"},
	{"connection", "Connections to the app's third party"},
	{"flow", "What one action, webhook or call has caused"},
	{"kv", "The app's key-value store"},
	{"records", "Records of the local workspace"},
	{"settings", "Settings of the app"},
	{"state", "All that the local platform holds"},
	{"webhook", "Webhook handlers and what came to them"},
	{NULL, NULL},
};

const struct command_family *command_family_of(const struct command *command)
{
	size_t len = strcspn(command->name, " ");

	for (const struct command_family *f = command_families; f->name != NULL; f++)
		if (command->name[len] != '\0' && strlen(f->name) == len &&
		    strncmp(f->name, command->name, len) == 0)
			return f;
	return NULL;
}

const struct command *command_find(const struct command *const *commands, const char *name)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

bool command_is_prefix(const struct command *const *commands, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || command_find(commands, name) != NULL)
		return false;
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (strncmp((*c)->name, name, len) == 0 && (*c)->name[len] == ' ')
			return true;
	return false;
}

const char *const *option_choices(const struct option *option, const struct command *command)
{
	if (option->choices == formats && command != NULL && command->formats != NULL)
		return command->formats;
	return option->choices;
}

bool option_is_bound(const struct command *const *commands, const struct option *option)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (option_choices(option, *c) != option->choices)
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
