/* Within the room: dev versions in the store. One is what `attio dev --workspace` or the official
 * CLI's `dev` works on; each push to it is a bundle: client, server and blocks. Of each app the
 * last complete push is kept, and those that are under way. */
#ifndef ATTIO_LOCAL_DEVELOPER_DEV_STORE_H
#define ATTIO_LOCAL_DEVELOPER_DEV_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "local/store.h"

struct arena;
struct error;

/* A new dev version; `environment` is an object's text, `now` as clock_text gives it. */
int dev_store_version(struct local_store *store, const char *app_id, const char *environment,
		      const char *cli_version, const char *now, char id[LOCAL_ID_SIZE],
		      struct error *error);
/* The row of the app's dev version with this id. ERROR_NOT_FOUND. */
int dev_store_find(struct local_store *store, const char *app_id, const char *id, long long *row,
		   struct error *error);
/* Begins a push that expects these bundles. */
int dev_store_begin(struct local_store *store, long long version, const char *const *block_ids,
		    size_t block_count, const char *sdk_version, const char *now,
		    struct local_draft *draft, struct error *error);
/* Keeps a bundle of an unfinished push; ERROR_NOT_FOUND when it expects none of this kind. */
int dev_store_put(struct local_store *store, long long row, const char *kind, const void *bytes,
		  size_t len, struct error *error);
/* The push is whole: *row is its, *again tells that it was before. ERROR_NOT_FOUND, or
 * ERROR_CONFLICT naming a bundle that is not there yet. */
int dev_store_complete(struct local_store *store, long long version, const char *bundle_id,
		       long long *row, bool *again, struct error *error);

struct dev_file {
	const char *kind;
	const char *text; /* ends with a NUL that is not its */
};

/* A complete push as a whole, in the arena. */
struct dev_push {
	const char *app_id;
	const char *app_slug;
	const char *app_title;
	const char *environment;
	struct dev_file *files;
	size_t file_count;
};

int dev_store_read(struct local_store *store, struct arena *arena, long long row,
		   struct dev_push *push, struct error *error);
/* The last complete push of any app; 0: none. */
int dev_store_last(struct local_store *store, long long *row, struct error *error);

#endif
