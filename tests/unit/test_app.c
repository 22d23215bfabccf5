/* The app model on temporary folders: where imports lead, what ends up in which runtime, what an
 * export is in the end, definitions by kind and id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "app/server_only.h"
#include "app_folder.h"
#include "base/mem.h"
#include "sys/overlay.h"

static const char entry[] = "src/app.ts";

static void test_resolution(void **state)
{
	static const char *const files[] = {
		"src/a.ts",         "src/both.ts",     "src/both.tsx",        "src/dir/index.ts",
		"src/view.tsx",     "src/old.js",      "src/only.d.ts",       "src/data.json",
		"src/q.graphql",    "src/x.server.ts", "lib/out.ts",          "src/deep/er/z.ts",
		"src/alias/one.ts", "src/exact.ts",    "node_modules/p/i.js", "src/pkg/in.ts",
	};
	static const struct {
		const char *specifier;
		enum target_kind kind;
		const char *path; /* of the module or file */
	} rows[] = {
		{"./a", TARGET_MODULE, "src/a.ts"},
		{"./a.ts", TARGET_MODULE, "src/a.ts"},
		{"./a.js", TARGET_MODULE, "src/a.ts"},
		{"./both", TARGET_MODULE, "src/both.tsx"},
		{"./dir", TARGET_MODULE, "src/dir/index.ts"},
		{"./dir/index", TARGET_MODULE, "src/dir/index.ts"},
		{"./dir/", TARGET_MODULE, "src/dir/index.ts"},
		{"./view", TARGET_MODULE, "src/view.tsx"},
		{"./view.jsx", TARGET_MODULE, "src/view.tsx"},
		{"./old", TARGET_MODULE, "src/old.js"},
		{"./only", TARGET_FILE, "src/only.d.ts"},
		{"./data.json", TARGET_FILE, "src/data.json"},
		{"./data", TARGET_FILE, "src/data.json"},
		{"./q.graphql", TARGET_FILE, "src/q.graphql"},
		{"./x.server", TARGET_MODULE, "src/x.server.ts"},
		{"../lib/out", TARGET_MODULE, "lib/out.ts"},
		{"./deep/../deep/er/z", TARGET_MODULE, "src/deep/er/z.ts"},
		{"./nothing", TARGET_UNRESOLVED, NULL},
		{"../../outside", TARGET_UNRESOLVED, NULL},
		{"@/alias/one", TARGET_MODULE, "src/alias/one.ts"},
		{"@/nothing", TARGET_UNRESOLVED, NULL},
		{"exact", TARGET_MODULE, "src/exact.ts"},
		{"#in/in", TARGET_MODULE, "src/pkg/in.ts"},
		{"#unknown", TARGET_UNRESOLVED, NULL},
		{"p", TARGET_PACKAGE, NULL},
		{"p/sub", TARGET_PACKAGE, NULL},
		{"../node_modules/p/i.js", TARGET_PACKAGE, NULL},
		{"attio/server", TARGET_PACKAGE, NULL},
		{"node:fs", TARGET_PACKAGE, NULL},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json",
		     "{\"name\": \"x\", \"imports\": {\"#in/*\": {\"node\": \"./no\", \"default\": "
		     "\"./src/pkg/*.ts\"}}}");
	folder_write(&folder, "tsconfig.json",
		     "{\"extends\": \"./base.json\", \"compilerOptions\": {/* none */}}");
	folder_write(&folder, "base.json",
		     "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./no/*\", \"./src/*\"], "
		     "\"exact\": [\"${configDir}/src/exact\"]}}}");
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		folder_write(&folder, files[i], "export {}\n");
	char source[4096] = "export const app = {}\n";
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		snprintf(source + strlen(source), sizeof(source) - strlen(source),
			 "import \"%s\"\n", rows[i].specifier);
	folder_write(&folder, entry, source);
	folder_open(&folder);
	const struct module *module = app_module(&folder.app, entry);
	assert_int_equal(module->facts.import_count, ARRAY_LEN(rows));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct edge *edge = &module->edges[i];

		if (edge->kind != rows[i].kind)
			fail_msg("%s is of kind %d", rows[i].specifier, (int)edge->kind);
		if (edge->kind == TARGET_MODULE)
			assert_string_equal(edge->module->path, rows[i].path);
		else if (edge->kind == TARGET_FILE)
			assert_string_equal(edge->file, rows[i].path);
	}
	folder_dispose(&folder);
}

