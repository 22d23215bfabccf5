/* All commands. Each is one file, cmd_NAME.c: its row, what it takes and its run function. A
 * command that lives in attio-net has its run function in cli/net/NAME.c, so that the light program
 * knows the row without the libraries. */
#ifndef ATTIO_CLI_TABLE_H
#define ATTIO_CLI_TABLE_H

#include "cli/command.h"

extern const struct command cmd_build, cmd_completion, cmd_deploy, cmd_explain, cmd_help, cmd_init,
	cmd_manual, cmd_types, cmd_validate, cmd_version_create, cmd_version_list;

/* Sorted by name; ends with NULL. Given to whom it concerns by main. */
extern const struct command *const commands[];

#endif
