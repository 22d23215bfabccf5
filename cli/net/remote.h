/* An app and a workspace on Attio, as `logs` and `dev` need them: who is signed in, which app, and
 * which of the developer's workspaces. */
#ifndef ATTIO_CLI_NET_REMOTE_H
#define ATTIO_CLI_NET_REMOTE_H

#include "cli/net/account.h"
#include "cli/net/remote_options.h"
#include "platform/workspaces.h"

struct cli;
struct error;
struct http_watch;
struct loop;

struct remote {
	struct cli *cli;
	struct account account;
	const char *slug; /* of the app */
	struct platform_app app;
	struct platform_workspace workspace;
	/* Set before opening, or NULL: signals that end us are noted in the loop once the account
	 * is open, and calls stop by the watch. Borrowed. */
	struct loop *loop;
	const struct http_watch *watch;
};

/* Looks both up; `root` is the app's folder. Returns an exit code; a failure was told. A zeroed
 * struct may be closed; it must not move until then. */
int remote_open(struct remote *remote, struct cli *cli, const struct remote_options *options,
		const char *root);
/* Tells of a failure, or of the signal that has ended it; gives the exit code. */
int remote_fail(struct remote *remote, const struct error *error);
void remote_close(struct remote *remote);

/* Where the app is installed in the workspace, for people; in the cli's arena. */
const char *remote_install_page(const struct remote *remote);

#endif
