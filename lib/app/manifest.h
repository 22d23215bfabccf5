/* package.json of the app. What finding modules asks of it: package.h. */
#ifndef ATTIO_APP_MANIFEST_H
#define ATTIO_APP_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct error;
struct cJSON;
struct text;
struct texts;

/* No package.json or tsconfig.json longer than this (bytes) is read, by us or by an engine. */
#define MANIFEST_LIMIT ((size_t)10 << 20)

struct manifest {
	bool present;     /* the file exists */
	bool valid;       /* and is a JSON object */
	const char *name; /* usable `name`, or NULL; the app's slug unless --app is given */
	bool testing;     /* manifest_imports_testing */
};

/* Whether "#attio/testing" is imported from .attio/.testing/, the client package of tests, which is
 * then written there (lib/testing/README.md). `document` may be NULL. */
bool manifest_imports_testing(const struct cJSON *document);

/* -1 with an error for a text over that limit. */
int manifest_limit(const struct text *text, struct error *error);

/* Reads package.json of the texts' root; what is wrong with it goes to `problems`. */
void manifest_read(struct manifest *manifest, struct texts *texts, struct diags *problems);

#endif
