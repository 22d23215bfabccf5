/* The workspaces that a developer can try an app in. Errors as of all calls: platform/api.h. Facts:
 * lib/platform/README.md, Workspaces. */
#ifndef ATTIO_PLATFORM_WORKSPACES_H
#define ATTIO_PLATFORM_WORKSPACES_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct attio_api;

struct platform_workspace {
	const char *id;
	const char *slug; /* as the server has it: it is compared with what was asked for */
	const char *name; /* fit for a terminal */
};

/* Those where the token's owner is an admin, in the platform's order. */
int platform_workspaces(struct attio_api *platform, struct platform_workspace **workspaces,
			size_t *count, struct error *error);

/* Whether the app is installed there: *installed. */
int platform_installation(struct attio_api *platform, const char *app_id, const char *workspace_id,
			  bool *installed, struct error *error);

#endif
