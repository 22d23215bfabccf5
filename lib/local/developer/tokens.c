/* See tokens.h. */
#include "local/developer/tokens.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/sha256.h"
#include "local/run/rows.h"
#include "local/sql.h"

static void sum_of(const char *token, char sum[SHA256_TEXT_SIZE])
{
	sha256_text(token, strlen(token), sum);
}

static int make(char token[TOKEN_SIZE], struct error *error)
{
	return random_key(token, error) == 0 && random_key(token + RANDOM_KEY_SIZE - 1, error) == 0
		       ? 0
		       : -1;
}

static int add(struct local_store *store, long long now, const char *member_id, const char *family,
	       struct token_pair *pair, struct error *error)
{
	char access[SHA256_TEXT_SIZE], refresh[SHA256_TEXT_SIZE];

	if (make(pair->access, error) != 0 || make(pair->refresh, error) != 0 ||
	    rows_run(store, error, NULL, "DELETE FROM developer_tokens WHERE refresh_until <= ?",
		     "i", now) != 0)
		return -1;
	sum_of(pair->access, access);
	sum_of(pair->refresh, refresh);
	return rows_run(store, error, NULL,
			"INSERT INTO developer_tokens (access_sum, refresh_sum, family, member_id, "
			"access_until, refresh_until) VALUES (?, ?, ?, ?, ?, ?)",
			"ttttii", access, refresh, family, member_id, now + TOKEN_SECONDS * 1000LL,
			now + TOKEN_REFRESH_DAYS * 86400000LL);
}

int tokens_issue(struct local_store *store, long long now, const char *member_id,
		 struct token_pair *pair, struct error *error)
{
	char family[RANDOM_KEY_SIZE];

	return random_key(family, error) == 0 ? add(store, now, member_id, family, pair, error)
					      : -1;
}

struct known {
	char member_id[RANDOM_UUID_SIZE];
	char family[RANDOM_KEY_SIZE];
	bool spent;
	long long until;
};

/* `sql` gives member, family, spent and a moment for a sum. */
static int look(struct local_store *store, const char *sql, const char *token, struct known *known,
		bool *found, struct error *error)
{
	char sum[SHA256_TEXT_SIZE];
	sqlite3_stmt *statement;
	int result;

	sum_of(token, sum);
	statement = rows_open(store, error, sql, "t", sum);
	if (statement == NULL)
		return -1;
	result = sql_step(store, statement, found, error);
	if (result == 0 && *found) {
		snprintf(known->member_id, sizeof(known->member_id), "%s",
			 (const char *)sqlite3_column_text(statement, 0));
		snprintf(known->family, sizeof(known->family), "%s",
			 (const char *)sqlite3_column_text(statement, 1));
		known->spent = sqlite3_column_int(statement, 2) != 0;
		known->until = sqlite3_column_int64(statement, 3);
	}
	sql_release(store, statement);
	return result;
}

/* The old one is spent if and only if there is a new one. */
static int rotate(struct local_store *store, long long now, const char *refresh,
		  const struct known *known, struct token_pair *pair, struct error *error)
{
	char sum[SHA256_TEXT_SIZE];
	int result;

	sum_of(refresh, sum);
	if (sql_run(store, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	result = rows_run(store, error, NULL,
			  "UPDATE developer_tokens SET spent = 1 WHERE refresh_sum = ?", "t", sum);
	if (result == 0)
		result = add(store, now, known->member_id, known->family, pair, error);
	return sql_end(store, result, error);
}

int tokens_refresh(struct local_store *store, long long now, const char *refresh,
		   struct token_pair *pair, enum token_state *state, struct error *error)
{
	struct known known;
	bool found;

	*state = TOKEN_UNKNOWN;
	if (look(store,
		 "SELECT member_id, family, spent, refresh_until FROM developer_tokens "
		 "WHERE refresh_sum = ?",
		 refresh, &known, &found, error) != 0)
		return -1;
	if (!found)
		return 0;
	if (known.spent)
		return rows_run(store, error, NULL, "DELETE FROM developer_tokens WHERE family = ?",
				"t", known.family);
	*state = known.until > now ? TOKEN_GOOD : TOKEN_EXPIRED;
	if (*state == TOKEN_EXPIRED)
		return 0;
	return rotate(store, now, refresh, &known, pair, error);
}

int tokens_member(struct local_store *store, long long now, const char *access,
		  char member_id[RANDOM_UUID_SIZE], enum token_state *state, struct error *error)
{
	struct known known;
	bool found;

	*state = TOKEN_UNKNOWN;
	/* Who was removed from the workspace, or suspended, has no token any more. */
	if (look(store,
		 "SELECT member_id, family, spent, access_until FROM developer_tokens JOIN members "
		 "ON id = member_id WHERE access_sum = ? AND access_level <> 'suspended'",
		 access, &known, &found, error) != 0)
		return -1;
	if (!found)
		return 0;
	*state = known.until > now ? TOKEN_GOOD : TOKEN_EXPIRED;
	memcpy(member_id, known.member_id, sizeof(known.member_id));
	return 0;
}
