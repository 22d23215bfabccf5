/* What the module graph needs from tsconfig.json: baseUrl, paths and verbatimModuleSyntax,
 * `extends` followed; what becomes of decorators; and whether generated declarations are in the
 * program. */
#ifndef ATTIO_APP_TSCONFIG_H
#define ATTIO_APP_TSCONFIG_H

#include <stdbool.h>
#include <stddef.h>

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
	bool verbatim_modules;        /* imports that no value is taken from stay in the bundle */
	bool experimental_decorators; /* TypeScript's own ones, which become calls */
	bool leaves_out_attio; /* TypeScript is not told to read the declarations in .attio/ */
};

/* Reads tsconfig.json of the texts' root, if there is one. */
void tsconfig_read(struct tsconfig *tsconfig, struct texts *texts, struct diags *problems);

#endif
