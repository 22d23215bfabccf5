/* See dev_settings.h. */
#include "cli/net/dev_settings.h"

#include <string.h>

#include "app/manifest.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/dev.h"
#include "cli/net/ports.h"
#include "cli/net/trust.h"
#include "diag/text.h"
#include "http/http.h"
#include "local/clock.h"
#include "scaffold/slug.h"
#include "sys/install.h"
#include "sys/path.h"

enum { PORTS = 32 };

static enum net_mode net_mode_of(const char *name)
{
	static const char *const names[] = {
		[NET_LIVE] = "live",
		[NET_RECORD] = "record",
		[NET_REPLAY] = "replay",
		[NET_DENY] = "deny",
	};

	for (size_t i = 0; name != NULL && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return (enum net_mode)i;
	return NET_LIVE;
}

/* --- port --------------------------------------------------------------------------------------
 */

/* Several apps may run at a time, and each wants a port that one can remember. */
static void choose_port(const struct dev_options *options, struct platform_options *out)
{
	if (options->own || options->port_given) {
		out->port = options->own ? 0 : (int)options->port;
		return;
	}
	out->port = DEV_PORT;
	out->ports = PORTS;
}

/* --- routes and limits -------------------------------------------------------------------------
 */

static int wrong_route(const char *text, struct error *error)
{
	error_set(error, ERROR_USAGE, "`--route %s` is no route", text);
	return error_fix(error, "give it as ORIGIN=URL: "
				"`--route https://api.acme.test=http://127.0.0.1:9000`");
}

static int read_routes(struct cli *cli, const char *const *given, struct platform_options *out,
		       struct error *error)
{
	struct net_route *routes = NULL;
	size_t count = 0;

	for (size_t i = 0; given != NULL && given[i] != NULL; i++) {
		const char *equals = strchr(given[i], '=');
		struct net_route *route;
		struct http_url parts;

		if (equals == NULL)
			return wrong_route(given[i], error);
		route = arena_push(cli->arena, &routes, &count, sizeof(*route));
		route->origin = arena_strndup(cli->arena, given[i], (size_t)(equals - given[i]));
		route->url = arena_strdup(cli->arena, equals + 1);
		if (http_url_parse(route->origin, &parts, error) != 0 || !parts.plain ||
		    http_url_parse(route->url, &parts, error) != 0 || !parts.plain)
			return wrong_route(given[i], error);
	}
	if (count > 0) {
		arena_push(cli->arena, &routes, &count, sizeof(*routes));
		out->net_routes = routes;
	}
	return 0;
}

static int read_limits(struct cli *cli, const char *const *given, struct platform_options *out,
		       struct error *error)
{
	static const char *const names[] = {"time", "egress", "rest", "json", NULL};

	for (size_t i = 0; given != NULL && given[i] != NULL; i++) {
		size_t len = strcspn(given[i], "=");
		const char *name = arena_strndup(cli->arena, given[i], len);
		bool known = false;

		for (size_t n = 0; names[n] != NULL; n++)
			known = known || strcmp(names[n], name) == 0;
		if (!known || strcmp(given[i] + len, "=off") != 0) {
			const char *near = known ? NULL : str_nearest(name, names);

			error_set(error, ERROR_USAGE, "`--limits %s` turns no limit off", given[i]);
			return error_fix(error, "give %s=off%s", near != NULL ? near : "NAME",
					 near != NULL ? ""
						      : ", NAME being time, egress, rest or json");
		}
		out->limits_off = out->limits_off == NULL ? name
							  : arena_printf(cli->arena, "%s,%s",
									 out->limits_off, name);
	}
	return 0;
}

static int read_url(const char *url, struct platform_options *out, struct error *error)
{
	struct http_url parts;

	out->public_url = url;
	if (url == NULL ||
	    (http_url_parse(url, &parts, error) == 0 && parts.plain && strpbrk(url, "?#") == NULL))
		return 0;
	error_set(error, ERROR_USAGE, "`--public-url` is no address");
	return error_fix(error, "give the address of your tunnel, with its path if it has one: "
				"https://name.example.com/path");
}

static int read_time(const char *text, struct platform_options *out, struct error *error)
{
	const struct clock machine = {0};
	long long ms;

	if (text == NULL)
		return 0;
	if (clock_read(text, &ms) != 0 || ms < 0 || ms >= CLOCK_LAST_MS) {
		error_set(error, ERROR_USAGE, "`--now %s` is no time", text);
		return error_fix(error, "give it as 2030-01-01T00:00:00Z, between 1970 and 2262");
	}
	out->offset_ms = ms - clock_ms(&machine);
	return 0;
}

/* --- the app -----------------------------------------------------------------------------------
 */

static void read_app(struct cli *cli, const char *root, struct platform_options *out)
{
	struct diags problems = {.arena = cli->arena};
	struct manifest manifest = {0};
	struct texts texts;

	texts_init(&texts, cli->arena, root);
	manifest_read(&manifest, &texts, &problems);
	texts_dispose(&texts);
	out->app_slug = manifest.name != NULL ? manifest.name : path_base(root);
	out->app_title = slug_title(cli->arena, out->app_slug);
	out->root = root;
	out->schema_folder = root;
}

int dev_settings(struct cli *cli, const struct dev_options *options, const char *root,
		 struct platform_options *out, struct error *error)
{
	struct error ignored;
	char *page;

	out->net = net_mode_of(options->net);
	out->chaos = options->chaos;
	out->lenient = options->globals != NULL && strcmp(options->globals, "lenient") == 0;
	if (read_routes(cli, options->routes, out, error) != 0 ||
	    read_limits(cli, options->limits, out, error) != 0 ||
	    read_url(options->public_url, out, error) != 0 ||
	    read_time(options->now, out, error) != 0 ||
	    trust_file(cli, options->cacert, &out->ca_file, error) != 0)
		return -1;
	read_app(cli, root, out);
	if (install_page(cli->arena, &page, &ignored) == 0)
		out->page = page;
	choose_port(options, out);
	return 0;
}
