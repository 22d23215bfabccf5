/* Within the room: bundles that are waited for. Whoever has the key of one may send it, once. */
#ifndef ATTIO_LOCAL_UPLOADS_H
#define ATTIO_LOCAL_UPLOADS_H

#include <stddef.h>

#include "base/random.h"

struct error;

struct upload {
	char key[RANDOM_KEY_SIZE];
	long long row; /* of the version in the store */
	char *kind;
};

/* A zeroed struct expects nothing. */
struct uploads {
	struct upload *items;
	size_t count;
};

void uploads_dispose(struct uploads *uploads);
/* Expects the bundle of the kind `prefix``name`; the key goes to `key`. */
int uploads_add(struct uploads *uploads, long long row, const char *prefix, const char *name,
		char key[RANDOM_KEY_SIZE], struct error *error);
/* NULL when nothing is expected under this key. Borrowed until something is added or ended. */
const struct upload *uploads_find(const struct uploads *uploads, const char *key);
/* It has come: the key is worth nothing any more. */
void uploads_end(struct uploads *uploads, const struct upload *upload);

#endif
