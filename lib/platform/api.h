/* Attio's developer API, one function per endpoint. What is sent and what may be answered:
 * lib/platform/README.md.
 *
 * Errors of all calls: ERROR_AUTH for 401 and 403, ERROR_CONFLICT for 409, ERROR_SERVICE for any
 * other refusal and for an answer of an unexpected shape, and those of http_send. Texts of the
 * server are shown without control bytes and cut short; the token never is. */
#ifndef ATTIO_PLATFORM_API_H
#define ATTIO_PLATFORM_API_H

#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"
#include "platform/addresses.h"

struct arena;
struct error;

#define PLATFORM_PORTAL_URL "https://build.attio.com"

/* Gives the token for the next call, which is borrowed until it is asked again. `refused`: the
 * platform did not accept the one of before; the same one (the same pointer) when there is no
 * other. -1: none is left. */
struct signer {
	int (*token)(void *context, bool refused, const char **token, struct error *error);
	void *context;
};

struct platform {
	struct arena *arena;        /* holds all answers */
	struct http_client *client; /* borrowed */
	struct addresses addresses;
	const char *base_url; /* where calls go: addresses.api.url */
	struct http_url url;  /* of base_url */
	const char *token;
	struct signer signer; /* asked before each call; without its function `token` stands */
};

/* `token` is borrowed; one with bytes that cannot be in a header is ERROR_AUTH. Calls take it, or
 * what `signer` gives once that is set. */
int platform_init(struct platform *platform, struct arena *arena, struct http_client *client,
		  const struct addresses *addresses, const char *token, struct error *error);
/* The same platform for calls below `address`, one of its own. */
struct platform platform_at(const struct platform *platform, const struct address *address);

struct platform_app {
	const char *id;
	const char *title;
};

/* ERROR_NOT_FOUND when there is no such app; ERROR_USAGE for a slug that cannot be in a URL. */
int platform_app_by_slug(struct platform *platform, const char *slug, struct platform_app *app,
			 struct error *error);

struct platform_version {
	long long major;
	long long minor;
	long long installs;
	const char *created_at; /* RFC 3339 */
	const char *status;     /* "private", "in-review", "published", "rejected" or a new one */
	bool published;
};

/* In the platform's order. */
int platform_versions(struct platform *platform, const char *app_id,
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
int platform_version_create(struct platform *platform, const char *app_id, long long major,
			    const char *const *block_ids, size_t block_count,
			    struct platform_draft *draft, struct error *error);

struct platform_upload {
	const char *name; /* for messages: "server.js" */
	const char *url;
	const char *bytes;
	size_t len;
};

/* Sends all bundles to the storage at once, without the token. Fails with the first bundle whose
 * answer is not 2xx. */
int platform_upload(struct platform *platform, const struct platform_upload *uploads, size_t count,
		    struct error *error);

/* Ends a version once all of its bundles are there. */
int platform_version_complete(struct platform *platform, const struct platform_draft *draft,
			      struct error *error);

#endif
