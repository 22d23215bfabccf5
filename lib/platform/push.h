/* Sends a build to a development version: the whole sequence of calls. Errors as of all calls:
 * platform/api.h. Facts: lib/platform/README.md, Development versions. */
#ifndef ATTIO_PLATFORM_PUSH_H
#define ATTIO_PLATFORM_PUSH_H

#include <stddef.h>

struct error;
struct attio_api;

struct push_block {
	const char *id;
	const char *text;
};

struct push {
	const char *client;
	const char *server;
	const struct push_block *blocks; /* in the order of the app */
	size_t block_count;
};

/* Every part must be accepted before the build is completed; when one is not, the workspace goes on
 * with the build before. ERROR_NOT_FOUND when there is no such version any more. */
int platform_push(struct attio_api *platform, const char *app_id, const char *version_id,
		  const struct push *push, struct error *error);

#endif
