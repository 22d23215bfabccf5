/* Within the room: who asks to sign in (OAuth 2, authorization code with PKCE), from the request to
 * the exchange of the code. Nothing here outlives the run.
 *
 * Any program of this machine may ask, and so may a page in a browser. So that only the person who
 * runs the platform can say yes, the page that asks wants the digits that the platform has told in
 * its own terminal; a script says yes with the secret of the run instead. */
#ifndef ATTIO_LOCAL_DEVELOPER_SIGN_INS_H
#define ATTIO_LOCAL_DEVELOPER_SIGN_INS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/random.h"

struct error;

#define SIGN_IN_ROOM 16 /* so many at a time: the oldest makes room */
#define SIGN_IN_MINUTES 10
#define SIGN_IN_CODE_SECONDS 60
#define SIGN_IN_TRIES 5
/* Of all together in a run, after which digits count no more: they could be gone through. */
#define SIGN_IN_TRIES_ALL 50
#define SIGN_IN_STATE 512

/* The one client that Attio's developer tools are. */
#define SIGN_IN_CLIENT "f881c6f1-82d7-48a5-a581-649596167845"

struct sign_in {
	char id[RANDOM_KEY_SIZE];
	char digits[7];
	char redirect_uri[64];
	char state[SIGN_IN_STATE + 1];
	char challenge[44];
	unsigned wrong;  /* digits that were tried */
	long long until; /* ms on the platform's clock */
	/* Once somebody said yes: */
	char code[RANDOM_KEY_SIZE];
	char member_id[RANDOM_UUID_SIZE];
};

/* A zeroed struct has nobody. */
struct sign_ins {
	struct sign_in items[SIGN_IN_ROOM];
	size_t count;
	unsigned wrong; /* digits that were tried in this run */
};

/* Waits for an answer; gives it its id, digits and time. NULL with ERROR_SYSTEM. Borrowed, as all
 * of these, until the next call. */
struct sign_in *sign_ins_add(struct sign_ins *all, const struct sign_in *facts, long long now,
			     struct error *error);
/* The one that waits under this id; NULL: none (any more). */
struct sign_in *sign_ins_find(struct sign_ins *all, const char *id, long long now);
/* Gives it a code for this member. -1 with ERROR_SYSTEM. */
int sign_in_approve(struct sign_in *one, const char *member_id, long long now, struct error *error);
/* Takes the one with this code out, whatever comes of it: a code works once. False: none. */
bool sign_ins_take(struct sign_ins *all, const char *code, long long now, struct sign_in *taken);
void sign_ins_end(struct sign_ins *all, struct sign_in *one);

/* Whether `verifier` is what the challenge was made of (RFC 7636, S256). */
bool sign_in_verify(const struct sign_in *one, const char *verifier);
/* "http://localhost:3000" or with 127.0.0.1, and nothing behind the port. */
bool sign_in_may_redirect(const char *uri);

#endif
