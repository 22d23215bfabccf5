/* Attio, as somebody who is signed in: the one way by which commands reach it. Which credential
 * that is: lib/platform/README.md, Credentials. */
#ifndef ATTIO_CLI_NET_ACCOUNT_H
#define ATTIO_CLI_NET_ACCOUNT_H

#include "platform/api.h"

struct cli;
struct error;
struct http_client;

struct account_options {
	long timeout;       /* seconds for one request, at least 1 */
	const char *cacert; /* as trust_file has it; or NULL */
};

struct account {
	struct platform platform; /* for all calls; it renews its token by itself */
	struct http_client *client;
};

/* The addresses of this run, from the environment; in the cli's arena. */
int account_addresses(struct cli *cli, struct addresses *addresses, struct error *error);
/* A client for addresses outside of this machine: trust, proxy, repetitions that are told. NULL
 * with an error. */
struct http_client *account_client(struct cli *cli, const struct account_options *options,
				   struct error *error);

/* Finds the credential and asks nothing of the platform, unless the credential must be renewed.
 * ERROR_AUTH when nobody is signed in. The struct must not move until it is closed; a zeroed one
 * may be closed. */
int account_open(struct account *account, struct cli *cli, const struct account_options *options,
		 struct error *error);
void account_close(struct account *account);

#endif
