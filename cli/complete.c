/* The bash script and what the three scripts share: the lists that the table yields. A script
 * walks the words before the cursor as the parser does: option values are skipped, words extend
 * the command's name while a command of that name exists, the rest are operands. */
#include "cli/complete.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/complete_lists.h"
#include "cli/topics.h"
#include "diag/reporters.h"
#include "rules/rules.h"

void complete_next_words(struct buf *out, const struct command *const *commands, const char *prefix,
			 complete_word *add, const char *when)
{
	size_t skip = strlen(prefix), last = 0;
	const char *before = NULL;

	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		if (c->hidden || !str_starts(c->name, prefix))
			continue;
		const char *word = c->name + skip;
		size_t len = strcspn(word, " ");
		/* Sorted by name: the commands of a group follow each other. */
		if (before != NULL && len == last && strncmp(before, word, len) == 0)
			continue;
		before = word;
		last = len;
		add(out, when, word, len, word[len] == '\0' ? c->summary : c->group);
	}
}

bool complete_opens_group(const struct command *const *commands, const struct command *command)
{
	size_t group = strcspn(command->name, " ");
	const struct command *const *first = commands;

	if (command->name[group] == '\0')
		return false;
	while (*first != command && strncmp((*first)->name, command->name, group + 1) != 0)
		first++;
	return *first == command;
}

void complete_operand_words(struct buf *out, const struct command *const *commands,
			    const struct operand *operand, complete_word *add, const char *when)
{
	for (size_t i = 0; operand->choices != NULL && operand->choices[i] != NULL; i++)
		add(out, when, operand->choices[i], strlen(operand->choices[i]), "");
	if (operand->words == WORDS_CODES)
		for (const struct rule *const *r = rules; *r != NULL; r++)
			add(out, when, (*r)->info.code, strlen((*r)->info.code), (*r)->summary);
	if (operand->words == WORDS_COMMANDS) {
		complete_next_words(out, commands, "", add, when);
		for (size_t i = 0; help_topics[i] != NULL; i++)
			add(out, when, help_topics[i], strlen(help_topics[i]), "Topic");
	}
}

void complete_value_words(struct buf *out, const struct option *option, complete_word *add)
{
	char word[32];

	for (const struct rule *const *r = rules; option->words == WORDS_CODES && *r != NULL; r++)
		add(out, "", (*r)->info.code, strlen((*r)->info.code), "");
	for (size_t i = 0; option->words == WORDS_REPORTS && report_formats[i] != NULL; i++) {
		snprintf(word, sizeof(word), "%s=", report_formats[i]);
		add(out, "", word, strlen(word), "");
	}
}

bool complete_takes_word(const struct option *option)
{
	return option->kind != OPTION_FLAG && option->bare == NULL;
}

bool complete_is_mixed(const struct command *const *commands, const struct option *option)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		for (const struct option *o = (*c)->options; o->name != NULL; o++)
			if (strcmp(o->name, option->name) == 0 &&
			    (o->kind != option->kind || o->letter != option->letter))
				return true;
	return false;
}

void complete_mixed(struct buf *out, const struct command *const *commands, const char *between)
{
	size_t begin = out->len;

	for (const struct command *const *c = commands; *c != NULL; c++)
		for (const struct option *o = (*c)->options; o->name != NULL; o++) {
			if (!complete_takes_word(o) || !complete_is_mixed(commands, o))
				continue;
			if (o->letter != 0)
				buf_printf(out, "%s'%s -%c'", out->len > begin ? between : "",
					   (*c)->name, o->letter);
			buf_printf(out, "%s'%s --%s'", out->len > begin ? between : "", (*c)->name,
				   o->name);
		}
}

/* Whether an earlier command has the option too. */
static bool seen_before(const struct complete_options *walk)
{
	if (walk->command == NULL)
		return false;
	for (const struct command *const *c = walk->commands; c != walk->command; c++)
		for (const struct option *o = (*c)->options; o->name != NULL; o++)
			if (strcmp(o->name, walk->option->name) == 0)
				return true;
	return false;
}

bool complete_next_option(struct complete_options *walk)
{
	for (;;) {
		if (walk->option == NULL) {
			walk->option = global_options;
		} else if (walk->option->name != NULL) {
			walk->option++;
		} else {
			walk->command = walk->command == NULL ? walk->commands : walk->command + 1;
			if (*walk->command == NULL)
				return false;
			walk->option = (*walk->command)->options;
		}
		if (walk->option->name == NULL || seen_before(walk))
			continue;
		return true;
	}
}

