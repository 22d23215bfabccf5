/* A package.json as far as finding modules goes: the app's own, those of folders in it, and those
 * of packages. */
#ifndef ATTIO_APP_PACKAGE_H
#define ATTIO_APP_PACKAGE_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "app/subpaths.h"

struct arena;
struct files;

struct package {
	const char *folder; /* absolute */
	cJSON *document;    /* an object */
	const char *name;   /* or NULL; as all that follows */
	const struct subpaths *exports, *imports;
	const struct patterns *browser; /* the map; the string is a main field */
};

/* The document at `path`, for cJSON_Delete; NULL when there is none, or none that is an object. */
cJSON *package_read(const struct files *files, const char *path);
/* The package in `folder` (absolute), in the arena; NULL: there is none. Free with package_dispose.
 */
struct package *package_open(struct arena *arena, const struct files *files, const char *folder);
void package_dispose(struct package *package);
/* One of its fields that is a text with something in it; else NULL. */
const char *package_field(const struct package *package, const char *name);

/* What the `browser` map puts in the place of a module, which is called by its path from the
 * package's folder ("./x.js") or by a package's name. 0: nothing; 1: *path, NULL where the module
 * is left empty. */
int package_remap(const struct package *package, struct arena *arena, const char *module,
		  bool endings, const char **path);

#endif
