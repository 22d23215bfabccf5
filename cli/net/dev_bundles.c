/* See dev_bundles.h. */
#include "cli/net/dev_bundles.h"

#include <stddef.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "local/run/platform.h"
#include "sys/fs.h"
#include "sys/path.h"

#define BUNDLE_LIMIT ((size_t)64 << 20) /* bytes */

void dev_put_webhooks(struct platform_bundles *out, const struct app *app, struct arena *arena)
{
	const char **names = NULL;

	out->webhook_count = 0;
	for (size_t i = 0; i < app->definition_count; i++)
		if (app->definitions[i]->kind == DEF_WEBHOOK && app->definitions[i]->id != NULL)
			*(const char **)arena_push(arena, &names, &out->webhook_count,
						   sizeof(*names)) =
				arena_strdup(arena, app->definitions[i]->id);
	out->webhooks = names;
}

static int read_bundle(const char **text, const char *folder, const char *name, struct arena *arena,
		       struct error *error)
{
	char *bytes;
	size_t len;

	if (fs_read(arena, path_join(arena, folder, name), BUNDLE_LIMIT, &bytes, &len, error) != 0)
		return -1;
	*text = bytes;
	return 0;
}

int dev_put_folder(struct platform_bundles *out, const char *folder, struct arena *arena,
		   struct error *error)
{
	struct platform_block *blocks =
		arena_alloc(arena, (out->block_count + 1) * sizeof(*blocks));

	if (read_bundle(&out->client, folder, "index.js", arena, error) != 0 ||
	    read_bundle(&out->server, folder, "server.js", arena, error) != 0)
		return -1;
	out->client_map = out->server_map = NULL;
	for (size_t i = 0; i < out->block_count; i++) {
		const char *name = arena_printf(arena, "workflow/%s.js", out->blocks[i].id);

		blocks[i].id = out->blocks[i].id;
		if (read_bundle(&blocks[i].text, folder, name, arena, error) != 0)
			return -1;
	}
	out->blocks = blocks;
	return 0;
}
