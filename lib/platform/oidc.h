/* Signing in: what is said to the identity. Facts and how sure they are: lib/platform/README.md,
 * Signing in. */
#ifndef ATTIO_PLATFORM_OIDC_H
#define ATTIO_PLATFORM_OIDC_H

#include "platform/addresses.h"
#include "platform/vault.h"

struct arena;
struct error;
struct http_client;
struct http_watch;
struct attio_api;

/* Renews a credential that is kept at `place` in a way that keeps the answer there even if this
 * process is killed (errand.h), in its turn. 1: there is no such way now, and nobody was asked. */
struct renewer {
	int (*renew)(void *context, enum vault_place place, const struct credential *old,
		     const struct http_watch *watch, struct credential *credential,
		     struct error *error);
	void *context;
};

/* Who is asked, and with what. */
struct identity {
	struct arena *arena;        /* holds all answers */
	struct http_client *client; /* borrowed */
	const struct addresses *addresses;
	struct renewer renewer;
};

/* 32 bytes in base64url, with the NUL. */
#define OIDC_SECRET_SIZE 44

/* One login: its secrets stay in this process, but for `state`, which the browser carries. */
struct oidc_login {
	char state[OIDC_SECRET_SIZE];
	char verifier[OIDC_SECRET_SIZE];
	const char *redirect_uri; /* "http://localhost:PORT" */
};

/* -1 with ERROR_SYSTEM. */
int oidc_begin(struct arena *arena, int port, struct oidc_login *login, struct error *error);
/* PKCE's challenge (RFC 7636, S256) for a verifier. */
void oidc_challenge(const char *verifier, char challenge[OIDC_SECRET_SIZE]);
/* The address that the browser opens. */
const char *oidc_authorize_url(const struct identity *identity, const struct oidc_login *login);

/* Both give a credential in the arena, and send at most once what counts at most once. ERROR_AUTH:
 * the identity does not accept the code or the refresh token; else the errors of api.h. None of
 * them repeats a secret. */
int oidc_exchange(const struct identity *identity, const struct oidc_login *login, const char *code,
		  struct credential *credential, struct error *error);
int oidc_renew(const struct identity *identity, const struct credential *old,
	       struct credential *credential, struct error *error);

/* Whose token it is. */
struct platform_user {
	const char *id, *name, *email;
};
int platform_whoami(struct attio_api *platform, struct platform_user *user, struct error *error);

#endif
