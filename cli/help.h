/* Help in the terminal and as JSON, all of it from the table. */
#ifndef ATTIO_CLI_HELP_H
#define ATTIO_CLI_HELP_H

struct buf;
struct cli;
struct command;

/* Prints the overview (words ""), a group's commands ("version"), a command's help or a topic
 * ("exit-codes", "environment"); under --json the table. Returns an exit code: EXIT_USAGE with a
 * message for other words. */
int help_words(struct cli *cli, const char *words);

/* Shared with manual.c. */

/* "attio init [options] [DIR]" */
void help_usage(struct buf *out, const struct command *command);

#endif
