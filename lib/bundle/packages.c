/* Packages are minified file by file, as the platform's own tool does: shorter upload, and
 * `process.env.NODE_ENV` is "production" in them (only there). Each file is done once in a run and
 * shared by all bundles.
 *
 * The work is esbuild's: a build that bundles nothing, for as many files as are wanted at the same
 * time, because what it sets up for one takes as long as a small file itself. It sees a file as its
 * `transform` would, by the path and the bytes that we hand it: no package.json and no
 * tsconfig.json has a say. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/job.h"
#include "bundle/minified.h"
#include "bundle/service.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define OUTPUT_EXT ".js" /* added by esbuild */
#define BATCHES 2        /* at the same time, so that it is never without work */

struct waiting {
	uint32_t request;
	uint32_t hook;
};

struct package {
	struct bundler *bundler;
	const char *path;
	char *code; /* minified; NULL: esbuild loads the file itself, or errors below */
	size_t len;
	struct hash128 key; /* of the file it was made from, and how */
	unsigned run;       /* in which it was last looked at; what follows is of that run */
	bool done;
	struct wire_value errors;
	const char *bytes; /* to be minified */
	size_t size;
	const struct batch *batch; /* in which it is */
	struct waiting *waiting;
	size_t waiting_count;
};

/* Files that esbuild minifies in one build. */
struct batch {
	struct bundler *bundler;
	uint32_t key;
	struct package **packages;
	size_t count;
};

/* An error as esbuild wants it from a plugin: every field is there. */
static struct wire_value error_value(struct arena *arena, const struct package *package,
				     const struct message *message)
{
	struct wire_value error = wire_map(), location = wire_null();
	const char *root = package->bundler->app->root;

	if (message->location.file != NULL) {
		location = wire_map();
		wire_put(arena, &location, "file",
			 wire_string(path_relative(arena, root, package->path)));
		wire_put(arena, &location, "namespace", wire_string("file"));
		wire_put(arena, &location, "line", wire_int((uint32_t)message->location.line));
		wire_put(arena, &location, "column", wire_int((uint32_t)message->location.column));
		wire_put(arena, &location, "length", wire_int((uint32_t)message->location.length));
		wire_put(arena, &location, "lineText", wire_string(""));
		wire_put(arena, &location, "suggestion", wire_string(""));
	}
	wire_put(arena, &error, "id", wire_string(""));
	wire_put(arena, &error, "pluginName", wire_string("attio"));
	wire_put(arena, &error, "text",
		 wire_string(arena_printf(arena, "%s%s", MARK_PACKAGE, message->text)));
	wire_put(arena, &error, "location", location);
	wire_put(arena, &error, "notes", wire_array());
	wire_put(arena, &error, "detail", wire_int(UINT32_MAX));
	return error;
}

static void answer(struct package *package, struct waiting waiting)
{
	struct arena *arena = package->bundler->arena;
	struct wire_value value = wire_map();

	if (package->code != NULL || package->errors.count != 0)
		wire_put(arena, &value, "id", wire_int(waiting.hook));
	if (package->code != NULL) {
		wire_put(arena, &value, "contents", wire_bytes(package->code, package->len));
		wire_put(arena, &value, "loader", wire_string("js"));
	} else if (package->errors.count != 0) {
		wire_put(arena, &value, "errors", package->errors);
	}
	service_answer(package->bundler->service, waiting.request, &value);
}

static void finish(struct package *package)
{
	package->done = true;
	for (size_t i = 0; i < package->waiting_count; i++)
		answer(package, package->waiting[i]);
}

static void add_error(struct package *package, const struct message *message)
{
	struct arena *arena = package->bundler->arena;

	wire_push(arena, &package->errors, error_value(arena, package, message));
}

static void keep_code(struct package *package, const char *text, size_t len)
{
	package->code = mem_strndup(text, len);
	package->len = len;
}

/* What the nearest package.json of a folder has replaced by nothing in browsers. */
struct browser_map {
	unsigned run;        /* in which it was read; what follows is of that run */
	const char *package; /* folder of the package.json */
	bool some;           /* it has such a map, or cannot be read */
	const char **disabled;
	size_t disabled_count;
};

