/* Opening and closing in one order, and one turn. What each piece does is its own business. */
#include "local/run/platform.h"

#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/mem.h"
#include "graphql/schema.h"
#include "http/outbound.h"
#include "http/server.h"
#include "local/developer/hub.h"
#include "local/flow/replaying.h"
#include "local/rest/deliver.h"
#include "local/rest/rest.h"
#include "local/routes.h"
#include "local/run/asked.h"
#include "local/run/flows.h"
#include "local/run/gate.h"
#include "local/run/gate_url.h"
#include "local/run/generations.h"
#include "local/run/hooks.h"
#include "local/run/host.h"
#include "local/run/limits.h"
#include "local/run/open_calls.h"
#include "local/run/pieces.h"
#include "local/run/pushed.h"
#include "local/run/screens.h"
#include "local/run/serve.h"
#include "local/run/stream.h"
#include "local/run/webhooks_out.h"
#include "local/sql.h"
#include "local/store.h"
#include "local/world/world.h"

/* A host that ends more often than this in a row, without having loaded anything, is not started
 * again. */
#define HOST_STARTS 3

/* ---- events ---- */

/* How often a full disk is told of. */
#define FULL_TOLD_MS 60000

static void take_event(void *context, const char *json, size_t len)
{
	struct platform *platform = context;

	stream_add(platform->stream, json, len);
	if (platform->hub != NULL)
		pushed_log(platform, json, len);
	if (platform->options.event != NULL)
		platform->options.event(platform->options.context, json, len);
}

void platform_event(struct platform *platform, const char *json, size_t len)
{
	flow_tell(platform->flows, json, len);
}

/* ---- opening ---- */

static void copy_options(struct platform *platform, const struct platform_options *options)
{
	struct arena *arena = platform->arena;
	struct platform_options *own = &platform->options;

	*own = *options;
	own->root = arena_strdup(arena, options->root);
	own->page = options->page != NULL ? arena_strdup(arena, options->page) : NULL;
	own->app_title = arena_strdup(arena, options->app_title != NULL ? options->app_title : "");
	own->app_slug = arena_strdup(arena, options->app_slug != NULL ? options->app_slug : "app");
	if (options->schema_folder != NULL)
		own->schema_folder = arena_strdup(arena, options->schema_folder);
	if (options->public_url != NULL)
		own->public_url = arena_strdup(arena, options->public_url);
	if (options->ca_file != NULL)
		own->ca_file = arena_strdup(arena, options->ca_file);
	if (options->limits_off != NULL)
		own->limits_off = arena_strdup(arena, options->limits_off);
	platform->clock.offset_ms = options->offset_ms;
}

static int make_keys(struct platform *platform, struct error *error)
{
	char a[RANDOM_KEY_SIZE], b[RANDOM_KEY_SIZE];

	if (random_key(platform->secret, error) != 0 || random_key(a, error) != 0 ||
	    random_key(b, error) != 0)
		return -1;
	snprintf(platform->api_token, sizeof(platform->api_token), "%s%s", a, b);
	return 0;
}

static int open_store(struct platform *platform, struct error *error)
{
	platform->store =
		local_store_open_in(platform->options.state, platform->options.root, error);
	if (platform->store == NULL)
		return -1;
	platform->world = mem_zalloc(1, sizeof(*platform->world));
	if (world_open(platform->world, platform->store, &platform->clock, error) != 0)
		return -1;
	if (sql_find_text(platform->store, "SELECT id FROM workspace WHERE ?1 = ?1", "",
			  platform->workspace_id, &(bool){0}, error) != 0 ||
	    sql_find_text(platform->store,
			  "SELECT id FROM members WHERE access_level = ?1 ORDER BY created_at, id",
			  "admin", platform->admin_id, &(bool){0}, error) != 0)
		return -1;
	platform->flows = flows_new(platform->store, &platform->clock, platform->options.limits_off,
				    take_event, platform);
	flow_secret(platform->flows, platform->secret, "secret of this run");
	flow_secret(platform->flows, platform->api_token, "ATTIO_API_TOKEN");
	return 0;
}

