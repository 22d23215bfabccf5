/* See flow_rows.h. */
#include "local/run/flow_rows.h"

#include <sqlite3.h>

#include "base/error.h"
#include "base/mem.h"
#include "local/flow/journal.h"
#include "local/sql.h"

/* How many nodes, log lines and requests are kept; what is older goes, a part of that at a time. */
#define NODES_KEPT "100000"
#define LOGS_KEPT "50000"
#define REQUESTS_KEPT "50000"
#define SWEEP_EACH 2000

int flow_rows_open(struct flow_rows *rows, struct local_store *store, struct error *error)
{
	*rows = (struct flow_rows){.store = store};
	return sql_number(store,
			  "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = "
			  "'flow_nodes'",
			  &rows->last, error);
}

static void forget(struct flow_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		for (size_t t = 0; t <= FLOW_BEGAN; t++)
			mem_free(rows->rows[i].texts[t]);
	rows->count = 0;
}

void flow_rows_dispose(struct flow_rows *rows)
{
	forget(rows);
	mem_free(rows->rows);
}

struct flow_row *flow_rows_add(struct flow_rows *rows, enum flow_row_kind kind)
{
	if (rows->count == rows->room) {
		rows->room = 2 * rows->room + 32;
		rows->rows = mem_realloc(rows->rows, rows->room * sizeof(*rows->rows));
	}
	rows->rows[rows->count] = (struct flow_row){.kind = kind, .ms = -1};
	return &rows->rows[rows->count++];
}

struct flow_row *flow_rows_find(struct flow_rows *rows, long long id)
{
	/* Mostly the last one that began. */
	for (size_t i = rows->count; i-- > 0;)
		if (rows->rows[i].kind == FLOW_NODE && rows->rows[i].id == id)
			return &rows->rows[i];
	return NULL;
}

/* ---- writing ---- */

static const char *const statements[] = {
	[FLOW_NODE] =
		"INSERT INTO flow_nodes (id, flow, cause, ms, kind, name, started_at, input, "
		"output, error, notes, began) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
		"?11, ?12)",
	[FLOW_END] =
		"UPDATE flow_nodes SET ms = ?4, output = ?9, error = ?10, notes = ?11 WHERE id "
		"= ?1",
	[FLOW_NOTE] =
		"UPDATE flow_nodes SET notes = CASE WHEN notes IS NULL OR notes = '' THEN ?11 "
		"ELSE notes || ',' || ?11 END WHERE id = ?1",
	[FLOW_LOG] = "INSERT INTO logs (node, flow, realm, level, at, text) VALUES (nullif(?1, 0), "
		     "nullif(?2, 0), ?5, ?6, ?7, ?8)",
	[FLOW_REQUEST] =
		"INSERT INTO requests (node, flow, status, ms, kind, method, at, url, error) "
		"VALUES (nullif(?1, 0), nullif(?2, 0), ?3, ?4, ?5, ?6, ?7, ?8, ?10)",
};

static int write_row(struct local_store *store, const struct flow_row *row, struct error *error)
{
	sqlite3_stmt *statement = sql_keep(store, statements[row->kind], error);
	int last;

	if (statement == NULL)
		return -1;
	last = sqlite3_bind_parameter_count(statement);
	sqlite3_bind_int64(statement, 1, row->id);
	if (last >= 2)
		sqlite3_bind_int64(statement, 2, row->flow);
	if (last >= 3 && row->cause != 0)
		sqlite3_bind_int64(statement, 3, row->cause);
	if (last >= 4 && row->ms >= 0)
		sqlite3_bind_double(statement, 4, row->ms);
	for (int t = 0; t <= FLOW_BEGAN && 5 + t <= last; t++)
		sql_bind_text(statement, 5 + t, row->texts[t]);
	return sql_finish_kept(store, statement, error);
}

/* So that a platform that runs for weeks does not fill the disk. */
static int sweep(struct flow_rows *rows, struct error *error)
{
	if (rows->written < SWEEP_EACH)
		return 0;
	rows->written = 0;
	if (journal_sweep(rows->store, error) != 0)
		return -1;
	return sql_run(rows->store,
		       "DELETE FROM flow_nodes WHERE id <= (SELECT max(id) FROM flow_nodes) "
		       "- " NODES_KEPT "; DELETE FROM logs WHERE id <= (SELECT max(id) FROM logs) "
		       "- " LOGS_KEPT "; DELETE FROM requests WHERE id <= (SELECT max(id) FROM "
		       "requests) - " REQUESTS_KEPT,
		       error);
}

int flow_rows_write(struct flow_rows *rows, struct error *error)
{
	long long before = sqlite3_total_changes(rows->store->db);
	int result;

	if (rows->count == 0)
		return 0;
	result = sql_run(rows->store, "BEGIN IMMEDIATE", error);
	if (result == 0) {
		for (size_t i = 0; i < rows->count && result == 0; i++)
			result = write_row(rows->store, &rows->rows[i], error);
		rows->written += rows->count;
		if (result == 0)
			result = sweep(rows, error);
		result = sql_end(rows->store, result, error);
	}
	rows->changes += sqlite3_total_changes(rows->store->db) - before;
	forget(rows);
	return result;
}
