/* Whole builds of small apps with the real esbuild: what must never land in the client, what cannot
 * be taken away from the server, findings and their places, and the output folder. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "bundle/bundle.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "sys/path.h"

struct world {
	struct loop *loop;
	struct arena *arena;
	const char *root;
	char *esbuild;
	struct app app;
	struct bundle_options options;
	struct bundles bundles;
	struct bundler *bundler; /* NULL: a new one for each build */
};

#define EXTENSION                                                                                  \
	"import {Extensions} from \"attio/client\"\n%s\n"                                          \
	"export default Extensions.defineExtension({\n"                                            \
	"    id: \"hello\", type: \"record-action\", label: \"Hello\",\n"                          \
	"    onTrigger: async () => { console.log(%s) },\n"                                        \
	"})\n"
#define EXTENSION_PATH "src/app/extensions/hello/extension.tsx"

static void write_file(struct world *world, const char *path, const char *text)
{
	const char *whole = path_join(world->arena, world->root, path);
	struct error error = {0};

	if (fs_make_dirs(path_dir(world->arena, whole), &error) ||
	    fs_write_atomic(whole, text, strlen(text), 0666, &error))
		fail_msg("%s: %s", error.message, error.why);
}

/* An extension with one import statement and one expression that uses it. */
static void write_extension(struct world *world, const char *import, const char *use)
{
	write_file(world, EXTENSION_PATH, arena_printf(world->arena, EXTENSION, import, use));
}

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	struct error error = {0};
	char *root;

	world->arena = arena_new();
	world->loop = loop_open(&error);
	assert_non_null(world->loop);
	if (fs_make_temp_dir(world->arena, "/tmp/attio-test-bundle-", &root, &error) ||
	    install_esbuild(world->arena, NULL, &world->esbuild, &error))
		fail_msg("%s: %s", error.message, error.why);
	world->root = fs_real_path(world->arena, root, &error);
	write_file(world, "package.json", "{\"name\": \"my-app\"}\n");
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	struct error error = {0};

	bundler_stop(world->bundler);
	loop_close(world->loop);
	bundles_dispose(&world->bundles);
	app_close(&world->app);
	fs_remove_tree(world->root, &error);
	arena_free(world->arena);
	mem_free(world);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return 0;
}

/* Opens and builds; the results live until the next call. With a bundler of the test's own it is
 * a rebuild. */
static void build(struct world *world)
{
	struct error error = {0};
	struct bundler *bundler = world->bundler;
	int result;

	app_close(&world->app);
	bundles_dispose(&world->bundles);
	if (bundler == NULL)
		bundler = bundler_start(world->loop, world->esbuild, false, &error);
	if (bundler == NULL || app_open(&world->app, world->root, NULL, &error))
		fail_msg("%s: %s", error.message, error.why);
	result = (world->bundler ? bundler_rebuild : bundler_build)(
		bundler, &world->app, &world->app.texts, &world->options, &world->bundles, &error);
	if (world->bundler == NULL)
		bundler_stop(bundler);
	if (result)
		fail_msg("%s: %s", error.message, error.why);
}

