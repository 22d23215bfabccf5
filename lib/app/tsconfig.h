/* What the module graph needs from a tsconfig.json: baseUrl, paths and which unused imports stay,
 * `extends` followed; what becomes of decorators; and whether generated declarations are in the
 * program. */
#ifndef ATTIO_APP_TSCONFIG_H
#define ATTIO_APP_TSCONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "app/patterns.h"
#include "diag/diag.h"

struct texts;

struct tsconfig_path {
	const char *pattern;  /* at most one `*` */
	const char **targets; /* absolute, may hold one `*` */
	size_t target_count;
};

struct tsconfig {
	bool present;
	const char *base_url; /* absolute, or NULL */
	struct tsconfig_path *paths;
	size_t path_count;
	struct patterns by_pattern; /* the same */
	/* Statements stay that nothing is left of (verbatimModuleSyntax, importsNotUsedAsValues).
	 */
	bool keeps_imports;
	/* Those that import something else than types stay (verbatimModuleSyntax,
	 * preserveValueImports). */
	bool keeps_values;
	bool experimental_decorators; /* TypeScript's own ones, which become calls */
	bool leaves_out_attio; /* TypeScript is not told to read the declarations in .attio/ */
	bool spells_endings;   /* imports may say `.ts` (allowImportingTsExtensions or its like) */
	bool incomplete;       /* not all that it extends could be read */
	/* Options as they are written; NULL: nowhere. */
	const char *jsx, *module, *module_resolution;
	bool lib_without_dom;   /* there is a `lib`, and it has none of the browser's */
	const char *jsx_source; /* jsxImportSource */
	/* What is missing, and was told. */
	bool lacks_jsx, lacks_base;
	const char **wrong_paths; /* patterns of `paths` that mean nothing, which was told */
	size_t wrong_path_count;
};

/* Reads tsconfig.json of the texts' root, if there is one. */
void tsconfig_read(struct tsconfig *tsconfig, struct texts *texts, struct diags *problems);
/* Reads the one at `path` (absolute), which is there; what is wrong with it is not told. */
void tsconfig_read_other(struct tsconfig *tsconfig, struct texts *texts, const char *path);

#endif
