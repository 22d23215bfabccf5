/* One http_server with the route table behind it. Other programs of this machine can reach the
 * port: hence the token and the signed addresses. */
#include "local/server.h"

#include <pthread.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/random.h"
#include "http/server.h"
#include "http/thread.h"
#include "local/clock.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/store.h"

struct local_server {
	struct http_server *http;
	struct http_thread *thread; /* or NULL: not started yet */
	struct routes routes;
	pthread_mutex_t lock; /* routes.failure, also read by the caller's thread */
	char url[80];
};

/* What is known of a call while its body comes in. */
struct pending {
	struct arena *arena;
	struct route_match match;
	struct route_request request;
};

static void end_pending(void *opaque, bool whole)
{
	struct pending *pending = opaque;

	(void)whole;
	arena_free(pending->arena);
}

static size_t admit(void *context, struct http_call *call, struct http_reply *reply)
{
	struct local_server *server = context;
	struct arena *arena = arena_new();
	struct pending *pending = arena_alloc(arena, sizeof(*pending));
	size_t count, limit;
	const struct route *table = routes_table(&count);

	pending->arena = arena;
	call->state = pending;
	call->ended = end_pending;
	route_find(table, count, arena, call->method, call->path, &pending->match);
	pending->request =
		(struct route_request){.match = &pending->match,
				       .arena = arena,
				       .query = call->query,
				       .authorization = http_call_header(call, "Authorization")};
	pthread_mutex_lock(&server->lock);
	limit = routes_admit(&server->routes, &pending->request, reply);
	pthread_mutex_unlock(&server->lock);
	return limit;
}

static void answer(void *context, struct http_call *call, struct http_reply *reply)
{
	struct local_server *server = context;
	struct pending *pending = call->state;

	pending->request.body = call->body;
	pending->request.body_len = call->body_len;
	pthread_mutex_lock(&server->lock);
	routes_answer(&server->routes, &pending->request, reply);
	pthread_mutex_unlock(&server->lock);
}

static struct local_server *open_server(struct local_store *store, int port, struct error *error)
{
	struct local_server *server = mem_zalloc(1, sizeof(*server));
	struct http_server_options options = {.port = port,
					      .name = "the local platform",
					      .admit = admit,
					      .answer = answer,
					      .context = server};

	server->routes.store = store;
	server->routes.clock = &clock_machine;
	server->routes.opens_apps = true;
	pthread_mutex_init(&server->lock, NULL);
	if (random_key(server->routes.token, error) != 0 ||
	    (server->http = http_server_new(&options, error)) == NULL ||
	    local_store_drop_unfinished(store, error) != 0) {
		local_server_stop(server);
		return NULL;
	}
	snprintf(server->routes.origin, sizeof(server->routes.origin), "http://127.0.0.1:%d",
		 http_server_port(server->http));
	snprintf(server->url, sizeof(server->url), "%s/api", server->routes.origin);
	return server;
}

struct local_server *local_server_start(struct local_store *store, int port, struct error *error)
{
	struct local_server *server = open_server(store, port, error);

	if (server == NULL)
		return NULL;
	server->thread = http_thread_start(server->http, error);
	if (server->thread == NULL) {
		local_server_stop(server);
		return NULL;
	}
	return server;
}

void local_server_stop(struct local_server *server)
{
	struct error ignored;

	if (server == NULL)
		return;
	http_thread_stop(server->thread);
	if (server->http != NULL) {
		http_server_free(server->http);
		/* What cannot be removed now is invisible, and removed at the next start. */
		local_store_drop_unfinished(server->routes.store, &ignored);
	}
	pthread_mutex_destroy(&server->lock);
	mem_free(server);
}

const char *local_server_url(const struct local_server *server)
{
	return server->url;
}

const char *local_server_token(const struct local_server *server)
{
	return server->routes.token;
}

bool local_server_failed(struct local_server *server, struct error *error)
{
	bool failed;

	pthread_mutex_lock(&server->lock);
	failed = server->routes.failure.kind != ERROR_NONE;
	if (failed)
		*error = server->routes.failure;
	pthread_mutex_unlock(&server->lock);
	return failed;
}
