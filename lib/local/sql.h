/* Within the room: the few steps that every query of the store is made of. Functions give 0, or -1
 * with the error that SQLite's result stands for. */
#ifndef ATTIO_LOCAL_SQL_H
#define ATTIO_LOCAL_SQL_H

#include <stdatomic.h>
#include <stdbool.h>

#include <sqlite3.h>

#include "base/map.h"

struct error;

struct local_store {
	sqlite3 *db;
	char *path;
	struct map kept;   /* SQL -> struct sql_kept, of sql_keep */
	atomic_uint busy;  /* how long the last statement works, in SQL_WATCH_STEPS */
	unsigned patience; /* for how long it may */
	bool reading;      /* nothing can be written */
	bool full;         /* a write failed for want of space; set here, taken back by others */
	int folder;        /* open and locked, as long as the store is (store.c); or -1 */
	long long owner;   /* whose unfinished versions are ours */
};

#define SQL_WATCH_STEPS 1000000 /* of SQLite's machine */
#define SQL_PATIENCE 1000       /* some 10 s; what we ask takes milliseconds */
/* From now on a statement that works without end (a store can be made so) fails instead. */
void sql_watch(struct local_store *store);

/* -1, with the error that belongs to the last result of the store's connection. */
int sql_error(struct local_store *store, struct error *error);
int sql_unwritable(struct local_store *store, const char *cause, struct error *error);

/* Statements without values or rows. */
int sql_run(struct local_store *store, const char *sql, struct error *error);
/* NULL with an error. Ended by sql_finish or sqlite3_finalize. */
sqlite3_stmt *sql_prepare(struct local_store *store, const char *sql, struct error *error);
/* As sql_prepare, for a statement with a constant text that is used again and again: it is prepared
 * once and stays with the store. Ended by sql_release, also after a failure. Not for texts that are
 * made of values: each text is kept. */
sqlite3_stmt *sql_keep(struct local_store *store, const char *sql, struct error *error);
/* Ends the use of a statement of sql_keep; NULL is fine. */
void sql_release(struct local_store *store, sqlite3_stmt *statement);
/* Runs a statement of sql_keep that gives no rows, and releases it. */
int sql_finish_kept(struct local_store *store, sqlite3_stmt *statement, struct error *error);
/* Before the store's connection is closed. */
void sql_drop_kept(struct local_store *store);
/* `text` must live until the statement ends. NULL is bound as NULL. */
void sql_bind_text(sqlite3_stmt *statement, int at, const char *text);
/* One step of a query: *row tells whether there is a row. */
int sql_step(struct local_store *store, sqlite3_stmt *statement, bool *row, struct error *error);
/* Runs a statement that gives no rows, and ends it. */
int sql_finish(struct local_store *store, sqlite3_stmt *statement, struct error *error);
/* Ends a transaction: COMMIT when `result` is 0, else ROLLBACK, keeping the first error. */
int sql_end(struct local_store *store, int result, struct error *error);

/* The first column of the first row; 0 when there is none. */
int sql_number(struct local_store *store, const char *sql, long long *number, struct error *error);
/* The same as text for a query with one value; `text` has LOCAL_ID_SIZE bytes. */
int sql_find_text(struct local_store *store, const char *sql, const char *key, char *text,
		  bool *found, struct error *error);

#endif
