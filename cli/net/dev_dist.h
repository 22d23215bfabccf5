/* The bundles of `attio dev --dist DIR`: built before, by us or by the official CLI, and run as
 * they are. */
#ifndef ATTIO_CLI_NET_DEV_DIST_H
#define ATTIO_CLI_NET_DEV_DIST_H

#include "local/run/platform.h"

struct arena;
struct error;

/* Reads index.js, server.js and workflow/ID.js of the folder, with the maps beside them if there
 * are any, and the .env files of the app at `root`. All memory is the arena's. -1 with ERROR_USAGE
 * when the folder holds no bundles, else ERROR_SYSTEM. */
int dev_dist_read(struct arena *arena, const char *folder, const char *root,
		  struct platform_bundles *out, struct error *error);

#endif