/* Where third parties call. */
static int set_hooks(struct platform *platform, const char *url, struct error *error)
{
	struct arena *arena = platform->arena;
	struct gate_url parts;
	size_t len;

	if (!gate_url_parse(arena, url, &parts))
		return error_set(error, ERROR_USAGE, "`%.200s` is no http or https address", url);
	for (len = strlen(parts.path); len > 0 && parts.path[len - 1] == '/';)
		len--;
	platform->hooks_origin = parts.origin;
	platform->hooks_path = arena_strndup(arena, parts.path, len);
	platform->hooks = arena_printf(arena, "%s%s", parts.origin, platform->hooks_path);
	return 0;
}

/* Listening decides which port is free: who only looked would lose it to who starts meanwhile. */
static struct http_server *listen_first(struct http_server_options *options, int ports,
					struct error *error)
{
	struct http_server *server = NULL;
	int first = options->port;

	for (int i = 0; i < ports && server == NULL; i++) {
		options->port = first + i;
		server = http_server_new(options, error);
		if (server == NULL && error->shortage)
			return NULL;
	}
	if (server == NULL && ports > 0)
		options->port = 0;
	return server != NULL ? server : http_server_new(options, error);
}

static int open_http(struct platform *platform, struct error *error)
{
	struct http_server_options options = {.port = platform->options.port,
					      .name = "the local platform",
					      .admit = serve_admit,
					      .answer = serve_answer,
					      .context = platform};
	const char *public_url = platform->options.public_url;

	if (public_url != NULL) {
		if (set_hooks(platform, public_url, error) != 0)
			return -1;
		options.public_host = strstr(platform->hooks_origin, "://") + 3;
	}
	serve_prepare(platform);
	platform->http = listen_first(&options, platform->options.ports, error);
	if (platform->http == NULL)
		return -1;
	snprintf(platform->origin, sizeof(platform->origin), "http://127.0.0.1:%d",
		 http_server_port(platform->http));
	if (public_url == NULL && set_hooks(platform, platform->origin, error) != 0)
		return -1;
	return http_attach(&platform->attached, platform->http, platform->loop, error);
}

static int open_parts(struct platform *platform, struct error *error)
{
	struct rest *rest;

	platform->limits = mem_zalloc(1, sizeof(*platform->limits));
	platform->gate = mem_zalloc(1, sizeof(*platform->gate));
	platform->webhooks_out = mem_zalloc(1, sizeof(*platform->webhooks_out));
	if (limits_set(platform->limits, platform->options.limits_off, error) != 0 ||
	    chaos_set(&platform->gate->chaos, platform->options.chaos, error) != 0)
		return -1;
	platform->rest = rest = mem_zalloc(1, sizeof(*rest));
	*rest = (struct rest){.world = platform->world,
			      .clock = &platform->clock,
			      .api_token = platform->api_token,
			      .app_id = PLATFORM_APP_ID,
			      .unlimited = platform->limits->rest_off};
	platform->routes = mem_zalloc(1, sizeof(*platform->routes));
	platform->routes->store = platform->store;
	platform->routes->clock = &platform->clock;
	platform->routes->listener = (struct routes_listener){pushed_asked, pushed_take, platform};
	snprintf(platform->routes->origin, sizeof(platform->routes->origin), "%s",
		 platform->origin);
	snprintf(platform->routes->token, sizeof(platform->routes->token), "%s", platform->secret);
	platform->hub = hub_new(&platform->clock, platform->secret, error);
	if (platform->hub == NULL)
		return -1;
	platform->routes->hub = platform->hub;
	platform->pieces = mem_zalloc(1, sizeof(*platform->pieces));
	platform->pieces->store = platform->store;
	platform->pieces->clock = &platform->clock;
	snprintf(platform->pieces->workspace_id, sizeof(platform->pieces->workspace_id), "%s",
		 platform->workspace_id);
	pieces_set_app(platform->pieces, platform->options.app_slug, platform->options.app_title,
		       platform->hooks);
	platform->generations = mem_zalloc(1, sizeof(*platform->generations));
	platform->calls = mem_zalloc(1, sizeof(*platform->calls));
	platform->screens = mem_zalloc(1, sizeof(*platform->screens));
	platform->outbound = outbound_new(platform->loop, platform->options.ca_file, error);
	if (platform->outbound == NULL)
		return -1;
	if (platform->options.schema_folder != NULL &&
	    graphql_schema_read(platform->options.schema_folder, &platform->schema, error) != 0)
		return -1;
	if (deliver_recover(platform->rest, error) != 0 || pushed_open(platform, error) != 0)
		return -1;
	return hooks_start(platform, error);
}

