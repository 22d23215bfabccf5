/* See members.h. */
#include "local/run/members.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/rows.h"
#include "local/sql.h"

/* How many rows fit; the first of them is the answer. */
static int look(struct local_store *store, const char *sql, const char *as, struct member *member,
		int *count, struct error *error)
{
	sqlite3_stmt *statement = rows_open(store, error, sql, "t", as);
	int result;
	bool row;

	*count = 0;
	if (statement == NULL)
		return -1;
	while ((result = sql_step(store, statement, &row, error)) == 0 && row) {
		if ((*count)++ > 0)
			continue;
		snprintf(member->id, sizeof(member->id), "%s",
			 (const char *)sqlite3_column_text(statement, 0));
		member->admin = sqlite3_column_int(statement, 1) != 0;
	}
	sql_release(store, statement);
	return result;
}

int member_find(struct local_store *store, const char *as, struct member *member,
		struct error *error)
{
	static const char *const queries[] = {
		"SELECT id, access_level = 'admin' FROM members WHERE id = ?1 OR email = ?1 "
		"COLLATE "
		"NOCASE",
		"SELECT id, access_level = 'admin' FROM members WHERE first_name || ' ' || "
		"last_name = ?1 COLLATE NOCASE",
		"SELECT id, access_level = 'admin' FROM members WHERE first_name = ?1 COLLATE "
		"NOCASE OR last_name = ?1 COLLATE NOCASE",
	};
	static const char by_level[] =
		"SELECT id, access_level = 'admin' FROM members WHERE access_level = ?1 ORDER BY "
		"row LIMIT 1";
	int count;

	if (as == NULL || str_is(as, "admin") || str_is(as, "member")) {
		if (look(store, by_level, as != NULL ? as : "admin", member, &count, error) != 0)
			return -1;
		if (count > 0)
			return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(queries) && as != NULL; i++) {
		if (look(store, queries[i], as, member, &count, error) != 0)
			return -1;
		if (count == 1)
			return 0;
		if (count > 1)
			return error_set(error, ERROR_CONFLICT,
					 "several workspace members are called `%.200s`", as);
	}
	return error_set(error, ERROR_NOT_FOUND, "there is no workspace member `%.200s`",
			 as != NULL ? as : "admin");
}
