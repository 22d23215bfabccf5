/* Where Attio is: three addresses, which tests and other installations may replace. */
#ifndef ATTIO_PLATFORM_ADDRESSES_H
#define ATTIO_PLATFORM_ADDRESSES_H

#include "http/http.h"

struct arena;
struct error;

#define PLATFORM_API_URL "https://build.attio.com/api"
#define PLATFORM_APP_URL "https://app.attio.com"
/* What Attio is called where a credential says whose it is: the origin of its API. */
#define PLATFORM_ORIGIN "https://build.attio.com"
#define PLATFORM_REALTIME_URL "wss://main.realtime.ably.net"

struct address {
	const char *url;       /* without a slash at the end */
	struct http_url parts; /* of it; for ws and wss as for http and https */
};

struct addresses {
	struct address api;      /* the developer API */
	struct address app;      /* the web app and identity: below it are /oidc and /api/auth */
	struct address realtime; /* the log service: ws or wss */
	/* Who gets the credential: NULL is Attio itself. Anybody else is called by the origin of
	 * the API, and behind a comma that of the identity where it is another one:
	 * "http://127.0.0.1:8700". */
	const char *at;
};

/* What was asked for, each NULL when it was not: the variables ATTIO_API_URL, ATTIO_APP_URL and
 * ATTIO_REALTIME_URL. */
struct addresses_wanted {
	const char *api, *app, *realtime;
};

/* Where another API than Attio's is wanted and nothing else, the others are at its host. Refuses
 * (ERROR_USAGE, with the variable) what is no plain URL of its kind, and what is not encrypted on
 * the way to another machine, where the token could be read. The memory is the arena's. */
int addresses_choose(struct arena *arena, const struct addresses_wanted *wanted,
		     struct addresses *addresses, struct error *error);

#endif
