/* Reading the flow log. See flows.h. */
#include "local/run/flows.h"

#include <sqlite3.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/run/rows.h"
#include "local/sql.h"

static void put_number(struct buf *out, sqlite3_stmt *row, int at)
{
	if (sqlite3_column_type(row, at) == SQLITE_FLOAT)
		buf_printf(out, "%.3f", sqlite3_column_double(row, at));
	else if (sqlite3_column_type(row, at) == SQLITE_INTEGER)
		buf_printf(out, "%lld", (long long)sqlite3_column_int64(row, at));
	else
		buf_puts(out, "null");
}

enum shown { SHOWN_NUMBER, SHOWN_ID /* a number as a text */, SHOWN_TEXT, SHOWN_JSON, SHOWN_LIST };

/* The columns of a query as members of an object, in their order; ends with name NULL. */
struct member {
	const char *name;
	enum shown shown;
};

static const struct member flow_members[] = {
	{"id", SHOWN_ID},        {"kind", SHOWN_TEXT},
	{"name", SHOWN_TEXT},    {"started_at", SHOWN_TEXT},
	{"ms", SHOWN_NUMBER},    {"error", SHOWN_TEXT},
	{"nodes", SHOWN_NUMBER}, {NULL, 0},
};

static const struct member node_members[] = {
	{"id", SHOWN_ID},      {"kind", SHOWN_TEXT},       {"name", SHOWN_TEXT},
	{"cause", SHOWN_TEXT}, {"started_at", SHOWN_TEXT}, {"ms", SHOWN_NUMBER},
	{"input", SHOWN_JSON}, {"output", SHOWN_JSON},     {"error", SHOWN_TEXT},
	{"notes", SHOWN_LIST}, {"beside", SHOWN_JSON},     {NULL, 0},
};

static const struct member log_members[] = {
	{"id", SHOWN_NUMBER},
	{"at", SHOWN_TEXT},
	{"flow", SHOWN_TEXT},
	{"realm", SHOWN_TEXT},
	{"level", SHOWN_TEXT},
	{"text", SHOWN_TEXT},
	{NULL, 0},
};

static const struct member request_members[] = {
	{"id", SHOWN_NUMBER},
	{"at", SHOWN_TEXT},
	{"flow", SHOWN_TEXT},
	{"node", SHOWN_TEXT},
	{"kind", SHOWN_TEXT},
	{"method", SHOWN_TEXT},
	{"url", SHOWN_TEXT},
	{"status", SHOWN_NUMBER},
	{"ms", SHOWN_NUMBER},
	{"error", SHOWN_TEXT},
	{NULL, 0},
};

static void put_member(struct buf *out, sqlite3_stmt *row, int at, enum shown shown)
{
	const char *items;

	switch (shown) {
	case SHOWN_NUMBER:
		put_number(out, row, at);
		break;
	case SHOWN_ID:
		buf_putc(out, '"');
		put_number(out, row, at);
		buf_putc(out, '"');
		break;
	case SHOWN_TEXT:
		rows_put_text(row, at, out);
		break;
	case SHOWN_JSON:
		rows_put_json(row, at, out);
		break;
	case SHOWN_LIST:
		items = (const char *)sqlite3_column_text(row, at);
		buf_printf(out, "[%s]", items != NULL ? items : "");
		break;
	}
}

static void put_row(struct buf *out, sqlite3_stmt *row, const struct member *members)
{
	for (int at = 0; members[at].name != NULL; at++) {
		buf_printf(out, "%s\"%s\":", at == 0 ? "{" : ",", members[at].name);
		put_member(out, row, at, members[at].shown);
	}
	buf_putc(out, '}');
}

/* The rows of a query, with commas between; how many there were. The statement is ended. */
static int put_rows(struct flows *flows, sqlite3_stmt *statement, struct buf *out,
		    const struct member *members, long long *count, long long *last,
		    struct error *error)
{
	bool row = true;
	int result = 0;

	*count = 0;
	while ((result = sql_step(flows_written(flows), statement, &row, error)) == 0 && row) {
		if ((*count)++ > 0)
			buf_putc(out, ',');
		*last = sqlite3_column_int64(statement, 0);
		put_row(out, statement, members);
	}
	sqlite3_finalize(statement);
	return result;
}

static sqlite3_stmt *query(struct flows *flows, const char *sql, struct error *error)
{
	return sql_prepare(flows_written(flows), sql, error);
}

int flows_list(struct flows *flows, long long limit, struct buf *out, struct error *error)
{
	sqlite3_stmt *statement = query(
		flows,
		"SELECT id, kind, name, started_at, ms, error, (SELECT count(*) FROM flow_nodes n "
		"WHERE n.flow = flow_nodes.id OR n.id = flow_nodes.id) FROM flow_nodes WHERE cause "
		"IS NULL ORDER BY id DESC LIMIT ?",
		error);
	long long count, last;

	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, limit);
	buf_puts(out, "{\"items\":[");
	if (put_rows(flows, statement, out, flow_members, &count, &last, error) != 0)
		return -1;
	buf_puts(out, "]}");
	return 0;
}

