/* attio version list: the versions of an app, newest first. */
#include "cli/net/version_list.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/net/versions.h"

static void print_table(struct cli *cli, const struct versions *versions)
{
	static const char *const header[] = {"VERSION", "CREATED", "STATUS", "INSTALLS", NULL};
	struct columns table = {.header = header, .last_right = true};

	for (size_t i = 0; i < versions->count; i++) {
		const struct platform_version *version = &versions->items[i];
		struct columns_row *row = columns_add(cli, &table);

		row->cells[0] =
			arena_printf(cli->arena, "%lld.%lld", version->major, version->minor);
		row->cells[1] = version->created_at;
		row->cells[2] = version->status;
		row->cells[3] = arena_printf(cli->arena, "%lld", version->installs);
	}
	columns_print(cli, &table);
}

static void print_json(struct cli *cli, const struct versions *versions, const char *target)
{
	struct cJSON *document = cli_json(cli, EXIT_OK);
	struct cJSON *items;

	cJSON_AddStringToObject(document, "app", versions->slug);
	cJSON_AddStringToObject(document, "target", target);
	items = cJSON_AddArrayToObject(document, "items");
	for (size_t i = 0; i < versions->count; i++) {
		struct cJSON *item = cJSON_CreateObject();

		versions_add_json(item, &versions->items[i]);
		cJSON_AddItemToArray(items, item);
	}
	cli_print_json(cli, document);
}

int version_list_run(struct cli *cli, const void *opaque)
{
	const struct versions_options *options = opaque;
	struct versions versions;
	struct error error = {0};
	int code = EXIT_OK;

	if (versions_find(&versions, cli, options, &error) != 0 ||
	    versions_ask(&versions, cli, options, &error) != 0) {
		code = cli_fail(cli, &error);
	} else {
		if (cli->json)
			print_json(cli, &versions, options->local ? "local" : "attio");
		else if (versions.count > 0)
			print_table(cli, &versions);
		if (versions.count == 0)
			cli_say(cli, "`%s` has no versions yet", versions.slug);
	}
	versions_close(&versions);
	return code;
}
