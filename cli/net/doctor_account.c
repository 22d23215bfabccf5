/* The part of attio doctor about who is signed in, and whether Attio is there. */
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/account.h"
#include "cli/net/checkup.h"
#include "cli/net/doctor.h"
#include "http/http.h"
#include "platform/addresses.h"
#include "platform/api.h"
#include "platform/credential.h"
#include "platform/oidc.h"
#include "platform/vault.h"

#define DAY 86400LL
#define HOUR 3600LL
/* Seconds that two clocks may be apart: from a minute on times of logs mislead, and from the margin
 * of a credential on a good one is taken for expired. */
#define SKEW_SEEN 60LL
#define SKEW_HARMS 300LL

/* "3 days" of so many seconds. */
static const char *span(struct arena *arena, long long seconds)
{
	static const struct {
		long long unit;
		const char *name;
	} units[] = {{DAY, "day"}, {HOUR, "hour"}, {60, "minute"}};

	for (size_t i = 0; i < 3; i++) {
		long long n = seconds / units[i].unit;

		if (n > 0)
			return arena_printf(arena, "%lld %s%s", n, units[i].name,
					    n == 1 ? "" : "s");
	}
	return arena_printf(arena, "%lld second%s", seconds, seconds == 1 ? "" : "s");
}

/* How old what a file holds is, as ", N days old"; "" for other places, which do not tell. */
static const char *age(struct arena *arena, const struct vault *vault, enum vault_place place)
{
	const char *file = place == VAULT_TOKEN_FILE ? vault->token_file
			   : place == VAULT_OWN_FILE ? vault->own_file
						     : NULL;
	struct stat info;

	if (file == NULL || stat(file, &info) != 0 || time(NULL) < info.st_mtime)
		return "";
	return arena_printf(arena, ", written %s ago",
			    span(arena, (long long)(time(NULL) - info.st_mtime)));
}

static void tell_credential(struct checkup *checkup, const struct vault *vault,
			    enum vault_place place, const struct credential *credential)
{
	struct arena *arena = checkup->arena;
	const char *where =
		arena_printf(arena, "(%s%s)", vault_place_name(place), age(arena, vault, place));
	long long left = credential_left(credential, credential_now()) / 1000;

	if (credential->expires_at >= CREDENTIAL_NEVER)
		checkup_add(checkup, CHECKUP_OK, "token", NULL,
			    "there is a token %s; it does not say when it ends", where);
	else if (left > CREDENTIAL_MARGIN / 1000)
		checkup_add(checkup, CHECKUP_OK, "token", NULL,
			    "there is a token %s, good for %s%s", where, span(arena, left),
			    credential->refresh != NULL ? ", and then renewed" : "");
	else if (credential->refresh != NULL)
		checkup_add(checkup, CHECKUP_OK, "token", NULL,
			    "there is a token %s; it has ended and is renewed at its next use",
			    where);
	else
		checkup_add(checkup, CHECKUP_ERROR, "token", "attio login",
			    "the token %s has ended and cannot be renewed", where);
}

static bool look_at_credential(struct checkup *checkup)
{
	struct credential credential = {0};
	struct addresses addresses;
	struct vault *vault;
	enum vault_place place = VAULT_NOWHERE;
	struct error error = {0};
	const char *fix;

	if (account_addresses(checkup->cli, &addresses, &error) != 0) {
		checkup_add(checkup, CHECKUP_ERROR, "token",
			    arena_strdup(checkup->arena, error.fix), "%s", error.message);
		return false;
	}
	vault = account_vault(checkup->cli, &addresses);
	if (vault_read(vault, &place, &credential, &error) == 0 && place != VAULT_NOWHERE) {
		tell_credential(checkup, vault, place, &credential);
		return true;
	}
	fix = error.fix[0] != '\0' ? arena_strdup(checkup->arena, error.fix) : "attio login";
	if (place == VAULT_NOWHERE && error.kind == ERROR_AUTH)
		checkup_add(checkup, CHECKUP_WARNING, "token", "attio login",
			    "nobody is signed in; only what is done on Attio needs it");
	else
		checkup_add(checkup, CHECKUP_ERROR, "token", fix, "%s%s%s", error.message,
			    error.why[0] != '\0' ? ": " : "", error.why);
	return false;
}

