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

/* Scheme, host and port, in one spelling. */
static const char *origin_of(struct arena *arena, const struct address *address)
{
	char *origin = arena_printf(arena, "%s://%s", address->parts.secure ? "https" : "http",
				    address->parts.host);

	for (char *at = origin; *at != '\0'; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return origin;
}

static bool is_attio(const char *origin, const char *url)
{
	size_t len = strlen(origin);

	return strncmp(url, origin, len) == 0 && (url[len] == '\0' || url[len] == '/');
}

static const char *who_it_is(struct arena *arena, const struct addresses *addresses)
{
	const char *api = origin_of(arena, &addresses->api);
	const char *app = origin_of(arena, &addresses->app);

	if (is_attio(api, PLATFORM_API_URL) && is_attio(app, PLATFORM_APP_URL))
		return NULL;
	return strcmp(api, app) == 0 ? api : arena_printf(arena, "%s,%s", api, app);
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
	const char *app = wanted->app, *realtime = wanted->realtime;
	bool attio;

	if (choose(arena, &api_kind, wanted->api != NULL ? wanted->api : PLATFORM_API_URL,
		   &addresses->api, error) != 0)
		return -1;
	attio = is_attio(origin_of(arena, &addresses->api), PLATFORM_API_URL);
	if (app == NULL)
		app = attio ? PLATFORM_APP_URL : beside(arena, &addresses->api, &app_kind);
	if (realtime == NULL)
		realtime = attio ? PLATFORM_REALTIME_URL
				 : beside(arena, &addresses->api, &realtime_kind);
	if (choose(arena, &app_kind, app, &addresses->app, error) != 0 ||
	    choose(arena, &realtime_kind, realtime, &addresses->realtime, error) != 0)
		return -1;
	addresses->at = who_it_is(arena, addresses);
	return 0;
}