static int start_host(struct platform *platform, struct error *error)
{
	struct host_listener listener = {asked_request, asked_notice, platform};

	if (platform->options.host_words == NULL)
		return 0;
	platform->host = host_start(platform->loop, platform->options.host_words,
				    platform->options.host_early, &listener, error);
	platform->host_starts++;
	return platform->host != NULL ? 0 : -1;
}

struct platform *platform_open(const struct platform_options *options, struct loop *loop,
			       struct error *error)
{
	struct platform *platform = mem_zalloc(1, sizeof(*platform));

	platform->arena = arena_new();
	platform->loop = loop;
	platform->stream = mem_zalloc(1, sizeof(*platform->stream));
	copy_options(platform, options);
	loop_timer_attach(&platform->timer, loop);
	/* The host first: its start takes longest, and is hidden behind the rest. */
	if (start_host(platform, error) == 0 && make_keys(platform, error) == 0 &&
	    open_store(platform, error) == 0 && open_http(platform, error) == 0 &&
	    open_parts(platform, error) == 0)
		return platform;
	platform_close(platform);
	return NULL;
}

/* ---- builds ---- */

/* What is given before the host is there, or while it is started anew, it gets when it is. */
void platform_load(struct platform *platform, const struct platform_bundles *bundles)
{
	pieces_set_webhook_files(platform->pieces, bundles->webhooks, bundles->webhook_count);
	platform->host_starts = 0;
	pushed_own_build(platform);
	generations_load(platform, bundles);
}

void platform_warm(struct platform *platform)
{
	if (platform->host != NULL)
		host_ask(platform->host, "warm", "{}", 2, NULL, NULL);
}

void platform_without(struct platform *platform, const char *why)
{
	if (!pushed_run_last(platform))
		generations_without(platform, why);
}

void platform_tell_build(struct platform *platform, const char *findings, const char *environment)
{
	if (findings != NULL) {
		mem_free(platform->findings);
		platform->findings = mem_strdup(findings);
	}
	if (environment != NULL) {
		mem_free(platform->environment);
		platform->environment = mem_strdup(environment);
	}
}

bool platform_is_settled(const struct platform *platform)
{
	return !platform->generations->loading;
}

/* ---- a turn ---- */

static void host_ended(struct platform *platform, const struct error *why)
{
	struct buf event = {0};
	struct error error = {0};

	buf_puts(&event, "{\"event\":\"host-ended\",\"message\":");
	buf_put_json_string(&event, why->message, strlen(why->message));
	buf_puts(&event, ",\"why\":");
	buf_put_json_string(&event, why->why, strlen(why->why));
	buf_putc(&event, '}');
	platform_event(platform, event.ptr, event.len);
	buf_dispose(&event);
	host_end(platform->host);
	platform->host = NULL;
	platform->generations->use_count = 0;
	platform->generations->current = 0;
	platform->generations->state = GENERATION_NONE;
	if (platform->host_starts >= HOST_STARTS || start_host(platform, &error) != 0) {
		generations_without(platform, why->message);
		return;
	}
	generations_reload(platform);
}

