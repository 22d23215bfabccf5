/* Entry texts from app models made by hand, and the ids of server functions. What the texts do when
 * they run is checked through whole bundles (test_bundle.c, and the probe apps). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "bundle/entry.h"
#include "bundle/split.h"

static struct module *add_module(struct app *app, const char *path)
{
	struct module *module = arena_alloc(app->arena, sizeof(*module)), **slot;

	module->path = path;
	slot = arena_push(app->arena, &app->modules, &app->module_count, sizeof(struct module *));
	*slot = module;
	return module;
}

static struct definition *define(struct app *app, enum definition_kind kind, const char *path,
				 const char *id, const char *type)
{
	struct definition *definition = arena_alloc(app->arena, sizeof(*definition)), **slot;

	definition->kind = kind;
	definition->module = add_module(app, path);
	definition->id = id;
	definition->type = type;
	slot = arena_push(app->arena, &app->definitions, &app->definition_count,
			  sizeof(struct definition *));
	*slot = definition;
	slot = arena_push(app->arena, &app->by_kind[kind], &app->kind_count[kind],
			  sizeof(struct definition *));
	*slot = definition;
	if (id != NULL)
		map_set(&app->by_id[kind], id, definition);
	return definition;
}

static void drop(struct app *app)
{
	for (size_t i = 0; i < DEF_KINDS; i++)
		map_dispose(&app->by_id[i]);
	arena_free(app->arena);
}

static struct block *add_block(struct app *app, const char *id, bool trigger, bool configurator)
{
	struct block *block = arena_alloc(app->arena, sizeof(*block));
	struct definition *definition =
		define(app, DEF_BLOCK, "src/blocks/b/block.ts", id, trigger ? "trigger" : "step");

	block->id = id;
	block->trigger = trigger;
	block->definition = definition->module;
	if (configurator)
		block->configurator = add_module(app, "src/blocks/b/configurator.tsx");
	definition->block = block;
	return block;
}

static void assert_has(struct buf *text, const char *part)
{
	if (!strstr(buf_cstr(text), part))
		fail_msg("missing: %s\nin:\n%s", part, buf_cstr(text));
}

static void assert_lacks(struct buf *text, const char *part)
{
	if (strstr(buf_cstr(text), part))
		fail_msg("present: %s\nin:\n%s", part, buf_cstr(text));
}

static void test_empty_client(void **state)
{
	struct app app = {.arena = arena_new()};
	struct buf text = {0};

	(void)state;
	entry_client(&text, &app);
	assert_string_equal(buf_cstr(&text),
			    "registerSettingsSchema({ workspace: {} });\n"
			    "registerSurfaces({\n"
			    "  \"record-action\": [],\n"
			    "  \"bulk-record-action\": [],\n"
			    "  \"record-widget\": [],\n"
			    "  \"object-action\": [],\n"
			    "  \"call-recording-insight-text-selection-action\": [],\n"
			    "  \"call-recording-summary-text-selection-action\": [],\n"
			    "  \"call-recording-transcript-text-selection-action\": [],\n"
			    "  \"workflow-block\": [],\n"
			    "  \"workspace-settings\": [],\n"
			    "});\n");
	buf_dispose(&text);
	drop(&app);
}

static void test_full_client(void **state)
{
	struct app app = {.arena = arena_new()};
	struct buf text = {0};
	const char *at, *next;
	static const char *const imports[] = {
		"import { app } from \"./src/app.ts\"",
		"import block0 from",
		"import configurator0 from",
		"import extension0 from",
		"import extension1 from",
		"import page0 from",
		"import settingsPage from",
		"import settings from",
	};

	(void)state;
	/* In another order than that of the text. */
	define(&app, DEF_SETTINGS_SCHEMA, "src/app/settings/schema.ts", NULL, NULL);
	define(&app, DEF_SETTINGS_PAGE, "src/app/settings/page.tsx", NULL, NULL);
	define(&app, DEF_PAGE, "src/app/pages/home/page.tsx", "home", NULL);
	define(&app, DEF_EXTENSION, "src/app/extensions/a/extension.tsx", "a", "record-action");
	define(&app, DEF_EXTENSION, "src/app/extensions/t/extension.tsx", "t", "record-tab");
	add_block(&app, "my-trigger", true, true);
	app.entry = add_module(&app, "src/app.ts");
	entry_client(&text, &app);
	at = buf_cstr(&text);
	for (size_t i = 0; i < sizeof(imports) / sizeof(imports[0]); i++) {
		next = strstr(at, imports[i]);
		if (!next)
			fail_msg("not there, or out of order: %s\n%s", imports[i], buf_cstr(&text));
		at = next;
	}
	assert_has(&text, "registerSettingsSchema({ workspace: settings.fields });");
	assert_has(&text,
		   "\"record-action\": [...keep(app?.record?.actions, [\"a\"]), extension0],");
	assert_has(&text, "\"object-action\": [...keep(app?.object?.actions, [])],");
	assert_has(&text, "{ type: \"trigger\", id: \"my-trigger\", block: { ...block0, "
			  "Configurator: configurator0, activate: async () => serverOnly(), "
			  "triggerCallback: async () => serverOnly(), "
			  "deactivate: async () => serverOnly() } },");
	assert_has(&text, "\"workspace-settings\": [settingsPage],");
	assert_has(&text, "\"record-tab\": [extension1],");
	assert_has(&text, "{ ...page0, id: \"home\", path: \"home\" },");
	buf_dispose(&text);
	drop(&app);
}

