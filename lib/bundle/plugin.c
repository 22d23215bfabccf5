/* Our hooks into esbuild's loading of modules. All of them look at the file that an import was
 * resolved to, never at how it was spelled, so aliases and explicit extensions change nothing; only
 * the platform's own modules are known by their names. esbuild resolves links as well, also those
 * whose name is what makes a server file: these are known by where they lead.
 *
 * In the order of importance: what lies outside of the app's bounds is refused, server files become
 * proxies in the client (their source must never land there), what only its name or the import's
 * calls a server file is refused there, as are webhooks and events, style sheets are refused
 * everywhere, the platform's modules become globals of the host, packages are minified. The one
 * look at a spelling is for that second kind: where an import that says `.server` leads is asked
 * before it is followed. */
#include <string.h>

#include "app/server_only.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/job.h"
#include "bundle/service.h"
#include "sys/bounds.h"
#include "sys/path.h"

#define GLOBALS "global-externals" /* name space, seen in comments inside the bundle */
#define SERVER_MARK ".server"
#define SOURCE_EXT "\\.(ts|js|tsx|jsx|mts|cts|mjs|cjs)$"

/* Ids of our hooks; the same in every build. */
enum hook {
	HOOK_NAMES,
	HOOK_SPELLED,
	HOOK_GLOBALS,
	HOOK_OUTSIDE,
	HOOK_LINK,
	HOOK_SERVER,
	HOOK_HANDLER,
	HOOK_CSS,
	HOOK_PACKAGE
};

static const struct {
	const char *specifier;
	const char *client; /* the host's name for it; NULL: not there */
	const char *server;
} platform_modules[] = {
	{"react", "React", NULL},
	{"attio", "ATTIO_ROOT_SDK", "ATTIO_ROOT_SDK"},
	{"attio/client", "ATTIO_CLIENT_EXTENSION_SDK", NULL},
	{"attio/server", NULL, "ATTIO_SERVER_APP_SDK"},
};

/* The pattern that these files match, and no others. */
void plugin_put_links(struct buf *out, const struct split_links *links)
{
	for (size_t i = 0; i < links->count; i++) {
		buf_puts(out, i == 0 ? "^(" : "|");
		for (const char *at = links->items[i].real; *at != '\0'; at++) {
			if (strchr("\\.+*?()|[]{}^$", *at) != NULL)
				buf_putc(out, '\\');
			buf_putc(out, *at);
		}
	}
	if (links->count > 0)
		buf_puts(out, ")$");
}

static void hook_links(struct arena *arena, struct wire_value *load, const struct job *job)
{
	struct buf filter = {0};

	plugin_put_links(&filter, &job->links);
	if (filter.len > 0)
		request_add_hook(arena, load, HOOK_LINK, arena_strdup(arena, buf_cstr(&filter)),
				 "file");
	buf_dispose(&filter);
}

struct wire_value plugin_describe(struct bundler *bundler, const struct job *job)
{
	struct arena *arena = bundler->arena;
	struct wire_value resolve = wire_array(), load = wire_array();
	bool client = job->runtime == RUNTIME_CLIENT;

	request_add_hook(arena, &resolve, HOOK_NAMES,
			 client ? "^(react|attio|attio/client)$" : "^(attio|attio/server)$", "");
	request_add_hook(arena, &load, HOOK_GLOBALS, ".", GLOBALS);
	request_add_hook(arena, &load, HOOK_OUTSIDE, bounds_outside(bundler->app->bounds, arena),
			 "file");
	if (client) {
		request_add_hook(arena, &resolve, HOOK_SPELLED,
				 "(?i)\\.server(\\.[cm]?[jt]sx?)?(\\?.*)?$", "");
		hook_links(arena, &load, job);
		request_add_hook(arena, &load, HOOK_SERVER,
				 "(?i)\\.server((\\.[cm]?[jt]sx?)?/|(\\.[^./]+)?$)", "file");
		request_add_hook(arena, &load, HOOK_HANDLER, "\\.(webhook|event)" SOURCE_EXT,
				 "file");
	}
	request_add_hook(arena, &load, HOOK_CSS, "\\.css$", "file");
	if (!bundler->options->development)
		request_add_hook(arena, &load, HOOK_PACKAGE, "/node_modules/.*\\.(js|cjs|mjs)$",
				 "file");
	return request_plugin(arena, bundler->keeping, resolve, load);
}

/* An answer that gives a module's text. */
static void answer_source(struct bundler *bundler, uint32_t id, enum hook hook, const char *source)
{
	struct wire_value answer = wire_map();

	wire_put(bundler->arena, &answer, "id", wire_int(hook));
	wire_put(bundler->arena, &answer, "contents", wire_bytes(source, strlen(source)));
	wire_put(bundler->arena, &answer, "loader", wire_string("js"));
	service_answer(bundler->service, id, &answer);
}

