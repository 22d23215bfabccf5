/* What is published, as one thing that has a sum: the bundles with their names, byte for byte. Two
 * builds of the same sources give the same sum; a plan is bound to it. */
#ifndef ATTIO_PLATFORM_ARTIFACT_H
#define ATTIO_PLATFORM_ARTIFACT_H

#include <stddef.h>

#include "base/sha256.h"

struct arena;
struct buf;
struct bundles;
struct error;

/* Appends a line of JSON that names the bundles, then their bytes, one after the other. */
void artifact_pack(const struct bundles *bundles, struct buf *out);
/* The SHA-256 of that. */
void artifact_sum(const struct bundles *bundles, char sum[SHA256_TEXT_SIZE]);
/* The bundles of a packed artifact, in `arena`, which also keeps their bytes. ERROR_SERVICE: it is
 * none. */
int artifact_unpack(struct bundles *bundles, struct arena *arena, const char *bytes, size_t len,
		    struct error *error);

#endif
