/* package.json of the app. What finding modules asks of it: package.h. */
#ifndef ATTIO_APP_MANIFEST_H
#define ATTIO_APP_MANIFEST_H

#include <stdbool.h>

#include "diag/diag.h"

struct texts;

struct manifest {
	bool present;     /* the file exists */
	bool valid;       /* and is a JSON object */
	const char *name; /* usable `name`, or NULL; the app's slug unless --app is given */
};

/* Reads package.json of the texts' root; what is wrong with it goes to `problems`. */
void manifest_read(struct manifest *manifest, struct texts *texts, struct diags *problems);

#endif
