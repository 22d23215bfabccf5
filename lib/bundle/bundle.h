/* From the app model to the bundles that Attio's platform runs: client, server, one per workflow
 * block. esbuild does the bundling (lib/bundle/service.h); the split is ours.
 * The host contract: lib/bundle/README.md. */
#ifndef ATTIO_BUNDLE_BUNDLE_H
#define ATTIO_BUNDLE_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct app;
struct texts;
struct arena;
struct error;
struct loop;

enum bundle_map {
	BUNDLE_MAP_NONE,
	BUNDLE_MAP_LINKED,   /* a file beside the bundle, which names it */
	BUNDLE_MAP_EXTERNAL, /* the same, not named */
	BUNDLE_MAP_INLINE,   /* in the bundle */
	/* For who runs the bundles: only in the answer, not for bundle_write. All sources are named
	 * from the app's root, and their texts, which lie there, are left out. */
	BUNDLE_MAP_APART
};

struct bundle_options {
	const char *out;     /* folder of the bundles, absolute: maps name sources from there */
	const char *cache;   /* folder for what can be made again; NULL: none */
	enum bundle_map map; /* with it names and texts of all sources */
	bool development;    /* NODE_ENV is "development", packages are not minified */
	bool details;        /* which modules are in a bundle, for lib/bundle/sizes.h */
};

struct bundle {
	/* Relative to the output folder: "index.js", "server.js", "workflow/ID.js". */
	const char *path;
	const char *block; /* id of the workflow block, or NULL */
	const char *bytes; /* NUL-terminated, as are the others */
	size_t len;
	const char *map; /* source map, to be written to `path`.map; NULL: none of its own */
	size_t map_len;
	const char *meta; /* with details: esbuild's metafile, else NULL */
	size_t meta_len;
};

struct bundles {
	struct arena *arena;
	struct bundle *items; /* client, server, blocks in the app's order */
	size_t count;
	struct diags findings; /* esbuild's errors and warnings in our form, sorted */
};

/* A zeroed struct is fine. */
void bundles_dispose(struct bundles *bundles);

/* One esbuild process for any number of builds. */
struct bundler;

/* Starts it (`esbuild` is the path of the executable) without waiting for it; `again` when
 * bundler_rebuild will be called. The loop is borrowed. NULL with ERROR_TOOL or ERROR_SYSTEM. */
struct bundler *bundler_start(struct loop *loop, const char *esbuild, bool again,
			      struct error *error);
/* NULL is fine. */
void bundler_stop(struct bundler *bundler);

/* Builds in memory. -1: the engine failed (ERROR_TOOL), and the bundler can only be stopped. 0 with
 * errors among the findings: the app does not bundle, there are no items. Strings of the result
 * are in its own arena; dispose of it in both cases. `texts`: the app's or a store on top of it,
 * which finds out lines of findings. */
int bundler_build(struct bundler *bundler, const struct app *app, struct texts *texts,
		  const struct bundle_options *options, struct bundles *bundles,
		  struct error *error);
/* The same, and what can be of use for building again stays in the bundler; without, esbuild is let
 * go as soon as it is done. */
int bundler_rebuild(struct bundler *bundler, const struct app *app, struct texts *texts,
		    const struct bundle_options *options, struct bundles *bundles,
		    struct error *error);

/* Replaces the folder `out` (absolute) as a whole with the bundles; on failure the old one stays.
 * ERROR_CONFLICT: it is no former output, so it must not be removed; a folder called `dist` that
 * holds other things keeps them. */
int bundle_write(struct arena *arena, const struct bundles *bundles, const char *out,
		 struct error *error);

#endif