static int refuse_flow(long long flow, struct error *error)
{
	error_set(error, ERROR_NOT_FOUND, "there is no flow %lld", flow);
	return error_fix(error, "`attio flow list` shows those that there are");
}

int flows_show(struct flows *flows, long long flow, struct buf *out, struct error *error)
{
	static const char head[] =
		"SELECT id, kind, name, started_at, ms, error, (SELECT count(*) FROM flow_nodes n "
		"WHERE n.flow = flow_nodes.id OR n.id = flow_nodes.id) FROM flow_nodes WHERE id = "
		"? AND cause IS NULL";
	static const char nodes[] =
		"SELECT id, kind, name, cause, started_at, ms, input, output, error, notes, CASE "
		"WHEN cause IS NOT NULL THEN began END FROM flow_nodes WHERE flow = ?1 OR id = ?1 "
		"ORDER BY id";
	sqlite3_stmt *statement = query(flows, head, error);
	long long count, last;

	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, flow);
	buf_puts(out, "{\"flow\":");
	if (put_rows(flows, statement, out, flow_members, &count, &last, error) != 0)
		return -1;
	if (count == 0)
		return refuse_flow(flow, error);
	buf_puts(out, ",\"nodes\":[");
	statement = query(flows, nodes, error);
	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, flow);
	if (put_rows(flows, statement, out, node_members, &count, &last, error) != 0)
		return -1;
	buf_puts(out, "]}");
	return 0;
}

int flows_node(struct flows *flows, long long flow, long long id, struct arena *arena,
	       struct flow_node *node, struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		flows_written(flows), error,
		"SELECT kind, name, input FROM flow_nodes WHERE id = ?1 AND (flow = ?2 OR id = ?2)",
		"ii", id, flow);
	bool row = false;
	int result;

	if (statement == NULL)
		return -1;
	result = sql_step(flows_written(flows), statement, &row, error);
	if (result == 0 && row) {
		node->kind = rows_text(statement, 0, arena);
		node->name = rows_text(statement, 1, arena);
		node->input = rows_text(statement, 2, arena);
	}
	sql_release(flows_written(flows), statement);
	if (result != 0 || row)
		return result;
	error_set(error, ERROR_NOT_FOUND, "flow %lld has no node %lld", flow, id);
	return error_fix(error, "`attio flow show %lld` shows those that there are", flow);
}

int flows_began(struct flows *flows, long long flow, struct arena *arena, const char **began,
		const char **at, struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		flows_written(flows), error,
		"SELECT began, started_at FROM flow_nodes WHERE id = ?1 AND cause IS NULL", "i",
		flow);
	bool row = false;
	int result;

	if (statement == NULL)
		return -1;
	result = sql_step(flows_written(flows), statement, &row, error);
	if (result == 0 && row) {
		*began = rows_text(statement, 0, arena);
		*at = rows_text(statement, 1, arena);
	}
	sql_release(flows_written(flows), statement);
	if (result != 0)
		return -1;
	if (!row)
		return refuse_flow(flow, error);
	if (*began != NULL)
		return 0;
	error_set(error, ERROR_CONFLICT, "flow %lld was recorded by an older `attio`", flow);
	error_why(error, "it did not keep what the state was before the flow");
	return error_fix(error, "let it happen again, then save that one");
}

int flows_logs(struct flows *flows, long long since, const char *level, long long limit,
	       struct buf *out, struct error *error)
{
	sqlite3_stmt *statement =
		query(flows,
		      "SELECT * FROM (SELECT id, at, flow, realm, level, text FROM logs WHERE "
		      "id > ?1 AND (?2 IS NULL OR level = ?2) ORDER BY id DESC LIMIT ?3) "
		      "ORDER BY id",
		      error);
	long long count, last = since;

	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, since);
	if (level != NULL)
		sqlite3_bind_text(statement, 2, level, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(statement, 3, limit);
	buf_puts(out, "{\"items\":[");
	if (put_rows(flows, statement, out, log_members, &count, &last, error) != 0)
		return -1;
	buf_printf(out, "],\"next\":%lld}", last);
	return 0;
}

int flows_requests(struct flows *flows, const struct request_filter *filter, struct buf *out,
		   struct error *error)
{
	sqlite3_stmt *statement =
		query(flows,
		      "SELECT * FROM (SELECT id, at, flow, node, kind, method, url, status, ms, "
		      "error FROM requests WHERE id > ?1 AND (?2 IS NULL OR kind = ?2) AND "
		      "coalesce(status, 0) BETWEEN ?3 AND ?4 ORDER BY id DESC LIMIT ?5) ORDER BY "
		      "id",
		      error);
	long long count, last = filter->since;

	if (statement == NULL)
		return -1;
	sqlite3_bind_int64(statement, 1, filter->since);
	sql_bind_text(statement, 2, filter->kind);
	sqlite3_bind_int(statement, 3, filter->from);
	sqlite3_bind_int(statement, 4, filter->to);
	sqlite3_bind_int64(statement, 5, filter->limit);
	buf_puts(out, "{\"items\":[");
	if (put_rows(flows, statement, out, request_members, &count, &last, error) != 0)
		return -1;
	buf_printf(out, "],\"next\":%lld}", last);
	return 0;
}
