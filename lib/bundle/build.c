/* The build: one entry a bundle, all of them at the same time in one esbuild process, results kept
 * in memory. What esbuild says is collected and told afterwards in the order of the bundles, so
 * that the findings do not depend on which one was done first.
 *
 * For building again each bundle has a context in esbuild, which keeps what it has parsed. A
 * context is made anew when its entry or its options change, that is when the app's shape does. */
#include <stdlib.h>
#include <string.h>

#include "app/server_only.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/entry.h"
#include "bundle/job.h"
#include "bundle/minified.h"
#include "bundle/service.h"
#include "sys/path.h"

#define FLAG_SOURCEFILE "--sourcefile="

/* With a colon no file of the app can be meant by accident: these are never real names. */
#define SOURCE_CLIENT "attio:client"
#define SOURCE_SERVER "attio:server"
#define SOURCE_BLOCK "attio:block"

static bool is_refused(struct job *job, const struct wire_value *reply)
{
	job->refused = wire_copy(job->bundler->arena, wire_get(reply, "error"));
	return job->refused != NULL;
}

static void on_built(const struct wire_value *reply, void *payload)
{
	struct job *job = payload;

	if (!is_refused(job, reply))
		result_take(job, reply);
}

/* The result itself came before, in on-end. */
static void on_rebuilt(const struct wire_value *reply, void *payload)
{
	struct job *job = payload;

	if (!is_refused(job, reply) && job->bytes == NULL && !result_has_errors(reply))
		service_unreadable(job->bundler->service, "a build without its result");
}

/* --- requests ----------------------------------------------------------------------------------
 */

static void push_flag(struct arena *arena, struct wire_value *flags, const char *flag)
{
	wire_push(arena, flags, wire_string(flag));
}

static void push_output_flags(struct arena *arena, struct wire_value *flags, const struct job *job)
{
	const struct bundle_options *options = job->bundler->options;
	const char *name = arena_printf(arena, "%s.js", job->source);

	if (options->details)
		push_flag(arena, flags, "--metafile");
	if (options->map != BUNDLE_MAP_NONE)
		push_flag(arena, flags,
			  options->map == BUNDLE_MAP_INLINE ? "--sourcemap=inline"
							    : "--sourcemap=external");
	if (options->map == BUNDLE_MAP_APART) {
		push_flag(arena, flags, "--sources-content=false");
		name = path_join(arena, job->bundler->app->root, name);
	} else if (options->map != BUNDLE_MAP_NONE) {
		name = path_join(arena, path_dir(arena, path_join(arena, options->out, job->path)),
				 name);
	}
	/* Nothing is written; an output is never mistaken for one of the inputs. */
	push_flag(arena, flags, arena_printf(arena, "--outfile=%s", name));
}

/* Everything that is not named here is esbuild's default, as with the platform's own tool. */
static struct wire_value flags_of(const struct job *job)
{
	struct arena *arena = job->bundler->arena;
	struct wire_value flags = wire_array();

	push_flag(arena, &flags, "--bundle");
	push_flag(arena, &flags, "--platform=browser");
	push_flag(arena, &flags, "--log-level=silent");
	push_flag(arena, &flags, "--log-limit=0");
	push_flag(arena, &flags,
		  job->bundler->options->development
			  ? "--define:process.env.NODE_ENV=\"development\""
			  : "--define:process.env.NODE_ENV=\"production\"");
	push_flag(arena, &flags, arena_printf(arena, FLAG_SOURCEFILE "%s", job->source));
	push_output_flags(arena, &flags, job);
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
			       job->block != NULL ? entry_block_banner : entry_server_banner));
	return flags;
}

static void write_entry(struct buf *entry, const struct job *job)
{
	const struct app *app = job->bundler->app;

	if (job->runtime == RUNTIME_CLIENT)
		entry_client(entry, app);
	else if (job->block != NULL)
		entry_block(entry, app, job->block, &job->servers);
	else
		entry_server(entry, app, &job->servers);
}

