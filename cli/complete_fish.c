/* The fish script: one `complete` line for each word, option and operand, with conditions on the
 * words before the cursor. */
#include <string.h>

#include "base/buf.h"
#include "cli/command.h"
#include "cli/complete.h"
#include "cli/complete_lists.h"

/* Text inside single quotes. */
static void put_text(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\'' || text[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, text[i]);
	}
}

/* One line for each word: only so can each have its own description without being evaluated. */
static void add_word(struct buf *out, const char *when, const char *word, size_t len,
		     const char *help)
{
	buf_printf(out, "complete -c attio -n '%s' -a '", when);
	put_text(out, word, len);
	buf_puts(out, help[0] != '\0' ? "' -d '" : "");
	put_text(out, help, strlen(help));
	buf_puts(out, "'\n");
}

static void add_choice(struct buf *out, const char *word, size_t len)
{
	if (out->ptr[out->len - 1] != '\'')
		buf_putc(out, ' ');
	put_text(out, word, len);
}

static void add_fish_value(struct buf *out, const char *when, const char *word, size_t len,
			   const char *help)
{
	(void)when;
	(void)help;
	add_choice(out, word, len);
}

/* One that a command takes, or with NULL all of them; a global option given with a command is
 * completed with that command's choices besides. */
static void put_option(struct buf *out, const struct option *o, const struct command *command)
{
	const char *const *choices = option_choices(o, command);

	buf_puts(out, "complete -c attio");
	if (command != NULL)
		buf_printf(out, " -n '__attio_in \"%s\"'", command->name);
	buf_printf(out, " -l %s", o->name);
	if (o->letter != 0)
		buf_printf(out, " -s %c", o->letter);
	/* Without -r or -x the value is optional and follows the equals sign. */
	if (o->kind == OPTION_PATH)
		buf_puts(out, o->bare != NULL ? " -F" : " -r -F");
	else if (o->bare != NULL)
		buf_puts(out, " -f");
	else if (o->kind != OPTION_FLAG)
		buf_puts(out, " -x");
	if (o->kind == OPTION_CHOICE) {
		buf_puts(out, " -a '");
		for (size_t i = 0; choices[i] != NULL; i++)
			add_choice(out, choices[i], strlen(choices[i]));
		buf_putc(out, '\'');
	}
	if (o->words != WORDS_NONE) {
		buf_puts(out, " -a '");
		if (o->words == WORDS_REVISIONS)
			buf_puts(out, "HEAD (" COMPLETE_REVISIONS ")");
		complete_value_words(out, o, add_fish_value);
		buf_putc(out, '\'');
	}
	buf_puts(out, " -d '");
	put_text(out, o->help, strlen(o->help));
	buf_puts(out, "'\n");
}

static void put_next_words(struct buf *out, const struct command *const *commands, const char *at,
			   const char *prefix)
{
	struct buf when = {0};

	buf_printf(&when, "__attio_at \"%s\" 0", at);
	complete_next_words(out, commands, prefix, add_word, when.ptr);
	buf_dispose(&when);
}

static void put_operands(struct buf *out, const struct command *const *commands,
			 const struct command *command)
{
	for (const struct operand *o = command->operands; o->name != NULL; o++) {
		struct buf when = {0};
		buf_printf(&when, "__attio_at \"%s\" %d", command->name,
			   (int)(o - command->operands));
		if (o->is_path)
			buf_printf(out, "complete -c attio -n '%s' -F\n", when.ptr);
		complete_operand_words(out, commands, o, add_word, when.ptr);
		buf_clear(&when);
		/* The second word of "attio help version list". */
		buf_printf(&when, "__attio_at \"%s\" %d", command->name,
			   (int)(o - command->operands) + 1);
		for (const struct command *const *each = commands; *each != NULL; each++) {
			const struct command *c = *each;
			struct buf prefix = {0};
			buf_add(&prefix, c->name, strcspn(c->name, " ") + 1);
			if (o->words == WORDS_COMMANDS && complete_opens_group(commands, c))
				complete_next_words(out, commands, buf_cstr(&prefix), add_word,
						    when.ptr);
			buf_dispose(&prefix);
		}
		buf_dispose(&when);
	}
}