static const char *bundle_text(struct world *world, const char *path)
{
	for (size_t i = 0; i < world->bundles.count; i++) {
		if (strcmp(world->bundles.items[i].path, path) == 0)
			return world->bundles.items[i].bytes;
	}
	for (size_t i = 0; i < world->bundles.findings.count; i++)
		print_error("%s %s\n", world->bundles.findings.items[i].code,
			    world->bundles.findings.items[i].message);
	fail_msg("no bundle %s", path);
	return "";
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("missing: %s\nin:\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("present: %s\nin:\n%s", part, text);
}

/* The only finding, whose place begins at `at` in the file. */
static const struct diag *assert_finding(struct world *world, const char *code, const char *file,
					 const char *at)
{
	const struct diags *findings = &world->bundles.findings;
	const struct diag *diag;
	struct text *text;

	for (size_t i = 0; i < findings->count && findings->count != 1; i++)
		print_error("%s %s\n", findings->items[i].code, findings->items[i].message);
	assert_int_equal(findings->count, 1);
	diag = &findings->items[0];
	assert_string_equal(diag->code, code);
	assert_non_null(diag->place.file);
	assert_string_equal(diag->place.file, file);
	text = texts_find(&world->app.texts, file);
	if (at && strncmp(text->bytes + diag->place.start, at, strlen(at)) != 0)
		fail_msg("the place is %.40s", text->bytes + diag->place.start);
	assert_lacks(diag->message, "attio:");
	assert_lacks(diag->message, "attio!");
	assert_lacks(diag->message, "plugin");
	assert_lacks(diag->message, world->root);
	if (diag->severity == SEVERITY_ERROR)
		assert_int_equal(world->bundles.count, 0);
	return diag;
}

/* However a server file is spelled, the client gets a proxy with the right id. */
static void test_server_spellings(void **state)
{
	static const struct {
		const char *import, *use, *id;
	} rows[] = {
		{"import x from \"../../../lib/x.server\"", "x()", "lib/x.server"},
		{"import x from \"../../../lib/x.server.ts\"", "x()", "lib/x.server"},
		{"import x from \"../../../lib/x.server.js\"", "x()", "lib/x.server"},
		{"import x from \"@/lib/x.server\"", "x()", "lib/x.server"},
		{"import {y as x} from \"../../../lib/barrel\"", "x()", "lib/x.server"},
		{"import * as x from \"../../../lib/x.server\"", "x.default()", "lib/x.server"},
		{"", "(await import(\"../../../lib/x.server\")).default()", "lib/x.server"},
		{"const x = require(\"../../../lib/x.server\")", "x.default()", "lib/x.server"},
		{"import x from \"../../../lib/odd.server\"", "x()", "lib/odd.server"},
		{"import x from \"../../../../outside/o.server\"", "x()", "../outside/o.server"},
		{"import x from \"../../../lib/link\"", "x()", "lib/x.server"},
	};
	struct world *world = *state;
	const char *secret =
		"export const secret = \"s3cret\"\n"
		"export default async function (name: string) { return secret + name }\n";

	write_file(world, "src/lib/x.server.ts", secret);
	write_file(world, "src/lib/odd.server.mts", secret);
	write_file(world, "src/lib/odd.server.tsx", secret);
	write_file(world, "outside/o.server.ts", secret);
	write_file(world, "src/lib/barrel.ts", "export {default as y} from \"./x.server\"\n");
	write_file(world, "tsconfig.json",
		   "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./src/*\"]}}}\n");
	assert_int_equal(
		symlink("x.server.ts", path_join(world->arena, world->root, "src/lib/link.ts")), 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *client, *server;

		write_extension(world, rows[i].import, rows[i].use);
		build(world);
		client = bundle_text(world, "index.js");
		server = bundle_text(world, "server.js");
		assert_lacks(client, "s3cret");
		assert_has(client,
			   arena_printf(world->arena, "runServerFunction(\"%s\", ", rows[i].id));
		assert_has(server, arena_printf(world->arena, "[\"%s\", ", rows[i].id));
		assert_has(server, "s3cret");
	}
}

/* Two files of the same name are two functions. */
static void test_server_same_name(void **state)
{
	struct world *world = *state;
	const char *client;

	write_file(world, "src/a/run.server.ts", "export default async () => \"a\"\n");
	write_file(world, "src/b/run.server.ts", "export default async () => \"b\"\n");
	write_file(world, "src/a/call.ts", "import r from \"./run.server\"\nexport const a = r\n");
	write_file(world, "src/b/call.ts", "import r from \"./run.server\"\nexport const b = r\n");
	write_extension(world,
			"import {a} from \"../../../a/call\"\nimport {b} from \"../../../b/call\"",
			"a(), b()");
	build(world);
	client = bundle_text(world, "index.js");
	assert_has(client, "runServerFunction(\"a/run.server\"");
	assert_has(client, "runServerFunction(\"b/run.server\"");
}

/* A package's own file called .server is no server function of the app. */
static void test_server_package(void **state)
{
	struct world *world = *state;

	write_file(world, "node_modules/pkg/package.json",
		   "{\"name\": \"pkg\", \"main\": \"index.js\"}");
	write_file(world, "node_modules/pkg/index.js",
		   "module.exports = require(\"./render.server.js\");");
	write_file(world, "node_modules/pkg/render.server.js",
		   "module.exports = () => \"from the package\" + process.env.NODE_ENV;");
	write_extension(world, "import p from \"pkg\"", "p()");
	build(world);
	assert_has(bundle_text(world, "index.js"), "from the package");
	assert_has(bundle_text(world, "index.js"), "production");
	assert_lacks(bundle_text(world, "index.js"), "runServerFunction");
}

/* Names of the host's contract in the app's code change nothing. */
static void test_names(void **state)
{
	struct world *world = *state;
	const char *server;

	write_extension(world, "", "1");
	write_file(world, "src/stdin.ts", "export default function () { return 1 }\n");
	write_file(world, "src/x.server.ts",
		   "import s from \"./stdin\"\n"
		   "export const modules = 1, stdin_default = 2, eventModules = 3\n"
		   "export function stdin_webhooks_default() {}\n"
		   "export default async function () {\n"
		   "    const webhookModules = 4\n"
		   "    return [s(), modules, stdin_default, eventModules, webhookModules]\n"
		   "}\n");
	build(world);
	server = bundle_text(world, "server.js");
	assert_true(strncmp(server, "var modules, webhookModules, eventModules, stdin_default,",
			    50) == 0);
	assert_has(server, "\nmodules = ");
	assert_has(server, "\n  stdin_default = ");
	assert_lacks(server, "function stdin_default(");
	assert_lacks(server, "function stdin_webhooks_default(");
	assert_lacks(server, " modules = 1");
	assert_lacks(server, " stdin_default = 2");
	assert_lacks(server, "\nexport");
}

static void test_top_level_await(void **state)
{
	struct world *world = *state;

	write_extension(world, "", "1");
	write_file(world, "src/x.server.ts",
		   "const x = await Promise.resolve(1)\nexport default async () => x\n");
	build(world);
	assert_has(bundle_text(world, "server.js"), "await Promise.resolve(1)");
	write_extension(world, "const x = await Promise.resolve(1)", "x");
	build(world);
	assert_finding(world, "ATT9000", EXTENSION_PATH, "await");
}

/* One mistake in the client's or the server's code each: code and place. */
static void test_findings(void **state)
{
	static const struct {
		const char *import, *use, *server, *code, *at;
	} rows[] = {
		{"import \"./nope\"", "1", NULL, "ATT9001", "\"./nope\""},
		{"import x from \"no-such-package/x\"", "x", NULL, "ATT9001", "\"no-such"},
		{"import x from \"@@/x\"", "x", NULL, "ATT9001", "\"@@/x\""},
		{"import x from \"node:fs\"", "x", NULL, "ATT2006", "\"node:fs\""},
		{"import x from \"fs\"", "x", NULL, "ATT2006", "\"fs\""},
		{"import {x} from \"attio/server\"", "x", NULL, "ATT2005", "\"attio/server\""},
		{"import x from \"./a.svg\"", "x", NULL, "ATT9002", "\"./a.svg\""},
		{"import \"./a.css\"", "1", NULL, "ATT9004", "\"./a.css\""},
		{"import {z} from \"./plain\"", "z", NULL, "ATT9006", "z}"},
		{"import {secret} from \"./s.server\"", "secret", NULL, "ATT2007", "secret}"},
		{"import * as s from \"./s.server\"", "s.secret", NULL, "ATT2007", "secret) }"},
		{"import w from \"../../webhooks/w.webhook\"", "w", NULL, "ATT2008", "\"../../web"},
		{"const o = {a: 1, a: 2}", "o", NULL, "ATT9010", "a: 2"},
		{"", "1", "import {x} from \"attio/client\"; x()", "ATT3003", "\"attio/client\""},
		{"", "1", "import x from \"crypto\"; x()", "ATT3008", "\"crypto\""},
		{"", "1", "import x from \"./q.graphql\"; x()", "ATT9002", "\"./q.graphql\""},
		{"", "1", "import \"./app/extensions/hello/a.css\"", "ATT9004", "\"./app/"},
	};
	struct world *world = *state;

	write_file(world, "src/app/extensions/hello/a.svg", "<svg/>");
	write_file(world, "src/app/extensions/hello/a.css", "a {}");
	write_file(world, "src/app/extensions/hello/plain.ts", "export const y = 1\n");
	write_file(world, "src/app/extensions/hello/s.server.ts",
		   "export const secret = 1\nexport default async () => secret\n");
	write_file(world, "src/app/webhooks/w.webhook.ts",
		   "export default async () => new Response()\n");
	write_file(world, "src/q.graphql", "query q { a }");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		write_extension(world, rows[i].import, rows[i].use);
		write_file(world, "src/x.server.ts",
			   arena_printf(world->arena, "%s\nexport default async () => 1\n",
					rows[i].server ? rows[i].server : ""));
		build(world);
		assert_finding(world, rows[i].code,
			       rows[i].server ? "src/x.server.ts" : EXTENSION_PATH, rows[i].at);
	}
}

