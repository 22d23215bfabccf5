/* Completion scripts from the table: commands, options, values and file names. */
#ifndef ATTIO_CLI_COMPLETE_H
#define ATTIO_CLI_COMPLETE_H

struct buf;
struct command;

/* Each appends a whole script for a table of commands (command.h). bash: 3.2 and later, without the
 * bash-completion package. */
void complete_bash(struct buf *out, const struct command *const *commands);
void complete_zsh(struct buf *out, const struct command *const *commands);
void complete_fish(struct buf *out, const struct command *const *commands);

#endif