static void test_runtimes(void **state)
{
	static const struct {
		const char *path, *text;
		unsigned runtimes;
	} rows[] = {
		{"src/app/extensions/x/extension.ts",
		 "import \"./client\"\nimport s from \"../../../s.server\"\nimport type {T} from "
		 "\"./types\"\n"
		 "export default E.defineExtension({id: \"x\", type: \"record-action\", s})\n",
		 RUNTIME_CLIENT},
		{"src/app/extensions/x/client.ts", "export * from \"./shared\"\n", RUNTIME_CLIENT},
		{"src/app/extensions/x/shared.ts", "import(\"./lazy\")\n",
		 RUNTIME_CLIENT | RUNTIME_SERVER},
		{"src/app/extensions/x/lazy.ts", "export {}\n", RUNTIME_CLIENT | RUNTIME_SERVER},
		{"src/app/extensions/x/types.ts", "export type T = 1\n", 0},
		{"src/s.server.ts",
		 "import \"./app/extensions/x/shared\"\nimport {U} from \"./unused\"\n"
		 "export default async () => {}\n",
		 RUNTIME_SERVER},
		{"src/unused.ts", "export const U = 1\n", 0},
		{"src/app/webhooks/w.webhook.ts", "export default async () => new Response()\n",
		 RUNTIME_SERVER},
		{"src/app/blocks/b/block.ts",
		 "export default W.defineWorkflowBlock({id: \"b\", type: \"step\"})\n",
		 RUNTIME_CLIENT | RUNTIME_BLOCK},
		{"src/app/blocks/b/execute.ts",
		 "import \"../../../for-block\"\nexport default async () => {}\n", RUNTIME_BLOCK},
		{"src/for-block.ts", "export {}\n", RUNTIME_BLOCK},
		{"src/nobody.ts", "export {}\n", 0},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		folder_write(&folder, rows[i].path, rows[i].text);
	folder_open(&folder);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct module *module = app_module(&folder.app, rows[i].path);

		if (module == NULL || module->runtimes != rows[i].runtimes)
			fail_msg("%s", rows[i].path);
	}
	folder_dispose(&folder);
}

static void test_follow(void **state)
{
	static const struct {
		const char *module, *name;
		enum node_kind kind; /* NODE_NONE when there is no node */
		bool found, opaque;
	} rows[] = {
		{"src/app.ts", "a", NODE_ARROW_FUNCTION, true, false},
		{"src/app.ts", "b", NODE_ARROW_FUNCTION, true, false},
		{"src/app.ts", "c", NODE_OBJECT, true, false},
		{"src/app.ts", "star", NODE_FUNCTION_DECLARATION, true, false},
		{"src/app.ts", "pkg", NODE_NONE, true, true},
		{"src/app.ts", "space", NODE_NONE, true, true},
		{"src/app.ts", "missing", NODE_NONE, false, false},
		{"src/app.ts", "type", NODE_NONE, false, false},
		{"src/app.ts", "changing", NODE_VARIABLE_DECLARATOR, true, false},
		{"src/app.ts", "cycle", NODE_NONE, true, true},
		{"src/one.ts", "default", NODE_CLASS, true, false},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(
		&folder, "src/app.ts",
		"export const app = {}\nexport {a} from \"./one\"\nimport {a} from \"./one\"\n"
		"export const b = a\nexport const c = ({x: 1} as const)\nexport * from \"./two\"\n"
		"export {pkg} from \"pkg\"\nexport * as space from \"./one\"\n"
		"interface type {}\nexport {type}\nexport let changing = 1\n"
		"export {cycle} from \"./cycle\"\n");
	folder_write(&folder, "src/one.ts", "export const a = () => 1\nexport default class {}\n");
	folder_write(&folder, "src/two.ts", "export function star() {}\n");
	folder_write(&folder, "src/cycle.ts", "export {cycle} from \"./cycle\"\n");
	folder_open(&folder);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct resolved resolved = app_resolve_export(
			&folder.app, app_module(&folder.app, rows[i].module), rows[i].name);

		if (resolved.found != rows[i].found || resolved.opaque != rows[i].opaque ||
		    (rows[i].kind != NODE_NONE && !node_is(resolved.node, rows[i].kind)))
			fail_msg("%s", rows[i].name);
	}
	folder_dispose(&folder);
}