/* A helper that both sides import is complained about once. */
static void test_told_once(void **state)
{
	struct world *world = *state;

	write_file(world, "src/both.ts", "import \"./nope\"\nexport const both = 1\n");
	write_extension(world, "import {both} from \"../../../both\"", "both");
	write_file(world, "src/x.server.ts",
		   "import {both} from \"./both\"\nexport default async () => both\n");
	build(world);
	assert_finding(world, "ATT9001", "src/both.ts", "\"./nope\"");
}

/* The way from the extension to a helper with a server-only import. */
static void test_chain(void **state)
{
	struct world *world = *state;
	const struct diag *diag;

	write_file(world, "src/one.ts", "export * from \"./two\"\n");
	write_file(world, "src/two.ts",
		   "import {x} from \"attio/server\"\nexport const two = () => x\n");
	write_extension(world, "import {two} from \"../../../one\"", "two()");
	build(world);
	diag = assert_finding(world, "ATT2005", "src/two.ts", "\"attio/server\"");
	assert_int_equal(diag->note_count, 2);
	assert_string_equal(diag->notes[0].place.file, "src/one.ts");
	assert_string_equal(diag->notes[1].place.file, EXTENSION_PATH);
}

/* What our entry asks of a file is told at the file. */
static void test_entry_errors(void **state)
{
	struct world *world = *state;

	write_file(world, "src/app/blocks/b/block.ts",
		   "import {Workflows} from \"attio\"\n"
		   "export default Workflows.defineWorkflowBlock({type: \"step\", id: \"b\"})\n");
	write_file(world, "src/app/blocks/b/execute.ts", "export default {execute() {}}\n");
	write_file(world, "src/app/blocks/b/configurator.tsx", "export const c = () => null\n");
	build(world);
	assert_finding(world, "ATT9006", "src/app/blocks/b/configurator.tsx", NULL);
}

