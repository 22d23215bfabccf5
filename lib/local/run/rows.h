/* Within the room: a query with its values in one line. See sql.h for the rest. */
#ifndef ATTIO_LOCAL_RUN_ROWS_H
#define ATTIO_LOCAL_RUN_ROWS_H

#include <sqlite3.h>

struct arena;
struct buf;
struct error;
struct local_store;

/* Takes a query, a constant text that is prepared once (sql_keep), and binds what follows to ?1, ?2
 * ..., one letter each: `t` a text or NULL, `i` a long long, `b` bytes: const void * and size_t.
 * They must live until the statement ends. NULL with an error. Ended by sql_release. */
sqlite3_stmt *rows_open(struct local_store *store, struct error *error, const char *sql,
			const char *kinds, ...);
/* The same for what gives no rows, run and ended; *changed (may be NULL) is how many rows it
 * changed. */
int rows_run(struct local_store *store, struct error *error, long long *changed, const char *sql,
	     const char *kinds, ...);

/* A column of the current row, in the arena; NULL for NULL. */
char *rows_text(sqlite3_stmt *statement, int column, struct arena *arena);
/* A text column as a JSON string, or null; and one that holds JSON, as it is, null where it is
 * empty. */
void rows_put_text(sqlite3_stmt *statement, int column, struct buf *out);
void rows_put_json(sqlite3_stmt *statement, int column, struct buf *out);

#endif
