#include "platform/session.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "http/http.h"
#include "sys/moment.h"
#include "sys/signals.h"

/* After a failure the platform is left alone for a while. */
#define PAUSE_MS 30000LL
/* For how long a signal waits for an answer that is under way. */
#define GRACE_MS 3000

static long long left(const struct session *session)
{
	return credential_left(&session->credential, credential_now());
}

/* A token that lives for minutes only would otherwise be renewed before each call. */
static void set_margin(struct session *session)
{
	long long tenth = left(session) / 10;

	session->margin = tenth < CREDENTIAL_MARGIN ? tenth : CREDENTIAL_MARGIN;
}

/* Whether another process has renewed it since we read it: what it left is taken. */
static bool take_renewed(struct session *session)
{
	struct credential stored;

	if (!vault_reread(session->vault, session->place, &stored) ||
	    strcmp(stored.access, session->credential.access) == 0)
		return false;
	session->credential = stored;
	return left(session) > 0;
}

/* The old credential counts no more from here on: what came is kept before anything else happens.
 */
static void keep(struct session *session)
{
	struct arena *arena = session->vault->arena;
	struct error error = {0};

	if (session->place == VAULT_NOWHERE ||
	    vault_replace(session->vault, session->place, &session->credential, &error) == 0)
		return;
	if (session->place == VAULT_GIVEN)
		vault_warn(session->vault,
			   "the credential in `ATTIO_TOKEN` was renewed and cannot be written "
			   "back, so it may not serve again; put it into a file and name that in "
			   "`ATTIO_TOKEN_FILE`");
	else
		vault_warn(
			session->vault,
			arena_printf(
				arena,
				"the renewed credential could not be written back (%s%s%s), so you "
				"may have to sign in again",
				error.message, error.why[0] != '\0' ? ": " : "", error.why));
}

/* Since when a signal waits, by moment_ms; 0: none does. */
static bool is_pressed(void *context)
{
	long long *since = context;

	if (*since == 0 && signals_waiting())
		*since = moment_ms();
	return *since != 0 && moment_ms() - *since >= GRACE_MS;
}

static int ask(struct session *session, struct error *error)
{
	struct credential fresh;

	if (oidc_renew(&session->identity, &session->credential, &fresh, error) != 0)
		return -1;
	fresh.platform = session->credential.platform;
	session->credential = fresh;
	session->renewed = true;
	keep(session);
	return 0;
}

static int expired(struct error *error)
{
	error_set(error, ERROR_AUTH, "the token has expired, and nothing is there to renew it");
	return error_fix(error,
			 "run `attio login`, or give a token that is good; see, too, whether "
			 "this machine's clock is right");
}

static int refused(struct session *session, struct error *error)
{
	char why[sizeof(error->why)];
	bool outside = session->place == VAULT_GIVEN || session->place == VAULT_TOKEN_FILE;

	/* The official CLI, which knows nothing of turns, may have been quicker. */
	if (error->kind == ERROR_AUTH && take_renewed(session))
		return 0;
	session->not_until = credential_now() + PAUSE_MS;
	if (error->kind != ERROR_AUTH)
		return -1;
	memcpy(why, error->why, sizeof(why));
	if (session->vault->at != NULL)
		error_set(error, ERROR_AUTH, "your sign-in at `%s` has ended", session->vault->at);
	else
		error_set(error, ERROR_AUTH, "your sign-in to Attio has ended");
	error_why(error, "%s", why);
	return error_fix(error, "run `attio login` again%s",
			 outside ? ", then `attio login --export FILE` for `ATTIO_TOKEN_FILE`"
				 : "");
}

int session_renew(struct session *session, struct error *error)
{
	int turn = vault_turn(session->vault, session->place);
	int result = 0;

	if (!take_renewed(session) && ask(session, error) != 0)
		result = refused(session, error);
	if (turn >= 0)
		close(turn);
	return result;
}

/* What cannot be written back is of no use to a process that outlives us. */
static int by_renewer(struct session *session, const struct http_watch *watch, struct error *error)
{
	const struct renewer *renewer = &session->identity.renewer;
	struct credential fresh;
	int result;

	if (renewer->renew == NULL || session->place == VAULT_NOWHERE ||
	    session->place == VAULT_GIVEN)
		return 1;
	result = renewer->renew(renewer->context, session->place, &session->credential, watch,
				&fresh, error);
	if (result == 0) {
		session->credential = fresh;
		session->renewed = true;
	} else if (result < 0) {
		session->not_until = credential_now() + PAUSE_MS;
	}
	return result;
}

/* Once it is sent, the platform may have given the old refresh token up: whoever wants to end us
 * waits a little for what comes instead. */
static int renew(struct session *session, struct error *error)
{
	long long since = 0;
	const struct http_watch watch = {.stop = is_pressed, .context = &since}, none = {0};
	sigset_t before;
	int result;

	if (take_renewed(session))
		return 0;
	if (session->credential.refresh == NULL)
		return expired(error);
	signals_hold(&before);
	result = by_renewer(session, &watch, error);
	if (result > 0) {
		http_client_set_watch(session->identity.client, &watch);
		result = session_renew(session, error);
		http_client_set_watch(session->identity.client, &none);
	}
	if (result == 0)
		set_margin(session);
	signals_release(&before);
	return result;
}

/* What is still good is used although it could not be renewed. */
static int make_good(struct session *session, long long margin, struct error *error)
{
	struct error failure = {0};
	long long now = credential_now();

	if (left(session) > margin || now < session->not_until ||
	    (session->credential.refresh == NULL && left(session) > 0) ||
	    renew(session, &failure) == 0)
		return 0;
	if (left(session) <= 0) {
		*error = failure;
		return -1;
	}
	vault_warn(session->vault, arena_printf(session->vault->arena,
						"the token could not be renewed (%s) and ends soon",
						failure.message));
	return 0;
}

int session_begin(struct session *session, struct vault *vault, const struct identity *identity,
		  const struct credential *credential, enum vault_place place, struct error *error)
{
	*session = (struct session){
		.vault = vault,
		.identity = *identity,
		.credential = *credential,
		.place = place,
		.margin = CREDENTIAL_MARGIN,
	};
	return make_good(session, CREDENTIAL_MARGIN, error);
}

int session_open(struct session *session, struct vault *vault, const struct identity *identity,
		 struct error *error)
{
	struct credential credential;
	enum vault_place place;

	if (vault_read(vault, &place, &credential, error) != 0 || place == VAULT_NOWHERE)
		return -1;
	return session_begin(session, vault, identity, &credential, place, error);
}

static int give_token(void *context, bool is_refused, const char **token, struct error *error)
{
	struct session *session = context;

	/* Its end is what this machine's clock makes of it: the platform may think otherwise. One
	 * that was renewed and is refused will not get better. */
	if (is_refused && !session->renewed && session->credential.refresh != NULL) {
		if (renew(session, error) != 0)
			return -1;
	} else if (!is_refused && make_good(session, session->margin, error) != 0) {
		return -1;
	}
	*token = session->credential.access;
	return 0;
}

struct signer session_signer(struct session *session)
{
	return (struct signer){give_token, session};
}
