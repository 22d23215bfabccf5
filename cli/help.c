/* Screens for people who ask how: the overview, one command, a group of commands, two topics. The
 * words come from the table of commands and the tables of topics; only the sentence that says
 * what attio is lives here. */
#include "cli/help.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/wrap.h"
#include "cli/cli.h"
#include "cli/help_json.h"
#include "cli/schema.h"
#include "cli/topics.h"

static const struct example overview_examples[] = {
	{"attio init my-app", "Create an app from a template"},
	{"attio validate", "Check the app in the current folder"},
	{"attio check", "The same and its types, as before a commit"},
	{"attio dev", "Run it on this machine, without an account"},
	{"attio build", "Bundle it into dist"},
	{"attio deploy --local", "Try a deploy on this machine, without an account"},
	{"attio explain ATT1001", "Ask what a finding means"},
	{.command = NULL},
};

static void heading(struct buf *out, const struct cli *cli, const char *title)
{
	if (out->len > 0)
		buf_putc(out, '\n');
	buf_printf(out, cli->out_color ? "\x1b[1m%s\x1b[0m\n" : "%s\n", title);
}

void help_usage(struct buf *out, const struct command *command)
{
	buf_printf(out, "attio %s [options]", command->name);
	for (const struct operand *o = command->operands; o->name != NULL; o++)
		buf_printf(out, o->required ? " %s%s" : " [%s%s]", o->name, o->many ? "..." : "");
}

static void put_examples(struct buf *out, const struct cli *cli, const struct example *examples)
{
	heading(out, cli, "Examples");
	for (const struct example *e = examples; e->command != NULL; e++) {
		buf_printf(out, "  %s\n", e->command);
		wrap_text(out, cli_width(cli), e->help, 6, 0);
	}
}

/* "-t, --template TEMPLATE"; without a letter the long name keeps its column. */
static const char *option_term(struct arena *arena, const struct option *o)
{
	const char *letter = "    ";

	if (o->letter != 0)
		letter = arena_printf(arena, "-%c, ", o->letter);
	if (o->bare != NULL)
		return arena_printf(arena, "%s--%s[=%s]", letter, o->name, o->value);
	return arena_printf(arena, "%s--%s%s%s", letter, o->name, o->kind == OPTION_FLAG ? "" : " ",
			    o->kind == OPTION_FLAG ? "" : o->value);
}

static const char *option_text(struct arena *arena, const struct option *o,
			       const struct command *command)
{
	const char *const *choices = option_choices(o, command);
	char *text = arena_strdup(arena, o->help);

	for (size_t i = 0; choices != NULL && choices[i] != NULL; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? ": " : ", ", choices[i]);
	if (o->fallback != NULL)
		text = arena_printf(arena, "%s (default: %s)", text, o->fallback);
	if (o->bare != NULL && strcmp(o->bare, BARE_TOLD) != 0)
		text = arena_printf(arena, "%s (without a value: %s)", text, o->bare);
	if (o->needs != NULL)
		text = arena_printf(arena, "%s; only with --%s", text, o->needs);
	return text;
}

static void put_options(struct buf *out, const struct cli *cli, const char *title,
			const struct option *options, const struct command *command)
{
	if (options[0].name == NULL)
		return;
	heading(out, cli, title);
	for (const struct option *o = options; o->name != NULL; o++)
		wrap_item(out, cli_width(cli), option_term(cli->arena, o), 23,
			  option_text(cli->arena, o, command));
}

static const char *operand_text(struct arena *arena, const struct operand *o)
{
	char *text = arena_strdup(arena, o->help);

	for (size_t i = 0; o->choices != NULL && o->choices[i] != NULL; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? ": " : ", ", o->choices[i]);
	return text;
}

static void put_exit_codes(struct buf *out, const struct cli *cli, const struct command *command)
{
	heading(out, cli, "Exit codes");
	for (const struct exit_info *e = exit_infos; e->name != NULL; e++) {
		if (command != NULL && !command_has_exit_code(command, e->code))
			continue;
		wrap_item(out, cli_width(cli), arena_printf(cli->arena, "%3d %s", e->code, e->name),
			  15, e->text);
	}
}

static void put_command(struct buf *out, const struct cli *cli, const struct command *command)
{
	wrap_text(out, cli_width(cli), arena_printf(cli->arena, "%s.", command->summary), 0, 0);
	heading(out, cli, "Usage");
	buf_puts(out, "  ");
	help_usage(out, command);
	buf_putc(out, '\n');
	put_examples(out, cli, command->examples);
	heading(out, cli, "What it does");
	wrap_text(out, cli_width(cli), command->description, 2, 0);
	if (command->operands[0].name != NULL) {
		heading(out, cli, "Operands");
		for (const struct operand *o = command->operands; o->name != NULL; o++)
			wrap_item(out, cli_width(cli), o->name, 23, operand_text(cli->arena, o));
	}
	put_options(out, cli, "Options", command->options, command);
	put_options(out, cli, "Options of every command", global_options, command);
	put_exit_codes(out, cli, command);
}

