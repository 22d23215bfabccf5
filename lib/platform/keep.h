/* What is remembered of deploys, in the app's own folder, below .attio/deploy: the artifacts that
 * were published, by their sum, each with its inventory, and which version is which. At most
 * KEEP_VERSIONS versions, and the artifacts that they name. Nothing in it is secret but what
 * draft.h keeps. */
#ifndef ATTIO_PLATFORM_KEEP_H
#define ATTIO_PLATFORM_KEEP_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct bundles;
struct error;
struct inventory;

enum { KEEP_VERSIONS = 20 };

struct keep {
	struct arena *arena;
	const char *folder; /* absolute; NULL: nothing is kept */
	int lock;           /* file, or -1 */
};

/* One that was published from here. */
struct deployed {
	const char *target; /* base URL of the API, or "local" */
	const char *app_id;
	const char *slug;
	long long major;
	long long minor;
	const char *artifact; /* its sum */
	const char *commit;   /* or NULL */
	bool dirty;           /* there were changes that the commit does not have */
	const char *at;       /* RFC 3339, UTC */
};

/* The folder of the app at `root`, to be read; it need not be there. */
void keep_look(struct keep *keep, struct arena *arena, const char *root);
/* Makes it, ignored by git, and holds it alone. ERROR_CONFLICT: another deploy does; ERROR_SYSTEM:
 * it cannot be written. keep_close in both cases. */
int keep_open(struct keep *keep, struct arena *arena, const char *root, struct error *error);
/* A zeroed struct is fine when its lock is -1. */
void keep_close(struct keep *keep);

/* Keeps the artifact `sum` of these bundles. */
int keep_artifact(const struct keep *keep, const char *sum, const struct bundles *bundles,
		  const struct inventory *inventory, struct error *error);
/* ERROR_NOT_FOUND: it is not kept, or what is there has another sum or cannot be read. */
int keep_bundles(const struct keep *keep, const char *sum, struct bundles *bundles,
		 struct error *error);
int keep_inventory(const struct keep *keep, const char *sum, struct inventory *inventory,
		   struct error *error);

/* All that are remembered, the last one at the end; none when the file cannot be read. */
void keep_versions(const struct keep *keep, struct deployed **versions, size_t *count);
/* The one with this number, or NULL. */
const struct deployed *keep_version(const struct deployed *versions, size_t count,
				    const char *target, const char *slug, long long major,
				    long long minor);
/* Remembers one more and forgets the oldest, with artifacts that no version names. `at` is set
 * here. */
int keep_add(const struct keep *keep, const struct deployed *deployed, struct error *error);

/* The time now, in the arena. */
const char *keep_now(struct arena *arena);

#endif