/* A broken file of a package is named, with the place in it. */
static void test_package_syntax(void **state)
{
	struct world *world = *state;

	write_file(world, "node_modules/pkg/package.json", "{\"name\": \"pkg\"}");
	write_file(world, "node_modules/pkg/index.js", "export const a = 1;\nexport const = 2;\n");
	write_extension(world, "import {a} from \"pkg\"", "a");
	build(world);
	assert_finding(world, "ATT9003", "node_modules/pkg/index.js", "=");
}

/* Files are minified together; a broken one takes nothing from the others, and names that differ in
 * their endings only stay apart. */
static void test_package_batch(void **state)
{
	static const char *const files[] = {"a.js", "a.mjs", "a.cjs", "b[name].js"};
	struct world *world = *state;

	write_file(world, "node_modules/pkg/package.json", "{\"name\": \"pkg\"}");
	write_file(world, "node_modules/pkg/index.js",
		   "export const all = [require(\"./a.js\"), require(\"./a.mjs\"), "
		   "require(\"./a.cjs\"), require(\"./b[name].js\"), require(\"./broken.js\")];\n");
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		write_file(
			world, arena_printf(world->arena, "node_modules/pkg/%s", files[i]),
			arena_printf(world->arena, "export const x  =  \"from %s\";\n", files[i]));
	write_file(world, "node_modules/pkg/broken.js", "const = 1;\n");
	write_extension(world, "import {all} from \"pkg\"", "all");
	build(world);
	assert_finding(world, "ATT9003", "node_modules/pkg/broken.js", "=");
	assert_int_equal(world->bundles.findings.count, 1);

	write_file(world, "node_modules/pkg/broken.js", "const  whole  =  1;\n");
	build(world);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		assert_has(bundle_text(world, "index.js"),
			   arena_printf(world->arena, "\"from %s\"", files[i]));
}

/* `browser: {"./x.js": false}` empties the file in spite of minification. */
static void test_package_disabled(void **state)
{
	struct world *world = *state;

	write_file(world, "node_modules/pkg/package.json",
		   "{\"name\": \"pkg\", \"browser\": {\"./node-only.js\": false}}");
	write_file(world, "node_modules/pkg/index.js",
		   "require(\"./node-only\"); exports.a = \"kept here\";");
	write_file(world, "node_modules/pkg/node-only.js", "exports.x = \"left out\";");
	write_extension(world, "import {a} from \"pkg\"", "a");
	build(world);
	assert_has(bundle_text(world, "index.js"), "kept here");
	assert_lacks(bundle_text(world, "index.js"), "left out");
}