/* An answer that refuses a module; esbuild places the error at the import. */
static void answer_refusal(struct bundler *bundler, uint32_t id, enum hook hook, const char *mark,
			   const char *path)
{
	struct arena *arena = bundler->arena;
	struct wire_value answer = wire_map(), errors = wire_array(), error = wire_map();

	wire_put(arena, &error, "id", wire_string(""));
	wire_put(arena, &error, "pluginName", wire_string("attio"));
	wire_put(arena, &error, "text", wire_string(arena_printf(arena, "%s%s", mark, path)));
	wire_put(arena, &error, "location", wire_null());
	wire_put(arena, &error, "notes", wire_array());
	wire_put(arena, &error, "detail", wire_int(UINT32_MAX));
	wire_push(arena, &errors, error);
	wire_put(arena, &answer, "id", wire_int(hook));
	wire_put(arena, &answer, "errors", errors);
	service_answer(bundler->service, id, &answer);
}

static void resolve_name(struct bundler *bundler, uint32_t id, const char *path)
{
	struct wire_value answer = wire_map();

	wire_put(bundler->arena, &answer, "id", wire_int(HOOK_NAMES));
	wire_put(bundler->arena, &answer, "path", wire_string(path));
	wire_put(bundler->arena, &answer, "namespace", wire_string(GLOBALS));
	service_answer(bundler->service, id, &answer);
}

/* --- imports that say `.server` ------------------------------------------------------------------
 */

static bool is_server_file(const char *path)
{
	size_t stem = strlen(path) - strlen(path_ext(path));
	enum dialect dialect;

	return dialect_of(path, &dialect) && stem > strlen(SERVER_MARK) &&
	       strncmp(path + stem - strlen(SERVER_MARK), SERVER_MARK, strlen(SERVER_MARK)) == 0;
}

/* An import whose target is being asked for. */
struct spelled {
	struct bundler *bundler;
	const struct job *job;
	uint32_t id; /* of the request to answer */
	const char *specifier;
};

static bool is_link_to_server(const struct job *job, const char *path)
{
	for (size_t i = 0; i < job->links.count; i++) {
		if (strcmp(job->links.items[i].real, path) == 0)
			return job->links.items[i].module->role != ROLE_PLAIN;
	}
	return false;
}

/* What leads nowhere is esbuild's to tell, and what leads to a server function, loading's. */
static void on_spelled(const struct wire_value *reply, void *payload)
{
	const struct spelled *spelled = payload;
	struct bundler *bundler = spelled->bundler;
	const char *path = wire_copy(bundler->arena, wire_get(reply, "path"));
	const char *what = spelled->specifier;

	if (path == NULL || !path_is_absolute(path) || is_link_to_server(spelled->job, path) ||
	    (split_is_own(bundler->app, path) &&
	     (is_server_file(path) || str_ends(path, ".css")))) {
		request_answer_nothing(bundler, spelled->id);
		return;
	}
	if (split_is_own(bundler->app, path))
		what = path_relative(bundler->arena, bundler->app->root, path);
	answer_refusal(bundler, spelled->id, HOOK_SPELLED, MARK_SERVER_ONLY, what);
}

/* Whether an import is spelled as nearly all are: by the relative path of a server function that is
 * no link, where nothing replaces files for browsers. Then it need not be asked for, which makes
 * esbuild look at all folders again. */
static bool is_plain(struct bundler *bundler, const char *importer, const char *specifier)
{
	const struct app *app = bundler->app;
	const struct module *module =
		app_module(app, path_relative(bundler->arena, app->root, importer));

	if (module == NULL || specifier[0] != '.' || package_remaps(bundler, importer))
		return false;
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct module *target = module->edges[i].module;

		if (strcmp(module->facts.imports[i].specifier, specifier) == 0)
			return target != NULL && target->role == ROLE_SERVER &&
			       strcmp(target->real, target->path) == 0 &&
			       is_server_file(target->path);
	}
	return false;
}

/* Asks esbuild where an import of the app's own code leads; our own question comes here again. */
static void resolve_spelled(struct bundler *bundler, const struct job *job, uint32_t id,
			    const struct wire_value *request)
{
	static const char *const passed[] = {"path",       "importer", "namespace",
					     "resolveDir", "kind",     "with"};
	struct arena *arena = bundler->arena;
	const struct wire_value *asked = wire_get(request, "pluginData");
	const char *importer = wire_copy(arena, wire_get(request, "importer"));
	const char *specifier = wire_copy(arena, wire_get(request, "path"));
	struct wire_value question = wire_map();
	struct spelled *spelled;

	if ((asked != NULL && asked->tag == WIRE_INT) || importer == NULL ||
	    !split_is_own(bundler->app, importer) || is_plain(bundler, importer, specifier)) {
		request_answer_nothing(bundler, id);
		return;
	}
	spelled = arena_alloc(arena, sizeof(*spelled));
	*spelled = (struct spelled){bundler, job, id, specifier};
	wire_put(arena, &question, "command", wire_string("resolve"));
	wire_put(arena, &question, "key", wire_int(job->key));
	wire_put(arena, &question, "pluginName", wire_string("attio"));
	for (size_t i = 0; i < ARRAY_LEN(passed); i++) {
		const struct wire_value *value = wire_get(request, passed[i]);

		if (value != NULL)
			wire_put(arena, &question, passed[i], *value);
	}
	wire_put(arena, &question, "pluginData", wire_int(1));
	service_request(bundler->service, &question, on_spelled, spelled);
}

