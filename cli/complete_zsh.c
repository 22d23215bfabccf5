/* The zsh script: one _arguments call for each command, reached by way of its words. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/complete.h"
#include "cli/complete_lists.h"

/* Text inside single quotes, where `special` characters need a backslash for _arguments. */
static void put_text(struct buf *out, const char *text, size_t len, const char *special)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\'') {
			buf_puts(out, "'\\''");
			continue;
		}
		if (strchr(special, text[i]) != NULL)
			buf_putc(out, '\\');
		buf_putc(out, text[i]);
	}
}

static void add_described(struct buf *out, const char *when, const char *word, size_t len,
			  const char *help)
{
	(void)when;
	buf_puts(out, " '");
	put_text(out, word, len, ":\\");
	if (help[0] != '\0') {
		buf_putc(out, ':');
		put_text(out, help, strlen(help), "\\");
	}
	buf_putc(out, '\'');
}

static void add_plain(struct buf *out, const char *when, const char *word, size_t len,
		      const char *help)
{
	(void)when;
	(void)help;
	if (out->ptr[out->len - 1] != '(')
		buf_putc(out, ' ');
	put_text(out, word, len, ":\\ ()");
}

static void put_bound_array(struct buf *out, const struct option *o, const char *const *choices)
{
	buf_printf(out, "attio_%s=(", o->name);
	for (size_t i = 0; choices[i] != NULL; i++)
		add_plain(out, "", choices[i], strlen(choices[i]), "");
	buf_putc(out, ')');
}

/* Choices that depend on the command are in an array. The options of every command are completed
 * before the words are taken apart, so the command is looked for among all of them. */
static void put_bound_choices(struct buf *out, const struct command *const *commands)
{
	for (const struct option *o = global_options; o->name != NULL; o++) {
		if (!option_is_bound(commands, o))
			continue;
		buf_printf(out, "\tlocal -a attio_%s\n\t", o->name);
		put_bound_array(out, o, o->choices);
		buf_puts(out, "\n\tcase \" $words \" in\n");
		for (const struct command *const *each = commands; *each != NULL; each++) {
			const struct command *c = *each;
			if (c->hidden || option_choices(o, c) == o->choices)
				continue;
			buf_printf(out, "\t*' %s '*) ", c->name);
			put_bound_array(out, o, option_choices(o, c));
			buf_puts(out, " ;;\n");
		}
		buf_puts(out, "\tesac\n");
	}
}

/* One spelling of an option; the other one is excluded once this is on the line. */
static void put_spelling(struct buf *out, const struct command *const *commands,
			 const struct option *o, bool letter)
{
	buf_puts(out, " \\\n\t\t\t'");
	if (o->kind == OPTION_LIST)
		buf_putc(out, '*');
	if (o->letter != 0)
		buf_printf(out, "(-%c --%s)", o->letter, o->name);
	if (letter)
		buf_printf(out, "-%c%s[", o->letter, o->kind == OPTION_FLAG ? "" : "+");
	else
		buf_printf(out, "--%s%s[", o->name,
			   o->kind == OPTION_FLAG ? "" : (o->bare != NULL ? "=-" : "="));
	put_text(out, o->help, strlen(o->help), "[]:\\");
	buf_putc(out, ']');
	if (o->kind != OPTION_FLAG)
		buf_printf(out, o->bare != NULL ? "::%s:" : ":%s:", o->value);
	if (o->kind == OPTION_PATH)
		buf_puts(out, "_files");
	if (o->kind == OPTION_CHOICE && option_is_bound(commands, o)) {
		buf_printf(out, "{compadd -a attio_%s}", o->name);
	} else if (o->kind == OPTION_CHOICE) {
		buf_putc(out, '(');
		for (size_t i = 0; o->choices[i] != NULL; i++)
			add_plain(out, "", o->choices[i], strlen(o->choices[i]), "");
		buf_putc(out, ')');
	}
	buf_putc(out, '\'');
}

static void put_options(struct buf *out, const struct command *const *commands,
			const struct option *options)
{
	for (const struct option *o = options; o->name != NULL; o++) {
		if (o->letter != 0)
			put_spelling(out, commands, o, true);
		put_spelling(out, commands, o, false);
	}
}

