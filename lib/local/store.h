/* What the local platform remembers of an app: one SQLite file, <app
 * root>/.attio/local/platform.db, that a developer can open. A version counts only once it is
 * completed. A file that cannot be read is reported and never touched. */
#ifndef ATTIO_LOCAL_STORE_H
#define ATTIO_LOCAL_STORE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct local_store;

/* Kinds of bundles: these two, and for a workflow block this prefix and its id. */
#define LOCAL_CLIENT "client"
#define LOCAL_SERVER "server"
#define LOCAL_BLOCK "block:"

#define LOCAL_ID_SIZE 37 /* a UUID as text */

/* The store's path below `root`, whether it exists or not. */
const char *local_store_path(struct arena *arena, const char *root);
/* Opens or creates the store of the app at `root` (absolute). NULL with ERROR_SYSTEM. */
struct local_store *local_store_open(const char *root, struct error *error);
/* The same in any folder, which is made when it is not there: `<folder>/platform.db`. Links that
 * lead out of the repository that `root` is in are refused. */
struct local_store *local_store_open_in(const char *folder, const char *root, struct error *error);
/* The store of the app at `root`, which must be there, for questions only: a file or folder that
 * may not be written will do. */
struct local_store *local_store_open_to_read(const char *root, struct error *error);
void local_store_close(struct local_store *store);

/* The id of the app with this slug, which is made when it is first seen. */
int local_store_app(struct local_store *store, const char *slug, char id[LOCAL_ID_SIZE],
		    struct error *error);
int local_store_has_app(struct local_store *store, const char *id, bool *found,
			struct error *error);

struct local_version {
	long long major;
	long long minor;
	const char *created_at; /* RFC 3339, UTC */
};

/* Completed versions, oldest first, in the arena. */
int local_store_versions(struct local_store *store, struct arena *arena, const char *app_id,
			 struct local_version **versions, size_t *count, struct error *error);

struct local_draft {
	long long row; /* names the version within the store */
	long long minor;
	char bundle_id[LOCAL_ID_SIZE];
};

/* Starts the next minor version of `major` (from 0) that expects a client bundle, a server bundle
 * and one for each block. */
int local_store_begin(struct local_store *store, const char *app_id, long long major,
		      const char *const *block_ids, size_t block_count, struct local_draft *draft,
		      struct error *error);
/* Keeps the bundle of an unfinished version; ERROR_NOT_FOUND when it expects none of this kind. */
int local_store_put(struct local_store *store, long long row, const char *kind, const void *bytes,
		    size_t len, struct error *error);
/* Makes the version visible. ERROR_NOT_FOUND when there is none, ERROR_CONFLICT naming a bundle
 * that is not there yet. A completed version may be completed again. */
int local_store_complete(struct local_store *store, const char *app_id, long long major,
			 long long minor, const char *bundle_id, struct error *error);
/* The bytes of a bundle of a completed version, in the arena; ERROR_NOT_FOUND. */
int local_store_bundle(struct local_store *store, struct arena *arena, const char *app_id,
		       long long major, long long minor, const char *kind, const char **bytes,
		       size_t *len, struct error *error);
/* Removes the unfinished versions of this store's user, and where nobody else has the store open
 * those of others, who are gone. Those of another deploy that is running now are left alone. */
int local_store_drop_unfinished(struct local_store *store, struct error *error);

#endif
