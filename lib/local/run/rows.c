/* See rows.h. */
#include "local/run/rows.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/sql.h"

static void bind_all(sqlite3_stmt *statement, const char *kinds, va_list values)
{
	for (int at = 1; *kinds != '\0'; kinds++, at++) {
		if (*kinds == 't') {
			sql_bind_text(statement, at, va_arg(values, const char *));
		} else if (*kinds == 'i') {
			sqlite3_bind_int64(statement, at, va_arg(values, long long));
		} else {
			const void *bytes = va_arg(values, const void *);
			size_t len = va_arg(values, size_t);

			/* A NULL pointer would be NULL, not "no bytes". */
			sqlite3_bind_blob64(statement, at, len > 0 ? bytes : "", len,
					    SQLITE_STATIC);
		}
	}
}

sqlite3_stmt *rows_open(struct local_store *store, struct error *error, const char *sql,
			const char *kinds, ...)
{
	sqlite3_stmt *statement = sql_keep(store, sql, error);
	va_list values;

	if (statement == NULL)
		return NULL;
	va_start(values, kinds);
	bind_all(statement, kinds, values);
	va_end(values);
	return statement;
}

int rows_run(struct local_store *store, struct error *error, long long *changed, const char *sql,
	     const char *kinds, ...)
{
	sqlite3_stmt *statement = sql_keep(store, sql, error);
	va_list values;

	if (statement == NULL)
		return -1;
	va_start(values, kinds);
	bind_all(statement, kinds, values);
	va_end(values);
	if (sql_finish_kept(store, statement, error) != 0)
		return -1;
	if (changed != NULL)
		*changed = sqlite3_changes(store->db);
	return 0;
}

char *rows_text(sqlite3_stmt *statement, int column, struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text != NULL ? arena_strndup(arena, (const char *)text,
					    (size_t)sqlite3_column_bytes(statement, column))
			    : NULL;
}

void rows_put_text(sqlite3_stmt *statement, int column, struct buf *out)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	if (text != NULL)
		buf_put_json_string(out, (const char *)text,
				    (size_t)sqlite3_column_bytes(statement, column));
	else
		buf_puts(out, "null");
}

void rows_put_json(sqlite3_stmt *statement, int column, struct buf *out)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	buf_puts(out, text != NULL && text[0] != '\0' ? text : "null");
}
