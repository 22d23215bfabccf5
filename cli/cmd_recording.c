/* attio recording ...: what the commands take. They run in attio-net: cli/net/recording.c. */
#include <stddef.h>

#include "cli/net/recording.h"
#include "cli/table.h"

/* --- attio recording export ---------------------------------------------------------------------
 */

static const struct option recording_export_table[] = {
	{.name = "out",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct recording_export_options, out),
	 .value = "FILE",
	 .help = "File to write (default: standard output)"},
	REACH_OPTIONS(struct recording_export_options),
	{.name = NULL},
};

static const struct operand recording_export_operands[] = {
	{.name = NULL},
};

static const struct example recording_export_examples[] = {
	{"attio recording export --out acme.json", "Keep them beside the tests"},
	{.command = NULL},
};

const struct command cmd_recording_export = {
	.name = "recording export",
	.group = REACH_GROUP,
	.summary = "Write what --net record has kept to a file or to standard output",
	.description = "Writes a JSON list that `attio recording import` reads again. Tokens, "
		       "values of connections and of .env files are replaced by their names in it; "
		       "what else an answer holds is as it came.",
	.options = recording_export_table,
	.operands = recording_export_operands,
	.examples = recording_export_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct recording_export_options),
	.needs = REACH_NEEDS,
};

/* --- attio recording import ---------------------------------------------------------------------
 */

static const struct option recording_import_table[] = {
	REACH_OPTIONS(struct recording_import_options),
	{.name = NULL},
};

static const struct operand recording_import_operands[] = {
	{.name = "FILE",
	 .field = offsetof(struct recording_import_options, file),
	 .required = true,
	 .is_path = true,
	 .help = "The file; - for standard input"},
	{.name = NULL},
};

static const struct example recording_import_examples[] = {
	{"attio recording import acme.json", "Bring them into a CI job"},
	{.command = NULL},
};

const struct command cmd_recording_import = {
	.name = "recording import",
	.group = REACH_GROUP,
	.summary = "Bring recordings back for --net replay",
	.description = "Reads what `attio recording export` has written. A recording of the same "
		       "request is replaced. All of them are taken, or none.",
	.options = recording_import_table,
	.operands = recording_import_operands,
	.examples = recording_import_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct recording_import_options),
	.needs = REACH_NEEDS,
};

/* --- attio recording list -----------------------------------------------------------------------
 */

static const struct option recording_list_table[] = {
	REACH_OPTIONS(struct recording_list_options),
	{.name = NULL},
};

static const struct operand recording_list_operands[] = {
	{.name = NULL},
};

static const struct example recording_list_examples[] = {
	{"attio recording list", "Show them"},
	{.command = NULL},
};

const struct command cmd_recording_list = {
	.name = "recording list",
	.group = REACH_GROUP,
	.summary = "List what --net record has kept",
	.description = "Prints one line for each request that --net replay can answer.",
	.options = recording_list_table,
	.operands = recording_list_operands,
	.examples = recording_list_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct recording_list_options),
	.needs = REACH_NEEDS,
};
