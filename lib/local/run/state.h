/* Saved states of the store: a copy under a name that can be brought back. What belongs to the
 * app's code and to what happened (versions and their bundles, flows, logs) is kept over all of it.
 */
#ifndef ATTIO_LOCAL_RUN_STATE_H
#define ATTIO_LOCAL_RUN_STATE_H

struct buf;
struct error;
struct local_store;

/* A name is letters, digits, "-", "_" and ".", does not begin with one of the last three, and has
 * at most 64 bytes: ERROR_USAGE for any other. A state of the same name is replaced as a whole. */
int state_save(struct local_store *store, const char *name, struct error *error);
/* All or nothing. ERROR_NOT_FOUND; ERROR_SYSTEM for one of a newer program and for a file that is
 * none. */
int state_restore(struct local_store *store, const char *name, struct error *error);
/* Removes all rows of the tables that a restore replaces. */
int state_clear(struct local_store *store, struct error *error);
/* [{"name","bytes","saved_at"}], sorted by name. */
int state_list(struct local_store *store, struct buf *out, struct error *error);

#endif
