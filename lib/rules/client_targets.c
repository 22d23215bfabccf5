/* The parts of ATT2006, ATT3008, ATT9001, ATT9002 and ATT9004 that the app's own source decides:
 * what the bundler will say about its imports, without asking it and without node_modules. Codes,
 * places and words are those of lib/bundle/messages.c; packages are left to the build. */
#include <ctype.h>
#include <string.h>

#include "app/installer.h"
#include "app/unresolved.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/listed.h"
#include "sys/files.h"
#include "sys/path.h"

/* What esbuild takes for Node's own: Node's list of its public and underscored modules. Names that
 * exist with `node:` only (`node:test`) need no entry. */
static const char *const builtins[] = {
	"_http_agent",
	"_http_client",
	"_http_common",
	"_http_incoming",
	"_http_outgoing",
	"_http_server",
	"_stream_duplex",
	"_stream_passthrough",
	"_stream_readable",
	"_stream_transform",
	"_stream_wrap",
	"_stream_writable",
	"_tls_common",
	"_tls_wrap",
	"assert",
	"assert/strict",
	"async_hooks",
	"buffer",
	"child_process",
	"cluster",
	"console",
	"constants",
	"crypto",
	"dgram",
	"diagnostics_channel",
	"dns",
	"dns/promises",
	"domain",
	"events",
	"fs",
	"fs/promises",
	"http",
	"http2",
	"https",
	"inspector",
	"inspector/promises",
	"module",
	"net",
	"os",
	"path",
	"path/posix",
	"path/win32",
	"perf_hooks",
	"process",
	"punycode",
	"querystring",
	"readline",
	"readline/promises",
	"repl",
	"stream",
	"stream/consumers",
	"stream/promises",
	"stream/web",
	"string_decoder",
	"sys",
	"timers",
	"timers/promises",
	"tls",
	"trace_events",
	"tty",
	"url",
	"util",
	"util/types",
	"v8",
	"vm",
	"wasi",
	"worker_threads",
	"zlib",
};

/* One import as one side of the app sees it. */
struct look {
	const struct rule *rule;
	const struct app *app;
	const struct module *module;
	const struct import *import;
	const struct edge *edge;
	enum runtime runtime; /* RUNTIME_BLOCK stands for RUNTIME_SERVER where that is not there */
	struct diags *diags;
	struct listed *listed;
	size_t *hints; /* how much was looked for (HINTS_MOST) */
};
typedef void (*import_check)(const struct look *look);

/* Looking for what an import means among so many files is as much as looking for a name. */
#define HINTS_FILES 1000

static struct diag *tell(const struct look *look, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static struct diag *tell(const struct look *look, const char *format, ...)
{
	struct diag *diag;
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vprintf(look->app->arena, format, args);
	va_end(args);
	for (size_t i = look->diags->count; i-- > 0;) { /* the other side may have told it */
		diag = &look->diags->items[i];
		if (strcmp(diag->code, look->rule->info.code) != 0 ||
		    !str_equal(diag->place.file, look->import->specifier_place.file) ||
		    diag->place.start != look->import->specifier_place.start)
			break;
		if (strcmp(diag->message, text) == 0)
			return diag;
	}
	diag = diag_add(look->diags, &look->rule->info, look->import->specifier_place, "%s", text);
	app_chain_notes(look->app, look->diags, diag, look->module, look->runtime);
	return diag;
}

/* Calls `check` for each value import of each module, once for the client and once for the server.
 */
static void each_import(const struct rule *rule, const struct app *app, struct diags *diags,
			unsigned sides, import_check check)
{
	struct map client = client_reach(app);
	struct listed listed = {0};
	size_t hints = 0;

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		struct look look = {.rule = rule,
				    .hints = &hints,
				    .app = app,
				    .module = module,
				    .diags = diags,
				    .listed = &listed};
		unsigned runtimes = module->runtimes & sides;

		if (map_get(&client, module->path) == NULL)
			runtimes &= ~(unsigned)RUNTIME_CLIENT;
		if (syntax_is_broken(&module->syntax))
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			look.import = &module->facts.imports[k];
			look.edge = &module->edges[k];
			if (look.edge->type_only)
				continue;
			look.runtime = RUNTIME_CLIENT;
			if ((runtimes & RUNTIME_CLIENT) != 0)
				check(&look);
			look.runtime =
				(runtimes & RUNTIME_SERVER) != 0 ? RUNTIME_SERVER : RUNTIME_BLOCK;
			if ((runtimes & RUNTIME_SERVER_SIDE) != 0)
				check(&look);
		}
	}
	listed_dispose(&listed);
	map_dispose(&client);
}

