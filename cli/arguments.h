/* What each command takes: its options, operands and examples, for the table in command.c. Each
 * array ends with a zeroed entry. */
#ifndef ATTIO_CLI_ARGUMENTS_H
#define ATTIO_CLI_ARGUMENTS_H

#include "cli/command.h"

extern const struct option no_options[];
extern const struct option init_table[];
extern const struct option build_table[];
extern const struct option types_table[];
extern const struct option validate_table[];
extern const struct option deploy_table[];
extern const struct option version_list_table[];

extern const struct operand init_operands[];
extern const struct operand build_operands[];
extern const struct operand types_operands[];
extern const struct operand validate_operands[];
extern const struct operand deploy_operands[];
extern const struct operand version_list_operands[];
extern const struct operand explain_operands[];
extern const struct operand completion_operands[];
extern const struct operand help_operands[];
extern const struct operand manual_operands[];

extern const struct example init_examples[];
extern const struct example build_examples[];
extern const struct example types_examples[];
extern const struct example validate_examples[];
extern const struct example deploy_examples[];
extern const struct example version_create_examples[];
extern const struct example version_list_examples[];
extern const struct example explain_examples[];
extern const struct example completion_examples[];
extern const struct example help_examples[];
extern const struct example manual_examples[];

#endif
