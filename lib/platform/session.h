/* A credential in use: renewed when it is about to end, by one process at a time, and kept where it
 * came from at once, so that nobody is left with a refresh token that does not count any more. */
#ifndef ATTIO_PLATFORM_SESSION_H
#define ATTIO_PLATFORM_SESSION_H

#include <stdbool.h>

#include "platform/api.h"
#include "platform/credential.h"
#include "platform/oidc.h"
#include "platform/vault.h"

struct session {
	struct vault *vault; /* borrowed */
	struct identity identity;
	struct credential credential;
	enum vault_place place;
	long long margin;    /* milliseconds before its end from when on it is renewed */
	long long not_until; /* no other try to renew before this moment */
	bool renewed;        /* by this process */
};

/* Takes what `vault` finds, and renews it where it must be. ERROR_AUTH: nobody is signed in, or has
 * to do so again. The struct must not move while a signer of it is used. */
int session_open(struct session *session, struct vault *vault, const struct identity *identity,
		 struct error *error);
/* The same for a credential that is at hand and comes from nowhere yet, or from `place`. */
int session_begin(struct session *session, struct vault *vault, const struct identity *identity,
		  const struct credential *credential, enum vault_place place, struct error *error);
/* Renews what the session has, which must have a refresh token, in our turn: for who is a renewer
 * (oidc.h) for others. Somebody who has done it meanwhile has done it for us. */
int session_renew(struct session *session, struct error *error);
/* For the calls of a platform: whoever runs for long gets a token that is good. */
struct signer session_signer(struct session *session);

#endif
