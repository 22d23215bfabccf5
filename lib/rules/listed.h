/* What the package.json of an app and those above it list, each read once. */
#ifndef ATTIO_RULES_LISTED_H
#define ATTIO_RULES_LISTED_H

#include <stdbool.h>

#include "base/map.h"

struct app;

/* A zeroed struct is ready; listed_dispose frees it. */
struct listed {
	struct map by_folder;
};

/* Whether the package.json in `folder` (absolute) lists the package, or replaces what is imported
 * by `specifier` in its `browser` map; *any: it has dependencies at all. A file that cannot be read
 * or is no JSON lists nothing. */
bool listed_has(struct listed *listed, const struct app *app, const char *folder,
		const char *package, const char *specifier, bool *any);
void listed_dispose(struct listed *listed);

#endif