static void add_bash(struct buf *out, const char *when, const char *word, size_t len,
		     const char *help)
{
	(void)when;
	(void)help;
	if (out->len > 0 && out->ptr[out->len - 1] != '"')
		buf_putc(out, ' ');
	buf_add(out, word, len);
}

static void put_option_names(struct buf *out, const struct option *o, char between)
{
	if (o->letter != 0)
		buf_printf(out, "-%c%c", o->letter, between);
	buf_printf(out, "--%s", o->name);
}

/* An option that may stand alone takes the next word only when an equals sign joins them. */
static void put_bash_bare(struct buf *out, const struct command *const *commands)
{
	struct complete_options walk = {.commands = commands};
	bool first = true;

	while (complete_next_option(&walk)) {
		if (walk.option->bare == NULL)
			continue;
		buf_printf(out, "%s--%s", first ? "\t\t\t" : " | ", walk.option->name);
		first = false;
	}
	if (!first)
		buf_puts(out, ") [[ ${COMP_WORDS[i + 1]} == = ]] && option=$word ;;\n");
}

/* What takes a word in one command and none, or goes by another letter, in another. */
static void put_bash_mixed(struct buf *out, const struct command *const *commands)
{
	struct buf names = {0};

	complete_mixed(&names, commands, " | ");
	if (names.len > 0)
		buf_printf(out,
			   "\t\t\t*) case \"$command $word\" in\n"
			   "\t\t\t\t%s) option=$word ;;\n"
			   "\t\t\t\tesac ;;\n",
			   buf_cstr(&names));
	buf_dispose(&names);
}

static void put_bash_walk(struct buf *out, const struct command *const *commands)
{
	struct complete_options walk = {.commands = commands};
	bool first = true;

	buf_puts(out, "# Completion of attio for bash, made by `attio completion bash`.\n"
		      "_attio() {\n"
		      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
		      "\tlocal command='' option='' ended='' words='' files='' operands=0 word i\n"
		      "\tCOMPREPLY=()\n"
		      "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		      "\t\tword=${COMP_WORDS[i]}\n"
		      "\t\tif [[ -n $option ]]; then\n"
		      "\t\t\t# bash takes --name=value apart at the equals sign.\n"
		      "\t\t\t[[ $word == = ]] || option=''\n"
		      "\t\telif [[ -z $ended && $word == -?* ]]; then\n"
		      "\t\t\tcase $word in\n"
		      "\t\t\t--) ended=1 ;;\n"
		      "\t\t\t");
	while (complete_next_option(&walk)) {
		if (!complete_takes_word(walk.option) || complete_is_mixed(commands, walk.option))
			continue;
		buf_puts(out, first ? "" : " | ");
		if (walk.option->letter != 0)
			buf_printf(out, "-%c | ", walk.option->letter);
		buf_printf(out, "--%s", walk.option->name);
		first = false;
	}
	buf_puts(out, ") option=$word ;;\n");
	put_bash_bare(out, commands);
	put_bash_mixed(out, commands);
	buf_puts(out, "\t\t\tesac\n"
		      "\t\telse\n"
		      "\t\t\tcase \"$command $word\" in\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		size_t group = strcspn(c->name, " ");
		if (c->hidden)
			continue;
		if (complete_opens_group(commands, c))
			buf_printf(out, "\t\t\t' %.*s') command=$word ;;\n", (int)group, c->name);
		buf_printf(out, "\t\t\t'%s%s') command='%s' ;;\n",
			   c->name[group] == '\0' ? " " : "", c->name, c->name);
	}
	buf_puts(out, "\t\t\t*) operands=$((operands + 1)) ;;\n"
		      "\t\t\tesac\n"
		      "\t\tfi\n"
		      "\tdone\n"
		      "\t[[ $cur == = ]] && cur=''\n");
}

static void put_bash_choices(struct buf *out, const char *const *choices)
{
	buf_puts(out, " words=\"");
	for (size_t i = 0; choices[i] != NULL; i++)
		add_bash(out, "", choices[i], strlen(choices[i]), "");
	buf_putc(out, '"');
}

static void put_bash_value(struct buf *out, const struct command *command, const struct option *o)
{
	buf_printf(out, "\t\t[[ $command == '%s' && $option == --%s ]] && words=\"", command->name,
		   o->name);
	if (o->words == WORDS_REVISIONS)
		buf_puts(out, "HEAD $(" COMPLETE_REVISIONS ")");
	complete_value_words(out, o, add_bash);
	buf_puts(out,
		 o->words == WORDS_REPORTS ? "\" && compopt -o nospace 2>/dev/null\n" : "\"\n");
}