static void read_manifest(struct bundler *bundler, struct browser_map *manifest, const char *path)
{
	const cJSON *item;
	struct error error = {0};
	cJSON *json;
	char *text;
	size_t len;

	if (fs_read(bundler->arena, path, MANIFEST_LIMIT, &text, &len, &error) != 0) {
		error_keep_shortage(bundler->app->shortage, &error);
		manifest->some = true;
		return;
	}
	/* Most packages have no such map: no need to parse them. */
	if (strstr(text, "\"browser\"") == NULL)
		return;
	manifest->some = true;
	json = json_parse(text, len, path, NULL, &error);
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(json, "browser"))
	{
		const char **slot;

		if (item->string == NULL || !cJSON_IsFalse(item))
			continue;
		slot = arena_push(bundler->arena, &manifest->disabled, &manifest->disabled_count,
				  sizeof(*slot));
		*slot = arena_strdup(bundler->arena, item->string);
	}
	cJSON_Delete(json);
}

/* Read once in a run, however many files of the package are loaded. */
static const struct browser_map *manifest_of(struct bundler *bundler, const char *folder)
{
	struct browser_map *manifest = map_get(&bundler->manifests, folder);
	const char *path = path_join(bundler->arena, folder, "package.json");

	if (manifest != NULL && manifest->run == bundler->run)
		return manifest;
	if (manifest == NULL) {
		manifest = arena_alloc(bundler->kept, sizeof(*manifest));
		map_set(&bundler->manifests, arena_strdup(bundler->kept, folder), manifest);
	}
	*manifest = (struct browser_map){.package = folder};
	if (fs_type(path) == FS_FILE)
		read_manifest(bundler, manifest, path);
	else if (strcmp(path_base(folder), "node_modules") != 0 && strcmp(folder, "/") != 0)
		*manifest = *manifest_of(bundler, path_dir(bundler->arena, folder));
	manifest->run = bundler->run;
	return manifest;
}

/* Whether the file's package has it replaced by nothing in browsers: esbuild does that when it
 * loads the file itself, so we must not. */
static bool is_disabled(struct bundler *bundler, const char *file)
{
	struct arena *arena = bundler->arena;
	const struct browser_map *manifest = manifest_of(bundler, path_dir(arena, file));
	const char *path = path_relative(arena, manifest->package, file);
	size_t stem = strlen(path) - strlen(path_ext(path));

	for (size_t i = 0; i < manifest->disabled_count; i++) {
		const char *name = manifest->disabled[i];

		name += str_starts(name, "./") ? 2 : 0;
		if (strcmp(name, path) == 0 ||
		    (strncmp(name, path, stem) == 0 && name[stem] == '\0'))
			return true;
	}
	return false;
}

bool package_remaps(struct bundler *bundler, const char *file)
{
	return manifest_of(bundler, path_dir(bundler->arena, file))->some;
}

/* With a source map for the bundle's own. */
static struct wire_value minify_flags(const struct bundler *bundler)
{
	static const char *const flags[] = {"--minify",
					    "--define:process.env.NODE_ENV=\"production\"",
					    "--outdir=/", "--log-level=silent", "--log-limit=0"};
	struct wire_value list = wire_array();

	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		wire_push(bundler->arena, &list, wire_string(flags[i]));
	if (bundler->options->map != BUNDLE_MAP_NONE)
		wire_push(bundler->arena, &list, wire_string("--sourcemap=inline"));
	return list;
}

/* With a source map more than the file decides what comes out: its name, and a map beside it. */
static bool can_keep(const struct bundler *bundler)
{
	return bundler->options->map == BUNDLE_MAP_NONE;
}

/* Of all else that decides. */
static struct hash128 key_of(const struct package *package, const char *bytes, size_t len)
{
	const char *version = service_version(package->bundler->service);
	struct wire_value flags = minify_flags(package->bundler);
	uint64_t seed = hash_bytes(0, version, strlen(version));

	for (size_t i = 0; i < flags.count; i++)
		seed = hash_bytes(seed, flags.items[i].text.ptr, flags.items[i].text.len + 1);
	return hash_content(seed, bytes, len);
}