/* --- what the bundler lets pass -----------------------------------------------------------------
 */

/* A failing require() or import() inside `try`, or with a handler of its own: the bundler leaves it
 * for the run. */
static bool handles_failure(const struct look *look)
{
	const struct syntax *syntax = &look->module->syntax;
	struct node node, parent;

	if (look->import->kind != IMPORT_DYNAMIC && look->import->kind != IMPORT_REQUIRE)
		return false;
	node = import_node(look->module, look->import);
	parent = node_parent(node);
	if (look->import->kind == IMPORT_DYNAMIC && node_is(parent, NODE_MEMBER_EXPRESSION) &&
	    node_is(node_parent(parent), NODE_CALL_EXPRESSION)) {
		struct node property = node_field(parent, FIELD_PROPERTY);

		if (node_text_is(syntax, property, "catch") ||
		    (node_text_is(syntax, property, "then") &&
		     node_count(node_field(node_parent(parent), FIELD_ARGUMENTS)) > 1))
			return true;
	}
	for (; !node_is_null(parent) && !node_is_function(node); parent = node_parent(node)) {
		if (node_is(parent, NODE_TRY_STATEMENT) &&
		    node_same(node_field(parent, FIELD_BODY), node))
			return true;
		node = parent;
	}
	return false;
}

/* Whether package.json or a node_modules folder supplies it. */
static bool is_supplied(const struct look *look)
{
	const struct app *app = look->app;
	const char *package = unresolved_package(app->arena, look->import->specifier);
	bool any;

	return installer_has(app, app->arena, package) ||
	       (app->manifest.valid &&
		listed_has(look->listed, app, app->root, package, look->import->specifier, &any));
}

/* --- Node ---------------------------------------------------------------------------------------
 */

static bool is_builtin(const struct look *look)
{
	const char *specifier = look->import->specifier;

	if (look->edge->kind != TARGET_PACKAGE)
		return false;
	if (str_starts(specifier, "node:"))
		return !handles_failure(look);
	for (size_t i = 0; i < ARRAY_LEN(builtins); i++) {
		if (strcmp(builtins[i], specifier) == 0)
			return !is_supplied(look) && !handles_failure(look);
	}
	return false;
}

static void look_client_node(const struct look *look)
{
	if (is_builtin(look))
		tell(look, "client code cannot use Node's `%s`", look->import->specifier)->help =
			"client code runs in Attio's sandbox in the browser: use what the language "
			"and "
			"the SDK offer, or call a `.server.ts` function";
}

static void look_server_node(const struct look *look)
{
	if (is_builtin(look))
		tell(look, "server code cannot import Node's `%s`", look->import->specifier)->help =
			"bundles for Attio's server runtime are built without Node's modules: use "
			"web "
			"standards (`fetch`, `crypto.subtle`, `URL`, `TextEncoder`), or a package "
			"that "
			"does without Node";
}

void check_client_node(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_import(rule, app, diags, RUNTIME_CLIENT, look_client_node);
}

void check_server_node(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_import(rule, app, diags, RUNTIME_SERVER_SIDE, look_server_node);
}

/* --- files that are not there -------------------------------------------------------------------
 */

static bool is_relative(const char *specifier)
{
	return specifier[0] == '.' || specifier[0] == '/';
}

/* Only types can come from a declaration file that the specifier does not name itself. */
static bool is_declaration(const struct look *look)
{
	const char *file = look->edge->file;

	return look->edge->kind == TARGET_FILE && str_ends(file, ".d.ts") &&
	       !str_ends(look->import->specifier, ".ts") &&
	       !str_ends(look->import->specifier, ".d");
}

/* A package that neither the app's package.json nor one above it (a workspace's) lists. An app that
 * lists no packages at all is a fragment: nothing is said. */