/* Every list of the entry file: the host's key, and the members that it is read from. */
static void test_lists_of_the_entry_file(void **state)
{
	struct app app = {.arena = arena_new()};
	struct buf text = {0};

	(void)state;
	app.entry = add_module(&app, "src/app.ts");
	entry_client(&text, &app);
	assert_has(&text, "registerSurfaces({\n"
			  "  \"record-action\": [...keep(app?.record?.actions, [])],\n"
			  "  \"bulk-record-action\": [...keep(app?.record?.bulkActions, [])],\n"
			  "  \"record-widget\": [...keep(app?.record?.widgets, [])],\n"
			  "  \"object-action\": [...keep(app?.object?.actions, [])],\n"
			  "  \"call-recording-insight-text-selection-action\": "
			  "[...keep(app?.callRecording?.insight?.textActions, [])],\n"
			  "  \"call-recording-summary-text-selection-action\": "
			  "[...keep(app?.callRecording?.summary?.textActions, [])],\n"
			  "  \"call-recording-transcript-text-selection-action\": "
			  "[...keep(app?.callRecording?.transcript?.textActions, [])],\n"
			  "  \"workflow-block\": [],\n");
	buf_dispose(&text);
	drop(&app);
}

static void test_legacy_settings(void **state)
{
	struct app app = {.arena = arena_new()};
	struct server_list servers = {0};
	struct buf text = {0};

	(void)state;
	app.entry = add_module(&app, "src/app.tsx");
	app.legacy_settings = add_module(&app, "src/app.settings.ts");
	entry_client(&text, &app);
	assert_has(&text, "import settings from \"./src/app.settings.ts\";\n"
			  "registerSettingsSchema(settings);\n");
	assert_has(&text, "\"workspace-settings\": app?.settings?.workspace ? "
			  "[app.settings.workspace] : [],");
	buf_clear(&text);
	entry_server(&text, &app, &servers);
	assert_has(&text, "registerSettingsSchema(settings);\n");
	/* No app code but the schema is loaded before the first call. */
	assert_lacks(&text, "src/app.tsx");
	buf_dispose(&text);
	drop(&app);
}

static void test_server(void **state)
{
	struct app app = {.arena = arena_new()};
	struct server_list servers;
	struct buf text = {0};

	(void)state;
	define(&app, DEF_SERVER, "src/a.server.ts", "a.server", NULL);
	define(&app, DEF_SERVER, "src/q\"uote\\.server.ts", "q\"uote\\.server", NULL);
	define(&app, DEF_WEBHOOK, "src/webhooks/w.webhook.ts", "w", NULL);
	define(&app, DEF_EVENT, "src/events/e.event.ts", "e", NULL);
	split_servers(app.arena, &app, NULL, &servers);
	entry_server(&text, &app, &servers);
	assert_has(
		&text,
		"modules = new Map([\n"
		"  [\"a.server\", () => import(\"./src/a.server.ts\")],\n"
		"  [\"q\\\"uote\\\\.server\", () => import(\"./src/q\\\"uote\\\\.server.ts\")],\n"
		"]);\n"
		"webhookModules = new Map([\n"
		"  [\"w\", () => import(\"./src/webhooks/w.webhook.ts\")],\n"
		"]);\n"
		"eventModules = new Map([\n"
		"  [\"e\", () => import(\"./src/events/e.event.ts\")],\n"
		"]);\n");
	/* Only assignments: the names are declared in the banner alone. */
	assert_lacks(&text, "var ");
	assert_lacks(&text, "\nexport");
	buf_dispose(&text);
	drop(&app);
}

