/* The sequence of a deploy. Only `complete` makes a version visible, so whatever fails before it
 * leaves the app as it was; the official CLI completes even when the storage refused a bundle. */
#include "platform/publish.h"

#include "base/arena.h"
#include "base/error.h"
#include "bundle/bundle.h"
#include "platform/api.h"
#include "platform/upload.h"
#include "platform/versions.h"

static void tell(const struct publish_progress *progress, const char *text)
{
	if (progress->step != NULL)
		progress->step(progress->context, text);
}

static int next_major(struct platform *platform, const char *app_id, long long *major,
		      struct error *error)
{
	struct platform_version *versions;
	size_t count;

	if (platform_versions(platform, app_id, &versions, &count, error) != 0)
		return -1;
	*major = 1;
	for (size_t i = 0; i < count; i++)
		if (versions[i].major > *major)
			*major = versions[i].major;
	return 0;
}

static size_t collect_blocks(struct arena *arena, const struct bundles *bundles,
			     const char ***block_ids)
{
	size_t count = 0;

	*block_ids = arena_alloc(arena, (bundles->count + 1) * sizeof(**block_ids));
	for (size_t i = 0; i < bundles->count; i++)
		if (bundles->items[i].block != NULL)
			(*block_ids)[count++] = bundles->items[i].block;
	return count;
}

/* Blocks first, then client and server, as the official CLI starts them. */
static int upload_bundles(struct platform *platform, const struct bundles *bundles,
			  const struct platform_draft *draft, struct error *error)
{
	struct platform_upload *uploads =
		arena_alloc(platform->arena, bundles->count * sizeof(*uploads));
	size_t count = 0;
	size_t block = 0;

	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];

		if (bundle->block != NULL)
			uploads[count++] =
				(struct platform_upload){bundle->path, draft->block_urls[block++],
							 bundle->bytes, bundle->len};
	}
	for (size_t i = 0; i < 2; i++) {
		const struct bundle *bundle = &bundles->items[i];

		uploads[count++] = (struct platform_upload){
			bundle->path, i == 0 ? draft->client_url : draft->server_url, bundle->bytes,
			bundle->len};
	}
	return platform_upload(platform, uploads, count, error);
}

static int complete(struct platform *platform, const struct platform_draft *draft,
		    struct error *error)
{
	if (platform_version_complete(platform, draft, error) == 0)
		return 0;
	if (error->kind == ERROR_NETWORK)
		error_fix(error,
			  "see with `attio version list` whether %lld.%lld is there before "
			  "you deploy again",
			  draft->major, draft->minor);
	return -1;
}

int publish_version(struct platform *platform, const char *slug, const struct bundles *bundles,
		    const struct publish_progress *progress, struct published *published,
		    struct error *error)
{
	struct platform_app app;
	struct platform_draft draft;
	const char **block_ids;
	size_t block_count;
	long long major;

	if (bundles->count < 2 || bundles->items[0].block != NULL ||
	    bundles->items[1].block != NULL)
		return error_set(error, ERROR_INTERNAL, "the client or server bundle is missing");
	tell(progress, "looking up the app");
	if (platform_app_by_slug(platform, slug, &app, error) != 0)
		return -1;
	tell(progress, "looking up its versions");
	if (next_major(platform, app.id, &major, error) != 0)
		return -1;
	block_count = collect_blocks(platform->arena, bundles, &block_ids);
	tell(progress, "creating the version");
	if (platform_version_create(platform, app.id, major, block_ids, block_count, &draft,
				    error) != 0)
		return -1;
	tell(progress, "uploading the bundles");
	if (upload_bundles(platform, bundles, &draft, error) != 0)
		return -1;
	tell(progress, "completing the version");
	if (complete(platform, &draft, error) != 0)
		return -1;
	published->app_title = app.title;
	published->major = draft.major;
	published->minor = draft.minor;
	return 0;
}
