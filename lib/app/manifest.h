/* package.json of the app. */
#ifndef ATTIO_APP_MANIFEST_H
#define ATTIO_APP_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct texts;

/* One entry of `imports`: names that begin with `#`, for this package's own use. */
struct manifest_import {
	const char *pattern; /* at most one `*` */
	const char *target;  /* relative to the root, may hold one `*` */
};

struct manifest {
	bool present;     /* the file exists */
	bool valid;       /* and is a JSON object */
	const char *name; /* usable `name`, or NULL; the app's slug unless --app is given */
	struct manifest_import *imports;
	size_t import_count;
};

/* Reads package.json of the texts' root; what is wrong with it goes to `problems`. */
void manifest_read(struct manifest *manifest, struct texts *texts, struct diags *problems);

#endif
