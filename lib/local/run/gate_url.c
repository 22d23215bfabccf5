/* See gate_url.h. */
#include "local/run/gate_url.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/platform.h"

bool gate_url_parse(struct arena *arena, const char *url, struct gate_url *parts)
{
	size_t scheme = strncasecmp(url, "https://", 8) == 0  ? 8
			: strncasecmp(url, "http://", 7) == 0 ? 7
							      : 0;
	const char *host = url + scheme;
	size_t len = strcspn(host, "/?#");
	const char *rest = host + len;
	size_t path;
	char *origin;

	/* Who signs in is of no interest; the last "@" ends it. */
	for (const char *at; (at = memchr(host, '@', len)) != NULL; host = at + 1)
		len -= (size_t)(at + 1 - host);
	if (scheme == 0 || len == 0 || host[0] == ':')
		return false;
	origin = arena_printf(arena, "%.*s%.*s", (int)scheme, url, (int)len, host);
	for (char *c = origin; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	/* The usual port goes without saying. */
	if (str_ends(origin, scheme == 8 ? ":443" : ":80"))
		origin[strlen(origin) - (scheme == 8 ? 4 : 3)] = '\0';
	parts->origin = origin;
	path = strcspn(rest, "?#");
	parts->path = path > 0 ? arena_strndup(arena, rest, path) : "/";
	rest += path;
	parts->query = *rest == '?' ? arena_strndup(arena, rest + 1, strcspn(rest + 1, "#")) : "";
	return true;
}

const char *gate_url_join(struct arena *arena, const struct gate_url *base, const char *reference)
{
	const char *folder;

	if (strncasecmp(reference, "http://", 7) == 0 || strncasecmp(reference, "https://", 8) == 0)
		return reference;
	if (str_starts(reference, "//"))
		return arena_printf(arena, "%.*s%s", (int)(strcspn(base->origin, ":") + 1),
				    base->origin, reference);
	if (reference[0] == '/')
		return arena_printf(arena, "%s%s", base->origin, reference);
	if (reference[0] == '?')
		return arena_printf(arena, "%s%s%s", base->origin, base->path, reference);
	if (reference[0] == '\0' || strcspn(reference, ":") < strcspn(reference, "/?"))
		return NULL;
	folder = strrchr(base->path, '/');
	return arena_printf(arena, "%s%.*s%s", base->origin, (int)(folder + 1 - base->path),
			    base->path, reference);
}

const char *gate_url_routed(struct arena *arena, const struct net_route *routes,
			    const struct gate_url *url)
{
	for (; routes != NULL && routes->origin != NULL; routes++)
		if (strcmp(routes->origin, url->origin) == 0)
			return arena_printf(arena, "%s%s%s%s", routes->url, url->path,
					    url->query[0] != '\0' ? "?" : "", url->query);
	return NULL;
}

const char *status_reason(unsigned status)
{
	static const struct {
		unsigned status;
		const char *words;
	} known[] = {{200, "OK"},
		     {201, "Created"},
		     {202, "Accepted"},
		     {204, "No Content"},
		     {301, "Moved Permanently"},
		     {302, "Found"},
		     {304, "Not Modified"},
		     {400, "Bad Request"},
		     {401, "Unauthorized"},
		     {403, "Forbidden"},
		     {404, "Not Found"},
		     {405, "Method Not Allowed"},
		     {409, "Conflict"},
		     {413, "Payload Too Large"},
		     {422, "Unprocessable Entity"},
		     {429, "Too Many Requests"},
		     {500, "Internal Server Error"},
		     {501, "Not Implemented"},
		     {502, "Bad Gateway"},
		     {503, "Service Unavailable"},
		     {504, "Gateway Timeout"}};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (known[i].status == status)
			return known[i].words;
	return "";
}
