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

struct arena;
struct error;

#define PLATFORM_API_URL "https://build.attio.com/api"
#define PLATFORM_PORTAL_URL "https://build.attio.com"

struct platform {
	struct arena *arena;        /* holds all answers */
	struct http_client *client; /* borrowed */
	const char *base_url;       /* without a slash at the end */
	const char *token;
	struct http_url url; /* of base_url */
};

/* `base_url` NULL: Attio's own. Refuses (ERROR_USAGE) what is no plain http or https URL, and http
 * to another machine, since the token would be readable on the way; a token with bytes that cannot
 * be in a header is ERROR_AUTH. */
int platform_init(struct platform *platform, struct arena *arena, struct http_client *client,
		  const char *base_url, const char *token, struct error *error);

struct platform_app {
	const char *id;
	const char *title;
};

/* ERROR_NOT_FOUND when there is no such app; ERROR_USAGE for a slug that cannot be in a URL. */
int platform_app_by_slug(struct platform *platform, const char *slug, struct platform_app *app,
			 struct error *error);

#endif