/* Of two times to wait; -1: for good. */
static long long earlier(long long a, long long b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* When the next thing is due that no descriptor tells of. */
static void set_timer(struct platform *platform)
{
	long long wait = earlier(gate_wait(platform), webhooks_out_wait(platform));
	long long deadline = calls_deadline(platform);
	long long left = deadline - clock_ms(&platform->clock);

	wait = earlier(wait, hub_wait(platform->hub));
	wait = earlier(wait, faults_wait(&platform->faults));
	if (deadline != 0 && (wait < 0 || left < wait))
		wait = left < 0 ? 0 : left;
	if (wait >= 0)
		loop_timer_start(&platform->timer, (unsigned)(wait < 60000 ? wait : 60000));
}

/* A full disk passes. What was to be written has been refused to whoever asked for it; the log of
 * this turn is lost. */
static void bear_full_disk(struct platform *platform)
{
	long long now = clock_ms(&clock_machine);
	struct buf event = {0}, text = {0};

	if (platform->full_told == 0 || now - platform->full_told > FULL_TOLD_MS) {
		platform->full_told = now;
		buf_printf(&text, "%s: nothing is kept until there is space again",
			   platform->failure.message);
		buf_puts(&event, "{\"event\":\"warning\",\"flow\":0,\"node\":0");
		buf_put_json_member(&event, "code", "disk-full");
		buf_put_json_member(&event, "text", buf_cstr(&text));
		buf_putc(&event, '}');
		platform_event(platform, event.ptr, event.len);
	}
	platform->store->full = false;
	platform->failure = (struct error){0};
	flows_forgive(platform->flows);
	buf_dispose(&event);
	buf_dispose(&text);
}

bool platform_turn(struct platform *platform)
{
	struct error error = {0};

	platform->timer.over = false;
	http_attached_serve(&platform->attached);
	gate_serve(platform);
	if (platform->host != NULL && !host_serve(platform->host, &error))
		host_ended(platform, &error);
	if (platform->host != NULL && platform->generations->state == GENERATION_RUNS)
		platform->host_starts = 0;
	screens_serve(platform);
	calls_serve(platform);
	webhooks_out_serve(platform);
	hub_serve(platform->hub);
	faults_serve(&platform->faults);
	flows_write(platform->flows);
	/* What was answered just now goes out, and who was woken is asked, without another turn. */
	http_attached_serve(&platform->attached);
	set_timer(platform);
	if (platform->failure.kind == ERROR_NONE)
		flows_failed(platform->flows, &platform->failure);
	if (platform->failure.kind != ERROR_NONE && platform->store->full)
		bear_full_disk(platform);
	return platform->failure.kind == ERROR_NONE;
}

void platform_close(struct platform *platform)
{
	struct host *host;

	if (platform == NULL)
		return;
	/* It takes some milliseconds to go, in which the rest is done. */
	host = platform->host;
	platform->host = NULL;
	host_kill(host);
	if (platform->calls != NULL)
		calls_dispose(platform);
	if (platform->gate != NULL)
		gate_dispose(platform);
	if (platform->webhooks_out != NULL)
		webhooks_out_dispose(platform->webhooks_out);
	http_detach(&platform->attached);
	http_server_free(platform->http);
	hub_free(platform->hub);
	faults_dispose(&platform->faults);
	outbound_free(platform->outbound);
	loop_timer_detach(&platform->timer);
	if (platform->generations != NULL)
		generations_dispose(platform->generations);
	if (platform->pieces != NULL)
		pieces_dispose(platform->pieces);
	graphql_schema_free(platform->schema);
	replaying_free(platform->replaying);
	flows_free(platform->flows);
	if (platform->world != NULL)
		world_close(platform->world);
	local_store_close(platform->store);
	stream_dispose(platform->stream);
	screens_dispose(platform);
	host_end(host);
	mem_free(platform->findings);
	mem_free(platform->environment);
	mem_free(platform->stream);
	mem_free(platform->calls);
	mem_free(platform->generations);
	mem_free(platform->pieces);
	mem_free(platform->routes);
	mem_free(platform->rest);
	mem_free(platform->webhooks_out);
	mem_free(platform->gate);
	mem_free(platform->limits);
	mem_free(platform->world);
	arena_free(platform->arena);
	mem_free(platform);
}
