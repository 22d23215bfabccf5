/* Where things are kept that can be made again: keyed by content and tool version, so that any file
 * of it may be deleted at any time. */
#ifndef ATTIO_SYS_CACHE_H
#define ATTIO_SYS_CACHE_H

#include <stddef.h>

struct arena;
struct error;

/* What decides; all may be NULL. */
struct cache_place {
	const char *named; /* $ATTIO_CACHE_DIR */
	const char *xdg;   /* $XDG_CACHE_HOME */
	const char *home;  /* $HOME */
};

/* The cache folder of the app in `root` (absolute), which need not exist yet: the named one, else
 * node_modules/.cache/attio of an app that has node_modules, else attio/ in the user's cache
 * folder. NULL: there is no place for a cache. */
char *cache_folder(struct arena *arena, const char *root, const struct cache_place *place);

/* The cache folder for what is of no app, and must not come out of one: the named one when that is
 * an absolute path, else attio/ in the user's. NULL: there is no place. */
char *cache_user_folder(struct arena *arena, const struct cache_place *place);

/* The file whose name begins so ("syntax-") in a cache folder, which may be that of several apps,
 * for one folder of the user's (absolute). */
char *cache_file_of(struct arena *arena, const char *folder, const char *prefix, const char *of);

/* Removes what is kept in such a folder; what is not ours stays, and so do running programs'
 * doings: they write anew. `removed` counts. 0, or -1 with an error. */
int cache_clear(struct arena *arena, const char *folder, size_t *removed, struct error *error);

/* How many bytes are kept in such a folder, of ours alone; 0 where nothing can be read. */
unsigned long long cache_size(struct arena *arena, const char *folder);

#endif
