/* See recordings.h. */
#include "local/run/recordings.h"

#include <string.h>

#include <sqlite3.h>

#include "base/error.h"
#include "base/sha256.h"
#include "local/clock.h"
#include "local/run/rows.h"
#include "local/sql.h"

static void hash(const char *body, size_t len, char sum[SHA256_TEXT_SIZE])
{
	sha256_text(body != NULL ? body : "", body != NULL ? len : 0, sum);
}

int recording_keep(struct local_store *store, const struct clock *clock, const char *method,
		   const char *url, const char *body, size_t len, const char *answer,
		   struct error *error)
{
	char sum[SHA256_TEXT_SIZE], now[CLOCK_TEXT_SIZE];

	hash(body, len, sum);
	clock_text(clock, now);
	if (rows_run(store, error, NULL,
		     "DELETE FROM recordings WHERE method = ?1 AND url = ?2 AND body = ?3", "ttt",
		     method, url, sum) != 0)
		return -1;
	return rows_run(
		store, error, NULL,
		"INSERT INTO recordings (method, url, body, answer, at) VALUES (?1, ?2, ?3, "
		"?4, ?5)",
		"ttttt", method, url, sum, answer, now);
}

/* How many answers there are for other bodies of the same address. */
static long long others(struct local_store *store, const char *method, const char *url)
{
	struct error ignored = {0};
	sqlite3_stmt *statement = rows_open(
		store, &ignored, "SELECT count(*) FROM recordings WHERE method = ?1 AND url = ?2",
		"tt", method, url);
	long long count = 0;
	bool row = false;

	if (statement == NULL)
		return 0;
	if (sql_step(store, statement, &row, &ignored) == 0 && row)
		count = sqlite3_column_int64(statement, 0);
	sql_release(store, statement);
	return count;
}

int recording_find(struct local_store *store, struct arena *arena, const char *method,
		   const char *url, const char *body, size_t len, const char **answer,
		   struct error *error)
{
	char sum[SHA256_TEXT_SIZE];
	sqlite3_stmt *statement;
	bool row = false;
	long long count;
	int result;

	hash(body, len, sum);
	statement = rows_open(
		store, error,
		"SELECT answer FROM recordings WHERE method = ?1 AND url = ?2 AND body = ?3", "ttt",
		method, url, sum);
	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, &row, error);
	if (result == 0 && row)
		*answer = rows_text(statement, 0, arena);
	sql_release(store, statement);
	if (result != 0 || row)
		return result;
	count = others(store, method, url);
	return error_set(error, ERROR_NOT_FOUND,
			 "no answer was recorded for %s %.200s%s (--net replay)", method, url,
			 count > 0 ? " with this body" : "");
}
