/* The declaration files that are generated for an app: beside each GraphQL document the types of
 * its query, and in .attio/ what the app tells the SDK's types about itself. They give the same
 * types under the same names as those of the official CLI 1.0.4 (facts: lib/types/README.md),
 * so an app can be moved between the two; where the official ones are wrong ours are right:
 * tests/types/deviations.json lists it.
 *
 * Use: types_generate, look at findings and states, types_write. */
#ifndef ATTIO_TYPES_TYPES_H
#define ATTIO_TYPES_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct app;
struct arena;
struct error;

/* What was found on the disk. */
enum types_state {
	TYPES_CURRENT,   /* has the bytes that it should have */
	TYPES_MISSING,   /* is not there */
	TYPES_DIFFERENT, /* has other bytes */
	TYPES_STALE,     /* generated for something that is gone: to be removed */
	TYPES_FOREIGN,   /* written by hand where ours would be: stays as it is */
	TYPES_SKIPPED    /* its document has errors or there is no schema: stays as it is */
};

struct types_file {
	const char *path;  /* relative to the app's root */
	const char *bytes; /* what it should hold; NULL: TYPES_STALE and TYPES_SKIPPED */
	size_t len;
	enum types_state state;
	bool loose; /* the answer of its query is `any` (queries.h) */
};

extern const struct rule_info types_foreign; /* ATT4029 */

struct types {
	struct types_file *files; /* sorted by path */
	size_t count;
	/* Errors in GraphQL documents, as validate reports them (warnings are left to it), sorted.
	 */
	struct diags findings;
	struct diags foreign; /* about files that were written by hand; no rule finds these */
	/* Why no document has types although there are some, or NULL. The remedy is in it. */
	const char *no_schema;
};

/* Finds out which files the app should have and compares them with the disk; writes nothing. All
 * memory is `arena`. An app that does not exist (app->exists) has no files. -1 when a file
 * cannot be read or a query's types would be without measure. */
int types_generate(const struct app *app, struct arena *arena, struct types *types,
		   struct error *error);

/* Whether types_write would change the file. */
bool types_differs(const struct types_file *file);
/* "current", "missing", "different", "stale", "foreign", "skipped" */
const char *types_state_name(enum types_state state);

/* Writes what is missing or different and removes what is stale; each file as a whole (a reader
 * sees the old or the new one), nothing through a link, nothing that is write-protected. Files with
 * the right bytes are not touched. Stops at the first failure. */
int types_write(const struct app *app, const struct types *types, struct error *error);

#endif