/* How far this machine's clock is from the server's. */
static void look_at_clock(struct checkup *checkup, const char *host, long long date)
{
	long long apart = (long long)time(NULL) - date;
	long long size = apart < 0 ? -apart : apart;

	if (date == 0)
		checkup_add(checkup, CHECKUP_WARNING, "clock", NULL, "`%s` does not tell the time",
			    host);
	else if (size < SKEW_SEEN)
		checkup_add(checkup, CHECKUP_OK, "clock", NULL, "the clock is right");
	else
		checkup_add(checkup, size < SKEW_HARMS ? CHECKUP_WARNING : CHECKUP_ERROR, "clock",
			    "sudo timedatectl set-ntp true", "the clock is %s %s that of `%s`",
			    span(checkup->arena, size), apart > 0 ? "ahead of" : "behind", host);
}

/* Any answer will do: it is about the way there. Without the token. */
static bool look_at_way(struct checkup *checkup, struct http_client *client,
			const struct address *address, const char *what, bool clock)
{
	const struct http_request request = {.method = "GET", .url = address->url};
	struct http_response response = {0};
	struct error error = {0};

	if (http_send(client, &request, &response, &error) != 0) {
		checkup_add(checkup, CHECKUP_ERROR, "network",
			    error.fix[0] != '\0' ? arena_strdup(checkup->arena, error.fix) : NULL,
			    "%s: %s%s%s", what, error.message, error.why[0] != '\0' ? ": " : "",
			    error.why);
		return false;
	}
	checkup_add(checkup, CHECKUP_OK, "network", NULL, "%s answers at `%s`", what,
		    address->parts.host);
	if (clock)
		look_at_clock(checkup, address->parts.host, response.date);
	http_response_dispose(&response);
	return true;
}

static void look_at_user(struct checkup *checkup, const struct account_options *options)
{
	struct account account = {0};
	struct platform_user user;
	struct error error = {0};

	if (account_open(&account, checkup->cli, options, &error) != 0 ||
	    platform_whoami(&account.platform, &user, &error) != 0)
		checkup_add(checkup, CHECKUP_ERROR, "account",
			    error.fix[0] != '\0' ? arena_strdup(checkup->arena, error.fix)
						 : "attio login",
			    "%s%s%s", error.message, error.why[0] != '\0' ? ": " : "", error.why);
	else
		checkup_add(checkup, CHECKUP_OK, "account", NULL, "signed in as %s (%s)", user.name,
			    user.email);
	account_close(&account);
}

static void look_at_attio(struct checkup *checkup, bool signed_in)
{
	static const struct http_retry once = {.tries = 1};
	const struct account_options options = {checkup->options->timeout,
						checkup->options->cacert};
	struct addresses addresses;
	struct error error = {0};
	struct http_client *client = NULL;
	bool reached;

	if (account_addresses(checkup->cli, &addresses, &error) == 0)
		client = account_client(checkup->cli, &options, &error);
	if (client == NULL) {
		checkup_add(checkup, CHECKUP_ERROR, "network",
			    error.fix[0] != '\0' ? arena_strdup(checkup->arena, error.fix) : NULL,
			    "%s", error.message);
		return;
	}
	http_client_set_retry(client, &once);
	reached = look_at_way(checkup, client, &addresses.api, "the developer API", true);
	reached = look_at_way(checkup, client, &addresses.app, "the web app", false) && reached;
	http_client_free(client);
	if (signed_in && reached)
		look_at_user(checkup, &options);
}

void checkup_account(struct checkup *checkup)
{
	bool signed_in = look_at_credential(checkup);

	if (checkup->options->online)
		look_at_attio(checkup, signed_in);
}
