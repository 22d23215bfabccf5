/* The system's keychain, as a small program of its own: what it links (GLib, on Linux) takes longer
 * to load than most commands take, and where the service behind it does not answer it can be
 * killed.
 *
 *   attio-keychain lookup|store|clear [--unlock] [--at ORIGIN]
 *
 * `lookup` writes the secret to standard output, `store` reads it from standard input: a secret is
 * never among the words. Without --unlock nothing is done that would open a window. Each ORIGIN has
 * an entry of its own. The exit code
 * tells what came of it; standard error has at most one line, without a secret. */
#ifndef ATTIO_CLI_KEYCHAIN_KEYCHAIN_H
#define ATTIO_CLI_KEYCHAIN_KEYCHAIN_H

#include <stdbool.h>
#include <stddef.h>

enum keychain_exit {
	KEYCHAIN_EXIT_DONE = 0,
	KEYCHAIN_EXIT_NONE = 1,   /* there is no such entry */
	KEYCHAIN_EXIT_USAGE = 2,  /* other words than these */
	KEYCHAIN_EXIT_LOCKED = 3, /* somebody would have to unlock it */
	KEYCHAIN_EXIT_ABSENT = 4, /* this session has no keychain */
	KEYCHAIN_EXIT_FAILED = 5
};

/* The official CLI's own entry, so that one login serves both: lib/platform/README.md,
 * Credentials. */
#define KEYCHAIN_SERVICE "attio-cli"
#define KEYCHAIN_ACCOUNT "developer"
/* What is sent to other addresses than Attio's: the account is the origin. That CLI does not look
 * there. */
#define KEYCHAIN_OTHER_SERVICE "attio-native"

struct keychain_entry {
	const char *service;
	const char *account;
	const char *label;
};

/* One implementation for each system. Each gives an exit code. The secret has no NUL in it. */
int keychain_lookup(const struct keychain_entry *entry, bool unlock);
int keychain_store(const struct keychain_entry *entry, const char *secret, size_t len, bool unlock);
int keychain_clear(const struct keychain_entry *entry, bool unlock);

/* Writes all of it to standard output; an exit code. */
int keychain_answer(const char *secret, size_t len);
/* One line on standard error. Returns `code`. */
int keychain_say(int code, const char *text);

#endif
