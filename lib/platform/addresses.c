#include "platform/addresses.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct kind {
	const char *variable;
	const char *usual;
	const char *secure, *plain; /* the two schemes, with "://" */
};

static const struct kind api_kind = {"ATTIO_API_URL", PLATFORM_API_URL, "https://", "http://"};
static const struct kind app_kind = {"ATTIO_APP_URL", PLATFORM_APP_URL, "https://", "http://"};
static const struct kind realtime_kind = {"ATTIO_REALTIME_URL", PLATFORM_REALTIME_URL, "wss://",
					  "ws://"};

static int refuse(const struct kind *kind, struct error *error)
{
	error_set(error, ERROR_USAGE, "`%s` is not a plain %.*s or %.*s URL", kind->variable,
		  (int)strcspn(kind->plain, ":"), kind->plain, (int)strcspn(kind->secure, ":"),
		  kind->secure);
	return error_fix(error, "set it to something like `%s`, or unset it", kind->usual);
}

/* The one scheme is the other's by another name: ws is http, wss is https. */
static const char *as_http(struct arena *arena, const struct kind *kind, const char *url)
{
	if (str_starts(url, kind->secure))
		return arena_printf(arena, "https://%s", url + strlen(kind->secure));
	if (str_starts(url, kind->plain))
		return arena_printf(arena, "http://%s", url + strlen(kind->plain));
	return NULL;
}

static int choose(struct arena *arena, const struct kind *kind, const char *url,
		  struct address *address, struct error *error)
{
	const char *http = as_http(arena, kind, url);
	size_t len = strlen(url);

	if (http == NULL || http_url_parse(http, &address->parts, error) != 0 ||
	    !address->parts.plain)
		return refuse(kind, error);
	if (!address->parts.secure && !address->parts.loopback) {
		error_set(error, ERROR_USAGE, "the token is not sent to `%s` without encryption",
			  address->parts.host);
		return error_fix(error, "use %.*s in `%s`", (int)strcspn(kind->secure, ":"),
				 kind->secure, kind->variable);
	}
	while (len > 0 && url[len - 1] == '/')
		len--;
	address->url = arena_strndup(arena, url, len);
	return 0;
}

/* The same host by the scheme of another kind. */
static const char *beside(struct arena *arena, const struct address *api, const struct kind *kind)
{
	return arena_printf(arena, "%s%s", api->parts.secure ? kind->secure : kind->plain,
			    api->parts.host);
}

int addresses_choose(struct arena *arena, const struct addresses_wanted *wanted,
		     struct addresses *addresses, struct error *error)
{
	const char *api = wanted->api, *app = wanted->app, *realtime = wanted->realtime;

	if (choose(arena, &api_kind, api != NULL ? api : PLATFORM_API_URL, &addresses->api,
		   error) != 0)
		return -1;
	if (app == NULL)
		app = api != NULL ? beside(arena, &addresses->api, &app_kind) : PLATFORM_APP_URL;
	if (realtime == NULL)
		realtime = api != NULL ? beside(arena, &addresses->api, &realtime_kind)
				       : PLATFORM_REALTIME_URL;
	if (choose(arena, &app_kind, app, &addresses->app, error) != 0)
		return -1;
	return choose(arena, &realtime_kind, realtime, &addresses->realtime, error);
}
