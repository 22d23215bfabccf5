/* The journal of the store (lib/local/migration_journal.c): how the state of an earlier moment is
 * found. Functions give 0, or -1 with the store's error. */
#ifndef ATTIO_LOCAL_FLOW_JOURNAL_H
#define ATTIO_LOCAL_FLOW_JOURNAL_H

struct error;
struct local_store;

/* The number of the last change; 0: there was none yet. */
int journal_at(struct local_store *store, long long *at, struct error *error);

/* Around a change of everything (a saved state that is brought back), in its transaction: its rows
 * are not written down one by one, and nothing before it is known afterwards. */
int journal_pause(struct local_store *store, struct error *error);
int journal_resume(struct local_store *store, struct error *error);

/* The newest changes are kept; called now and then. */
int journal_sweep(struct local_store *store, struct error *error);

#endif