/* --- batches -----------------------------------------------------------------------------------
 */

/* A pair of what a file becomes and what it is. The output lies beside the file, for the names in a
 * source map, and has a name of its own: there may be an x.js beside the x.mjs. */
static struct wire_value entry_of(struct arena *arena, const struct package *package)
{
	struct wire_value entry = wire_array();

	wire_push(arena, &entry, wire_string(package->path + 1));
	wire_push(arena, &entry, wire_string(package->path));
	return entry;
}

static struct wire_value describe_plugin(struct arena *arena)
{
	struct wire_value hooks = wire_array();

	request_add_hook(arena, &hooks, 0, ".", "");
	return request_plugin(arena, false, hooks, hooks);
}

static void on_minified(const struct wire_value *reply, void *payload);

static void send_batch(struct bundler *bundler, struct package **packages, size_t count)
{
	struct arena *arena = bundler->arena;
	struct batch *batch = arena_alloc(arena, sizeof(*batch));
	struct wire_value request, entries = wire_array();

	*batch = (struct batch){bundler, request_new_key(bundler, NULL), packages, count};
	*(struct batch **)arena_push(arena, &bundler->batches, &bundler->batch_count,
				     sizeof(batch)) = batch;
	bundler->batches_open++;
	for (size_t i = 0; i < count; i++) {
		packages[i]->batch = batch;
		wire_push(arena, &entries, entry_of(arena, packages[i]));
	}
	request = request_of_build(bundler, batch->key, entries, minify_flags(bundler),
				   describe_plugin(arena));
	wire_put(arena, &request, "context", wire_bool(false));
	wire_put(arena, &request, "stdinContents", wire_null());
	wire_put(arena, &request, "stdinResolveDir", wire_null());
	service_request(bundler->service, &request, on_minified, batch);
}

void packages_flush(void *payload)
{
	struct bundler *bundler = payload;

	if (bundler->unminified_count == 0 || bundler->batches_open >= BATCHES)
		return;
	send_batch(bundler, bundler->unminified, bundler->unminified_count);
	bundler->unminified = NULL;
	bundler->unminified_count = 0;
}

/* The package of that path, if it is in the batch. */
static struct package *batched(const struct batch *batch, const char *path)
{
	struct package *package = path != NULL ? map_get(&batch->bundler->packages, path) : NULL;

	return package != NULL && package->batch == batch ? package : NULL;
}

static void take_output(const struct batch *batch, const struct wire_value *file)
{
	struct bundler *bundler = batch->bundler;
	const struct wire_value *code = wire_get(file, "contents");
	char *path = wire_copy(bundler->arena, wire_get(file, "path"));
	struct package *package;

	if (path == NULL || !str_ends(path, OUTPUT_EXT) || code == NULL || code->tag != WIRE_BYTES)
		return;
	path[strlen(path) - strlen(OUTPUT_EXT)] = '\0';
	package = batched(batch, path);
	if (package == NULL || package->code != NULL)
		return;
	keep_code(package, code->text.ptr, code->text.len);
	if (can_keep(bundler))
		minified_put(bundler->minified, package->key, package->code, package->len);
}

/* An error in one file leaves all without a result; alone the others have none. */
static void minify_alone(const struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		send_batch(batch->bundler, &batch->packages[i], 1);
}

static void on_minified(const struct wire_value *reply, void *payload)
{
	const struct batch *batch = payload;
	struct bundler *bundler = batch->bundler;
	const struct wire_value *files = wire_get(reply, "outputFiles");
	struct message *messages = NULL;
	size_t count = 0;

	bundler->batches_open--;
	messages_read(bundler->arena, wire_get(reply, "errors"), false, &messages, &count);
	if (count > 0 && batch->count > 1) {
		minify_alone(batch);
		return;
	}
	for (size_t i = 0; i < count; i++)
		add_error(batch->packages[0], &messages[i]);
	for (size_t i = 0; files != NULL && files->tag == WIRE_ARRAY && i < files->count; i++)
		take_output(batch, &files->items[i]);
	for (size_t i = 0; i < batch->count; i++) {
		if (batch->packages[i]->code == NULL && count == 0) {
			service_unreadable(bundler->service, "a build without its result");
			return;
		}
		finish(batch->packages[i]);
	}
}

