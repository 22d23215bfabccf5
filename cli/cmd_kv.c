/* attio kv ...: what the commands take. They run in attio-net: cli/net/kv.c. */
#include <stddef.h>

#include "cli/net/kv.h"
#include "cli/table.h"

/* --- attio kv delete ----------------------------------------------------------------------------
 */

static const struct option kv_delete_table[] = {
	REACH_OPTIONS(struct kv_delete_options),
	{.name = NULL},
};

static const struct operand kv_delete_operands[] = {
	{.name = "KEY",
	 .field = offsetof(struct kv_delete_options, key),
	 .required = true,
	 .help = "The key"},
	{.name = NULL},
};

static const struct example kv_delete_examples[] = {
	{"attio kv delete token", "Delete a key"},
	{.command = NULL},
};

const struct command cmd_kv_delete = {
	.name = "kv delete",
	.group = REACH_GROUP,
	.summary = "Delete a key of the app's key-value store",
	.description = "Deletes the key; that there is none is no error.",
	.options = kv_delete_table,
	.operands = kv_delete_operands,
	.examples = kv_delete_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct kv_delete_options),
	.needs = REACH_NEEDS,
};

/* --- attio kv get -------------------------------------------------------------------------------
 */

static const struct option kv_get_table[] = {
	REACH_OPTIONS(struct kv_get_options),
	{.name = NULL},
};

static const struct operand kv_get_operands[] = {
	{.name = "KEY",
	 .field = offsetof(struct kv_get_options, key),
	 .required = true,
	 .help = "The key"},
	{.name = NULL},
};

static const struct example kv_get_examples[] = {
	{"attio kv get token", "Show a value"},
	{.command = NULL},
};

const struct command cmd_kv_get = {
	.name = "kv get",
	.group = REACH_GROUP,
	.summary = "Show the value of a key",
	.description = "Prints the value. The exit code is 4 when there is none.",
	.options = kv_get_table,
	.operands = kv_get_operands,
	.examples = kv_get_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct kv_get_options),
	.needs = REACH_NEEDS,
};

/* --- attio kv list ------------------------------------------------------------------------------
 */

static const struct option kv_list_table[] = {
	REACH_OPTIONS(struct kv_list_options),
	{.name = NULL},
};

static const struct operand kv_list_operands[] = {
	{.name = NULL},
};

static const struct example kv_list_examples[] = {
	{"attio kv list", "Show what the app keeps"},
	{.command = NULL},
};

const struct command cmd_kv_list = {
	.name = "kv list",
	.group = REACH_GROUP,
	.summary = "List the keys of the app's key-value store",
	.description = "Prints one line for each key.",
	.options = kv_list_table,
	.operands = kv_list_operands,
	.examples = kv_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct kv_list_options),
	.needs = REACH_NEEDS,
};

/* --- attio kv put -------------------------------------------------------------------------------
 */

static const struct option kv_put_table[] = {
	{.name = "ttl",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct kv_put_options, ttl),
	 .value = "SEC",
	 .min = 1,
	 .max = 2147483647,
	 .help = "The key vanishes after so many seconds"},
	REACH_OPTIONS(struct kv_put_options),
	{.name = NULL},
};

static const struct operand kv_put_operands[] = {
	{.name = "KEY",
	 .field = offsetof(struct kv_put_options, key),
	 .required = true,
	 .help = "The key"},
	{.name = "VALUE",
	 .field = offsetof(struct kv_put_options, value),
	 .required = true,
	 .help = "The value: JSON or text, @FILE, or - for standard input"},
	{.name = NULL},
};

static const struct example kv_put_examples[] = {
	{"attio kv put cursor 42 --ttl 60", "Write a number that lasts a minute"},
	{.command = NULL},
};

const struct command cmd_kv_put = {
	.name = "kv put",
	.group = REACH_GROUP,
	.summary = "Write a key of the app's key-value store",
	.description = "Writes the value, which is JSON or else a text.",
	.options = kv_put_table,
	.operands = kv_put_operands,
	.examples = kv_put_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct kv_put_options),
	.needs = REACH_NEEDS,
};
