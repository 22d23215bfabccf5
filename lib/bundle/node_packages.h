/* npm packages that need Node's built-in modules, which no bundle has. */
#ifndef ATTIO_BUNDLE_NODE_PACKAGES_H
#define ATTIO_BUNDLE_NODE_PACKAGES_H

#include <stdbool.h>

struct app;
struct diags;

/* One finding for each package and side (ATT2006, ATT3008), at the import that brings it into the
 * app's code, where there is one; each built-in that one of its files (`file`, relative to the
 * root) imports is a note. False, and nothing is told, when the file is no package's. */
bool node_package_tell(const struct app *app, struct diags *diags, unsigned runtime,
		       const char *file, const char *builtin);

#endif
