/* Where deploy, link and the commands about versions go: Attio, or the local platform in this
 * process. Both are reached through the same client code; they differ only in what is opened here.
 */
#ifndef ATTIO_CLI_NET_TARGET_H
#define ATTIO_CLI_NET_TARGET_H

#include <stdbool.h>

#include "cli/net/account.h"
#include "platform/api.h"

struct cli;
struct error;
struct local_server;
struct local_store;
struct manifest;

struct target {
	struct attio_api platform;
	struct account account;           /* of Attio */
	struct http_client *local_client; /* of the local platform */
	struct local_store *store;        /* NULL: Attio */
	struct local_server *server;      /* NULL: Attio */
	const char *name;                 /* "attio" or "local" */
	const char *place;                /* URL to look at, or path of the local store */
};

/* The app's slug: `app` (the option, may be NULL), else the name in package.json. NULL with
 * ERROR_USAGE: there is none, or it has not the form of one. */
const char *target_slug(const char *app, const struct manifest *manifest, struct error *error);

/* The same for the app at `root`, of which only package.json is read, and only without `app`: an
 * answer must come also when its code is broken. In the cli's arena. */
const char *target_slug_at(struct cli *cli, const char *app, const char *root, struct error *error);

/* Attio, as account_open has it. A zeroed target may be closed; it must not move. */
int target_open_attio(struct target *target, struct cli *cli, long timeout, const char *cacert,
		      struct error *error);
/* Starts the local platform of the app at `root`. */
int target_open_local(struct target *target, struct cli *cli, const char *root, long port,
		      long timeout, struct error *error);
/* The same for questions only: its store is there, and need not be writable. */
int target_ask_local(struct target *target, struct cli *cli, const char *root, long timeout,
		     struct error *error);
void target_close(struct target *target);

/* A call failed with `error`: when the cause lies in the local store, that becomes the error. */
void target_explain(struct target *target, struct error *error);

#endif