/* The second word of "attio help version list". */
static void put_group_words(struct buf *out, const struct command *const *commands)
{
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		const char *space = strchr(c->name, ' ');
		if (!c->hidden && space != NULL)
			add_plain(out, "", space + 1, strlen(space + 1), "");
	}
}

static void put_command(struct buf *out, const struct command *const *commands,
			const struct command *command)
{
	const char *space = strrchr(command->name, ' ');

	buf_printf(out, "\t%s)\n\t\t_arguments -s -S $attio_globals",
		   space == NULL ? command->name : space + 1);
	put_options(out, commands, command->options);
	for (const struct operand *o = command->operands; o->name != NULL; o++) {
		buf_printf(out, " \\\n\t\t\t'%d:%s:", (int)(o - command->operands) + 1, o->name);
		if (o->is_path) {
			buf_puts(out, "_files'");
			continue;
		}
		buf_putc(out, '(');
		complete_operand_words(out, commands, o, add_plain, "");
		buf_puts(out, ")'");
		if (o->words == WORDS_COMMANDS) {
			buf_printf(out, " \\\n\t\t\t'2:%s:(", o->name);
			put_group_words(out, commands);
			buf_puts(out, ")'");
		}
	}
	buf_puts(out, "\n\t\t;;\n");
}

/* A function that completes the word after `prefix` or hands on to the command it names. Groups
 * come before the function of their parent. */
static void put_function(struct buf *out, const struct command *const *commands, const char *prefix,
			 const char *function)
{
	size_t skip = strlen(prefix);

	buf_printf(out,
		   "%s() {\n"
		   "\tlocal curcontext=$curcontext state line\n"
		   "\tlocal -a list\n"
		   "\ttypeset -A opt_args\n"
		   "\t_arguments -s -S -C $attio_globals '1: :->word' '*:: :->rest' && return\n"
		   "\tif [[ $state == word ]]; then\n"
		   "\t\tlist=(",
		   function);
	complete_next_words(out, commands, prefix, add_described, "");
	buf_puts(out, ")\n"
		      "\t\t_describe -t commands command list\n"
		      "\t\treturn\n"
		      "\tfi\n"
		      "\tcase $words[1] in\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		if (c->hidden || !str_starts(c->name, prefix))
			continue;
		size_t len = strcspn(c->name + skip, " ");
		if (c->name[skip + len] == '\0')
			put_command(out, commands, c);
		else if (complete_opens_group(commands, c))
			buf_printf(out, "\t%.*s) _attio_%.*s ;;\n", (int)len, c->name + skip,
				   (int)len, c->name + skip);
	}
	buf_puts(out, "\tesac\n}\n\n");
}

void complete_zsh(struct buf *out, const struct command *const *commands)
{
	buf_puts(out, "#compdef attio attio-native\n"
		      "# Completion of attio for zsh, made by `attio completion zsh`.\n\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		size_t group = strcspn(c->name, " ");
		if (c->hidden || !complete_opens_group(commands, c))
			continue;
		struct buf prefix = {0}, function = {0};
		buf_add(&prefix, c->name, group + 1);
		buf_printf(&function, "_attio_%.*s", (int)group, c->name);
		put_function(out, commands, buf_cstr(&prefix), buf_cstr(&function));
		buf_dispose(&prefix);
		buf_dispose(&function);
	}
	put_function(out, commands, "", "_attio_main");
	buf_puts(out, "_attio() {\n");
	put_bound_choices(out, commands);
	buf_puts(out, "\tlocal -a attio_globals\n"
		      "\tattio_globals=(");
	put_options(out, commands, global_options);
	buf_puts(out, "\n\t)\n"
		      "\t_attio_main\n"
		      "}\n\n"
		      "# Loaded from $fpath on first use, or sourced.\n"
		      "if [[ ${funcstack[1]} == _attio ]]; then\n"
		      "\t_attio \"$@\"\n"
		      "else\n"
		      "\tcompdef _attio attio attio-native\n"
		      "fi\n");
}
