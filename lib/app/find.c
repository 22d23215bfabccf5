/* Where an app is. */
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
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
