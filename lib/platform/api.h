/* Attio's developer API, one function per endpoint. What is sent and what may be answered:
 * lib/platform/README.md.
 *
 * Errors of all calls: ERROR_AUTH for 401 and 403, ERROR_CONFLICT for 409, ERROR_NOT_FOUND for 404
 * where the call is about something of an app, ERROR_SERVICE for any
 * other refusal and for an answer of an unexpected shape, and those of http_send. Texts of the
 * server are shown without control bytes and cut short; the token never is. */
#ifndef ATTIO_PLATFORM_API_H
#define ATTIO_PLATFORM_API_H

#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"
#include "platform/addresses.h"

struct arena;
struct env_variable;
struct error;

#define PLATFORM_PORTAL_URL "https://build.attio.com"

/* Gives the token for the next call, which is borrowed until it is asked again. `refused`: the
 * platform did not accept the one of before; the same one (the same pointer) when there is no
 * other. -1: none is left. */
struct signer {
	int (*token)(void *context, bool refused, const char **token, struct error *error);
	void *context;
};

/* Sends a request in a way that keeps its answer even if this process is killed, sealed with
 * `secret` at `path` (errand.h); else as http_send. */
struct courier {
	int (*send)(void *context, const struct http_request *request, const char *path,
		    const char *secret, struct http_response *response, struct error *error);
	void *context;
	const char *path; /* NULL: there is none for the calls of now */
};

struct attio_api {
	struct arena *arena;        /* holds all answers */
	struct http_client *client; /* borrowed */
	struct addresses addresses;
	const char *base_url; /* where calls go: addresses.api.url */
	struct http_url url;  /* of base_url */
	const char *token;
	long status;            /* of the last call's answer; 0: none came */
	struct signer signer;   /* asked before each call; without its function `token` stands */
	struct courier courier; /* of calls that go by it */
	/* What else of a call's own is never shown in a server's words: values of variables. */
	const struct env_variable *hidden;
	size_t hidden_count;
};

/* `token` is borrowed; one with bytes that cannot be in a header is ERROR_AUTH. Calls take it, or
 * what `signer` gives once that is set. */
int platform_init(struct attio_api *platform, struct arena *arena, struct http_client *client,
		  const struct addresses *addresses, const char *token, struct error *error);
/* The same platform for calls below `address`, one of its own. */
struct attio_api platform_at(const struct attio_api *platform, const struct address *address);

struct platform_app {
	const char *id;
	const char *title;
};

/* ERROR_NOT_FOUND when there is no such app; ERROR_USAGE for a slug that cannot be in a URL. */
int platform_app_by_slug(struct attio_api *platform, const char *slug, struct platform_app *app,
			 struct error *error);

#endif
