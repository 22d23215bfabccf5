/* What a live credential looks like. Knows texts only, nothing of the app. */
#ifndef ATTIO_RULES_CREDENTIALS_H
#define ATTIO_RULES_CREDENTIALS_H

#include <stdbool.h>
#include <stddef.h>

struct credential {
	const char *what; /* "a GitHub token" */
	size_t at;        /* where it begins in the text */
	size_t shown;     /* so many of its first bytes tell the kind and nothing more */
	size_t rest;      /* how many follow them */
};

/* Finds a credential of a known provider, a private key or a signed token in the text. */
bool credential_find(const char *text, size_t len, struct credential *found);
/* The same at or after `from`, in a text of any kind; quick where there is none. */
bool credential_next(const char *text, size_t len, size_t from, struct credential *found);
/* Whether the text as a whole looks like a random key: what a variable called `apiKey` should not
 * hold. */
bool credential_is_random(const char *text, size_t len);
/* Whether a name (in any spelling) is one that credentials are given to. */
bool credential_name(const char *name, size_t len);

#endif