static void test_definitions(void **state)
{
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/app/extensions/b/extension.ts",
		     "export default defineExtension({id: \"two\", type: \"record-action\"})\n");
	folder_write(&folder, "src/app/extensions/a/extension.tsx",
		     "export default E.defineExtension({'id': `one`, type: (\"record-tab\" as "
		     "const)})\n");
	folder_write(&folder, "src/webhooks/deep/w.webhook.js", "export default async () => {}\n");
	folder_write(&folder, "src/events/connection-added.event.ts",
		     "export default async () => {}\n");
	folder_write(&folder, "src/lib/f.server.ts", "export default async () => {}\n");
	folder_write(&folder, "src/.server.ts", "export {}\n");
	folder_open(&folder);
	assert_string_equal(app_definition(&folder.app, DEF_EXTENSION, 0)->id, "one");
	assert_string_equal(app_definition(&folder.app, DEF_EXTENSION, 0)->type, "record-tab");
	assert_string_equal(app_definition(&folder.app, DEF_EXTENSION, 1)->id, "two");
	assert_null(app_definition(&folder.app, DEF_EXTENSION, 2));
	assert_non_null(app_definition_by_id(&folder.app, DEF_WEBHOOK, "deep/w"));
	assert_non_null(app_definition_by_id(&folder.app, DEF_EVENT, "connection-added"));
	assert_non_null(app_definition_by_id(&folder.app, DEF_SERVER, "lib/f.server"));
	assert_null(app_definition_by_id(&folder.app, DEF_SERVER, "deep/w"));
	assert_null(app_definition(&folder.app, DEF_SERVER, 1));
	folder_dispose(&folder);
}

static void open_over(struct app_folder *folder, struct overlay_file *items, size_t count)
{
	struct overlay *overlay = arena_alloc(folder->arena, sizeof(*overlay));
	struct app_options options = {.files = overlay};
	struct error error = {0};

	for (size_t i = 0; i < count; i++)
		items[i].len = items[i].bytes != NULL ? strlen(items[i].bytes) : 0;
	*overlay = (struct overlay){items, count};
	app_close(&folder->app);
	assert_int_equal(app_open(&folder->app, folder->root, &options, &error), 0);
}

