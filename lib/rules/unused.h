/* Code that no bundle holds although its module is in one. */
#ifndef ATTIO_RULES_UNUSED_H
#define ATTIO_RULES_UNUSED_H

#include "rules/internal.h"

/* What is known of one module's exports; a zeroed struct is ready. Free with unused_dispose. */
struct unused {
	bool looked;      /* at who imports the module */
	bool all;         /* somebody may take anything from it */
	struct map taken; /* the names that somebody takes */
	struct map left;  /* export's name -> whether the bundler leaves it out */
};

/* Whether the node is in an exported function of the module's top level that nothing in the module
 * calls and nobody imports, while all who import the module do so by other names: the bundler then
 * leaves the function out. */
bool is_left_out(struct unused *unused, const struct app *app, const struct module *module,
		 struct node node);
void unused_dispose(struct unused *unused);

#endif