/* A line for all commands of a family: "List what ...: add, list, rm". */
static void put_family(struct buf *out, const struct cli *cli, const struct command_family *family)
{
	char *text = arena_printf(cli->arena, "%s:", family->summary);
	const char *between = " ";

	for (const struct command *const *each = cli->commands; *each != NULL; each++) {
		if (command_family_of(*each) != family || (*each)->hidden)
			continue;
		text = arena_printf(cli->arena, "%s%s%s", text, between,
				    strchr((*each)->name, ' ') + 1);
		between = ", ";
	}
	wrap_item(out, cli_width(cli), family->name, 15, text);
}

/* The commands whose names begin with `words`, "" for all, by group; of all, families are a line
 * each, at the place of their first command. */
static void put_commands(struct buf *out, const struct cli *cli, const char *words)
{
	for (size_t g = 0; command_groups[g] != NULL; g++) {
		const struct command_family *last = NULL;
		bool titled = false;

		for (const struct command *const *each = cli->commands; *each != NULL; each++) {
			const struct command *c = *each;
			const struct command_family *family =
				words[0] == '\0' ? command_family_of(c) : NULL;

			if (c->hidden || !str_equal(c->group, command_groups[g]) ||
			    !str_starts(c->name, words) || (family != NULL && family == last))
				continue;
			if (!titled)
				heading(out, cli, command_groups[g]);
			titled = true;
			last = family;
			if (family != NULL)
				put_family(out, cli, family);
			else
				wrap_item(out, cli_width(cli), c->name, 15, c->summary);
		}
	}
}

static void put_overview(struct buf *out, const struct cli *cli)
{
	wrap_text(out, cli_width(cli),
		  "attio is a toolchain for people who write apps for Attio: it creates an app, "
		  "checks it, runs it on this machine, bundles it and publishes it.",
		  0, 0);
	heading(out, cli, "Usage");
	buf_puts(out, "  attio COMMAND [options]\n");
	heading(out, cli, "Examples");
	for (const struct example *e = overview_examples; e->command != NULL; e++)
		wrap_item(out, cli_width(cli), e->command, 22, e->help);
	put_commands(out, cli, "");
	buf_putc(out, '\n');
	wrap_text(out, cli_width(cli),
		  "`attio help COMMAND` shows one command with all its options; `attio help "
		  "exit-codes`, `attio help environment` and `attio help schema` tell the rest.",
		  0, 0);
}

static void put_variables(struct buf *out, const struct cli *cli)
{
	heading(out, cli, "Environment variables");
	for (const struct variable *v = variables; v->name != NULL; v++)
		wrap_item(out, cli_width(cli), v->name, 20, v->text);
	buf_putc(out, '\n');
	wrap_text(out, cli_width(cli),
		  "An option on the command line comes before the variable. A variable that is set "
		  "but empty counts as not set.",
		  0, 0);
}

static int unknown_words(struct cli *cli, const char *words)
{
	const char *candidates[TABLE_MAX];
	size_t count = 0;
	struct error error;

	for (const struct command *const *c = cli->commands; *c != NULL; c++)
		if (!(*c)->hidden)
			candidates[count++] = (*c)->name;
	for (size_t i = 0; help_topics[i] != NULL; i++)
		candidates[count++] = help_topics[i];
	candidates[count] = NULL;
	error_set(&error, ERROR_USAGE, "there is no command or topic `%s`", words);
	const char *near = str_nearest(words, candidates);
	if (near != NULL)
		error_fix(&error, "did you mean `attio help %s`?", near);
	else
		error_fix(&error, "`attio help` lists the commands");
	return cli_fail(cli, &error);
}

int help_words(struct cli *cli, const char *words)
{
	const struct command *command = command_find(cli->commands, words);
	bool prefix = command_is_prefix(cli->commands, words);
	bool codes = strcmp(words, "exit-codes") == 0;
	bool environment = strcmp(words, "environment") == 0;
	const char *schema = str_starts(words, "schema ") ? words + strlen("schema ") : NULL;
	struct buf out = {0};

	if (schema != NULL || strcmp(words, "schema") == 0)
		return schema_print(cli, schema);
	if (words[0] != '\0' && command == NULL && !prefix && !codes && !environment)
		return unknown_words(cli, words);
	if (cli->json) {
		struct cJSON *document = cli_json(cli, EXIT_OK);
		help_json(document, cli->commands, codes || environment ? "" : words);
		cli_print_json(cli, document);
		return EXIT_OK;
	}
	if (command != NULL)
		put_command(&out, cli, command);
	else if (prefix)
		put_commands(&out, cli, arena_printf(cli->arena, "%s ", words));
	else if (codes)
		put_exit_codes(&out, cli, NULL);
	else if (environment)
		put_variables(&out, cli);
	else
		put_overview(&out, cli);
	fwrite(out.ptr, 1, out.len, cli->out);
	buf_dispose(&out);
	return EXIT_OK;
}
