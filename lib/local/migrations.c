/* The list, and walking it. Several programs may open one store at once: each step looks again,
 * with the lock that writes, whether somebody else has made it. */
#include "local/migrations.h"

#include "base/error.h"
#include "base/mem.h"
#include "local/sql.h"

extern const char migration_world[];
extern const char migration_pieces[];
extern const char migration_rest[];
extern const char migration_flows[];
extern const char migration_requests[];
extern const char migration_developer[];
extern const char migration_journal[];

static const char version_1[] =
	"CREATE TABLE apps ("
	"  id TEXT PRIMARY KEY,"
	"  slug TEXT NOT NULL UNIQUE"
	");"
	"CREATE TABLE versions ("
	"  row INTEGER PRIMARY KEY,"
	"  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,"
	"  major INTEGER NOT NULL,"
	"  minor INTEGER NOT NULL,"
	"  bundle_id TEXT NOT NULL UNIQUE,"
	"  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
	"  completed INTEGER NOT NULL DEFAULT 0,"
	"  owner INTEGER NOT NULL," /* process that is publishing it */
	"  UNIQUE (app_id, major, minor)"
	");"
	"CREATE TABLE bundles ("
	"  version INTEGER NOT NULL REFERENCES versions (row) ON DELETE CASCADE,"
	"  kind TEXT NOT NULL,"
	"  bytes BLOB," /* NULL until it is uploaded */
	"  PRIMARY KEY (version, kind)"
	");";

static const struct migration list_of_store[] = {
	{1, version_1},           {2, migration_world},   {3, migration_pieces},
	{4, migration_rest},      {5, migration_flows},   {6, migration_requests},
	{7, migration_developer}, {8, migration_journal},
};

const struct migration *migrations_list(size_t *count)
{
	*count = ARRAY_LEN(list_of_store);
	return list_of_store;
}

/* -1 for a file with tables that no migration has made. In one statement, so that the answer is of
 * one moment. */
static int find_version(struct local_store *store, long long *version, struct error *error)
{
	return sql_number(store,
			  "SELECT CASE WHEN user_version = 0 AND EXISTS (SELECT 1 FROM "
			  "sqlite_master) THEN -1 ELSE user_version END FROM pragma_user_version",
			  version, error);
}

int migrations_check(struct local_store *store, const struct migration *list, size_t count,
		     struct error *error)
{
	long long known = list[count - 1].number;
	long long version;

	if (find_version(store, &version, error) != 0)
		return -1;
	if (version > known) {
		error_set(error, ERROR_SYSTEM, "the local store `%s` was made by a newer `attio`",
			  store->path);
		error_why(error, "its schema is number %lld, this program knows number %lld",
			  version, known);
		return error_fix(error, "use the newer `attio`, or move the file away");
	}
	if (version < 0) {
		error_set(error, ERROR_SYSTEM, "`%s` is not a store of the local platform",
			  store->path);
		return error_fix(error, "move the file away and deploy again");
	}
	return 0;
}

static int apply_one(struct local_store *store, const struct migration *migration,
		     struct error *error)
{
	char number[64];
	long long version;

	if (find_version(store, &version, error) != 0)
		return -1;
	if (version >= migration->number)
		return 0;
	sqlite3_snprintf(sizeof(number), number, "PRAGMA user_version = %d", migration->number);
	if (sql_run(store, migration->sql, error) != 0)
		return -1;
	return sql_run(store, number, error);
}

int migrations_apply(struct local_store *store, const struct migration *list, size_t count,
		     struct error *error)
{
	long long version;
	int result = find_version(store, &version, error);

	for (size_t i = 0; i < count && result == 0; i++) {
		if (list[i].number <= version)
			continue;
		result = sql_run(store, "BEGIN IMMEDIATE", error);
		if (result == 0)
			result = sql_end(store, apply_one(store, &list[i], error), error);
	}
	return result;
}