static bool lists_nowhere(struct listed *lists, const struct app *app, const char *package,
			  const char *specifier)
{
	const char *folder = app->root;
	bool any, listed = listed_has(lists, app, folder, package, specifier, &any);

	if (!any || str_equal(package, app->manifest.name))
		return false;
	while (!listed && strcmp(folder, "/") != 0) {
		folder = path_dir(app->arena, folder);
		listed = listed_has(lists, app, folder, package, specifier, &any);
	}
	return !listed;
}

static bool is_unlisted(const struct look *look, const char *package)
{
	return !str_is(package, "attio") && !str_is(package, "react") &&
	       lists_nowhere(look->listed, look->app, package, look->import->specifier);
}

/* No node_modules holds it, and it is not listed, or others that are listed are installed. */
static bool is_missing(const struct look *look, const char *package)
{
	const struct app *app = look->app;
	bool any;

	if (installer_has(app, app->arena, package) || str_is(package, "attio") ||
	    str_is(package, "react"))
		return false;
	return is_unlisted(look, package) ||
	       (installer_has(app, app->arena, "attio") &&
		listed_has(look->listed, app, app->root, package, look->import->specifier, &any));
}

/* With what is meant as a fix. */
static void tell_unresolved(const struct look *look)
{
	struct arena *arena = look->app->arena;
	const char *specifier = look->import->specifier;
	struct unresolved said = unresolved_import(
		look->app, arena, *look->hints < HINTS_MOST ? look->module->path : NULL, specifier);
	size_t before = look->diags->count;
	struct diag *diag;

	if (unresolved_is_schema(look->app, arena, look->module->path, specifier))
		return;
	diag = tell(look, "%s", said.message);
	if (look->diags->count == before)
		return; /* the other side told it */
	*look->hints += 1 + look->app->module_count / HINTS_FILES;
	diag->help = said.help;
	if (said.instead != NULL) {
		char quote = look->module->text->bytes[look->import->specifier_place.start];

		diag_edit(look->diags, diag, look->import->specifier_place,
			  arena_printf(arena, "%c%s%c", quote, said.instead, quote));
	}
}

/* What the host supplies needs no package. */
static bool is_host_module(const char *specifier)
{
	return str_is(specifier, "attio") || str_is(specifier, "attio/client") ||
	       str_is(specifier, "attio/server") || str_is(specifier, "react");
}

/* What the bundler would look for in node_modules, and not find. */
static void look_package(const struct look *look)
{
	const char *specifier = look->import->specifier, *package;

	if (is_host_module(specifier) || handles_failure(look) || is_builtin(look) ||
	    app_alias_is_told(look->app, specifier))
		return;
	if (!unresolved_is_package(specifier)) {
		/* The usual marks of an alias, which nothing defines; what another runtime loads.
		 */
		if (str_starts(specifier, "@/") || str_starts(specifier, "~/") ||
		    unresolved_is_elsewhere(specifier))
			tell_unresolved(look);
		return;
	}
	package = unresolved_package(look->app->arena, specifier);
	if (unresolved_is_sdk(specifier) ||
	    (look->edge->absent && (installer_has(look->app, look->app->arena, package) ||
				    str_equal(package, look->app->manifest.name))) ||
	    is_missing(look, package))
		tell_unresolved(look);
}

/* It is there because something else brought it along. */
static void look_unlisted(const struct look *look)
{
	const char *specifier = look->import->specifier;
	const char *package = unresolved_package(look->app->arena, specifier);

	if (look->edge->kind != TARGET_PACKAGE || !unresolved_is_package(specifier) ||
	    is_host_module(specifier) || is_builtin(look) || handles_failure(look) ||
	    !installer_has(look->app, look->app->arena, package) || !is_unlisted(look, package))
		return;
	tell(look, "the package `%s` is installed, but no package.json lists it", package)->help =
		arena_printf(look->app->arena, "run `%s`",
			     installer_command(look->app->arena, look->app->root, package));
}

/* The SDK is imported everywhere, so it is told once, at package.json. */
static void tell_sdk_unlisted(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct listed listed = {0};
	const char *command;

	if (app->manifest.valid && !installer_is_due(app, app->arena, &command) &&
	    installer_has(app, app->arena, "attio") &&
	    lists_nowhere(&listed, app, "attio", "attio"))
		diag_add(diags, &rule->info, (struct place){.file = "package.json"},
			 "the package `attio` is installed, but no package.json lists it")
			->help = arena_printf(app->arena, "run `%s`",
					      installer_command(app->arena, app->root, "attio"));
	listed_dispose(&listed);
}

