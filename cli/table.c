/* See table.h. */
#include "cli/table.h"

const struct command *const commands[] = {
	&cmd_manual, &cmd_build, &cmd_completion, &cmd_deploy,         &cmd_explain,      &cmd_help,
	&cmd_init,   &cmd_types, &cmd_validate,   &cmd_version_create, &cmd_version_list, NULL,
};
