/* What a folder means to the modules in it: its own package, and those and the tsconfig.json of the
 * folders above. Looked up once for each folder. */
#ifndef ATTIO_APP_FOLDERS_H
#define ATTIO_APP_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "app/package.h"
#include "app/tree.h"
#include "base/map.h"

struct app;
struct tsconfig;

struct folder {
	const char *path;                    /* absolute */
	const struct folder *parent;         /* NULL: "/" */
	const struct package *package;       /* of this folder; NULL: none */
	const struct package *nearest;       /* of this folder or one above */
	const struct package *browser;       /* the nearest with a `browser` map */
	const struct folder *browser_folder; /* where that is */
	const struct tsconfig *tsconfig;     /* NULL: none, or in node_modules */
	const struct folder *scope; /* the nearest that has anything of its own: all folders of one
				     * scope find packages in one way */
	bool has_modules;           /* a node_modules folder */
	bool inside_modules;        /* it is in one, or is one */
};

struct folders {
	struct app *app;
	const struct tree *tree;
	struct map by_path; /* a folder that is not there has `path` NULL */
	struct package **packages;
	size_t package_count;
};

/* NULL: there is no such folder. */
const struct folder *folder_find(struct folders *folders, const char *path);
void folders_dispose(struct folders *folders);

/* What is at an absolute path. */
enum fs_type folders_type(const struct folders *folders, const char *path);

#endif