/* The same bytes at every run and in every folder. */
static void test_deterministic(void **state)
{
	struct world *world = *state;
	const char *first[2], *elsewhere;
	struct error error = {0};

	write_file(world, "node_modules/pkg/index.js",
		   "exports.long_name = (argument) => argument;");
	for (int i = 0; i < 12; i++)
		write_file(world, arena_printf(world->arena, "src/f%d.server.ts", i),
			   "import {long_name} from \"pkg\"\nexport default async () => "
			   "long_name(1)\n");
	write_extension(world, "import x from \"../../../f3.server\"", "x()");
	build(world);
	first[0] = arena_strdup(world->arena, bundle_text(world, "index.js"));
	first[1] = arena_strdup(world->arena, bundle_text(world, "server.js"));
	for (int i = 0; i < 5; i++) {
		build(world);
		assert_string_equal(bundle_text(world, "index.js"), first[0]);
		assert_string_equal(bundle_text(world, "server.js"), first[1]);
	}
	elsewhere = arena_printf(world->arena, "%s-moved", world->root);
	app_close(&world->app);
	assert_int_equal(rename(world->root, elsewhere), 0);
	world->root = elsewhere;
	build(world);
	assert_string_equal(bundle_text(world, "index.js"), first[0]);
	assert_string_equal(bundle_text(world, "server.js"), first[1]);
	assert_lacks(first[1], "/tmp/");
	(void)error;
}

/* --- options ---------------------------------------------------------------------------------- */

static void test_node_env(void **state)
{
	struct world *world = *state;

	write_file(world, "node_modules/pkg/index.js",
		   "exports.pkg = function () { return process.env.NODE_ENV };");
	write_extension(world, "import {pkg} from \"pkg\"", "process.env.NODE_ENV, pkg()");
	write_file(world, "src/x.server.ts",
		   "export default async () => process.env.NODE_ENV + process.env.OTHER\n");
	build(world);
	assert_has(bundle_text(world, "index.js"), "console.log(\"production\",");
	assert_lacks(bundle_text(world, "index.js"), "development");
	assert_has(bundle_text(world, "server.js"), "\"production\" + process.env.OTHER");
	world->options.development = true;
	build(world);
	assert_has(bundle_text(world, "index.js"), "console.log(\"development\",");
	assert_lacks(bundle_text(world, "index.js"), "production");
	assert_has(bundle_text(world, "index.js"), "exports.pkg = function()");
}

static const struct bundle *find_bundle(struct world *world, const char *path)
{
	bundle_text(world, path);
	for (size_t i = 0;; i++) {
		if (strcmp(world->bundles.items[i].path, path) == 0)
			return &world->bundles.items[i];
	}
}

/* Sources are named as seen from where the map will be, with their texts. */
static void test_maps(void **state)
{
	struct world *world = *state;
	const struct bundle *bundle;
	char *plain;

	write_file(world, "node_modules/pkg/lib/a.js", "exports.a = (argument) => argument + 1;\n");
	write_file(world, "node_modules/pkg/package.json", "{\"main\": \"lib/a.js\"}");
	write_extension(world, "import {a} from \"pkg\"", "a(1)");
	build(world);
	plain = mem_strdup(bundle_text(world, "index.js"));
	world->options.out = path_join(world->arena, world->root, "dist");
	world->options.map = BUNDLE_MAP_EXTERNAL;
	build(world);
	bundle = find_bundle(world, "index.js");
	assert_string_equal(bundle->bytes, plain);
	assert_has(bundle->map, "\"../" EXTENSION_PATH "\"");
	assert_has(bundle->map, "\"../node_modules/pkg/lib/a.js\"");
	assert_has(bundle->map, "exports.a = (argument) => argument + 1;");
	assert_has(bundle->map, "Extensions.defineExtension");
	assert_lacks(bundle->map, world->root);
	assert_int_equal(bundle->map_len, strlen(bundle->map));
	world->options.map = BUNDLE_MAP_LINKED;
	build(world);
	bundle = find_bundle(world, "index.js");
	assert_true(strncmp(bundle->bytes, plain, strlen(plain)) == 0);
	assert_string_equal(bundle->bytes + strlen(plain), "//# sourceMappingURL=index.js.map\n");
	assert_int_equal(bundle->len, strlen(bundle->bytes));
	assert_non_null(bundle->map);
	world->options.map = BUNDLE_MAP_INLINE;
	build(world);
	bundle = find_bundle(world, "server.js");
	assert_has(bundle->bytes, "//# sourceMappingURL=data:application/json;base64,");
	assert_null(bundle->map);
	world->options.map = BUNDLE_MAP_APART;
	build(world);
	bundle = find_bundle(world, "index.js");
	assert_string_equal(bundle->bytes, plain);
	assert_has(bundle->map, "\"" EXTENSION_PATH "\"");
	assert_has(bundle->map, "\"node_modules/pkg/lib/a.js\"");
	assert_lacks(bundle->map, "Extensions.defineExtension");
	mem_free(plain);
}

