/* attio version list: the versions of an app, newest first. Only package.json is read of the app:
 * the list must come also when its code is broken. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "app/manifest.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/net/target.h"
#include "cli/net/version_list.h"
#include "cli/project.h"
#include "diag/text.h"
#include "local/store.h"
#include "platform/versions.h"
#include "sys/fs.h"
#include "sys/path.h"

struct listing {
	struct cli *cli;
	const char *slug;
	const char *target; /* "attio" or "local" */
	struct platform_version *versions;
	size_t count;
};

static int newest_first(const void *a, const void *b)
{
	const struct platform_version *left = a;
	const struct platform_version *right = b;

	if (left->major != right->major)
		return left->major < right->major ? 1 : -1;
	if (left->minor != right->minor)
		return left->minor < right->minor ? 1 : -1;
	return 0;
}

static void print_table(const struct listing *listing)
{
	static const char *const header[] = {"VERSION", "CREATED", "STATUS", "INSTALLS", NULL};
	struct arena *arena = listing->cli->arena;
	struct columns table = {.header = header, .last_right = true};

	for (size_t i = 0; i < listing->count; i++) {
		const struct platform_version *version = &listing->versions[i];
		struct columns_row *row = columns_add(listing->cli, &table);

		row->cells[0] = arena_printf(arena, "%lld.%lld", version->major, version->minor);
		row->cells[1] = version->created_at;
		row->cells[2] = version->status;
		row->cells[3] = arena_printf(arena, "%lld", version->installs);
	}
	columns_print(listing->cli, &table);
}

static void print_json(const struct listing *listing)
{
	struct cJSON *document = cli_json(listing->cli, EXIT_OK);
	struct cJSON *items;

	cJSON_AddStringToObject(document, "app", listing->slug);
	cJSON_AddStringToObject(document, "target", listing->target);
	items = cJSON_AddArrayToObject(document, "items");
	for (size_t i = 0; i < listing->count; i++) {
		const struct platform_version *version = &listing->versions[i];
		struct cJSON *item = cJSON_CreateObject();

		cJSON_AddNumberToObject(item, "major", (double)version->major);
		cJSON_AddNumberToObject(item, "minor", (double)version->minor);
		cJSON_AddStringToObject(item, "created_at", version->created_at);
		cJSON_AddStringToObject(item, "status", version->status);
		cJSON_AddBoolToObject(item, "published", version->published);
		cJSON_AddNumberToObject(item, "installs", (double)version->installs);
		cJSON_AddItemToArray(items, item);
	}
	cli_print_json(listing->cli, document);
}

static int print(struct listing *listing)
{
	if (listing->count > 0)
		qsort(listing->versions, listing->count, sizeof(*listing->versions), newest_first);
	if (listing->cli->json)
		print_json(listing);
	else if (listing->count > 0)
		print_table(listing);
	if (listing->count == 0)
		cli_say(listing->cli, "`%s` has no versions yet", listing->slug);
	return EXIT_OK;
}

static int ask(struct listing *listing, struct target *target)
{
	struct platform *platform = &target->platform;
	struct platform_app app;
	struct error error = {0};

	if (platform_app_by_slug(platform, listing->slug, &app, &error) != 0 ||
	    platform_versions(platform, app.id, &listing->versions, &listing->count, &error) != 0) {
		target_explain(target, &error);
		return cli_fail(listing->cli, &error);
	}
	return print(listing);
}

/* The folder of the app, absolute and real, and the slug. */
static int find_app(struct cli *cli, const struct version_list_options *options, const char **root,
		    const char **slug, struct error *error)
{
	struct manifest manifest = {0};
	struct diags problems = {.arena = cli->arena};
	struct texts texts;

	*root = project_root(cli, options->path, error);
	if (*root == NULL)
		return -1;
	if (options->app == NULL) {
		texts_init(&texts, cli->arena, *root);
		manifest_read(&manifest, &texts, &problems);
		texts_dispose(&texts);
	}
	*slug = target_slug(options->app, &manifest, error);
	return *slug != NULL ? 0 : -1;
}

int version_list_run(struct cli *cli, const void *opaque)
{
	const struct version_list_options *options = opaque;
	struct listing listing = {.cli = cli, .target = options->local ? "local" : "attio"};
	struct target target = {0};
	struct error error = {0};
	const char *root = NULL;
	int code;

	if (find_app(cli, options, &root, &listing.slug, &error) != 0)
		return cli_fail(cli, &error);
	if (options->local && fs_type(local_store_path(cli->arena, root)) == FS_NONE)
		return print(&listing);
	if (options->local)
		code = target_ask_local(&target, cli, root, options->timeout, &error);
	else
		code = target_open_attio(&target, cli, options->timeout, options->cacert, &error);
	code = code == 0 ? ask(&listing, &target) : cli_fail(cli, &error);
	target_close(&target);
	return code;
}