/* __attio_words prints the command's words, then the number of operands after them. */
static void put_functions(struct buf *out, const struct command *const *commands)
{
	struct complete_options walk = {.commands = commands};

	buf_puts(out, "# Completion of attio for fish, made by `attio completion fish`.\n"
		      "function __attio_words\n"
		      "\tset -l tokens (commandline -opc)\n"
		      "\tset -l command ''\n"
		      "\tset -l operands 0\n"
		      "\tset -l value 0\n"
		      "\tset -l ended 0\n"
		      "\tfor token in $tokens[2..-1]\n"
		      "\t\tif test $value = 1\n"
		      "\t\t\tset value 0\n"
		      "\t\t\tcontinue\n"
		      "\t\tend\n"
		      "\t\tif test $ended = 0; and string match -q -- '-?*' $token\n"
		      "\t\t\tswitch $token\n"
		      "\t\t\t\tcase --\n"
		      "\t\t\t\t\tset ended 1\n"
		      "\t\t\t\tcase");
	while (complete_next_option(&walk)) {
		if (!complete_takes_word(walk.option) || complete_is_mixed(commands, walk.option))
			continue;
		if (walk.option->letter != 0)
			buf_printf(out, " -%c", walk.option->letter);
		buf_printf(out, " --%s", walk.option->name);
	}
	buf_puts(out, "\n\t\t\t\t\tset value 1\n"
		      "\t\t\t\tcase '*'\n"
		      "\t\t\t\t\tswitch \"$command $token\"\n"
		      "\t\t\t\t\t\tcase ");
	complete_mixed(out, commands, " ");
	buf_puts(out, "\n\t\t\t\t\t\t\tset value 1\n"
		      "\t\t\t\t\tend\n"
		      "\t\t\tend\n"
		      "\t\t\tcontinue\n"
		      "\t\tend\n"
		      "\t\tswitch \"$command $token\"\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		size_t group = strcspn(c->name, " ");
		if (c->hidden)
			continue;
		buf_printf(out, "\t\t\tcase '%s%s'\n\t\t\t\tset command '%s'\n",
			   c->name[group] == '\0' ? " " : "", c->name, c->name);
		if (complete_opens_group(commands, c))
			buf_printf(out, "\t\t\tcase ' %.*s'\n\t\t\t\tset command '%.*s'\n",
				   (int)group, c->name, (int)group, c->name);
	}
	buf_puts(out,
		 "\t\t\tcase '*'\n"
		 "\t\t\t\tset operands (math $operands + 1)\n"
		 "\t\tend\n"
		 "\tend\n"
		 "\techo $command\n"
		 "\techo $operands\n"
		 "end\n\n"
		 "# Whether the command is this one and so many operands stand before the cursor.\n"
		 "function __attio_at\n"
		 "\tset -l words (__attio_words)\n"
		 "\ttest \"$words[1]\" = \"$argv[1]\"; and test \"$words[2]\" = \"$argv[2]\"\n"
		 "end\n\n"
		 "function __attio_in\n"
		 "\tset -l words (__attio_words)\n"
		 "\ttest \"$words[1]\" = \"$argv[1]\"\n"
		 "end\n\n"
		 "complete -c attio -f\n"
		 "complete -c attio-native -w attio\n");
}

void complete_fish(struct buf *out, const struct command *const *commands)
{
	put_functions(out, commands);
	for (const struct option *o = global_options; o->name != NULL; o++)
		put_option(out, o, NULL);
	put_next_words(out, commands, "", "");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		size_t group = strcspn(c->name, " ");
		if (c->hidden)
			continue;
		if (complete_opens_group(commands, c)) {
			struct buf at = {0}, prefix = {0};
			buf_add(&at, c->name, group);
			buf_add(&prefix, c->name, group + 1);
			put_next_words(out, commands, buf_cstr(&at), buf_cstr(&prefix));
			buf_dispose(&at);
			buf_dispose(&prefix);
		}
		for (const struct option *o = c->options; o->name != NULL; o++)
			put_option(out, o, c);
		for (const struct option *o = global_options; o->name != NULL; o++)
			if (option_choices(o, c) != o->choices)
				put_option(out, o, c);
		put_operands(out, commands, c);
	}
}