/* An app that only the overlay makes, over the folder of another. */
static void test_another_state(void **state)
{
	static const char step[] =
		"export default Workflows.defineWorkflowBlock({id: \"b\", type: \"step\"})\n";
	struct overlay_file items[] = {
		{"base.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./lib/*\"]}}}", 0},
		{"lib/far.ts", "export const far = 1\n", 0},
		{"package.json", "{\"name\": \"new\"}", 0},
		{"src/app.ts", NULL, 0},
		{"src/app/blocks/old/block.ts", NULL, 0},
		{"src/app/blocks/one/block.ts", step, 0},
		{"src/app/blocks/one/execute.ts", "export default async () => {}\n", 0},
		{"src/app/webhooks/w.webhook.ts",
		 "import {far} from \"@/far\"\nimport \"../../same\"\nimport \"../../gone\"\n"
		 "export default async () => far\n",
		 0},
		{"src/gone.ts", NULL, 0},
		{"tsconfig.json", "{\"extends\": \"./base.json\"}", 0},
	};
	struct app_folder folder;
	const struct module *webhook;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"old\"}");
	folder_write(&folder, entry, "export const app = {}\n");
	folder_write(&folder, "src/app/blocks/old/block.ts", "no block\n");
	folder_write(&folder, "src/gone.ts", "export {}\n");
	folder_write(&folder, "src/same.ts", "export {}\n");
	open_over(&folder, items, sizeof(items) / sizeof(items[0]));
	assert_true(folder.app.exists);
	assert_null(folder.app.entry);
	assert_string_equal(folder.app.manifest.name, "new");
	assert_non_null(app_definition_by_id(&folder.app, DEF_BLOCK, "b"));
	assert_non_null(app_definition(&folder.app, DEF_BLOCK, 0)->block->handlers[0]);
	assert_null(app_definition(&folder.app, DEF_BLOCK, 1));
	assert_int_equal(folder.app.problems.count, 0); /* the old block's folder is gone, too */
	webhook = app_definition_by_id(&folder.app, DEF_WEBHOOK, "w")->module;
	assert_ptr_equal(webhook->edges[0].module, app_module(&folder.app, "lib/far.ts"));
	assert_non_null(webhook->edges[0].module);
	assert_ptr_equal(webhook->edges[1].module, app_module(&folder.app, "src/same.ts"));
	assert_int_equal(webhook->edges[2].kind, TARGET_UNRESOLVED);
	assert_null(app_module(&folder.app, "src/gone.ts"));
	folder_dispose(&folder);
}

/* All of it hidden: there is no app in the folder. */
static void test_no_app_in_another_state(void **state)
{
	struct overlay_file items[] = {
		{"package.json", NULL, 0}, {"src/app.ts", NULL, 0}, {"src/app/x.ts", NULL, 0}};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json", "broken");
	folder_write(&folder, entry, "export const app = {}\n");
	folder_write(&folder, "src/app/x.ts", "export {}\n");
	open_over(&folder, items, 3);
	assert_false(folder.app.exists);
	assert_int_equal(folder.app.module_count, 0);
	assert_int_equal(folder.app.problems.count, 1);
	assert_string_equal(folder.app.problems.items[0].code, "ATT1001");
	open_over(&folder, items + 1, 2);
	assert_false(folder.app.exists);
	folder_dispose(&folder);
}

static void link_to(const struct app_folder *folder, const char *target, const char *path)
{
	assert_int_equal(symlink(target, path_join(folder->arena, folder->root, path)), 0);
}

/* What bundlers call a file is where it is when all links are followed. */
static void test_real_paths(void **state)
{
	static const struct {
		const char *path, *real;
	} rows[] = {
		{"src/app.ts", "src/app.ts"},
		{"src/plain.ts", "src/plain.ts"},
		{"src/linked.ts", "other/a.server/b.ts"},
		{"src/folder/c.ts", "other/c.ts"},
		{"other/d.ts", "other/d.ts"},
	};
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/app.ts",
		     "import \"./plain\"\nimport \"./linked\"\nimport \"./folder/c\"\n"
		     "import \"../other/d\"\nimport text from \"./folder/e.txt\"\n"
		     "export const app = {record: {}, text}\n");
	folder_write(&folder, "src/plain.ts", "export {}\n");
	folder_write(&folder, "other/a.server/b.ts", "export {}\n");
	folder_write(&folder, "other/c.ts", "export {}\n");
	folder_write(&folder, "other/d.ts", "export {}\n");
	folder_write(&folder, "other/e.txt", "x\n");
	folder_open(&folder);
	assert_false(folder.app.has_links);
	assert_string_equal(app_module(&folder.app, "src/plain.ts")->real, "src/plain.ts");
	link_to(&folder, "../other/a.server/b.ts", "src/linked.ts");
	link_to(&folder, "../other", "src/folder");
	folder_open(&folder);
	assert_true(folder.app.has_links);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct module *module = app_module(&folder.app, rows[i].path);

		assert_non_null(module);
		assert_string_equal(module->real, rows[i].real);
	}
	assert_string_equal(app_module(&folder.app, "src/app.ts")->edges[4].real, "other/e.txt");
	folder_dispose(&folder);
	/* All of src may be a link. */
	folder_init(&folder);
	folder_write(&folder, "code/app.ts", "export const app = {record: {}}\n");
	link_to(&folder, "code", "src");
	folder_open(&folder);
	assert_string_equal(app_module(&folder.app, "src/app.ts")->real, "code/app.ts");
	folder_dispose(&folder);
}

