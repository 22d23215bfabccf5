/* Where the app's requests to third parties really go, changed while the platform runs: for a fake
 * one that a test has just started. */
#include "local/control/control.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "http/http.h"
#include "local/control/told.h"
#include "local/run/platform.h"
#include "json/json.h"

/* More than a test has third parties. What was told stays in memory as long as the platform. */
enum { ROUTES_MAX = 64 };

static void put_routes(const struct platform *platform, struct buf *out)
{
	const struct net_route *route = platform->options.net_routes;

	buf_puts(out, "{\"items\":[");
	for (const char *comma = ""; route != NULL && route->origin != NULL; route++, comma = ",") {
		buf_printf(out, "%s{\"origin\":", comma);
		buf_put_json_string(out, route->origin, strlen(route->origin));
		buf_put_json_member(out, "url", route->url);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}");
}

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};

	put_routes(platform, &out);
	control_answer_buf(call, &out);
}

static int check(const char *text, const char *name, struct error *error)
{
	struct http_url parts;

	if (http_url_parse(text, &parts, error) == 0 && parts.plain)
		return 0;
	error_set(error, ERROR_USAGE, "`%s` is no plain http or https address", name);
	return error_fix(error, "give `origin` as https://api.acme.test and `url` as "
				"http://127.0.0.1:9000");
}

/* The list is made anew: who holds the former one may still read it. */
static int put_route(struct platform *platform, const char *origin, const char *url,
		     struct error *error)
{
	const struct net_route *old = platform->options.net_routes;
	struct net_route *routes;
	size_t count = 0, at;

	while (old != NULL && old[count].origin != NULL)
		count++;
	if (count >= ROUTES_MAX)
		return error_set(error, ERROR_USAGE, "there are %d routes already", ROUTES_MAX);
	routes = arena_alloc(platform->arena, (count + 2) * sizeof(*routes));
	for (at = 0; at < count; at++)
		routes[at] = old[at];
	for (at = 0; at < count && strcmp(routes[at].origin, origin) != 0;)
		at++;
	routes[at] = (struct net_route){arena_strdup(platform->arena, origin),
					arena_strdup(platform->arena, url)};
	routes[at == count ? count + 1 : count] = (struct net_route){0};
	platform->options.net_routes = routes;
	return 0;
}

static void put(struct platform *platform, struct control_call *call)
{
	const char *origin = json_string_or_null(call->body, "origin");
	const char *url = json_string_or_null(call->body, "url");
	struct error error;

	if (check(origin, "origin", &error) != 0 || check(url, "url", &error) != 0 ||
	    put_route(platform, origin, url, &error) != 0)
		told_failure(call, &error);
	else
		list(platform, call);
}

static const struct control_field put_body[] = {
	{"origin", "string", true, "of the third party: https://api.acme.test"},
	{"url", "string", true, "where its requests go: http://127.0.0.1:9000"},
	{0}};

extern const struct control_route net_routes[];

const struct control_route net_routes[] = {
	{"GET", "/routes", list, "where requests to third parties are led", NULL, NULL},
	{"PUT", "/routes", put, "lead the app's requests to one elsewhere, from now on", put_body,
	 NULL},
	{0},
};
