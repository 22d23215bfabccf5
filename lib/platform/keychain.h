/* The system's keychain, through the small program that speaks with it (cli/keychain/keychain.h).
 * It gets and gives the secret over pipes, and is ended when the service behind it does not answer.
 */
#ifndef ATTIO_PLATFORM_KEYCHAIN_H
#define ATTIO_PLATFORM_KEYCHAIN_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct error;

enum keychain_state {
	KEYCHAIN_DONE,
	KEYCHAIN_NONE,   /* there is no entry */
	KEYCHAIN_LOCKED, /* and nobody unlocked it */
	KEYCHAIN_ABSENT, /* this session has none */
	KEYCHAIN_FAILED  /* it answers something else, or not in time */
};

struct keychain {
	const char *program; /* NULL: no keychain is used */
	const char *at;      /* whose entry, as addresses.h has it: NULL is the official CLI's */
	/* Somebody sits at the screen and may be asked by the system to unlock it. */
	bool may_ask;
	/* Told before the system asks, one sentence; or NULL. */
	void (*notice)(void *context, const char *text);
	void *context;
};

/* All of these wait at most some seconds for the service, and minutes for somebody. Of any state
 * but done and none `why` says the reason, in few words and without a secret. */

/* Appends the entry's value to `secret`. */
enum keychain_state keychain_read(const struct keychain *keychain, struct buf *secret,
				  struct error *why);
enum keychain_state keychain_write(const struct keychain *keychain, const char *secret, size_t len,
				   struct error *why);
enum keychain_state keychain_clear(const struct keychain *keychain, struct error *why);

#endif
