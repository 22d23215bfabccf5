/* Sends bundles to the addresses that the platform gave for them. What is sent:
 * lib/platform/README.md, Uploads. */
#ifndef ATTIO_PLATFORM_UPLOAD_H
#define ATTIO_PLATFORM_UPLOAD_H

#include <stddef.h>

struct error;
struct attio_api;

struct platform_upload {
	const char *name; /* for messages: "server.js" */
	const char *url;
	const char *bytes;
	size_t len;
};

/* Sends all bundles to the storage at once, without the token. Fails with the first bundle whose
 * answer is not 2xx; what to do about it is for the caller to say. */
int platform_upload(struct attio_api *platform, const struct platform_upload *uploads, size_t count,
		    struct error *error);

#endif
