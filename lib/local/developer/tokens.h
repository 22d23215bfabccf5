/* Within the room: access and refresh tokens of people who signed in. They outlive the run, as a
 * login does; the store holds their sums only. A refresh token works once: who comes with a spent
 * one has a copy, and loses the whole sign-in (RFC 9700, 4.14.2). Times go by the platform's clock.
 */
#ifndef ATTIO_LOCAL_DEVELOPER_TOKENS_H
#define ATTIO_LOCAL_DEVELOPER_TOKENS_H

#include <stdbool.h>

#include "base/random.h"

struct error;
struct local_store;

#define TOKEN_SECONDS 3600 /* an access token lasts so long */
#define TOKEN_REFRESH_DAYS 30
#define TOKEN_SIZE (2 * (RANDOM_KEY_SIZE - 1) + 1)

struct token_pair {
	char access[TOKEN_SIZE];
	char refresh[TOKEN_SIZE];
};

enum token_state { TOKEN_UNKNOWN, TOKEN_EXPIRED, TOKEN_GOOD };

/* A new sign-in of this member. */
int tokens_issue(struct local_store *store, long long now, const char *member_id,
		 struct token_pair *pair, struct error *error);
/* The next pair of a sign-in; *state tells whether there is one. */
int tokens_refresh(struct local_store *store, long long now, const char *refresh,
		   struct token_pair *pair, enum token_state *state, struct error *error);
/* Whose access token it is. */
int tokens_member(struct local_store *store, long long now, const char *access,
		  char member_id[RANDOM_UUID_SIZE], enum token_state *state, struct error *error);

#endif
