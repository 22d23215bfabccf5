#include "cli/net/versions.h"

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "local/store.h"
#include "sys/fs.h"

#define DIGITS "0123456789"

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

int versions_find(struct versions *versions, struct cli *cli,
		  const struct versions_options *options, struct error *error)
{
	struct addresses addresses;

	*versions = (struct versions){0};
	versions->root = project_root(cli, options->path, error);
	if (versions->root == NULL)
		return -1;
	versions->target_id = "local";
	if (!options->local) {
		if (account_addresses(cli, &addresses, error) != 0)
			return -1;
		versions->target_id = addresses.api.url;
	}
	versions->slug = target_slug_at(cli, options->app, versions->root, error);
	return versions->slug != NULL ? 0 : -1;
}

int versions_ask(struct versions *versions, struct cli *cli, const struct versions_options *options,
		 struct error *error)
{
	struct target *target = &versions->target;
	struct platform_app app;
	int code;

	if (options->local && fs_type(local_store_path(cli->arena, versions->root)) == FS_NONE)
		return 0;
	if (options->local)
		code = target_ask_local(target, cli, versions->root, options->timeout, error);
	else
		code = target_open_attio(target, cli, options->timeout, options->cacert, error);
	if (code != 0)
		return -1;
	if (platform_app_by_slug(&target->platform, versions->slug, &app, error) != 0 ||
	    platform_versions(&target->platform, app.id, &versions->items, &versions->count,
			      error) != 0) {
		target_explain(target, error);
		return -1;
	}
	if (versions->count > 0)
		qsort(versions->items, versions->count, sizeof(*versions->items), newest_first);
	return 0;
}

void versions_close(struct versions *versions)
{
	target_close(&versions->target);
}

int versions_number(const char *text, long long *major, long long *minor, struct error *error)
{
	size_t first = strspn(text, DIGITS);
	size_t second = text[first] == '.' ? strspn(text + first + 1, DIGITS) : 0;

	if (first > 0 && first < 10 && second > 0 && second < 10 &&
	    text[first + 1 + second] == '\0') {
		*major = strtoll(text, NULL, 10);
		*minor = strtoll(text + first + 1, NULL, 10);
		return 0;
	}
	error_set(error, ERROR_USAGE, "`%s` is no number of a version", text);
	return error_fix(error, "give one that `attio version list` shows, like `2.3`");
}

void versions_add_json(struct cJSON *object, const struct platform_version *version)
{
	cJSON_AddNumberToObject(object, "major", (double)version->major);
	cJSON_AddNumberToObject(object, "minor", (double)version->minor);
	cJSON_AddStringToObject(object, "created_at", version->created_at);
	cJSON_AddStringToObject(object, "status", version->status);
	cJSON_AddBoolToObject(object, "published", version->published);
	cJSON_AddNumberToObject(object, "installs", (double)version->installs);
}
