/* The order is that of ESLint, Babel and others for node_modules/.cache, and of the XDG base
 * directory specification (a relative $XDG_CACHE_HOME does not count) for the user's folder. */
#include "sys/cache.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

#define CACHE ".cache/attio" /* in node_modules */

static char *user_folder(struct arena *arena, const struct cache_place *place)
{
	if (place->xdg != NULL && place->xdg[0] == '/')
		return path_join(arena, place->xdg, "attio");
	if (place->home == NULL || place->home[0] != '/')
		return NULL;
#ifdef __APPLE__
	return path_join(arena, place->home, "Library/Caches/attio");
#else
	return path_join(arena, place->home, ".cache/attio");
#endif
}

char *cache_folder(struct arena *arena, const char *root, const struct cache_place *place)
{
	const char *modules = path_join(arena, root, "node_modules");
	struct error outside; /* behind links: others may be using it */

	if (place->named != NULL)
		return path_join(arena, root, place->named);
	if (fs_type(modules) == FS_DIR &&
	    bounds_may_write(root, path_join(arena, modules, CACHE), &outside) == 0)
		return path_join(arena, modules, CACHE);
	return user_folder(arena, place);
}

char *cache_user_folder(struct arena *arena, const struct cache_place *place)
{
	if (place->named != NULL && place->named[0] == '/')
		return arena_strdup(arena, place->named);
	return user_folder(arena, place);
}

char *cache_file_of(struct arena *arena, const char *folder, const char *prefix, const char *of)
{
	return path_join(arena, folder,
			 arena_printf(arena, "%s%016llx", prefix,
				      (unsigned long long)hash_bytes(0, of, strlen(of))));
}

/* Of folders in a cache; ours have none deeper. */
enum { DEPTH = 8 };

/* A folder that ATTIO_CACHE_DIR names may hold other things, so only names that are ours are taken:
 * files that begin so, and two folders. */
static bool is_ours(const char *name)
{
	static const char *const files[] = {"minified-", "node-", "syntax-", "types-"};

	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		if (str_starts(name, files[i]))
			return true;
	return strcmp(name, "host") == 0 || strcmp(name, "sizes") == 0;
}

int cache_clear(struct arena *arena, const char *folder, size_t *removed, struct error *error)
{
	struct fs_entry *entries;
	size_t count;

	if (fs_type(folder) != FS_DIR)
		return 0;
	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!is_ours(entries[i].name))
			continue;
		if (fs_remove_tree(path_join(arena, folder, entries[i].name), error) != 0)
			return -1;
		++*removed;
	}
	return 0;
}

static unsigned long long size_of(struct arena *arena, const char *path, unsigned depth)
{
	struct fs_entry *entries;
	unsigned long long bytes = 0;
	struct error ignored;
	struct stat info;
	size_t count;

	if (lstat(path, &info) != 0)
		return 0;
	if (!S_ISDIR(info.st_mode))
		return (unsigned long long)info.st_size;
	if (depth == 0 || fs_list(arena, path, &entries, &count, &ignored) != 0)
		return 0;
	for (size_t i = 0; i < count; i++)
		bytes += size_of(arena, path_join(arena, path, entries[i].name), depth - 1);
	return bytes;
}

unsigned long long cache_size(struct arena *arena, const char *folder)
{
	unsigned long long bytes = 0;
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (fs_type(folder) != FS_DIR || fs_list(arena, folder, &entries, &count, &ignored) != 0)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (is_ours(entries[i].name))
			bytes += size_of(arena, path_join(arena, folder, entries[i].name), DEPTH);
	return bytes;
}
