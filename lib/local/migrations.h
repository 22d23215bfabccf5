/* Within the room: what the store's tables were in each version, and the way from one to the next.
 * PRAGMA user_version holds the number of the last one that was applied. */
#ifndef ATTIO_LOCAL_MIGRATIONS_H
#define ATTIO_LOCAL_MIGRATIONS_H

#include <stddef.h>

struct error;
struct local_store;

/* Numbers count from 1 without a gap. One that was ever shipped is never changed. The SQL runs in a
 * transaction of its own, with foreign keys not enforced, so that a table may be made anew. */
struct migration {
	int number;
	const char *sql;
};

/* The store's own. */
const struct migration *migrations_list(size_t *count);

/* Whether the store is one that the list leads on from: a new file, or made by one of its versions.
 * ERROR_SYSTEM for one of a newer program and for a file that is something else; it is only read.
 */
int migrations_check(struct local_store *store, const struct migration *list, size_t count,
		     struct error *error);
/* Brings a store that was checked up to the last of the list. On failure it is at the last one that
 * was applied as a whole. */
int migrations_apply(struct local_store *store, const struct migration *list, size_t count,
		     struct error *error);

#endif
