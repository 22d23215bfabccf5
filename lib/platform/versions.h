/* The endpoints of an app's published versions. Errors as of all calls: platform/api.h. */
#ifndef ATTIO_PLATFORM_VERSIONS_H
#define ATTIO_PLATFORM_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct http_response;
struct attio_api;

/* The release of the official CLI whose bundle format we build and whose calls we make
 * (lib/platform/README.md, Releases). */
#define PLATFORM_CLI_VERSION "1.0.4"
#define PLATFORM_SDK_VERSION "2026-07-24"

struct platform_version {
	long long major;
	long long minor;
	long long installs;
	const char *created_at; /* RFC 3339 */
	const char *status;     /* "private", "in-review", "published", "rejected" or a new one */
	bool published;
};

/* In the platform's order. */
int platform_versions(struct attio_api *platform, const char *app_id,
		      struct platform_version **versions, size_t *count, struct error *error);

struct platform_draft {
	long long major;
	long long minor;
	const char *app_id;
	const char *bundle_id;
	const char *client_url; /* upload URLs: secrets, not for any output */
	const char *server_url;
	const char **block_urls; /* parallel to the ids that were sent */
};

/* Starts a version; the platform picks the minor number. A block that gets no upload URL is an
 * error. */
int platform_version_create(struct attio_api *platform, const char *app_id, long long major,
			    const char *const *block_ids, size_t block_count,
			    struct platform_draft *draft, struct error *error);
/* The same of an answer that came to an earlier run. */
int platform_version_created(struct attio_api *platform, const struct http_response *response,
			     const char *const *block_ids, size_t block_count,
			     struct platform_draft *draft, struct error *error);

/* Ends a version once all of its bundles are there. */
int platform_version_complete(struct attio_api *platform, const struct platform_draft *draft,
			      struct error *error);

#endif
