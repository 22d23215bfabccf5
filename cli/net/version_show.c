/* attio version show: what the platform says of one version, and what is kept here of its deploy.
 */
#include "cli/net/version_show.h"

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/error.h"
#include "bundle/sizes.h"
#include "cli/cli.h"
#include "cli/term.h"
#include "platform/inventory.h"
#include "platform/keep.h"

struct showing {
	struct cli *cli;
	const struct versions *versions;
	const struct platform_version *version;
	const struct deployed *deployed; /* from here, or NULL */
	struct inventory inventory;
	bool kept; /* it is known */
};

static int choose(struct showing *showing, const char *number, struct error *error)
{
	const struct versions *versions = showing->versions;
	long long major = 0;
	long long minor = 0;

	if (number != NULL && versions_number(number, &major, &minor, error) != 0)
		return -1;
	for (size_t i = 0; i < versions->count && showing->version == NULL; i++)
		if (number == NULL ||
		    (versions->items[i].major == major && versions->items[i].minor == minor))
			showing->version = &versions->items[i];
	if (showing->version != NULL)
		return 0;
	if (number == NULL)
		return error_set(error, ERROR_NOT_FOUND, "`%s` has no versions yet",
				 versions->slug);
	error_set(error, ERROR_NOT_FOUND, "`%s` has no version %s", versions->slug, number);
	return error_fix(error, "`attio version list` shows those that there are");
}

static void look_here(struct showing *showing)
{
	const struct versions *versions = showing->versions;
	struct error ignored = {0};
	struct deployed *all;
	struct keep keep;
	size_t count;

	keep_look(&keep, showing->cli->arena, versions->root);
	keep_versions(&keep, &all, &count);
	showing->deployed = keep_version(all, count, versions->target_id, versions->slug,
					 showing->version->major, showing->version->minor);
	if (showing->deployed != NULL)
		showing->kept = keep_inventory(&keep, showing->deployed->artifact,
					       &showing->inventory, &ignored) == 0;
}

static void print_line(const struct showing *showing, const char *label, const char *text)
{
	struct buf line = {0};

	term_escape(&line, text);
	fprintf(showing->cli->out, "%-10s %s\n", label, buf_cstr(&line));
	buf_dispose(&line);
}

static void print_inventory(const struct showing *showing)
{
	for (size_t i = 0; i < showing->inventory.part_count; i++) {
		const struct bundle_part *part = &showing->inventory.parts[i];
		struct buf text = {0};

		buf_printf(&text, "%s, ", part->path);
		sizes_put(&text, part->bytes);
		print_line(showing, "bundle", buf_cstr(&text));
		buf_dispose(&text);
	}
	for (size_t i = 0; i < showing->inventory.count; i++) {
		const struct thing *thing = &showing->inventory.things[i];
		struct buf text = {0};

		buf_printf(&text, "%s %s", thing->kind, thing->id);
		print_line(showing, "has", buf_cstr(&text));
		buf_dispose(&text);
	}
}

static void print_text(const struct showing *showing)
{
	const struct platform_version *version = showing->version;
	const struct deployed *deployed = showing->deployed;
	FILE *out = showing->cli->out;

	fprintf(out, "%-10s %lld.%lld\n", "version", version->major, version->minor);
	print_line(showing, "status", version->status);
	print_line(showing, "published", version->published ? "yes" : "no");
	fprintf(out, "%-10s %lld\n", "installs", version->installs);
	print_line(showing, "created", version->created_at);
	if (deployed == NULL) {
		cli_say(showing->cli, "it was not deployed from here: nothing more is known of it");
		return;
	}
	print_line(showing, "deployed", deployed->at);
	if (deployed->commit != NULL)
		fprintf(out, "%-10s %s%s\n", "commit", deployed->commit,
			deployed->dirty ? ", with changes that it does not have" : "");
	print_line(showing, "artifact", deployed->artifact);
	print_inventory(showing);
}

static void print_json(const struct showing *showing)
{
	struct cJSON *document = cli_json(showing->cli, EXIT_OK);
	const struct deployed *deployed = showing->deployed;
	struct cJSON *object;

	cJSON_AddStringToObject(document, "app", showing->versions->slug);
	versions_add_json(document, showing->version);
	if (deployed == NULL) {
		cJSON_AddNullToObject(document, "deployed");
	} else {
		object = cJSON_AddObjectToObject(document, "deployed");
		cJSON_AddStringToObject(object, "at", deployed->at);
		cJSON_AddStringToObject(object, "artifact", deployed->artifact);
		if (deployed->commit != NULL)
			cJSON_AddStringToObject(object, "commit", deployed->commit);
		cJSON_AddBoolToObject(object, "dirty", deployed->dirty);
	}
	cJSON_AddItemToObject(document, "inventory",
			      showing->kept ? inventory_json(&showing->inventory)
					    : cJSON_CreateNull());
	cli_print_json(showing->cli, document);
}

int version_show_run(struct cli *cli, const void *opaque)
{
	const struct version_show_options *options = opaque;
	struct versions versions;
	struct showing showing = {.cli = cli, .versions = &versions};
	struct error error = {0};
	int code = EXIT_OK;

	if (versions_find(&versions, cli, &options->asked, &error) != 0 ||
	    versions_ask(&versions, cli, &options->asked, &error) != 0 ||
	    choose(&showing, options->version, &error) != 0) {
		code = cli_fail(cli, &error);
	} else {
		look_here(&showing);
		if (cli->json)
			print_json(&showing);
		else
			print_text(&showing);
	}
	versions_close(&versions);
	return code;
}