/* --- loading -------------------------------------------------------------------------------------
 */

static void load_global(struct bundler *bundler, const struct job *job, uint32_t id,
			const char *path)
{
	for (size_t i = 0; i < sizeof(platform_modules) / sizeof(platform_modules[0]); i++) {
		const char *name = job->runtime == RUNTIME_CLIENT ? platform_modules[i].client
								  : platform_modules[i].server;

		if (name != NULL && strcmp(platform_modules[i].specifier, path) == 0) {
			answer_source(bundler, id, HOOK_GLOBALS,
				      arena_printf(bundler->arena, "module.exports = %s;\n", name));
			return;
		}
	}
	request_answer_nothing(bundler, id);
}

/* A module whose default export asks the host to run the function on the server. */
static void load_proxy(struct bundler *bundler, struct job *job, uint32_t id, enum hook hook,
		       const char *path)
{
	struct buf source = {0};
	const char *server_id;

	split_add(bundler->arena, bundler->app, &job->proxied, path);
	server_id = split_server_id(bundler->arena, bundler->app, path);
	buf_puts(&source, "export default async function (...args) {\n"
			  "  return runServerFunction(");
	buf_put_json_string(&source, server_id, strlen(server_id));
	buf_puts(&source, ", args);\n}\n");
	answer_source(bundler, id, hook, arena_strdup(bundler->arena, buf_cstr(&source)));
	buf_dispose(&source);
}

static bool load_link(struct bundler *bundler, struct job *job, uint32_t id, const char *path)
{
	for (size_t i = 0; i < job->links.count; i++) {
		const struct module *module = job->links.items[i].module;

		if (strcmp(job->links.items[i].real, path) != 0)
			continue;
		if (module->role == ROLE_SERVER)
			load_proxy(bundler, job, id, HOOK_LINK, module->path);
		else
			answer_refusal(bundler, id, HOOK_LINK, MARK_HANDLER, module->path);
		return true;
	}
	return false;
}

/* True when the hook has answered, or will. */
static bool load_with(struct bundler *bundler, struct job *job, uint32_t id, uint32_t hook,
		      const char *path)
{
	bool own = split_is_own(bundler->app, path);
	const char *relative = path_relative(bundler->arena, bundler->app->root, path);

	switch (hook) {
	case HOOK_GLOBALS:
		load_global(bundler, job, id, path);
		return true;
	case HOOK_OUTSIDE:
		if (bounds_takes(bundler->app->bounds, path))
			return false;
		answer_refusal(bundler, id, HOOK_OUTSIDE, MARK_OUTSIDE, relative);
		return true;
	case HOOK_LINK:
		return load_link(bundler, job, id, path);
	case HOOK_SERVER:
		if (own && server_only_path(relative))
			answer_refusal(bundler, id, HOOK_SERVER, MARK_SERVER_ONLY, relative);
		else if (own && is_server_file(relative))
			load_proxy(bundler, job, id, HOOK_SERVER, relative);
		else
			return false;
		return true;
	case HOOK_HANDLER:
		if (own)
			answer_refusal(bundler, id, HOOK_HANDLER, MARK_HANDLER, relative);
		return own;
	case HOOK_CSS:
		answer_refusal(bundler, id, HOOK_CSS, MARK_CSS, relative);
		return true;
	case HOOK_PACKAGE:
		/* An app may itself lie below a folder called node_modules. */
		if (!own)
			package_load(bundler, id, hook, path);
		return !own;
	default:
		return false;
	}
}

void plugin_handle(uint32_t id, const struct wire_value *request, void *payload)
{
	struct bundler *bundler = payload;
	const struct wire_value *command = wire_get(request, "command");
	const struct wire_value *hooks = wire_get(request, "ids");
	uint32_t key = wire_number(wire_get(request, "key"), UINT32_MAX);
	const char *path = wire_copy(bundler->arena, wire_get(request, "path"));

	if (packages_handle(bundler, id, request))
		return;
	if (key >= bundler->job_count || bundler->jobs[key] == NULL) {
		service_unreadable(bundler->service, "it asks about a build that is none");
		return;
	}
	if (wire_text_is(command, "on-resolve") && path != NULL && hooks != NULL) {
		if (hooks->count > 0 && wire_number(&hooks->items[0], UINT32_MAX) == HOOK_SPELLED)
			resolve_spelled(bundler, bundler->jobs[key], id, request);
		else
			resolve_name(bundler, id, path);
		return;
	}
	if (wire_text_is(command, "on-load") && path != NULL && hooks != NULL) {
		for (size_t i = 0; i < hooks->count; i++) {
			uint32_t hook = wire_number(&hooks->items[i], UINT32_MAX);

			if (load_with(bundler, bundler->jobs[key], id, hook, path))
				return;
		}
	}
	if (wire_text_is(command, "on-end"))
		result_take(bundler->jobs[key], request);
	request_answer_nothing(bundler, id);
}
