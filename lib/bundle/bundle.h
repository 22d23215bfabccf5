/* From the app model to the bundles that Attio's platform runs: client, server, one per workflow
 * block. esbuild does the bundling (lib/bundle/service.h); the split is ours.
 * The host contract: shared/spec/app-and-bundles.md sections 3.6 and 3.7. */
#ifndef ATTIO_BUNDLE_BUNDLE_H
#define ATTIO_BUNDLE_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct app;
struct arena;
struct error;

struct bundle {
	/* Relative to the output folder: "index.js", "server.js", "workflow/ID.js". */
	const char *path;
	const char *block; /* id of the workflow block, or NULL */
	const char *bytes;
	size_t len;
};

struct bundles {
	struct bundle *items; /* client, server, blocks in the app's order */
	size_t count;
	struct diags findings; /* esbuild's errors and warnings in our form */
};

/* Builds in memory. -1: the engine failed (ERROR_TOOL). 0 with errors among the findings: the app
 * does not bundle, items are empty. `esbuild` is the path of the executable. Everything is in
 * the app's arena. */
int bundle_build(struct app *app, const char *esbuild, struct bundles *bundles,
		 struct error *error);

/* Replaces the folder `out` (absolute) as a whole with the bundles; on failure the old one stays.
 * ERROR_CONFLICT: it is no former output, so it must not be removed; a folder called `dist` that
 * holds other things keeps them. */
int bundle_write(struct arena *arena, const struct bundles *bundles, const char *out,
		 struct error *error);

#endif
