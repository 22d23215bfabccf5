/* Completion scripts from the table: commands, options, values and file names. */
#ifndef ATTIO_CLI_COMPLETE_H
#define ATTIO_CLI_COMPLETE_H

struct buf;

/* Each appends a whole script. bash: 3.2 and later, without the bash-completion package. */
void complete_bash(struct buf *out);
void complete_zsh(struct buf *out);
void complete_fish(struct buf *out);

#endif
