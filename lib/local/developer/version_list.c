/* See version_list.h. */
#include "local/developer/version_list.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/sql.h"

/* SQLite makes the JSON: each row is an object. */
static int put_rows(struct local_store *store, const char *sql, const char *slug, struct buf *out,
		    struct error *error)
{
	sqlite3_stmt *statement = sql_prepare(store, sql, error);
	const char *comma = "";
	int result;
	bool row;

	if (statement == NULL)
		return -1;
	sql_bind_text(statement, 1, slug);
	buf_putc(out, '[');
	while ((result = sql_step(store, statement, &row, error)) == 0 && row) {
		buf_puts(out, comma);
		buf_puts(out, (const char *)sqlite3_column_text(statement, 0));
		comma = ",";
	}
	buf_putc(out, ']');
	sqlite3_finalize(statement);
	return result;
}

int version_list_put(struct local_store *store, const char *slug, struct buf *out,
		     struct error *error)
{
	static const char versions[] =
		"SELECT json_object('version', v.major || '.' || v.minor, 'created_at', "
		"v.created_at, 'bytes', (SELECT coalesce(sum(length(bytes)), 0) FROM bundles "
		"WHERE version = v.row), 'bundles', json((SELECT "
		"json_group_array(json_object('kind', "
		"kind, 'bytes', length(bytes))) FROM bundles WHERE version = v.row))) "
		"FROM versions v JOIN apps a ON a.id = v.app_id WHERE a.slug = ? AND v.completed "
		"ORDER BY v.major DESC, v.minor DESC LIMIT 500";
	static const char pushed[] =
		"SELECT json_object('id', d.id, 'created_at', d.created_at, 'cli_version', "
		"d.cli_version, 'environment', json((SELECT json_group_array(key) FROM "
		"json_each(d.environment))), 'pushes', (SELECT count(*) FROM dev_bundles WHERE "
		"dev_version = d.row AND completed)) "
		"FROM dev_versions d JOIN apps a ON a.id = d.app_id WHERE a.slug = ? "
		"ORDER BY d.row DESC LIMIT 500";

	buf_puts(out, "\"items\":");
	if (put_rows(store, versions, slug, out, error) != 0)
		return -1;
	buf_puts(out, ",\"dev\":");
	return put_rows(store, pushed, slug, out, error);
}
