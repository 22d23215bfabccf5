/* From an import's text to a file, the way esbuild does it: what validate says about an app is true
 * only of the graph that is bundled. */
#ifndef ATTIO_APP_RESOLVE_H
#define ATTIO_APP_RESOLVE_H

#include "app/app.h"
#include "app/folders.h"

struct resolver {
	struct folders folders;
	struct map known; /* answers about packages */
};

struct resolution {
	enum target_kind kind; /* TARGET_MODULE when the file is a source, TARGET_FILE for others */
	const char *path; /* relative to the root (may begin with "../"); NULL without a file */
	const char *real; /* the same with no link on the way */
	bool absent;      /* TARGET_PACKAGE: in no node_modules folder */
};

/* A zeroed resolver with its folders' app and tree set is ready. */
void resolver_dispose(struct resolver *resolver);

/* Resolves `specifier` as written in a module that really lies in `folder` (absolute). */
struct resolution resolve_import(struct resolver *resolver, const char *folder,
				 const char *specifier, bool require);
/* What the file at `path` (absolute) is to the app. */
struct resolution resolve_file(struct resolver *resolver, const char *path);
/* The tsconfig.json that holds for the modules that really lie in `folder`; NULL: none. */
const struct tsconfig *resolve_tsconfig(struct resolver *resolver, const char *folder);

#endif