/* --- building again --------------------------------------------------------------------------- */

static void begin_again(struct world *world)
{
	struct error error = {0};

	world->bundler = bundler_start(world->loop, world->esbuild, true, &error);
	assert_non_null(world->bundler);
}

/* A rebuild gives what a build from nothing gives. */
static void assert_as_new(struct world *world)
{
	struct bundler *kept = world->bundler;
	const char *client = arena_strdup(world->arena, bundle_text(world, "index.js"));
	const char *server = arena_strdup(world->arena, bundle_text(world, "server.js"));
	size_t count = world->bundles.count;

	world->bundler = NULL;
	build(world);
	world->bundler = kept;
	assert_string_equal(bundle_text(world, "index.js"), client);
	assert_string_equal(bundle_text(world, "server.js"), server);
	assert_int_equal(world->bundles.count, count);
}

static void test_rebuild(void **state)
{
	struct world *world = *state;

	begin_again(world);
	write_extension(world, "", "\"first\"");
	build(world);
	assert_has(bundle_text(world, "index.js"), "\"first\"");
	build(world);
	assert_as_new(world);
	write_extension(world, "", "\"second\"");
	build(world);
	assert_has(bundle_text(world, "index.js"), "\"second\"");
	/* Errors come and go. */
	write_extension(world, "import \"./nowhere\"", "1");
	build(world);
	assert_finding(world, "ATT9001", EXTENSION_PATH, "\"./nowhere\"");
	write_file(world, "src/app/extensions/hello/nowhere.ts", "console.log(\"found\")\n");
	build(world);
	assert_has(bundle_text(world, "index.js"), "\"found\"");
	assert_as_new(world);
}

/* The app's shape changes: server functions, blocks and extensions come and go. */
static void test_rebuild_shape(void **state)
{
	struct world *world = *state;
	struct error error = {0};

	begin_again(world);
	write_extension(world, "", "1");
	build(world);
	write_file(world, "src/x.server.ts", "export default async () => \"new function\"\n");
	build(world);
	assert_has(bundle_text(world, "server.js"), "[\"x.server\", ");
	write_extension(world, "import x from \"../../../x.server\"", "x()");
	build(world);
	assert_has(bundle_text(world, "index.js"), "runServerFunction(\"x.server\"");
	assert_as_new(world);
	write_file(world, "src/app/blocks/b/block.ts",
		   "import {Workflows} from \"attio\"\n"
		   "export default Workflows.defineWorkflowBlock({type: \"step\", id: \"b\"})\n");
	write_file(world, "src/app/blocks/b/execute.ts", "export default {execute() {}}\n");
	write_file(world, "src/app/blocks/b/configurator.tsx", "export default () => null\n");
	build(world);
	assert_int_equal(world->bundles.count, 3);
	assert_as_new(world);
	fs_remove_tree(path_join(world->arena, world->root, "src/app/blocks"), &error);
	build(world);
	assert_int_equal(world->bundles.count, 2);
	fs_remove_tree(path_join(world->arena, world->root, "src/x.server.ts"), &error);
	write_extension(world, "", "1");
	build(world);
	assert_lacks(bundle_text(world, "server.js"), "x.server");
	assert_as_new(world);
}

/* A server file that only esbuild finds, through a package beside the app. */
static void test_rebuild_extras(void **state)
{
	struct world *world = *state;

	write_file(world, "shared/index.ts", "export {default as run} from \"./run.server\"\n");
	write_file(world, "shared/package.json", "{\"name\": \"shared\", \"main\": \"index.ts\"}");
	write_file(world, "shared/run.server.ts", "export default async () => \"beside\"\n");
	write_file(world, "node_modules/.keep", "");
	assert_int_equal(
		symlink("../shared", path_join(world->arena, world->root, "node_modules/shared")),
		0);
	begin_again(world);
	write_extension(world, "import {run} from \"shared\"", "run()");
	for (int i = 0; i < 3; i++) {
		build(world);
		assert_has(bundle_text(world, "index.js"), "runServerFunction(\"../shared/run.s");
		assert_has(bundle_text(world, "server.js"), "\"beside\"");
	}
	write_extension(world, "", "1");
	build(world);
	assert_lacks(bundle_text(world, "server.js"), "\"beside\"");
}

