/* The build: one entry a bundle, all of them at the same time in one esbuild process, results kept
 * in memory. What esbuild says is collected and told afterwards in the order of the bundles, so
 * that the findings do not depend on which one was done first. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "bundle/entry.h"
#include "bundle/job.h"
#include "bundle/service.h"

#define FLAG_SOURCEFILE "--sourcefile="

/* With a colon no file of the app can be meant by accident: these are never real names. */
#define SOURCE_CLIENT "attio:client"
#define SOURCE_SERVER "attio:server"
#define SOURCE_BLOCK "attio:block"

static void on_built(const struct wire_value *reply, void *payload)
{
	struct job *job = payload;
	struct arena *arena = job->build->arena;
	const struct wire_value *errors = wire_get(reply, "errors");
	const struct wire_value *files = wire_get(reply, "outputFiles");
	const struct wire_value *contents = NULL;

	job->refused = wire_copy(arena, wire_get(reply, "error"));
	if (job->refused)
		return;
	messages_read(arena, errors, false, &job->messages, &job->message_count);
	messages_read(arena, wire_get(reply, "warnings"), true, &job->messages,
		      &job->message_count);
	if (errors && errors->tag == WIRE_ARRAY && errors->count)
		return;
	if (files && files->tag == WIRE_ARRAY && files->count == 1)
		contents = wire_get(&files->items[0], "contents");
	if (!contents || contents->tag != WIRE_BYTES) {
		service_unreadable(job->build->service, "a build without its result");
		return;
	}
	job->bytes = wire_copy(job->build->app->arena, contents);
	job->len = contents->text.len;
}

static void push_flag(struct arena *arena, struct wire_value *flags, const char *flag)
{
	wire_push(arena, flags, wire_string(flag));
}

/* Everything that is not named here is esbuild's default, as with the platform's own tool. */
static struct wire_value flags_of(const struct job *job)
{
	struct arena *arena = job->build->arena;
	struct wire_value flags = wire_array();

	push_flag(arena, &flags, "--bundle");
	push_flag(arena, &flags, "--platform=browser");
	push_flag(arena, &flags, "--log-level=silent");
	push_flag(arena, &flags, "--log-limit=0");
	push_flag(arena, &flags, arena_printf(arena, FLAG_SOURCEFILE "%s", job->source));
	/* Nothing is written; an output is never mistaken for one of the inputs. */
	push_flag(arena, &flags, arena_printf(arena, "--outfile=%s.js", job->source));
	if (job->runtime == RUNTIME_CLIENT) {
		push_flag(arena, &flags, "--format=iife");
		push_flag(arena, &flags, "--loader:.png=dataurl");
		push_flag(arena, &flags, "--loader:.graphql=text");
		push_flag(arena, &flags, "--loader:.gql=text");
		return flags;
	}
	push_flag(arena, &flags, "--format=esm");
	push_flag(arena, &flags,
		  arena_printf(arena, "--banner:js=%s",
			       job->block ? entry_block_banner : entry_server_banner));
	return flags;
}

static void write_entry(struct buf *entry, const struct job *job)
{
	const struct app *app = job->build->app;

	if (job->runtime == RUNTIME_CLIENT)
		entry_client(entry, app);
	else if (job->block)
		entry_block(entry, app, job->block, &job->servers);
	else
		entry_server(entry, app, &job->servers);
}

static void request_build(struct build *build, struct job *job)
{
	struct arena *arena = build->arena;
	struct wire_value request = wire_map();
	struct buf entry = {0};
	struct job **slot;
	size_t key = build->job_count;

	slot = arena_push(arena, &build->jobs, &build->job_count, sizeof(struct job *));
	*slot = job;
	write_entry(&entry, job);
	wire_put(arena, &request, "command", wire_string("build"));
	wire_put(arena, &request, "key", wire_int((uint32_t)key));
	wire_put(arena, &request, "entries", wire_array());
	wire_put(arena, &request, "flags", flags_of(job));
	wire_put(arena, &request, "write", wire_bool(false));
	wire_put(arena, &request, "stdinContents", wire_bytes(buf_cstr(&entry), entry.len));
	wire_put(arena, &request, "stdinResolveDir", wire_string(build->app->root));
	wire_put(arena, &request, "absWorkingDir", wire_string(build->app->root));
	wire_put(arena, &request, "nodePaths", wire_array());
	wire_put(arena, &request, "context", wire_bool(false));
	wire_put(arena, &request, "plugins", plugin_describe(build, job));
	service_request(build->service, &request, on_built, job);
	buf_dispose(&entry);
}

