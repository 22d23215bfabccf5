/* Where an exported name comes from: through re-exports, `export *` and imports that are exported
 * again, over the modules of an app. Each module is asked once for a name, so that neither diamonds
 * nor circles nor the number of layers count. */
#ifndef ATTIO_APP_FOLLOWING_H
#define ATTIO_APP_FOLLOWING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"

struct app;
struct export;
struct module;

/* What is still to be asked for a name: an import of the module, or (import -1) the module. */
struct wanted {
	const struct module *module;
	int import;
	const char *name; /* "*": all that an import has */
	bool star;        /* through `export *` */
};

/* A question. */
struct following {
	const struct app *app;
	struct wanted *wanted; /* a stack */
	size_t count;
	struct map asked; /* by module and name */
	size_t looked;
	/* A circle of re-exports, or more modules than anybody waits for: what there is besides the
	 * places that were found is not known. */
	bool lost;
};

/* One place that a name may come from. */
struct followed {
	const struct module *module;
	const struct export *item; /* what the module says of the name: its own, and a value */
	/* item NULL: the name `imported` of this import, which leads to no module of the app, or
	 * all that it has ("*"). */
	int import;
	const char *imported;
};

/* The app is borrowed; to be ended. */
void following_begin(struct following *f, const struct app *app);
void following_end(struct following *f);

/* Asks for what a module exports under a name, or for what an import of it brings. */
void following_export(struct following *f, const struct module *module, const char *name);
void following_import(struct following *f, const struct module *module, int import,
		      const char *imported);
/* The next place, in the order of the sources: what a module names itself hides its `export *`, of
 * which the first comes first. False: there are no more. */
bool following_next(struct following *f, struct followed *found);

#endif
