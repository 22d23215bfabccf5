/* Where an app is, and where apps are. */
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"

static bool looks_like_app(struct arena *arena, const char *folder)
{
	return fs_type(path_join(arena, folder, FOLDER_APP)) == FS_DIR ||
	       fs_type(path_join(arena, folder, FILE_ENTRY)) == FS_FILE ||
	       fs_type(path_join(arena, folder, FILE_ENTRY_TSX)) == FS_FILE;
}

const char *app_find(struct arena *arena, const char *folder)
{
	for (const char *at = folder, *above;; at = above) {
		if (looks_like_app(arena, at))
			return at;
		above = path_dir(arena, at);
		if (strcmp(above, at) == 0)
			return NULL;
	}
}

/* Who stands at the top of a repository means the apps in it; who stands in the home folder shall
 * not wait until all of it was read. */
enum { LEVELS = 4, FOLDERS = 2000, NAMED = 6 };

struct search {
	struct arena *arena;
	const char **folders; /* relative to the start, in the order of their levels */
	size_t count;
};

static void list_folders(struct search *search, const char *start, const char *folder)
{
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (fs_list(search->arena, path_join(search->arena, start, folder), &entries, &count,
		    &ignored) != 0)
		return;
	for (size_t i = 0; i < count && search->count < FOLDERS; i++) {
		const char *name = entries[i].name, **slot;

		if (entries[i].type != FS_DIR || entries[i].link || name[0] == '.' ||
		    strcmp(name, "node_modules") == 0)
			continue;
		slot = arena_push(search->arena, &search->folders, &search->count, sizeof(*slot));
		*slot = folder[0] == '\0' ? name
					  : arena_printf(search->arena, "%s/%s", folder, name);
	}
}

static size_t level_of(const char *path)
{
	size_t level = 1;

	for (; *path != '\0'; path++)
		level += *path == '/';
	return level;
}

const char *app_names_below(struct arena *arena, const char *folder)
{
	struct search search = {.arena = arena};
	const char *names = NULL;
	size_t found = 0;

	list_folders(&search, folder, "");
	for (size_t i = 0; i < search.count && found <= NAMED; i++) {
		const char *path = search.folders[i];

		if (!looks_like_app(arena, path_join(arena, folder, path))) {
			if (level_of(path) < LEVELS)
				list_folders(&search, folder, path);
			continue;
		}
		if (++found > NAMED)
			return arena_printf(arena, "%s, ...", names);
		names = names == NULL ? arena_printf(arena, "`%s`", path)
				      : arena_printf(arena, "%s, `%s`", names, path);
	}
	return names;
}