static struct job *add_job(struct build *build, enum runtime runtime, const struct block *block)
{
	struct arena *arena = build->arena;
	struct job *job = arena_alloc(arena, sizeof(*job));

	job->build = build;
	job->runtime = runtime;
	job->block = block;
	job->path = runtime == RUNTIME_CLIENT ? "index.js" : "server.js";
	job->source = runtime == RUNTIME_CLIENT ? SOURCE_CLIENT : SOURCE_SERVER;
	if (block) {
		job->path = arena_printf(build->app->arena, "workflow/%s.js", block->id);
		job->source = SOURCE_BLOCK;
	}
	if (runtime != RUNTIME_CLIENT)
		split_servers(arena, build->app, block, &job->servers);
	request_build(build, job);
	return job;
}

static int by_path(const void *a, const void *b)
{
	const struct server_module *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* The shared bundle must know every file that the client turned into a proxy. */
static void build_server_again(struct build *build, const struct job *client, struct job *server)
{
	bool changed = false;

	/* esbuild asks in any order. */
	if (client->proxied.count > 1)
		qsort(client->proxied.items, client->proxied.count, sizeof(*client->proxied.items),
		      by_path);
	for (size_t i = 0; i < client->proxied.count; i++)
		changed |= split_add(build->arena, build->app, &server->servers,
				     client->proxied.items[i].path);
	if (!changed || !client->bytes || !server->bytes)
		return;
	server->bytes = NULL;
	server->message_count = 0;
	request_build(build, server);
}

static int refused(const struct job *job, struct error *error)
{
	error_set(error, ERROR_TOOL, "esbuild refuses to build the app");
	error_why(error, "%s", job->refused);
	error_fix(error, "name another esbuild in ESBUILD_BINARY_PATH, or unset it to use the one "
			 "that comes with attio");
	return -1;
}

static int run_jobs(struct build *build, struct job **jobs, size_t count, struct error *error)
{
	if (service_run(build->service, error))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (jobs[i]->refused)
			return refused(jobs[i], error);
	}
	build_server_again(build, jobs[0], jobs[1]);
	return service_run(build->service, error);
}

static void collect(const struct build *build, struct job **jobs, size_t count,
		    struct bundles *bundles)
{
	struct arena *arena = build->app->arena;

	for (size_t i = 0; i < count; i++)
		messages_tell(build, jobs[i], &bundles->findings);
	diags_sort(&bundles->findings);
	if (diags_count(&bundles->findings, SEVERITY_ERROR))
		return;
	for (size_t i = 0; i < count; i++) {
		struct bundle *bundle;

		if (!jobs[i]->bytes)
			continue;
		bundle = arena_push(arena, &bundles->items, &bundles->count, sizeof(*bundle));
		bundle->path = jobs[i]->path;
		bundle->block = jobs[i]->block ? jobs[i]->block->id : NULL;
		bundle->bytes = jobs[i]->bytes;
		bundle->len = jobs[i]->len;
	}
}

static int build_all(struct build *build, struct bundles *bundles, struct error *error)
{
	const struct definition *definition;
	struct job **jobs = NULL, **slot;
	size_t count = 0;

	for (int i = 0; i < 2; i++) {
		slot = arena_push(build->arena, &jobs, &count, sizeof(struct job *));
		*slot = add_job(build, i ? RUNTIME_SERVER : RUNTIME_CLIENT, NULL);
	}
	for (size_t i = 0; (definition = app_definition(build->app, DEF_BLOCK, i)); i++) {
		slot = arena_push(build->arena, &jobs, &count, sizeof(struct job *));
		*slot = add_job(build, RUNTIME_BLOCK, definition->block);
	}
	if (run_jobs(build, jobs, count, error))
		return -1;
	collect(build, jobs, count, bundles);
	return 0;
}

int bundle_build(struct app *app, const char *esbuild, struct bundles *bundles, struct error *error)
{
	struct build build = {.app = app, .arena = arena_new()};
	struct service_options options = {
		.path = esbuild, .handler = plugin_handle, .payload = &build};
	int result = -1;

	*bundles = (struct bundles){.findings = {.arena = app->arena}};
	build.service = service_start(&options, error);
	if (build.service)
		result = build_all(&build, bundles, error);
	service_stop(build.service);
	map_dispose(&build.packages);
	arena_free(build.arena);
	return result;
}