/* Minified packages are kept, but not longer than their files stay the same. */
static void test_rebuild_package(void **state)
{
	struct world *world = *state;

	begin_again(world);
	write_file(world, "node_modules/pkg/index.js", "exports.a = \"one\";");
	write_extension(world, "import {a} from \"pkg\"", "a");
	build(world);
	build(world);
	assert_has(bundle_text(world, "index.js"), "\"one\"");
	write_file(world, "node_modules/pkg/index.js", "exports.a = \"two\";");
	build(world);
	assert_has(bundle_text(world, "index.js"), "\"two\"");
	write_file(world, "node_modules/pkg/index.js", "exports.a = ;");
	build(world);
	assert_finding(world, "ATT9003", "node_modules/pkg/index.js", ";");
	build(world);
	assert_finding(world, "ATT9003", "node_modules/pkg/index.js", ";");
	write_file(world, "node_modules/pkg/index.js", "exports.a = \"three\";");
	build(world);
	assert_has(bundle_text(world, "index.js"), "\"three\"");
}

/* --- the output folder ------------------------------------------------------------------------ */

static const struct bundles two_bundles = {
	.items = (struct bundle[]){{.path = "index.js", .bytes = "client", .len = 6},
				   {.path = "workflow/b.js", .block = "b", .bytes = "b", .len = 1}},
	.count = 2,
};

static void assert_file(struct world *world, const char *path, const char *text)
{
	struct error error = {0};
	char *bytes;
	size_t len;

	if (fs_read(world->arena, path_join(world->arena, world->root, path), 1000, &bytes, &len,
		    &error))
		fail_msg("%s: %s", error.message, error.why);
	assert_string_equal(bytes, text);
}

static void assert_absent(struct world *world, const char *path)
{
	assert_int_equal(fs_type(path_join(world->arena, world->root, path)), FS_NONE);
}

static int write_out(struct world *world, const char *out, struct error *error)
{
	*error = (struct error){0};
	return bundle_write(world->arena, &two_bundles, path_join(world->arena, world->root, out),
			    error);
}

/* Nothing of ours is left beside the output. */
static void assert_clean(struct world *world)
{
	struct fs_entry *entries;
	struct error error = {0};
	size_t count;

	assert_int_equal(fs_list(world->arena, world->root, &entries, &count, &error), 0);
	for (size_t i = 0; i < count; i++)
		assert_lacks(entries[i].name, ".attio-build");
}

static void test_write(void **state)
{
	struct world *world = *state;
	struct error error;
	struct stat st;

	assert_int_equal(write_out(world, "new/deep/out", &error), 0);
	assert_file(world, "new/deep/out/index.js", "client");
	assert_file(world, "new/deep/out/workflow/b.js", "b");
	assert_int_equal(stat(path_join(world->arena, world->root, "new/deep/out"), &st), 0);
	assert_int_equal(st.st_mode & 0755, 0755);
	/* A former build is replaced as a whole. */
	write_file(world, "new/deep/out/workflow/gone.js", "");
	write_file(world, "new/deep/out/server.css", "");
	assert_int_equal(write_out(world, "new/deep/out", &error), 0);
	assert_absent(world, "new/deep/out/workflow/gone.js");
	assert_absent(world, "new/deep/out/server.css");
	/* What the official tool may have left in dist. */
	write_file(world, "dist/old.js", "");
	assert_int_equal(write_out(world, "dist", &error), 0);
	assert_absent(world, "dist/old.js");
	assert_file(world, "dist/index.js", "client");
	assert_clean(world);
}

/* Things that no build has written survive in dist. */
static void test_write_mixed(void **state)
{
	struct world *world = *state;
	struct error error;

	write_file(world, "dist/notes.txt", "mine");
	write_file(world, "dist/workflow/gone.js", "");
	write_file(world, "dist/index.js", "old");
	assert_int_equal(write_out(world, "dist", &error), 0);
	assert_file(world, "dist/notes.txt", "mine");
	assert_file(world, "dist/index.js", "client");
	assert_file(world, "dist/workflow/b.js", "b");
	assert_absent(world, "dist/workflow/gone.js");
	assert_clean(world);
}

