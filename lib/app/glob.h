/* The files that a pattern stands for: import(`./texts/${language}.ts`). */
#ifndef ATTIO_APP_GLOB_H
#define ATTIO_APP_GLOB_H

#include <stdbool.h>

#include "app/resolve.h"

/* Calls `found` for each, sorted by folder, with the specifier that leads to it alone. `folder`
 * (absolute) is where the module really lies that has the pattern. */
typedef void (*glob_found)(const char *specifier, struct resolution target, void *payload);
void glob_each(struct resolver *resolver, const char *folder, const struct glob *glob,
	       glob_found found, void *payload);

/* Whether a path fits, written as a specifier. */
bool glob_fits(const struct glob *glob, const char *path);

#endif