static void send_with_key(struct job *job, const char *command, service_reply reply)
{
	struct wire_value request = wire_map();

	wire_put(job->bundler->arena, &request, "command", wire_string(command));
	wire_put(job->bundler->arena, &request, "key", wire_int(job->key));
	service_request(job->bundler->service, &request, reply, job);
}

static void on_context(const struct wire_value *reply, void *payload)
{
	struct job *job = payload;

	if (is_refused(job, reply))
		return;
	result_read_messages(job, reply);
	if (!result_has_errors(reply))
		send_with_key(job, "rebuild", on_rebuilt);
}

/* --- contexts ----------------------------------------------------------------------------------
 */

static struct context *find_context(const struct bundler *bundler, const char *path)
{
	for (size_t i = 0; i < bundler->context_count; i++) {
		if (strcmp(bundler->contexts[i]->path, path) == 0)
			return bundler->contexts[i];
	}
	return NULL;
}

static void on_disposed(const struct wire_value *reply, void *payload)
{
	(void)reply;
	(void)payload;
}

static void dispose_key(struct bundler *bundler, uint32_t key)
{
	struct wire_value request = wire_map();

	bundler->jobs[key] = NULL;
	wire_put(bundler->arena, &request, "command", wire_string("dispose"));
	wire_put(bundler->arena, &request, "key", wire_int(key));
	service_request(bundler->service, &request, on_disposed, NULL);
}

static char *setup_of(const struct job *job, const struct wire_value *flags, struct buf *entry)
{
	struct buf setup = {0};

	for (size_t i = 0; i < flags->count; i++) {
		buf_add(&setup, flags->items[i].text.ptr, flags->items[i].text.len);
		buf_putc(&setup, '\n');
	}
	plugin_put_links(&setup, &job->links);
	buf_puts(&setup, buf_cstr(entry));
	return buf_take(&setup);
}

/* True when esbuild has the bundle as it is wanted. */
static bool reuse_context(struct job *job, char *setup)
{
	struct bundler *bundler = job->bundler;
	struct context *context = find_context(bundler, job->path);

	if (context != NULL && strcmp(context->setup, setup) == 0) {
		mem_free(setup);
		context->used = true;
		job->key = context->key;
		bundler->jobs[job->key] = job;
		return true;
	}
	if (context != NULL) {
		dispose_key(bundler, context->key);
		mem_free(context->setup);
	} else {
		struct context **slot = arena_push(bundler->kept, &bundler->contexts,
						   &bundler->context_count, sizeof(*slot));
		context = *slot = mem_zalloc(1, sizeof(*context));
		context->path = mem_strdup(job->path);
	}
	context->setup = setup;
	context->used = true;
	context->key = job->key = request_new_key(bundler, job);
	return false;
}

static void drop_context(struct context *context)
{
	mem_free(context->path);
	mem_free(context->setup);
	mem_free(context);
}

/* Those of blocks that are gone. */
static void drop_unused_contexts(struct bundler *bundler)
{
	size_t kept = 0;

	for (size_t i = 0; i < bundler->context_count; i++) {
		struct context *context = bundler->contexts[i];

		if (context->used) {
			context->used = false;
			bundler->contexts[kept++] = context;
			continue;
		}
		dispose_key(bundler, context->key);
		drop_context(context);
	}
	bundler->context_count = kept;
}

/* --- jobs --------------------------------------------------------------------------------------
 */

static void request_build(struct job *job)
{
	struct bundler *bundler = job->bundler;
	struct wire_value flags = flags_of(job), request;
	struct buf entry = {0};

	write_entry(&entry, job);
	if (bundler->keeping && reuse_context(job, setup_of(job, &flags, &entry))) {
		buf_dispose(&entry);
		send_with_key(job, "rebuild", on_rebuilt);
		return;
	}
	if (!bundler->keeping)
		job->key = request_new_key(bundler, job);
	request = request_of_build(bundler, job->key, wire_array(), flags,
				   plugin_describe(bundler, job));
	wire_put(bundler->arena, &request, "context", wire_bool(bundler->keeping));
	wire_put(bundler->arena, &request, "stdinContents",
		 wire_bytes(buf_cstr(&entry), entry.len));
	wire_put(bundler->arena, &request, "stdinResolveDir", wire_string(bundler->app->root));
	service_request(bundler->service, &request, bundler->keeping ? on_context : on_built, job);
	buf_dispose(&entry);
}

