/* Signing in with a browser: the address is told, and what the browser brings back is awaited, at a
 * port of this machine or pasted by somebody whose browser is elsewhere. */
#ifndef ATTIO_CLI_NET_SIGN_IN_H
#define ATTIO_CLI_NET_SIGN_IN_H

#include <stdbool.h>

struct cli;
struct credential;
struct error;
struct identity;

struct sign_in_options {
	long timeout; /* seconds to wait for the browser */
	bool browse;  /* open the browser */
};

/* ERROR_AUTH: the user, or the platform, refused; ERROR_NETWORK: nobody came in time. */
int sign_in(struct cli *cli, const struct identity *identity, const struct sign_in_options *options,
	    struct credential *credential, struct error *error);

#endif
