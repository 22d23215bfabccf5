/* See dev_dist.h. */
#include "cli/net/dev_dist.h"

#include <string.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/fs.h"
#include "sys/path.h"

enum { BUNDLE_LIMIT = 256 << 20 };

/* A file that is not there is NULL, and no error. */
static int read_text(struct arena *arena, const char *path, const char **text, struct error *error)
{
	char *bytes;
	size_t len;

	*text = NULL;
	if (fs_type(path) == FS_NONE)
		return 0;
	if (fs_read(arena, path, BUNDLE_LIMIT, &bytes, &len, error) != 0)
		return -1;
	*text = bytes;
	return 0;
}

static int read_bundle(struct arena *arena, const char *path, const char **text, const char **map,
		       struct error *error)
{
	if (read_text(arena, path, text, error) != 0)
		return -1;
	return read_text(arena, arena_printf(arena, "%s.map", path), map, error);
}

static int read_blocks(struct arena *arena, const char *folder, struct platform_bundles *out,
		       struct error *error)
{
	struct platform_block *blocks = NULL;
	struct fs_entry *entries;
	size_t count, len;

	if (fs_type(folder) != FS_DIR)
		return 0;
	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!str_ends(entries[i].name, ".js"))
			continue;
		struct platform_block *block =
			arena_push(arena, &blocks, &out->block_count, sizeof(*block));
		len = strlen(entries[i].name) - strlen(".js");
		block->id = arena_strndup(arena, entries[i].name, len);
		if (read_bundle(arena, path_join(arena, folder, entries[i].name), &block->text,
				&block->map, error) != 0)
			return -1;
	}
	out->blocks = blocks;
	return 0;
}

static void read_variables(struct arena *arena, const char *root, struct platform_bundles *out)
{
	struct platform_setting *settings;
	struct texts texts;
	size_t count;

	texts_init(&texts, arena, root);
	const struct env_variable *list = env_variables_read(&texts, arena, &count);
	settings = arena_alloc(arena, (count + 1) * sizeof(*settings));
	for (size_t i = 0; i < count; i++)
		settings[i] = (struct platform_setting){list[i].name, list[i].value};
	out->env = settings;
	out->env_count = count;
	texts_dispose(&texts);
}

int dev_dist_read(struct arena *arena, const char *folder, const char *root,
		  struct platform_bundles *out, struct error *error)
{
	*out = (struct platform_bundles){0};
	if (read_bundle(arena, path_join(arena, folder, "index.js"), &out->client, &out->client_map,
			error) != 0 ||
	    read_bundle(arena, path_join(arena, folder, "server.js"), &out->server,
			&out->server_map, error) != 0 ||
	    read_blocks(arena, path_join(arena, folder, "workflow"), out, error) != 0)
		return -1;
	if (out->client == NULL && out->server == NULL) {
		error_set(error, ERROR_USAGE, "there are no bundles in `%s`", folder);
		error_why(error, "`attio build` writes index.js and server.js");
		return -1;
	}
	read_variables(arena, root, out);
	return 0;
}
