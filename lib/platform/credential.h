/* What somebody who is signed in has: an access token, and mostly what renews it. Its form outside
 * of us: lib/platform/README.md, Credentials. */
#ifndef ATTIO_PLATFORM_CREDENTIAL_H
#define ATTIO_PLATFORM_CREDENTIAL_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct error;

#define CREDENTIAL_LIMIT ((size_t)64 << 10) /* bytes of one, wherever it is kept */
/* The end of a token of which nobody said when it ends, in milliseconds since 1970: what JavaScript
 * holds exactly, and far away. */
#define CREDENTIAL_NEVER 9007199254740991LL
/* From when on a token is renewed rather than used, in milliseconds before its end: also the
 * official CLI takes one for expired then. */
#define CREDENTIAL_MARGIN 300000LL

struct credential {
	const char *access;
	const char *refresh;  /* NULL: it cannot be renewed */
	long long expires_at; /* milliseconds since 1970 */
	const char *platform; /* whose it is, as addresses.h calls it; NULL: it does not say */
};

/* Whether it can be in a header: not empty, printable ASCII without blanks. */
bool credential_token_is_sound(const char *token);

/* Reads a credential, or an access token alone, with white space or a byte order mark around it.
 * `where` names its place for errors: ERROR_AUTH, which never repeat what is read. */
int credential_read(struct arena *arena, const char *text, size_t len, const char *where,
		    struct credential *credential, struct error *error);
/* Whether the text is a credential in its full form. */
bool credential_is_one(const char *text, size_t len);
/* Appends its line of JSON, without the line's end. */
void credential_put(struct buf *out, const struct credential *credential);

/* Milliseconds since 1970, by this machine's clock. */
long long credential_now(void);
/* Milliseconds that the token is good for; not above 0: expired. */
long long credential_left(const struct credential *credential, long long now);

#endif