void check_unlisted(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_import(rule, app, diags, RUNTIME_CLIENT | RUNTIME_SERVER_SIDE, look_unlisted);
	tell_sdk_unlisted(rule, app, diags);
}

static void look_unresolved(const struct look *look)
{
	const char *specifier = look->import->specifier;
	struct arena *arena = look->app->arena;

	if (look->edge->kind == TARGET_PACKAGE)
		look_package(look);
	if ((look->edge->kind != TARGET_UNRESOLVED || look->edge->file != NULL) &&
	    !is_declaration(look))
		return;
	if (handles_failure(look) || app_alias_is_told(look->app, specifier))
		return;
	if (is_relative(specifier) || !unresolved_is_package(specifier) ||
	    str_equal(look->app->manifest.name, unresolved_package(arena, specifier))) {
		tell_unresolved(look);
	} else if (!is_supplied(look)) {
		const char *package = unresolved_package(arena, specifier);

		tell(look, "the package `%s` is not installed", package)->help = arena_printf(
			arena,
			"`paths` in tsconfig.json leads `%s` to no file; correct it, or run `%s`",
			specifier, installer_command(arena, look->app->root, package));
	}
}

void check_unresolved(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_import(rule, app, diags, RUNTIME_CLIENT | RUNTIME_SERVER_SIDE, look_unresolved);
}

/* --- kinds of files -----------------------------------------------------------------------------
 */

/* `with {type: "text"}` can make a file importable. */
static bool has_attributes(const struct look *look)
{
	struct node node = import_node(look->module, look->import);

	for (struct node at = node_down_named(node); !node_is_null(at); at = node_next_named(at)) {
		if (node_is(at, NODE_IMPORT_ATTRIBUTE))
			return true;
	}
	return look->import->kind == IMPORT_DYNAMIC &&
	       node_count(node_field(node, FIELD_ARGUMENTS)) > 1;
}

static bool is_loadable(const char *ext, bool client)
{
	static const char *const both[] = {"",     ".json", ".txt", ".css", ".js",  ".mjs",
					   ".cjs", ".jsx",  ".ts",  ".mts", ".cts", ".tsx"};
	static const char *const client_only[] = {".png", ".graphql", ".gql"};

	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		if (strcmp(both[i], ext) == 0)
			return true;
	}
	for (size_t i = 0; client && i < ARRAY_LEN(client_only); i++) {
		if (strcmp(client_only[i], ext) == 0)
			return true;
	}
	return false;
}

static void look_loader(const struct look *look)
{
	bool client = look->runtime == RUNTIME_CLIENT;
	const char *way_out = "keep its content in a `.ts`, `.json` or `.txt` file";
	const char *ext;

	if (look->edge->kind != TARGET_FILE || has_attributes(look))
		return;
	ext = strrchr(path_base(look->edge->file), '.');
	if (ext == NULL || is_loadable(ext, client))
		return;
	if (!client && (strcmp(ext, ".graphql") == 0 || strcmp(ext, ".gql") == 0))
		way_out = "only client code can import GraphQL documents; in server code write the "
			  "text "
			  "as a string";
	else if (!client && strcmp(ext, ".png") == 0)
		way_out = "only client code can import images";
	else if (strstr(".svg.jpg.jpeg.gif.webp.avif.ico.bmp", ext) != NULL)
		way_out = client ? "use a `.png`, which is built in as a data URL"
				 : "only client code can import images, and only `.png`";
	tell(look, "%s code cannot import `%s` files", client ? "client" : "server", ext)->help =
		way_out;
}

void check_loaders(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_import(rule, app, diags, RUNTIME_CLIENT | RUNTIME_SERVER_SIDE, look_loader);
}

static void look_style(const struct look *look)
{
	if (look->edge->kind == TARGET_FILE && str_ends(look->edge->file, ".css"))
		tell(look, "the style sheet `%s` never reaches Attio", look->edge->file)->help =
			"only JavaScript is uploaded; remove the import and use the SDK's "
			"components, "
			"which bring their own style";
}

void check_styles(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_import(rule, app, diags, RUNTIME_CLIENT | RUNTIME_SERVER_SIDE, look_style);
}
