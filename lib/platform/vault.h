/* Where credentials are kept, and in which order they are looked for: lib/platform/README.md,
 * Credentials. */
#ifndef ATTIO_PLATFORM_VAULT_H
#define ATTIO_PLATFORM_VAULT_H

#include <stdbool.h>

#include "platform/credential.h"
#include "platform/keychain.h"

struct arena;
struct error;

enum vault_place {
	VAULT_NOWHERE,
	VAULT_GIVEN,      /* ATTIO_TOKEN */
	VAULT_TOKEN_FILE, /* the file that ATTIO_TOKEN_FILE names */
	VAULT_KEYCHAIN,
	VAULT_OWN_FILE
};

struct vault {
	struct arena *arena;
	const char *at;         /* whose credential is kept here, as addresses.h has it */
	const char *given;      /* value of ATTIO_TOKEN, or NULL */
	const char *token_file; /* absolute, or NULL */
	const char *own_file;   /* absolute; NULL: the user has no folder for it */
	struct keychain keychain;
	/* Told what somebody should know, one sentence; or NULL. */
	void (*warn)(void *context, const char *text);
	void *context;
};

/* The own file for these values of $XDG_CONFIG_HOME and $HOME, either may be NULL, of what is sent
 * to `at`. */
const char *vault_own_file(struct arena *arena, const char *xdg, const char *home, const char *at);
/* What a place is called: "keychain". Static. */
const char *vault_place_name(enum vault_place place);
/* The place of that name; VAULT_NOWHERE: there is none. */
enum vault_place vault_place_named(const char *name);

/* Tells it, where there is somebody to tell. */
void vault_warn(const struct vault *vault, const char *text);

/* What a credential of this vault says whose it is, where it leaves the user's own places. */
const char *vault_platform(const struct vault *vault);
/* Whether the credential from `where`, which may say whose it is, may be sent to this vault's
 * platform. -1 with ERROR_AUTH: it is another one's. */
int vault_check(const struct vault *vault, const struct credential *credential, const char *where,
		struct error *error);

/* Finds the credential; *place is VAULT_NOWHERE when there is none, and then `error` says why, as
 * ERROR_AUTH. -1: there is something that cannot be used. */
int vault_read(const struct vault *vault, enum vault_place *place, struct credential *credential,
	       struct error *error);
/* The same, as if neither variable were set: what signing in has stored. */
int vault_read_stored(const struct vault *vault, enum vault_place *place,
		      struct credential *credential, struct error *error);
/* Reads one place again. False: nothing that can be used is there now. */
bool vault_reread(const struct vault *vault, enum vault_place place, struct credential *credential);

/* Replaces what a place holds. A file keeps its mode; one that cannot be written, and ATTIO_TOKEN,
 * give ERROR_SYSTEM. */
int vault_replace(const struct vault *vault, enum vault_place place,
		  const struct credential *credential, struct error *error);
/* Keeps a new credential: in the keychain, else in the own file, which is told. */
int vault_keep(const struct vault *vault, const struct credential *credential,
	       enum vault_place *place, struct error *error);
/* Removes what signing in has stored, everywhere. *found: there was something. ERROR_SYSTEM when
 * some of it may be left. */
int vault_forget(const struct vault *vault, bool *found, struct error *error);

/* Waits for its turn to renew what the place holds: one process at a time does. It ends when the
 * descriptor is closed; -1: there is nothing to wait by, or the other one does not end. */
int vault_turn(const struct vault *vault, enum vault_place place);

#endif
