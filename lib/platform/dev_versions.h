/* Development versions: what a developer's own workspace runs while an app is written. Errors as of
 * all calls: platform/api.h. Facts: lib/platform/README.md, Development versions. */
#ifndef ATTIO_PLATFORM_DEV_VERSIONS_H
#define ATTIO_PLATFORM_DEV_VERSIONS_H

#include <stddef.h>

struct arena;
struct env_variable;
struct error;
struct attio_api;

/* What the platform would say no to, so that it is not sent at all: names of another form than
 * `A_NAME2`, and those that begin as the platform's own do. NULL: nothing; else one sentence for
 * each, joined by "; ", without any value, in the arena. */
const char *platform_env_problems(struct arena *arena, const struct env_variable *variables,
				  size_t count);

/* A new development version for the workspace. ERROR_USAGE when the platform does not take the
 * variables: `why` says which and why. */
int platform_dev_version_create(struct attio_api *platform, const char *app_id,
				const char *workspace_id, const struct env_variable *variables,
				size_t count, const char **version_id, struct error *error);

struct platform_dev_bundle {
	const char *id;
	const char *client_url; /* upload URLs: secrets, not for any output */
	const char *server_url;
	const char **block_urls; /* parallel to the ids that were sent */
};

/* Begins to send a build to it; a block that gets no upload URL is an error. ERROR_NOT_FOUND when
 * there is no such version (any more). */
int platform_dev_bundle_create(struct attio_api *platform, const char *app_id,
			       const char *version_id, const char *const *block_ids,
			       size_t block_count, struct platform_dev_bundle *bundle,
			       struct error *error);
/* Ends it, once all of its parts are there. */
int platform_dev_bundle_complete(struct attio_api *platform, const char *app_id,
				 const char *version_id, const struct platform_dev_bundle *bundle,
				 struct error *error);

#endif