/* An import that only types are taken from stays with verbatimModuleSyntax, so what it names does:
 * also where the client must not have it. */
static void test_edges_decide(void **state)
{
	static const char imports[] = "import {T} from \"./hi.server/t\"\nimport {U} from \"./u\"\n"
				      "import type {V} from \"./v\"\n"
				      "export const app: {t: T, u: U, v: V} = {record: {}}\n";
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "src/app.ts", imports);
	folder_write(&folder, "src/hi.server/t.ts", "export type T = 1\n");
	folder_write(&folder, "src/u.ts", "export type U = 1\n");
	folder_write(&folder, "src/v.ts", "export type V = 1\n");
	for (int verbatim = 0; verbatim < 2; verbatim++) {
		const struct module *module;

		if (verbatim)
			folder_write(&folder, "tsconfig.json",
				     "{\"compilerOptions\": {\"verbatimModuleSyntax\": true}}");
		folder_open(&folder);
		module = app_module(&folder.app, "src/app.ts");
		for (size_t i = 0; i < 3; i++) {
			assert_true(module->facts.imports[i].type_only);
			assert_int_equal(module->edges[i].type_only, !verbatim || i == 2);
		}
		assert_int_equal(server_only_import(module, 0), verbatim);
		assert_int_equal(app_module(&folder.app, "src/u.ts")->runtimes,
				 verbatim ? RUNTIME_CLIENT : 0);
		assert_int_equal(app_module(&folder.app, "src/v.ts")->runtimes, 0);
	}
	folder_dispose(&folder);
}

/* The nearest app upwards. */
static void test_find(void **state)
{
	static const struct {
		const char *from, *app; /* below the folder; NULL: none */
	} rows[] = {
		{"", NULL},
		{"old", "old"},
		{"old/src/deep/er", "old"},
		{"old/inner", "old/inner"},
		{"old/inner/src/app", "old/inner"},
		{"old/other", "old"},
		{"tsx/src", "tsx"},
		{"none/src", NULL},
	};
	struct app_folder folder;
	struct arena *arena;

	(void)state;
	folder_init(&folder);
	arena = folder.arena;
	folder_write(&folder, "old/src/app.ts", "");
	folder_write(&folder, "old/src/deep/er/x.ts", "");
	folder_write(&folder, "old/inner/src/app/x.ts", "");
	folder_write(&folder, "old/other/x.ts", "");
	folder_write(&folder, "tsx/src/app.tsx", "");
	folder_write(&folder, "none/src/app.js", "");
	folder_write(&folder, "none/src/app.ts/x.ts", "");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *found = app_find(arena, path_join(arena, folder.root, rows[i].from));

		if (rows[i].app == NULL)
			assert_null(found);
		else
			assert_string_equal(found, path_join(arena, folder.root, rows[i].app));
	}
	assert_null(app_find(arena, "/"));
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resolution),
		cmocka_unit_test(test_runtimes),
		cmocka_unit_test(test_follow),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_real_paths),
		cmocka_unit_test(test_edges_decide),
		cmocka_unit_test(test_definitions),
		cmocka_unit_test(test_another_state),
		cmocka_unit_test(test_no_app_in_another_state),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
