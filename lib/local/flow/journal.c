/* See journal.h. */
#include "local/flow/journal.h"

#include <stdbool.h>

#include "local/sql.h"

/* So many changes are kept. */
#define KEPT "200000"

int journal_at(struct local_store *store, long long *at, struct error *error)
{
	sqlite3_stmt *statement = sql_keep(
		store, "SELECT seq FROM sqlite_sequence WHERE name = 'flow_journal'", error);
	bool row = false;
	int result;

	*at = 0;
	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &row, error);
	if (result == 0 && row)
		*at = sqlite3_column_int64(statement, 0);
	sql_release(store, statement);
	return result;
}

int journal_pause(struct local_store *store, struct error *error)
{
	return sql_run(store, "INSERT INTO flow_journal_pause VALUES (1)", error);
}

int journal_resume(struct local_store *store, struct error *error)
{
	return sql_run(store,
		       "DELETE FROM flow_journal_pause; DELETE FROM flow_journal; INSERT INTO "
		       "flow_journal (part) VALUES ('*')",
		       error);
}

int journal_sweep(struct local_store *store, struct error *error)
{
	return sql_run(store,
		       "DELETE FROM flow_journal WHERE seq <= (SELECT max(seq) FROM flow_journal) "
		       "- " KEPT,
		       error);
}
