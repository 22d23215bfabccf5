/* Attio, as somebody who is signed in: the one way by which commands reach it. Which credential
 * that is: lib/platform/README.md, Credentials. */
#ifndef ATTIO_CLI_NET_ACCOUNT_H
#define ATTIO_CLI_NET_ACCOUNT_H

#include <stdbool.h>

#include "platform/session.h"

struct cli;
struct errand;
struct error;
struct http_client;

struct account_options {
	long timeout;       /* seconds for one request, at least 1 */
	const char *cacert; /* as trust_file has it; or NULL */
};

/* What is not said to be otherwise lives as long as the cli's arena. */
struct account {
	struct attio_api platform;  /* for all calls; it renews its token by itself */
	struct http_client *client; /* until the account is closed */
	/* What renewing has for itself, so that any thread may do it, one at a time: the others'
	 * calls go on meanwhile. Until the account is closed. */
	struct arena *arena;
	struct http_client *identity_client;
	struct addresses *addresses;
	struct vault *vault;
	struct identity identity;
	struct session *session; /* whose credential it is, and where that comes from */
};

/* The addresses of this run, from the environment; in the cli's arena. */
int account_addresses(struct cli *cli, struct addresses *addresses, struct error *error);
/* A client for addresses outside of this machine: trust, proxy, repetitions that are told. NULL
 * with an error. */
struct http_client *account_client(struct cli *cli, const struct account_options *options,
				   struct error *error);

/* What a client of account_client has, for one of another process (platform/errand.h). */
int account_errand(struct cli *cli, const struct account_options *options, struct errand *errand,
		   struct error *error);

/* Where credentials for these addresses are kept, as the environment has it. */
struct vault *account_vault(struct cli *cli, const struct addresses *addresses);
/* Whether the system could open a window for who runs this. */
bool account_has_screen(const struct cli *cli);

/* Finds the credential and asks nothing of the platform, unless the credential must be renewed.
 * ERROR_AUTH when nobody is signed in. A zeroed account may be closed. */
int account_open(struct account *account, struct cli *cli, const struct account_options *options,
		 struct error *error);
/* The two parts of it, for who signs in: all but the session and the platform; and the platform,
 * once there is a session. */
int account_ready(struct account *account, struct cli *cli, const struct account_options *options,
		  struct error *error);
int account_sign(struct account *account, struct cli *cli, struct error *error);
void account_close(struct account *account);

#endif