static struct job *add_job(struct bundler *bundler, enum runtime runtime, const struct block *block)
{
	struct arena *arena = bundler->arena;
	struct job *job = arena_alloc(arena, sizeof(*job));

	job->bundler = bundler;
	job->runtime = runtime;
	job->block = block;
	job->path = runtime == RUNTIME_CLIENT ? "index.js" : "server.js";
	job->source = runtime == RUNTIME_CLIENT ? SOURCE_CLIENT : SOURCE_SERVER;
	if (block != NULL) {
		job->path = arena_printf(bundler->bundles->arena, "workflow/%s.js", block->id);
		job->source = SOURCE_BLOCK;
	}
	if (runtime == RUNTIME_CLIENT)
		split_find_links(arena, bundler->app, &job->links);
	else
		split_servers(arena, bundler->app, block, &job->servers);
	if (runtime == RUNTIME_SERVER) {
		for (size_t i = 0; i < bundler->extra_count; i++)
			split_add(arena, bundler->app, &job->servers,
				  arena_strdup(arena, bundler->extras[i]));
	}
	request_build(job);
	return job;
}

static int by_path(const void *a, const void *b)
{
	const struct server_module *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static void forget_extras(struct bundler *bundler)
{
	for (size_t i = 0; i < bundler->extra_count; i++)
		mem_free(bundler->extras[i]);
	bundler->extra_count = 0;
}

static bool same_servers(const struct server_list *a, const struct server_list *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = strcmp(a->items[i].path, b->items[i].path) == 0;
	return same;
}

/* The shared bundle must know every file that the client turned into a proxy, and needs no other.
 * What differs from the app model is remembered, so that the next run guesses right. */
static void build_server_again(struct bundler *bundler, const struct job *client,
			       struct job *server)
{
	struct server_list wanted;

	if (client->bytes == NULL || server->bytes == NULL)
		return;
	split_servers(bundler->arena, bundler->app, NULL, &wanted);
	forget_extras(bundler);
	/* esbuild asks in any order. */
	if (client->proxied.count > 1)
		qsort(client->proxied.items, client->proxied.count, sizeof(*client->proxied.items),
		      by_path);
	for (size_t i = 0; i < client->proxied.count; i++) {
		const char *path = client->proxied.items[i].path;
		char **slot;

		if (!split_add(bundler->arena, bundler->app, &wanted, path))
			continue;
		slot = arena_push(bundler->kept, &bundler->extras, &bundler->extra_count,
				  sizeof(*slot));
		*slot = mem_strdup(path);
	}
	if (same_servers(&wanted, &server->servers))
		return;
	server->servers = wanted;
	server->bytes = server->map = server->meta = NULL;
	server->message_count = 0;
	request_build(server);
}

static int refused(const struct job *job, struct error *error)
{
	error_set(error, ERROR_TOOL, "esbuild refuses to build the app");
	error_why(error, "%s", job->refused);
	error_fix(error, "name another esbuild in ESBUILD_BINARY_PATH, or unset it to use the one "
			 "that comes with attio");
	return -1;
}

static int run_jobs(struct bundler *bundler, struct job **jobs, size_t count, struct error *error)
{
	if (service_run(bundler->service, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (jobs[i]->refused != NULL)
			return refused(jobs[i], error);
	}
	build_server_again(bundler, jobs[0], jobs[1]);
	drop_unused_contexts(bundler);
	return service_run(bundler->service, error);
}

static void collect(const struct bundler *bundler, struct job **jobs, size_t count)
{
	struct bundles *bundles = bundler->bundles;

	server_only_check(bundler->app, &bundles->findings);
	for (size_t i = 0; i < count; i++)
		messages_tell(bundler, jobs[i], &bundles->findings);
	diags_sort(&bundles->findings);
	if (diags_count(&bundles->findings, SEVERITY_ERROR) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct job *job = jobs[i];
		struct bundle *bundle;

		if (job->bytes == NULL)
			continue;
		bundle = arena_push(bundles->arena, &bundles->items, &bundles->count,
				    sizeof(*bundle));
		*bundle = (struct bundle){
			.path = job->path,
			.block = job->block != NULL ? arena_strdup(bundles->arena, job->block->id)
						    : NULL,
			.bytes = job->bytes,
			.len = job->len,
			.map = job->map,
			.map_len = job->map_len,
			.meta = job->meta,
			.meta_len = job->meta_len,
		};
	}
}

static int build_all(struct bundler *bundler, struct error *error)
{
	const struct definition *definition;
	struct job **jobs = NULL, **slot;
	size_t count = 0;

	for (int i = 0; i < 2; i++) {
		slot = arena_push(bundler->arena, &jobs, &count, sizeof(*slot));
		*slot = add_job(bundler, i != 0 ? RUNTIME_SERVER : RUNTIME_CLIENT, NULL);
	}
	for (size_t i = 0; (definition = app_definition(bundler->app, DEF_BLOCK, i)); i++) {
		slot = arena_push(bundler->arena, &jobs, &count, sizeof(*slot));
		*slot = add_job(bundler, RUNTIME_BLOCK, definition->block);
	}
	if (run_jobs(bundler, jobs, count, error) != 0 || app_shortage(bundler->app, error) != 0)
		return -1;
	collect(bundler, jobs, count);
	return 0;
}

/* --- runs --------------------------------------------------------------------------------------
 */

static int run(struct bundler *bundler, const struct app *app, struct texts *texts,
	       const struct bundle_options *options, struct bundles *bundles, struct error *error)
{
	int result;

	*bundles = (struct bundles){.arena = arena_new()};
	bundles->findings.arena = bundles->arena;
	bundler->app = app;
	bundler->texts = texts;
	bundler->options = options;
	bundler->bundles = bundles;
	bundler->arena = arena_new();
	bundler->unminified = NULL;
	bundler->batches = NULL;
	bundler->unminified_count = bundler->batch_count = bundler->batches_open = 0;
	bundler->run++;
	result = service_ready(bundler->service, error);
	if (result == 0)
		result = build_all(bundler, error);
	/* It takes as long to end as to start. */
	if (result == 0 && !bundler->keeping)
		service_leave(bundler->service);
	if (result == 0 && bundler->minified != NULL)
		minified_save(bundler->minified);
	for (size_t i = 0; i < bundler->job_count; i++)
		bundler->jobs[i] = NULL;
	arena_free(bundler->arena);
	bundler->arena = NULL;
	return result;
}

int bundler_build(struct bundler *bundler, const struct app *app, struct texts *texts,
		  const struct bundle_options *options, struct bundles *bundles,
		  struct error *error)
{
	bundler->keeping = false;
	return run(bundler, app, texts, options, bundles, error);
}

int bundler_rebuild(struct bundler *bundler, const struct app *app, struct texts *texts,
		    const struct bundle_options *options, struct bundles *bundles,
		    struct error *error)
{
	bundler->keeping = true;
	return run(bundler, app, texts, options, bundles, error);
}

struct bundler *bundler_start(struct loop *loop, const char *esbuild, bool again,
			      struct error *error)
{
	struct bundler *bundler = mem_zalloc(1, sizeof(*bundler));
	struct service_options options = {.loop = loop,
					  .path = esbuild,
					  .lasting = again,
					  .handler = plugin_handle,
					  .drained = packages_flush,
					  .payload = bundler};

	bundler->kept = arena_new();
	bundler->service = service_begin(&options, error);
	if (bundler->service != NULL)
		return bundler;
	bundler_stop(bundler);
	return NULL;
}

void bundler_stop(struct bundler *bundler)
{
	if (bundler == NULL)
		return;
	service_stop(bundler->service);
	for (size_t i = 0; i < bundler->context_count; i++)
		drop_context(bundler->contexts[i]);
	forget_extras(bundler);
	packages_forget(bundler);
	arena_free(bundler->kept);
	mem_free(bundler);
}

void bundles_dispose(struct bundles *bundles)
{
	arena_free(bundles->arena);
	*bundles = (struct bundles){0};
}
