/* argv against the table of commands. Options may stand anywhere after the word `attio`, before,
 * between and after operands; `--` ends them; `-` is an operand. A long option's value follows `=`
 * or is the next word, a letter's value may be glued to it. A value that is the next word must not
 * begin with `-` (a forgotten value would eat an option); `--name=-value` says it. Of a repeated
 * option the last one counts, but those of a list add up. */
#ifndef ATTIO_CLI_OPTIONS_H
#define ATTIO_CLI_OPTIONS_H

#include "cli/command.h"

struct arena;
struct error;

struct parsed {
	struct globals globals;
	const struct command *command; /* NULL: none was named */
	const char *words; /* command words so far, "" or "version": for help and "see" lines */
	void *options;     /* the command's struct, command->options_size bytes; NULL without one */
};

/* Reads argv[1..]. Returns 0, or -1 with ERROR_USAGE about the first mistake; even then the
 * globals are read to the end, so that --json and --help hold for a wrong command line too.
 * Strings are borrowed from argv. A missing operand or command is no mistake when --help or
 * --version is given. */
int options_parse(struct arena *arena, const struct command *const *commands, int argc,
		  char *const *argv, struct parsed *parsed, struct error *error);

#endif
