/* attio records ...: what the commands take. They run in attio-net: cli/net/records.c. */
#include <stddef.h>

#include "cli/net/records.h"
#include "cli/table.h"

/* --- attio records create -----------------------------------------------------------------------
 */

static const struct option records_create_table[] = {
	{.name = "values",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_create_options, values),
	 .value = "JSON",
	 .help = "The values, a JSON object: attribute to value; also @FILE, or - for standard "
		 "input"},
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_create_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	REACH_OPTIONS(struct records_create_options),
	{.name = NULL},
};

static const struct operand records_create_operands[] = {
	{.name = "OBJECT",
	 .field = offsetof(struct records_create_options, object),
	 .required = true,
	 .help = "The object, such as people or companies"},
	{.name = "ATTRIBUTE=VALUE",
	 .field = offsetof(struct records_create_options, pairs),
	 .many = true,
	 .help = "Values one by one, as JSON or text"},
	{.name = NULL},
};

static const struct example records_create_examples[] = {
	{"attio records create people --values '{\"name\": \"Lovelace, Ada\"}'", "Create a person"},
	{"attio records create companies name=Acme domains=acme.test", "The same with words"},
	{.command = NULL},
};

const struct command cmd_records_create = {
	.name = "records create",
	.group = REACH_GROUP,
	.summary = "Create a record in the local workspace",
	.description = "Creates the record by the rules of the REST API, as a member would. Prints "
		       "its id.",
	.options = records_create_table,
	.operands = records_create_operands,
	.examples = records_create_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_create_options),
	.needs = REACH_NEEDS,
};

/* --- attio records delete -----------------------------------------------------------------------
 */

static const struct option records_delete_table[] = {
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_delete_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	REACH_OPTIONS(struct records_delete_options),
	{.name = NULL},
};

static const struct operand records_delete_operands[] = {
	{.name = "OBJECT/RECORD",
	 .field = offsetof(struct records_delete_options, record),
	 .required = true,
	 .help = "The record: its id, or a name, an e-mail address, a domain"},
	{.name = NULL},
};

static const struct example records_delete_examples[] = {
	{"attio records delete people/ada", "Delete a person"},
	{.command = NULL},
};

const struct command cmd_records_delete = {
	.name = "records delete",
	.group = REACH_GROUP,
	.summary = "Delete a record of the local workspace",
	.description = "Deletes the record.",
	.options = records_delete_table,
	.operands = records_delete_operands,
	.examples = records_delete_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_delete_options),
	.needs = REACH_NEEDS,
};

/* --- attio records export -----------------------------------------------------------------------
 */

static const struct option records_export_table[] = {
	{.name = "out",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct records_export_options, out),
	 .value = "FILE",
	 .help = "File to write (default: standard output)"},
	REACH_OPTIONS(struct records_export_options),
	{.name = NULL},
};

static const struct operand records_export_operands[] = {
	{.name = "OBJECT",
	 .field = offsetof(struct records_export_options, object),
	 .required = true,
	 .help = "The object, such as people or companies"},
	{.name = NULL},
};

static const struct example records_export_examples[] = {
	{"attio records export people --out people.json", "Keep the people"},
	{.command = NULL},
};

const struct command cmd_records_export = {
	.name = "records export",
	.group = REACH_GROUP,
	.summary = "Write the records of an object to a file or to standard output",
	.description = "Writes a JSON list that `attio records import` reads again.",
	.options = records_export_table,
	.operands = records_export_operands,
	.examples = records_export_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_export_options),
	.needs = REACH_NEEDS,
};

/* --- attio records get --------------------------------------------------------------------------
 */

static const struct option records_get_table[] = {
	REACH_OPTIONS(struct records_get_options),
	{.name = NULL},
};

static const struct operand records_get_operands[] = {
	{.name = "OBJECT/RECORD",
	 .field = offsetof(struct records_get_options, record),
	 .required = true,
	 .help = "The record: its id, or a name, an e-mail address, a domain"},
	{.name = NULL},
};

static const struct example records_get_examples[] = {
	{"attio records get people/ada", "Show a person"},
	{"attio records get companies/acme.test --json", "The same for a script"},
	{.command = NULL},
};

const struct command cmd_records_get = {
	.name = "records get",
	.group = REACH_GROUP,
	.summary = "Show a record of the local workspace",
	.description = "Prints the record's values, one attribute a line; with --json as the REST "
		       "API answers it.",
	.options = records_get_table,
	.operands = records_get_operands,
	.examples = records_get_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_get_options),
	.needs = REACH_NEEDS,
};