static void answer_batch(const struct batch *batch, uint32_t id, const struct wire_value *request)
{
	struct bundler *bundler = batch->bundler;
	struct arena *arena = bundler->arena;
	const char *path = wire_copy(arena, wire_get(request, "path"));
	const struct package *package = batched(batch, path);
	struct wire_value value = wire_map();

	if (package == NULL) {
		request_answer_nothing(bundler, id);
		return;
	}
	wire_put(arena, &value, "id", wire_int(0));
	if (wire_text_is(wire_get(request, "command"), "on-resolve")) {
		wire_put(arena, &value, "path", wire_string(path));
		wire_put(arena, &value, "namespace", wire_string("file"));
	} else {
		wire_put(arena, &value, "contents", wire_bytes(package->bytes, package->size));
		wire_put(arena, &value, "loader", wire_string("js"));
	}
	service_answer(bundler->service, id, &value);
}

bool packages_handle(struct bundler *bundler, uint32_t id, const struct wire_value *request)
{
	uint32_t key = wire_number(wire_get(request, "key"), UINT32_MAX);

	for (size_t i = 0; i < bundler->batch_count; i++) {
		if (bundler->batches[i]->key != key)
			continue;
		answer_batch(bundler->batches[i], id, request);
		return true;
	}
	return false;
}

/* --- files -------------------------------------------------------------------------------------
 */

static void forget(struct package *package)
{
	mem_free(package->code);
	package->code = NULL;
}

/* What was made in an earlier run, of this process or another one, holds as long as the file is the
 * same. */
static void begin(struct package *package)
{
	struct arena *arena = package->bundler->arena;
	struct message message = {0};
	struct error error = {0};
	struct hash128 key;
	const char *known;
	char *bytes;
	size_t len, known_len;

	package->run = package->bundler->run;
	package->errors = wire_array();
	package->waiting = NULL;
	package->waiting_count = 0;
	package->done = true;
	if (is_disabled(package->bundler, package->path)) {
		forget(package);
		return;
	}
	if (fs_read(arena, package->path, TEXT_LIMIT, &bytes, &len, &error) != 0) {
		error_keep_shortage(package->bundler->app->shortage, &error);
		message.text = arena_printf(arena, "%s: %s", error.message, error.why);
		add_error(package, &message);
		forget(package);
		return;
	}
	key = key_of(package, bytes, len);
	if (package->code != NULL && hash_equal(package->key, key))
		return;
	forget(package);
	package->key = key;
	known = can_keep(package->bundler)
			? minified_get(package->bundler->minified, key, &known_len)
			: NULL;
	if (known != NULL) {
		keep_code(package, known, known_len);
		return;
	}
	package->done = false;
	package->bytes = bytes;
	package->size = len;
	*(struct package **)arena_push(arena, &package->bundler->unminified,
				       &package->bundler->unminified_count, sizeof(package)) =
		package;
}

void package_load(struct bundler *bundler, uint32_t request, uint32_t hook, const char *path)
{
	struct package *package = map_get(&bundler->packages, path);
	struct waiting waiting = {request, hook}, *slot;

	if (bundler->minified == NULL)
		bundler->minified = minified_open(bundler->options->cache, bundler->app->root);
	if (package == NULL) {
		package = arena_alloc(bundler->kept, sizeof(*package));
		package->bundler = bundler;
		package->path = arena_strdup(bundler->kept, path);
		map_set(&bundler->packages, package->path, package);
	}
	if (package->run != bundler->run)
		begin(package);
	if (package->done) {
		answer(package, waiting);
		return;
	}
	slot = arena_push(bundler->arena, &package->waiting, &package->waiting_count,
			  sizeof(*slot));
	*slot = waiting;
}

void packages_forget(struct bundler *bundler)
{
	for (size_t i = 0; i < bundler->packages.count; i++)
		forget(bundler->packages.entries[i].value);
	map_dispose(&bundler->packages);
	map_dispose(&bundler->manifests);
	minified_close(bundler->minified);
}
