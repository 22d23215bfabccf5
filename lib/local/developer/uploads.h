/* Within the room: URLs that a bundle is sent to. Each is signed with the secret of the run for one
 * bundle and a moment, and nothing of it is kept: whoever has it may send the bundle, again too,
 * until that moment, or until the bundle's version is complete. */
#ifndef ATTIO_LOCAL_DEVELOPER_UPLOADS_H
#define ATTIO_LOCAL_DEVELOPER_UPLOADS_H

#include <stddef.h>

struct buf;
struct route_request;
struct routes;

#define UPLOAD_MINUTES 15

/* What the bundle belongs to, as the URL says it. */
#define UPLOAD_VERSION "versions"
#define UPLOAD_DEV "dev-bundles"

/* Appends `"field":"URL"` for the bundle `prefix``name` (store.h, kinds) of a row. */
void uploads_put_url(const struct routes *routes, struct buf *out, const char *field,
		     const char *of, long long row, const char *prefix, const char *name);
/* The three members of an answer that say where the bundles of a row go. */
void uploads_put_urls(const struct routes *routes, struct buf *out, const char *of, long long row,
		      const char *const *block_ids, size_t block_count);
/* Why a request is not let in by its URL; NULL: it is. */
const char *uploads_refuse(const struct routes *routes, const struct route_request *request);

#endif
