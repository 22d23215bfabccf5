/* attio clean: what can be made again goes. Bundles, types and the local platform's data are no
 * such thing: they stay. */
#include <cjson/cJSON.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "cli/table.h"
#include "sys/cache.h"

struct clean_options {
	const char *path; /* NULL: the current folder */
};

static int clean_run(struct cli *cli, const void *opaque)
{
	const struct clean_options *options = opaque;
	struct error error = {0};
	const char *root = project_root(cli, options->path, &error);
	size_t removed = 0;

	if (root == NULL)
		return cli_fail(cli, &error);
	const char *const folders[] = {project_cache_folder(cli, root), project_user_cache(cli)};
	for (size_t i = 0; i < 2; i++)
		if (folders[i] != NULL &&
		    cache_clear(cli->arena, folders[i], &removed, &error) != 0)
			return cli_fail(cli, &error);
	if (cli->json) {
		cJSON *document = cli_json(cli, EXIT_OK);

		cJSON_AddNumberToObject(document, "removed", (double)removed);
		cli_print_json(cli, document);
		return EXIT_OK;
	}
	cli_say(cli, "%zu file%s of the cache removed", removed, removed == 1 ? "" : "s");
	return EXIT_OK;
}

static const struct operand operand_table[] = {
	{.name = "PATH",
	 .field = offsetof(struct clean_options, path),
	 .is_path = true,
	 .help = "Folder of the app, or one in it (default: the current folder)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio clean", "Forget what earlier runs have found out"},
	{"attio clean my-app", "The same for another app"},
	{.command = NULL},
};

const struct command cmd_clean = {
	.name = "clean",
	.group = "Make an app",
	.summary = "Remove what earlier runs have kept",
	.description =
		"Removes the cache of the app (in node_modules/.cache/attio, else in your cache "
		"folder) and yours: parsed files, the compiler's state, sizes of the last build, "
		"compiled code of our own. All of it is made again when it is needed, and none of "
		"it "
		"has to be removed: it is for those who want to be sure. Bundles in dist, types "
		"and "
		"the data of the local platform stay; the latter goes with `attio state reset`.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 8 70",
	.options_size = sizeof(struct clean_options),
	.needs = NEED_FOLDER,
	.run = clean_run,
};
