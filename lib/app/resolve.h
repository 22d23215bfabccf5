/* From an import's text to a file, the way esbuild does it for the app's own files. */
#ifndef ATTIO_APP_RESOLVE_H
#define ATTIO_APP_RESOLVE_H

#include "app/app.h"
#include "app/tree.h"

struct resolution {
	enum target_kind kind; /* TARGET_MODULE when the file is a source, TARGET_FILE for others */
	const char *path; /* relative to the root (may begin with "../"); NULL without a file */
};

/* Resolves `specifier` as written in the module at `importer` (relative to the root). */
struct resolution resolve_import(const struct app *app, const struct tree *tree,
				 const char *importer, const char *specifier);

#endif
