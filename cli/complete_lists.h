/* What complete.c gives to the zsh and fish scripts. */
#ifndef ATTIO_CLI_COMPLETE_LISTS_H
#define ATTIO_CLI_COMPLETE_LISTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct command;
struct operand;
struct option;

/* Appends one word (`len` bytes) in the form of a shell; `help` may be "", `when` is passed on. */
typedef void complete_word(struct buf *out, const char *when, const char *word, size_t len,
			   const char *help);

/* Each word that may follow `prefix` ("" or "version ") in a command's name, once. */
void complete_next_words(struct buf *out, const struct command *const *commands, const char *prefix,
			 complete_word *add, const char *when);
/* Each word that an operand may be, as far as the table knows: choices, codes, commands. */
void complete_operand_words(struct buf *out, const struct command *const *commands,
			    const struct operand *operand, complete_word *add, const char *when);

/* What lists the revisions of a repository, in every shell. */
#define COMPLETE_REVISIONS "git rev-parse --symbolic --branches --tags --remotes 2>/dev/null"
/* Each word that a value may be, but for revisions; reports end with their equals sign. */
void complete_value_words(struct buf *out, const struct option *option, complete_word *add);

/* Whether the word after the option is its value. */
bool complete_takes_word(const struct option *option);

/* Whether commands disagree about an option of this name: one takes a word and another none, or it
 * has another letter. */
bool complete_is_mixed(const struct command *const *commands, const struct option *option);
/* Of such options each that takes a word, as 'COMMAND --NAME' and 'COMMAND -LETTER'. */
void complete_mixed(struct buf *out, const struct command *const *commands, const char *between);

/* Whether `command` is the first of those that share its first word ("version create"). False for
 * a command of one word. */
bool complete_opens_group(const struct command *const *commands, const struct command *command);

/* A walk over all options, those that several commands share once. Begins with nothing but the
 * table. */
struct complete_options {
	const struct command *const *commands;
	const struct command *const *command; /* NULL: a global option */
	const struct option *option;
};

/* False at the end. */
bool complete_next_option(struct complete_options *walk);

#endif