static void test_write_refused(void **state)
{
	static const char *const files[] = {"out/notes.txt", "out/other.js", "out/src/app.ts",
					    "out/workflow/x.ts", "out/.hidden"};
	struct world *world = *state;
	struct error error;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		write_file(world, files[i], "mine");
		write_file(world, "out/index.js", "old");
		assert_int_equal(write_out(world, "out", &error), -1);
		assert_int_equal(error.kind, ERROR_CONFLICT);
		assert_true(*error.why && *error.fix);
		assert_file(world, files[i], "mine");
		assert_file(world, "out/index.js", "old");
		fs_remove_tree(path_join(world->arena, world->root, "out"), &error);
	}
	write_file(world, "dist", "a file");
	assert_int_equal(write_out(world, "dist", &error), -1);
	assert_file(world, "dist", "a file");
	assert_int_equal(write_out(world, "package.json/out", &error), -1);
	assert_clean(world);
}

static void test_write_link(void **state)
{
	struct world *world = *state;
	const char *link = path_join(world->arena, world->root, "dist");
	struct error error;
	struct stat st;

	write_file(world, "real/index.js", "old");
	assert_int_equal(symlink("real", link), 0);
	assert_int_equal(write_out(world, "dist", &error), 0);
	assert_file(world, "real/index.js", "client");
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_clean(world);
}

static const struct bundles mapped_bundle = {
	.items =
		(struct bundle[]){
			{.path = "index.js", .bytes = "c", .len = 1, .map = "m", .map_len = 1}},
	.count = 1,
};

/* Maps lie beside their bundles, and go with them. */
static void test_write_maps(void **state)
{
	struct world *world = *state;
	const char *out = path_join(world->arena, world->root, "dist");
	struct error error = {0};

	for (int i = 0; i < 2; i++) {
		assert_int_equal(bundle_write(world->arena, &mapped_bundle, out, &error), 0);
		assert_file(world, "dist/index.js.map", "m");
		write_file(world, "dist/workflow/gone.js.map", "");
		assert_int_equal(write_out(world, "dist", &error), 0);
		assert_absent(world, "dist/index.js.map");
		assert_absent(world, "dist/workflow/gone.js.map");
		write_file(world, "dist/notes.txt", "mine");
	}
	assert_file(world, "dist/notes.txt", "mine");
}

/* What a killed build left goes when it is old enough to be nobody's. */
static void test_write_leftovers(void **state)
{
	struct world *world = *state;
	const char *old = path_join(world->arena, world->root, ".attio-build-old");
	struct timespec times[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};
	struct error error;

	write_file(world, ".attio-build-old/dist/index.js", "half");
	write_file(world, ".attio-build-new/dist/index.js", "half");
	assert_int_equal(utimensat(AT_FDCWD, old, times, 0), 0);
	assert_int_equal(write_out(world, "dist", &error), 0);
	assert_absent(world, ".attio-build-old");
	assert_file(world, ".attio-build-new/dist/index.js", "half");
}

/* As a user without rights: in a child, because tests may run as root. */
static void test_write_forbidden(void **state)
{
	struct world *world = *state;
	int status;
	pid_t pid;

	write_file(world, "locked/out/index.js", "old");
	assert_int_equal(chmod(path_join(world->arena, world->root, "locked"), 0555), 0);
	assert_int_equal(chmod(world->root, 0755), 0);
	pid = fork();
	if (pid == 0) {
		struct error error;

		if (geteuid() == 0 && setuid(65534))
			_exit(2);
		_exit(write_out(world, "locked/out", &error) == -1 && error.kind == ERROR_SYSTEM &&
				      *error.message && *error.why
			      ? 0
			      : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_file(world, "locked/out/index.js", "old");
	chmod(path_join(world->arena, world->root, "locked"), 0755);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_server_spellings),
		TEST(test_server_same_name),
		TEST(test_server_package),
		TEST(test_names),
		TEST(test_top_level_await),
		TEST(test_findings),
		TEST(test_told_once),
		TEST(test_chain),
		TEST(test_entry_errors),
		TEST(test_package_syntax),
		TEST(test_package_batch),
		TEST(test_package_disabled),
		TEST(test_deterministic),
		TEST(test_node_env),
		TEST(test_maps),
		TEST(test_rebuild),
		TEST(test_rebuild_shape),
		TEST(test_rebuild_extras),
		TEST(test_rebuild_package),
		TEST(test_write),
		TEST(test_write_mixed),
		TEST(test_write_refused),
		TEST(test_write_link),
		TEST(test_write_maps),
		TEST(test_write_leftovers),
		TEST(test_write_forbidden),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
