/* Where a command may read and write that works on somebody's folder. The folder comes from a clone
 * or a download, and so do its links: one to `/proc/self/environ` or `~/.npmrc` must not be shown
 * in a log, and one to `~/.bashrc` must not be written through.
 *
 * Inside is what really lies in the repository around the app (the nearest folder upwards with
 * `.git`, else a workspace's, else the app's own folder). Besides it, code and data of packages may
 * be read wherever a link in `node_modules` leads (`npm link`, pnpm's store). */
#ifndef ATTIO_SYS_BOUNDS_H
#define ATTIO_SYS_BOUNDS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/map.h"

struct arena;

struct bounds {
	struct arena *arena; /* its own */
	const char *folder;  /* absolute, real: what lies in it is inside */
	bool repository;     /* it is a repository or workspace: what is named outside is refused */
	bool refused;        /* bounds_read has said no */
	struct map real;     /* folder -> the same without links */
	/* Where looking for the bounds met a shortage nobody knows them, and all is refused with
	 * it. */
	struct error shortage;
};

/* The bounds of the app in the folder `root` (absolute, real); `arena` is for looking. */
void bounds_find(struct bounds *bounds, struct arena *arena, const char *root);
void bounds_dispose(struct bounds *bounds);

/* Whether the file or folder at `path` (absolute, normalised; it need not be there) may be read.
 * -1 with ERROR_SYSTEM. Where no repository is to be seen, a path that is written out may lead
 * anywhere but to devices and the like; a link may not. */
int bounds_read(struct bounds *bounds, const char *path, struct error *error);
/* Whether something may be written or removed at `path`: never outside, unless the path itself
 * starts outside, which is the user's own choice. -1 with ERROR_SYSTEM. */
int bounds_write(struct bounds *bounds, const char *path, struct error *error);
/* The same for a single path, with the bounds of the folder `root`; reading, too, may start outside
 * there. */
int bounds_may_read(const char *root, const char *path, struct error *error);
int bounds_may_write(const char *root, const char *path, struct error *error);
/* Whether the bundler or the compiler may take the file at `real`, a path without links, which may
 * be a linked package's. */
bool bounds_takes(const struct bounds *bounds, const char *real);
/* Whether what an engine says about the file at `path` must not be shown: it read something there
 * that bounds_read refuses. */
bool bounds_hides(struct bounds *bounds, const char *path);
/* A regular expression (RE2) that fits every path bounds_takes may say no to. */
const char *bounds_outside(const struct bounds *bounds, struct arena *arena);

#endif