/* By command: an option of one name may have other values elsewhere. */
static void put_bash_values(struct buf *out, const struct command *const *commands)
{
	for (const struct command *const *each = commands; *each != NULL; each++)
		for (const struct option *o = (*each)->options; o->name != NULL; o++)
			if (o->words != WORDS_NONE)
				put_bash_value(out, *each, o);
}

static void put_bash_options(struct buf *out, const struct command *const *commands)
{
	struct complete_options walk = {.commands = commands};

	buf_puts(out, "\tif [[ -n $option ]]; then\n");
	put_bash_values(out, commands);
	buf_puts(out, "\t\tcase $option in\n");
	while (complete_next_option(&walk)) {
		const struct option *o = walk.option;
		if (o->kind != OPTION_PATH && o->kind != OPTION_CHOICE)
			continue;
		buf_puts(out, "\t\t");
		put_option_names(out, o, '|');
		if (o->kind == OPTION_PATH) {
			buf_puts(out, ") files=1 ;;\n");
			continue;
		}
		buf_puts(out, ")");
		put_bash_choices(out, o->choices);
		for (const struct command *const *each = commands; *each != NULL; each++) {
			const struct command *c = *each;
			if (option_choices(o, c) == o->choices)
				continue;
			buf_printf(out, "\n\t\t\t[[ $command == '%s' ]] &&", c->name);
			put_bash_choices(out, option_choices(o, c));
		}
		buf_puts(out, " ;;\n");
	}
	buf_puts(out, "\t\tesac\n"
		      "\telif [[ -z $ended && $cur == -* ]]; then\n"
		      "\t\tcase $command in\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		if (c->hidden || c->options[0].name == NULL)
			continue;
		buf_printf(out, "\t\t'%s') words='", c->name);
		for (const struct option *o = c->options; o->name != NULL; o++) {
			put_option_names(out, o, ' ');
			buf_putc(out, ' ');
		}
		buf_puts(out, "' ;;\n");
	}
	buf_puts(out, "\t\tesac\n"
		      "\t\twords+='");
	for (const struct option *o = global_options; o->name != NULL; o++) {
		put_option_names(out, o, ' ');
		buf_puts(out, o[1].name == NULL ? "'\n" : " ");
	}
}

static void put_bash_operands(struct buf *out, const struct command *const *commands)
{
	buf_puts(out, "\telse\n"
		      "\t\tcase \"$command:$operands:$before\" in\n"
		      "\t\t:0:*) words=\"");
	complete_next_words(out, commands, "", add_bash, "");
	buf_puts(out, "\" ;;\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		size_t group = strcspn(c->name, " ");
		if (c->hidden)
			continue;
		if (complete_opens_group(commands, c)) {
			struct buf prefix = {0};
			buf_add(&prefix, c->name, group + 1);
			buf_printf(out, "\t\t%.*s:0:* | help:1:%.*s) words=\"", (int)group, c->name,
				   (int)group, c->name);
			complete_next_words(out, commands, buf_cstr(&prefix), add_bash, "");
			buf_puts(out, "\" ;;\n");
			buf_dispose(&prefix);
		}
		for (const struct operand *o = c->operands; o->name != NULL; o++) {
			buf_printf(out, "\t\t'%s':%d:*) ", c->name, (int)(o - c->operands));
			buf_puts(out, o->is_path ? "files=1" : "words=\"");
			complete_operand_words(out, commands, o, add_bash, "");
			buf_puts(out, o->is_path ? " ;;\n" : "\" ;;\n");
		}
	}
	buf_puts(out, "\t\tesac\n"
		      "\tfi\n");
}

void complete_bash(struct buf *out, const struct command *const *commands)
{
	put_bash_walk(out, commands);
	put_bash_options(out, commands);
	put_bash_operands(out, commands);
	buf_puts(out, "\tif [[ -n $files ]]; then\n"
		      "\t\tcompopt -o filenames 2>/dev/null\n"
		      "\t\twhile IFS= read -r word; do\n"
		      "\t\t\tCOMPREPLY+=(\"$word\")\n"
		      "\t\tdone < <(compgen -f -- \"$cur\")\n"
		      "\telse\n"
		      "\t\twhile IFS= read -r word; do\n"
		      "\t\t\tCOMPREPLY+=(\"$word\")\n"
		      "\t\tdone < <(compgen -W \"$words\" -- \"$cur\")\n"
		      "\tfi\n"
		      "}\n"
		      "complete -F _attio attio attio-native\n");
}