/* --- attio records import -----------------------------------------------------------------------
 */

static const struct option records_import_table[] = {
	{.name = "match",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_import_options, match),
	 .value = "ATTRIBUTE",
	 .help = "A unique attribute, such as email_addresses or domains: where a record with "
		 "the same value is, it is changed instead"},
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_import_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	REACH_OPTIONS(struct records_import_options),
	{.name = NULL},
};

static const struct operand records_import_operands[] = {
	{.name = "OBJECT",
	 .field = offsetof(struct records_import_options, object),
	 .required = true,
	 .help = "The object, such as people or companies"},
	{.name = "FILE",
	 .field = offsetof(struct records_import_options, file),
	 .required = true,
	 .is_path = true,
	 .help = "The file; - for standard input"},
	{.name = NULL},
};

static const struct example records_import_examples[] = {
	{"attio records import people people.json", "Create them all"},
	{"attio records import companies all.ndjson --match domains",
	 "Change those that are there, create the others"},
	{.command = NULL},
};

const struct command cmd_records_import = {
	.name = "records import",
	.group = REACH_GROUP,
	.summary = "Create the records of a file",
	.description = "Reads a JSON list of records, each an object with `values` or the values "
		       "themselves, or one such object a line. All of them are created, or none. "
		       "With --match it is as an assert of the REST API for each.",
	.options = records_import_table,
	.operands = records_import_operands,
	.examples = records_import_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_import_options),
	.needs = REACH_NEEDS,
};

/* --- attio records list -------------------------------------------------------------------------
 */

static const struct option records_list_table[] = {
	{.name = "query",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_list_options, query),
	 .value = "TEXT",
	 .help = "Only records that this text is found in"},
	{.name = "limit",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct records_list_options, limit),
	 .value = "N",
	 .min = 1,
	 .max = 500,
	 .help = "At most so many",
	 .fallback = "50"},
	{.name = "offset",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct records_list_options, offset),
	 .value = "N",
	 .min = 0,
	 .max = 2147483647,
	 .help = "Leave out the first so many"},
	REACH_OPTIONS(struct records_list_options),
	{.name = NULL},
};

static const struct operand records_list_operands[] = {
	{.name = "OBJECT",
	 .field = offsetof(struct records_list_options, object),
	 .required = true,
	 .help = "The object, such as people or companies"},
	{.name = NULL},
};

static const struct example records_list_examples[] = {
	{"attio records list people", "Show the people"},
	{"attio records list companies --query acme", "Find a company"},
	{.command = NULL},
};

const struct command cmd_records_list = {
	.name = "records list",
	.group = REACH_GROUP,
	.summary = "List the records of an object",
	.description = "Prints one line for each record.",
	.options = records_list_table,
	.operands = records_list_operands,
	.examples = records_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_list_options),
	.needs = REACH_NEEDS,
};

/* --- attio records set --------------------------------------------------------------------------
 */

static const struct option records_set_table[] = {
	{.name = "values",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_set_options, values),
	 .value = "JSON",
	 .help = "The values, a JSON object: attribute to value; also @FILE, or - for standard "
		 "input"},
	{.name = "overwrite",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct records_set_options, overwrite),
	 .help = "Replace the values of attributes that hold several"},
	{.name = "as",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct records_set_options, member),
	 .value = "MEMBER",
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},
	REACH_OPTIONS(struct records_set_options),
	{.name = NULL},
};

static const struct operand records_set_operands[] = {
	{.name = "OBJECT/RECORD",
	 .field = offsetof(struct records_set_options, record),
	 .required = true,
	 .help = "The record: its id, or a name, an e-mail address, a domain"},
	{.name = "ATTRIBUTE=VALUE",
	 .field = offsetof(struct records_set_options, pairs),
	 .many = true,
	 .help = "Values one by one, as JSON or text"},
	{.name = NULL},
};

static const struct example records_set_examples[] = {
	{"attio records set people/ada job_title=Countess", "Change one value"},
	{"attio records set people/ada --values '{\"phone_numbers\": []}' --overwrite",
	 "Remove the phone numbers"},
	{.command = NULL},
};

const struct command cmd_records_set = {
	.name = "records set",
	.group = REACH_GROUP,
	.summary = "Change values of a record",
	.description = "Writes the values that are given; of attributes with several values they "
		       "are added, with --overwrite they take the place of the old ones.",
	.options = records_set_table,
	.operands = records_set_operands,
	.examples = records_set_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct records_set_options),
	.needs = REACH_NEEDS,
};
