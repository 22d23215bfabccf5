/* An app and a workspace on Attio, as `logs` and `dev` need them: who is signed in, which app, and
 * which of the developer's workspaces. */
#ifndef ATTIO_CLI_NET_REMOTE_H
#define ATTIO_CLI_NET_REMOTE_H

#include "cli/net/account.h"
#include "cli/net/remote_options.h"
#include "platform/workspaces.h"

struct cli;

struct remote {
	struct cli *cli;
	struct account account;
	const char *slug; /* of the app */
	struct platform_app app;
	struct platform_workspace workspace;
};

/* Looks both up; `root` is the app's folder. Returns an exit code; a failure was told. A zeroed
 * struct may be closed; it must not move until then. */
int remote_open(struct remote *remote, struct cli *cli, const struct remote_options *options,
		const char *root);
void remote_close(struct remote *remote);

/* Where the app is installed in the workspace, for people; in the cli's arena. */
const char *remote_install_page(const struct remote *remote);

#endif
