#include "platform/push.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "platform/api.h"
#include "platform/dev_versions.h"
#include "platform/upload.h"

static struct platform_upload part(const char *name, const char *url, const char *text)
{
	return (struct platform_upload){name, url, text, strlen(text)};
}

/* Blocks first, then client and server, as the official CLI starts them. */
static int upload(struct attio_api *platform, const struct push *push,
		  const struct platform_dev_bundle *bundle, struct error *error)
{
	size_t count = push->block_count;
	struct platform_upload *uploads =
		arena_alloc(platform->arena, (count + 2) * sizeof(*uploads));

	for (size_t i = 0; i < count; i++)
		uploads[i] =
			part(arena_printf(platform->arena, "workflow/%s.js", push->blocks[i].id),
			     bundle->block_urls[i], push->blocks[i].text);
	uploads[count] = part("index.js", bundle->client_url, push->client);
	uploads[count + 1] = part("server.js", bundle->server_url, push->server);
	return platform_upload(platform, uploads, count + 2, error);
}

int platform_push(struct attio_api *platform, const char *app_id, const char *version_id,
		  const struct push *push, struct error *error)
{
	const char **ids = arena_alloc(platform->arena, (push->block_count + 1) * sizeof(*ids));
	struct platform_dev_bundle bundle;

	for (size_t i = 0; i < push->block_count; i++)
		ids[i] = push->blocks[i].id;
	if (platform_dev_bundle_create(platform, app_id, version_id, ids, push->block_count,
				       &bundle, error) != 0 ||
	    upload(platform, push, &bundle, error) != 0)
		return -1;
	return platform_dev_bundle_complete(platform, app_id, version_id, &bundle, error);
}
