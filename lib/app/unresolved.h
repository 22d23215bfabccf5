/* What is said about an import that leads nowhere (ATT9001). The rules see it before the bundler
 * does, or only the bundler sees it: the words are the same. */
#ifndef ATTIO_APP_UNRESOLVED_H
#define ATTIO_APP_UNRESOLVED_H

#include <stdbool.h>

struct app;
struct arena;

struct unresolved {
	const char *message;
	const char *help;
	const char *instead; /* what the author means, to be written in the place; or NULL */
};

/* About `specifier` as written in `importer` (relative to the root); NULL: it is not known, or the
 * files are not to be searched for what is meant. All memory is `arena`. */
struct unresolved unresolved_import(const struct app *app, struct arena *arena,
				    const char *importer, const char *specifier);
/* Whether it names a package ("zod", "@scope/name/sub"; not "@/lib/x", "#internal", "~/x"), and
 * that package's name. */
bool unresolved_is_package(const char *specifier);
char *unresolved_package(struct arena *arena, const char *specifier);
/* An address or a scheme that another runtime loads ("https://...", "npm:zod"), and bundles cannot.
 */
bool unresolved_is_elsewhere(const char *specifier);
/* A path of the SDK that it does not have ("attio/clients"). */
bool unresolved_is_sdk(const char *specifier);

/* A file of the settings folder of an app that has a page and no schema: ATT6002 tells how to make
 * one. */
bool unresolved_is_schema(const struct app *app, struct arena *arena, const char *importer,
			  const char *specifier);

#endif