static void test_block(void **state)
{
	struct app app = {.arena = arena_new()};
	struct definition *server = define(&app, DEF_SERVER, "src/a.server.ts", "a.server", NULL);
	struct block *block = add_block(&app, "my-block", false, true);
	struct server_list servers;
	struct buf text = {0};

	(void)state;
	define(&app, DEF_SERVER, "src/b.server.ts", "b.server", NULL);
	block->handlers[HANDLER_EXECUTE] = add_module(&app, "src/blocks/b/execute.ts");
	block->handlers[HANDLER_FINISH] = add_module(&app, "src/blocks/b/finish.ts");
	block->servers = &server;
	block->server_count = 1;
	split_servers(app.arena, &app, block, &servers);
	entry_block(&text, &app, block, &servers);
	assert_has(&text, "modules = new Map([\n"
			  "  [\"a.server\", () => import(\"./src/a.server.ts\")],\n"
			  "]);\n");
	assert_has(&text, "const block = \"my-block\";\n");
	assert_has(&text,
		   "    schema: { module: () => import(\"./src/blocks/b/block.ts\"), "
		   "path: [\"default\", \"schema\"], call: read },\n"
		   "    execute: { module: () => import(\"./src/blocks/b/execute.ts\"), "
		   "path: [\"default\", \"execute\"], call: run },\n"
		   "    deferCallback: { module: () => import(\"./src/blocks/b/finish.ts\"), "
		   "path: [\"default\", \"finish\"], "
		   "fallbackPath: [\"default\", \"onResumeCallback\"], call: answer },\n"
		   "  }],\n");
	assert_has(&text, "WORKFLOW_BLOCK_ID_MISMATCH");
	assert_lacks(&text, "webhookModules");
	assert_lacks(&text, "eventModules");
	assert_lacks(&text, "b.server");
	buf_dispose(&text);
	drop(&app);
}

static void test_ids(void **state)
{
	struct app app = {.arena = arena_new(), .root = "/work/app"};
	struct server_list list = {0};

	(void)state;
	define(&app, DEF_SERVER, "src/a/x.server.ts", "a/x.server", NULL);
	assert_string_equal(split_server_id(app.arena, &app, "src/a/x.server.ts"), "a/x.server");
	assert_string_equal(split_server_id(app.arena, &app, "src/a/y.server.mts"), "a/y.server");
	assert_string_equal(split_server_id(app.arena, &app, "lib/y.server.ts"), "../lib/y.server");
	assert_string_equal(split_server_id(app.arena, &app, "../lib/y.server.ts"),
			    "../../lib/y.server");
	/* Never the id of another file. */
	assert_string_equal(split_server_id(app.arena, &app, "src/a/x.server.tsx"),
			    "a/x.server.tsx");
	assert_true(split_add(app.arena, &app, &list, "lib/y.server.ts"));
	assert_false(split_add(app.arena, &app, &list, "lib/y.server.ts"));
	assert_int_equal(list.count, 1);
	drop(&app);
}

static void test_own(void **state)
{
	struct app app = {.root = "/work/app"};
	struct app inside = {.root = "/work/node_modules/app"};

	(void)state;
	assert_true(split_is_own(&app, "/work/app/src/x.ts"));
	assert_true(split_is_own(&app, "/work/beside/x.ts"));
	assert_false(split_is_own(&app, "/work/app/node_modules/p/x.ts"));
	assert_false(split_is_own(&app, "/work/node_modules/p/x.ts"));
	assert_false(split_is_own(&app, "/work/app/src/node_modules/p/x.ts"));
	assert_true(split_is_own(&inside, "/work/node_modules/app/src/x.ts"));
	assert_false(split_is_own(&inside, "/work/node_modules/app/node_modules/p/x.ts"));
	assert_false(split_is_own(&inside, "/work/node_modules/other/x.ts"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_client),
		cmocka_unit_test(test_full_client),
		cmocka_unit_test(test_lists_of_the_entry_file),
		cmocka_unit_test(test_legacy_settings),
		cmocka_unit_test(test_server),
		cmocka_unit_test(test_block),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
