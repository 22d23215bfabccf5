/* The page that stands in for a third party's OAuth consent: who was given its address approves,
 * denies, or lets the request expire. Plain HTML from here, without scripts; the key in the address
 * is the permission, and works once. */
#ifndef ATTIO_LOCAL_RUN_CONSENT_H
#define ATTIO_LOCAL_RUN_CONSENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/random.h"

struct arena;
struct buf;
struct error;

/* A request for a connection that waits for its answer. */
struct consent {
	char key[RANDOM_KEY_SIZE];
	char owner_type[16]; /* "workspace" or "user" */
	char owner_id[RANDOM_UUID_SIZE];
	char created_by[RANDOM_UUID_SIZE];
	long long until; /* ms on the platform's clock */
};

/* A zeroed struct waits for nothing. */
struct consents {
	struct consent *items;
	size_t count;
};

#define CONSENT_MINUTES 10

void consents_dispose(struct consents *consents);
/* Waits for an answer; the older one of the same owner is worth nothing any more. -1 with an error
 * when the system gives no key. */
int consents_add(struct consents *consents, const struct consent *facts, long long now,
		 char key[RANDOM_KEY_SIZE], struct error *error);
/* NULL when nobody waits under this key (any more). Borrowed until something is added or ended. */
const struct consent *consents_find(struct consents *consents, const char *key, long long now);
void consents_end(struct consents *consents, const char *key);

/* What somebody chose: the fields of a form (application/x-www-form-urlencoded). */
struct consent_choice {
	bool approve;
	bool expires;      /* approve, but the token is expired at once */
	const char *value; /* the token to give, or "": one is made up; in the arena */
};

/* False when it is none. */
bool consent_read(struct arena *arena, const char *form, size_t len, struct consent_choice *choice);

/* The page that asks, and the page that tells how it ended. All texts are escaped. */
void consent_page(struct buf *out, const char *app, const struct consent *consent);
void consent_told(struct buf *out, const char *app, const char *title, const char *text);

#endif
