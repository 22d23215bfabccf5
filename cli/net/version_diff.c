/* attio version diff: what users of the app notice between two versions that were deployed from
 * here. Asks nobody: both are kept. */
#include "cli/net/version_diff.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/term.h"
#include "platform/comparison.h"
#include "platform/inventory.h"
#include "platform/keep.h"

struct comparing {
	struct cli *cli;
	struct versions versions;
	struct keep keep;
	struct deployed *kept;
	size_t count;
};

/* The numbers of the app's kept versions that were deployed to the platform of the id. */
static void put_kept(const struct comparing *comparing, const char *target_id, struct buf *names)
{
	for (size_t i = 0; i < comparing->count; i++)
		if (str_is(comparing->kept[i].slug, comparing->versions.slug) &&
		    str_is(comparing->kept[i].target, target_id))
			buf_printf(names, "%s%lld.%lld", names->len > 0 ? ", " : "",
				   comparing->kept[i].major, comparing->kept[i].minor);
}

static int not_kept(const struct comparing *comparing, const char *number, struct error *error)
{
	struct buf names = {0};

	error_set(error, ERROR_NOT_FOUND, "no artifact of version %s of `%s` is kept here", number,
		  comparing->versions.slug);
	put_kept(comparing, comparing->versions.target_id, &names);
	if (names.len > 0) {
		error_fix(error, "those that are: %s", buf_cstr(&names));
		buf_dispose(&names);
		return -1;
	}
	put_kept(comparing, "local", &names);
	if (names.len > 0)
		error_fix(error,
			  "of the local platform there are: %s; add `--local` to compare those",
			  buf_cstr(&names));
	else
		error_fix(error, "the artifacts of versions are kept where they are deployed from");
	buf_dispose(&names);
	return -1;
}

static const struct deployed *last_kept(const struct comparing *comparing)
{
	for (size_t i = comparing->count; i-- > 0;)
		if (str_is(comparing->kept[i].slug, comparing->versions.slug) &&
		    str_is(comparing->kept[i].target, comparing->versions.target_id))
			return &comparing->kept[i];
	return NULL;
}

/* `number` NULL: the last one. */
static const struct deployed *find(const struct comparing *comparing, const char *number,
				   struct inventory *inventory, struct error *error)
{
	const struct deployed *found;
	struct error ignored = {0};
	long long major = 0;
	long long minor = 0;

	if (number == NULL) {
		found = last_kept(comparing);
	} else {
		if (versions_number(number, &major, &minor, error) != 0)
			return NULL;
		found = keep_version(comparing->kept, comparing->count,
				     comparing->versions.target_id, comparing->versions.slug, major,
				     minor);
	}
	if (found == NULL ||
	    keep_inventory(&comparing->keep, found->artifact, inventory, &ignored) != 0) {
		not_kept(comparing, number != NULL ? number : "any", error);
		return NULL;
	}
	return found;
}

static void print_json(struct comparing *comparing, const struct deployed *from,
		       const struct deployed *to, const struct changes *changes)
{
	struct cJSON *document = cli_json(comparing->cli, EXIT_OK);
	const struct deployed *both[] = {from, to};
	static const char *const names[] = {"from", "to"};

	cJSON_AddStringToObject(document, "app", comparing->versions.slug);
	for (size_t i = 0; i < 2; i++) {
		struct cJSON *object = cJSON_AddObjectToObject(document, names[i]);

		cJSON_AddNumberToObject(object, "major", (double)both[i]->major);
		cJSON_AddNumberToObject(object, "minor", (double)both[i]->minor);
		cJSON_AddStringToObject(object, "artifact", both[i]->artifact);
		if (both[i]->commit != NULL)
			cJSON_AddStringToObject(object, "commit", both[i]->commit);
	}
	changes_add_json(document, changes);
	cli_print_json(comparing->cli, document);
}

static void print_text(struct comparing *comparing, const struct deployed *from,
		       const struct deployed *to, const struct changes *changes)
{
	struct buf text = {0};
	struct buf shown = {0};

	buf_printf(&text, "%s %lld.%lld -> %lld.%lld\n", comparing->versions.slug, from->major,
		   from->minor, to->major, to->minor);
	changes_put(&text, changes);
	term_escape_lines(&shown, buf_cstr(&text));
	fputs(buf_cstr(&shown), comparing->cli->out);
	buf_dispose(&text);
	buf_dispose(&shown);
}

int version_diff_run(struct cli *cli, const void *opaque)
{
	const struct version_diff_options *options = opaque;
	struct comparing comparing = {.cli = cli};
	struct inventory before;
	struct inventory after;
	const struct deployed *from;
	const struct deployed *to;
	struct changes changes;
	struct error error = {0};

	if (versions_find(&comparing.versions, cli, &options->asked, &error) != 0)
		return cli_fail(cli, &error);
	keep_look(&comparing.keep, cli->arena, comparing.versions.root);
	keep_versions(&comparing.keep, &comparing.kept, &comparing.count);
	from = find(&comparing, options->from, &before, &error);
	to = from != NULL ? find(&comparing, options->to, &after, &error) : NULL;
	if (to == NULL)
		return cli_fail(cli, &error);
	changes_between(&changes, cli->arena, &before, &after);
	if (cli->json)
		print_json(&comparing, from, to, &changes);
	else
		print_text(&comparing, from, to, &changes);
	return EXIT_OK;
}
