/* attio version diff: what users of the app notice between two versions that were deployed from
 * here. Asks nobody: both are kept. */
#include "cli/net/version_diff.h"
#include "cli/net/version_compare.h"

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
#include "json/json.h"

struct comparing {
	const char *slug, *target;
	struct keep keep;
	struct deployed *kept;
	size_t count;
};

/* The numbers of the app's kept versions that were deployed to the platform of the id. */
static void put_kept(const struct comparing *comparing, const char *target_id, struct buf *names)
{
	for (size_t i = 0; i < comparing->count; i++)
		if (str_is(comparing->kept[i].slug, comparing->slug) &&
		    str_is(comparing->kept[i].target, target_id))
			buf_printf(names, "%s%lld.%lld", names->len > 0 ? ", " : "",
				   comparing->kept[i].major, comparing->kept[i].minor);
}

static int not_kept(const struct comparing *comparing, const char *number, struct error *error)
{
	struct buf names = {0};

	error_set(error, ERROR_NOT_FOUND, "no artifact of version %s of `%s` is kept here", number,
		  comparing->slug);
	put_kept(comparing, comparing->target, &names);
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
		if (str_is(comparing->kept[i].slug, comparing->slug) &&
		    str_is(comparing->kept[i].target, comparing->target))
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
		found = keep_version(comparing->kept, comparing->count, comparing->target,
				     comparing->slug, major, minor);
	}
	if (found == NULL ||
	    keep_inventory(&comparing->keep, found->artifact, inventory, &ignored) != 0) {
		not_kept(comparing, number != NULL ? number : "any", error);
		return NULL;
	}
	return found;
}

/* The two, with what is in them. */
struct compared {
	const struct deployed *from, *to;
	struct inventory before, after;
	struct changes changes;
};

/* `to` NULL: the last one. */
static int compare(struct comparing *comparing, struct arena *arena, const char *root,
		   const char *from, const char *to, struct compared *both, struct error *error)
{
	keep_look(&comparing->keep, arena, root);
	keep_versions(&comparing->keep, &comparing->kept, &comparing->count);
	both->from = find(comparing, from, &both->before, error);
	both->to = both->from != NULL ? find(comparing, to, &both->after, error) : NULL;
	if (both->to == NULL)
		return -1;
	changes_between(&both->changes, arena, &both->before, &both->after);
	return 0;
}

static void add_json(struct cJSON *document, const struct compared *compared)
{
	const struct deployed *both[] = {compared->from, compared->to};
	static const char *const names[] = {"from", "to"};

	for (size_t i = 0; i < 2; i++) {
		struct cJSON *object = cJSON_AddObjectToObject(document, names[i]);

		cJSON_AddNumberToObject(object, "major", (double)both[i]->major);
		cJSON_AddNumberToObject(object, "minor", (double)both[i]->minor);
		cJSON_AddStringToObject(object, "artifact", both[i]->artifact);
		if (both[i]->commit != NULL)
			cJSON_AddStringToObject(object, "commit", both[i]->commit);
	}
	changes_add_json(document, &compared->changes);
}

static void print_text(struct cli *cli, const char *slug, const struct compared *both)
{
	struct buf text = {0};
	struct buf shown = {0};

	buf_printf(&text, "%s %lld.%lld -> %lld.%lld\n", slug, both->from->major, both->from->minor,
		   both->to->major, both->to->minor);
	changes_put(&text, &both->changes);
	term_escape_lines(&shown, buf_cstr(&text));
	fputs(buf_cstr(&shown), cli->out);
	buf_dispose(&text);
	buf_dispose(&shown);
}

int version_diff_put(struct arena *arena, const char *root, const char *slug, const char *from,
		     const char *to, struct buf *out, struct error *error)
{
	struct comparing comparing = {.slug = slug, .target = "local"};
	struct compared both;
	cJSON *document;

	if (compare(&comparing, arena, root, from, to, &both, error) != 0)
		return -1;
	document = cJSON_CreateObject();
	add_json(document, &both);
	json_print(out, document, false);
	cJSON_Delete(document);
	return 0;
}

int version_diff_run(struct cli *cli, const void *opaque)
{
	const struct version_diff_options *options = opaque;
	struct versions versions;
	struct comparing comparing;
	struct compared both;
	struct error error = {0};
	struct cJSON *document;

	if (versions_find(&versions, cli, &options->asked, &error) != 0)
		return cli_fail(cli, &error);
	comparing = (struct comparing){.slug = versions.slug, .target = versions.target_id};
	if (compare(&comparing, cli->arena, versions.root, options->from, options->to, &both,
		    &error) != 0)
		return cli_fail(cli, &error);
	if (cli->json) {
		document = cli_json(cli, EXIT_OK);
		cJSON_AddStringToObject(document, "app", versions.slug);
		add_json(document, &both);
		cli_print_json(cli, document);
	} else {
		print_text(cli, versions.slug, &both);
	}
	return EXIT_OK;
}
