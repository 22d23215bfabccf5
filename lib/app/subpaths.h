/* `exports` and `imports` of a package.json: from a subpath to a path in the package, as Node
 * specifies it (Modules: Packages) and esbuild does it. */
#ifndef ATTIO_APP_SUBPATHS_H
#define ATTIO_APP_SUBPATHS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "app/patterns.h"

struct arena;

/* The value of `exports` or `imports`. */
struct subpaths {
	const cJSON *value;
	struct patterns keys; /* of an object */
	bool mixed;           /* has both subpaths and conditions as its keys */
};

enum subpath_kind {
	SUBPATH_NONE,    /* it leads nowhere, or must not */
	SUBPATH_EXACT,   /* `path` is the file */
	SUBPATH_INEXACT, /* of a key that ends with `/`: endings and index files count */
	SUBPATH_PACKAGE  /* of `imports`: `path` is another specifier */
};

struct subpath {
	enum subpath_kind kind;
	const char *path; /* from the package's folder, begins with "/"; or a specifier */
};

/* Which conditions hold besides "default" and "browser". */
enum subpath_use {
	USE_IMPORT,  /* "import", "module" */
	USE_REQUIRE, /* "require", "module" */
	USE_CONFIG   /* "require": a tsconfig.json that is extended */
};

/* In the arena; `value` is borrowed. NULL: there is nothing, or null. */
struct subpaths *subpaths_read(struct arena *arena, const cJSON *value);

/* `subpath` is "." or begins with "./". */
struct subpath subpath_export(struct arena *arena, const struct subpaths *exports,
			      const char *subpath, enum subpath_use use);
/* `specifier` begins with `#`. */
struct subpath subpath_import(struct arena *arena, const struct subpaths *imports,
			      const char *specifier, enum subpath_use use);
/* The name of the package that a specifier begins with, and in *subpath the rest as above; NULL
 * when it is none. */
const char *subpath_package(struct arena *arena, const char *specifier, const char **subpath);

#endif
