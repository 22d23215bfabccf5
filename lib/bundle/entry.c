/* Entry texts. They are short programs written for a reader: a developer who looks into dist/ sees
 * them at the end of each bundle. Error texts in them are seen at run time only. */
#include "bundle/entry.h"

#include <string.h>

#include "app/app.h"
#include "app/entry_lists.h"
#include "base/buf.h"
#include "bundle/split.h"

const char entry_server_banner[] =
	"var modules, webhookModules, eventModules, stdin_default, stdin_webhooks_default, "
	"stdin_events_default, stdin_workflow_block_handlers_default;";
const char entry_block_banner[] =
	"var modules, workflowModules, stdin_default, stdin_webhooks_default, "
	"stdin_events_default, stdin_workflow_block_handlers_default;";

static void put_string(struct buf *out, const char *text)
{
	buf_put_json_string(out, text, strlen(text));
}

static void put_path(struct buf *out, const char *path)
{
	buf_puts(out, "\"./");
	for (; *path != '\0'; path++) {
		if ((unsigned char)*path < 0x20) {
			buf_printf(out, "\\x%02x", (unsigned)*path);
			continue;
		}
		if (*path == '"' || *path == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *path);
	}
	buf_putc(out, '"');
}

static void put_import(struct buf *out, const char *name, const struct module *module)
{
	buf_printf(out, "import %s from ", name);
	put_path(out, module->path);
	buf_puts(out, ";\n");
}

static void put_numbered_import(struct buf *out, const char *name, size_t number,
				const struct module *module)
{
	buf_printf(out, "import %s%zu from ", name, number);
	put_path(out, module->path);
	buf_puts(out, ";\n");
}

static const struct module *schema_module(const struct app *app)
{
	const struct definition *schema = app_definition(app, DEF_SETTINGS_SCHEMA, 0);

	return schema != NULL ? schema->module : app->legacy_settings;
}

static void put_settings_import(struct buf *out, const struct app *app)
{
	const struct module *module = schema_module(app);

	if (module != NULL)
		put_import(out, "settings", module);
}

static void put_settings(struct buf *out, const struct app *app)
{
	if (app_definition(app, DEF_SETTINGS_SCHEMA, 0) != NULL)
		buf_puts(out, "registerSettingsSchema({ workspace: settings.fields });\n");
	else if (app->legacy_settings != NULL)
		buf_puts(out, "registerSettingsSchema(settings);\n");
	else
		buf_puts(out, "registerSettingsSchema({ workspace: {} });\n");
}

static bool is_of_type(const struct definition *definition, const char *type)
{
	return definition->type != NULL && strcmp(definition->type, type) == 0;
}

/* The extensions of one type: their ids as strings, or the imported objects. Returns how many. */
static size_t put_extensions(struct buf *out, const struct app *app, const char *type, bool ids,
			     const char *separator)
{
	const struct definition *definition;
	size_t count = 0;

	for (size_t i = 0; (definition = app_definition(app, DEF_EXTENSION, i)); i++) {
		if (!is_of_type(definition, type))
			continue;
		buf_puts(out, count++ != 0 ? ", " : separator);
		if (ids)
			put_string(out, definition->id != NULL ? definition->id : "");
		else
			buf_printf(out, "extension%zu", i);
	}
	return count;
}

static void put_surfaces(struct buf *out, const struct app *app, const struct entry_list *list)
{
	buf_printf(out, "  \"%s\": [", list->key);
	if (app->entry != NULL) {
		buf_puts(out, "...keep(app?.");
		entry_list_put(out, list, "?.");
		buf_puts(out, ", [");
		put_extensions(out, app, list->type, true, "");
		buf_puts(out, "])");
	}
	put_extensions(out, app, list->type, false, app->entry != NULL ? ", " : "");
	buf_puts(out, "],\n");
}

/* The host looks for the handlers' functions in the client as well. */
static void put_block_surface(struct buf *out, const struct block *block, size_t number)
{
	const char *const step[] = {"execute", NULL};
	const char *const trigger[] = {"activate", "triggerCallback", "deactivate", NULL};

	buf_printf(out, "    { type: \"%s\", id: ", block->trigger ? "trigger" : "step");
	put_string(out, block->id);
	buf_printf(out, ", block: { ...block%zu, Configurator: ", number);
	if (block->configurator != NULL)
		buf_printf(out, "configurator%zu", number);
	else
		buf_puts(out, "() => null");
	for (const char *const *name = block->trigger ? trigger : step; *name != NULL; name++)
		buf_printf(out, ", %s: async () => serverOnly()", *name);
	buf_puts(out, " } },\n");
}

static void put_pages(struct buf *out, const struct app *app)
{
	const struct definition *page = app_definition(app, DEF_PAGE, 0);

	if (page == NULL)
		return;
	buf_puts(out, "  page: [\n");
	for (size_t i = 0; (page = app_definition(app, DEF_PAGE, i)); i++) {
		buf_printf(out, "    { ...page%zu, id: ", i);
		put_string(out, page->id);
		buf_puts(out, ", path: ");
		put_string(out, page->id);
		buf_puts(out, " },\n");
	}
	buf_puts(out, "  ],\n");
}

static void put_tabs(struct buf *out, const struct app *app)
{
	struct buf tabs = {0};

	if (put_extensions(&tabs, app, "record-tab", false, "") != 0) {
		buf_puts(out, "  \"record-tab\": [");
		buf_puts(out, buf_cstr(&tabs));
		buf_puts(out, "],\n");
	}
	buf_dispose(&tabs);
}

/* The order of the imports is the order in which the app's modules run. */
static void put_client_imports(struct buf *out, const struct app *app)
{
	const struct definition *definition;

	if (app->entry != NULL)
		put_import(out, "{ app }", app->entry);
	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)); i++) {
		put_numbered_import(out, "block", i, definition->block->definition);
		if (definition->block->configurator != NULL)
			put_numbered_import(out, "configurator", i,
					    definition->block->configurator);
	}
	for (size_t i = 0; (definition = app_definition(app, DEF_EXTENSION, i)); i++)
		put_numbered_import(out, "extension", i, definition->module);
	for (size_t i = 0; (definition = app_definition(app, DEF_PAGE, i)); i++)
		put_numbered_import(out, "page", i, definition->module);
	definition = app_definition(app, DEF_SETTINGS_PAGE, 0);
	if (definition != NULL)
		put_import(out, "settingsPage", definition->module);
	put_settings_import(out, app);
}

void entry_client(struct buf *out, const struct app *app)
{
	const struct definition *block = app_definition(app, DEF_BLOCK, 0);

	put_client_imports(out, app);
	put_settings(out, app);
	if (app->entry != NULL)
		buf_puts(out, "const keep = (list, replaced) => Array.isArray(list) ? "
			      "list.filter((item) => !replaced.includes(item?.id)) : [];\n");
	if (block != NULL)
		buf_puts(out, "const serverOnly = () => {\n"
			      "  throw new Error(\"a block's handlers run on the server\");\n"
			      "};\n");
	buf_puts(out, "registerSurfaces({\n");
	for (size_t i = 0; i < ENTRY_LISTS; i++)
		put_surfaces(out, app, &entry_lists[i]);
	buf_puts(out, block != NULL ? "  \"workflow-block\": [\n" : "  \"workflow-block\": [],\n");
	for (size_t i = 0; (block = app_definition(app, DEF_BLOCK, i)); i++)
		put_block_surface(out, block->block, i);
	if (app_definition(app, DEF_BLOCK, 0) != NULL)
		buf_puts(out, "  ],\n");
	if (app_definition(app, DEF_SETTINGS_PAGE, 0) != NULL)
		buf_puts(out, "  \"workspace-settings\": [settingsPage],\n");
	else if (app->entry != NULL)
		buf_puts(out, "  \"workspace-settings\": app?.settings?.workspace ? "
			      "[app.settings.workspace] : [],\n");
	else
		buf_puts(out, "  \"workspace-settings\": [],\n");
	put_tabs(out, app);
	put_pages(out, app);
	buf_puts(out, "});\n");
}

static void put_map_item(struct buf *out, const char *id, const char *path)
{
	buf_puts(out, "  [");
	put_string(out, id);
	buf_puts(out, ", () => import(");
	put_path(out, path);
	buf_puts(out, ")],\n");
}

static void put_modules(struct buf *out, const struct server_list *servers)
{
	buf_puts(out, "modules = new Map([\n");
	for (size_t i = 0; i < servers->count; i++)
		put_map_item(out, servers->items[i].id, servers->items[i].path);
	buf_puts(out, "]);\n");
}

static void put_definitions(struct buf *out, const struct app *app, const char *name,
			    enum definition_kind kind)
{
	const struct definition *definition;

	buf_printf(out, "%s = new Map([\n", name);
	for (size_t i = 0; (definition = app_definition(app, kind, i)); i++)
		put_map_item(out, definition->id, definition->module->path);
	buf_puts(out, "]);\n");
}

/* Around what is not for the host: names inside stay out of the global scope. */
static const char scope_start[] = "{\n";
static const char scope_end[] = "}\n";

/* Modules are loaded at their first call: one that fails at load breaks only itself. */
static const char dispatch[] =
	"const dispatch = (map, what, where) => async (id, args) => {\n"
	"  const load = map.get(id);\n"
	"  if (!load) throw new Error(`${where} has no ${what} ${JSON.stringify(id)}`);\n"
	"  const run = (await load()).default;\n"
	"  if (!run) throw new Error(`${what} ${JSON.stringify(id)} has no default export`);\n"
	"  if (typeof run !== \"function\")\n"
	"    throw new Error(`the default export of ${what} ${JSON.stringify(id)} is not a "
	"function`);\n"
	"  return run(...args);\n"
	"};\n";

void entry_server(struct buf *out, const struct app *app, const struct server_list *servers)
{
	put_settings_import(out, app);
	put_settings(out, app);
	put_modules(out, servers);
	put_definitions(out, app, "webhookModules", DEF_WEBHOOK);
	put_definitions(out, app, "eventModules", DEF_EVENT);
	buf_puts(out, scope_start);
	buf_puts(out, dispatch);
	buf_puts(out,
		 "stdin_default = dispatch(modules, \"server function\", \"this app\");\n"
		 "stdin_webhooks_default = dispatch(webhookModules, \"webhook\", \"this app\");\n"
		 "stdin_events_default = dispatch(eventModules, \"event handler\", \"this app\");\n"
		 "stdin_workflow_block_handlers_default = async (id) => {\n"
		 "  throw new Error(`block ${JSON.stringify(id)} has a bundle of its own`);\n"
		 "};\n");
	buf_puts(out, scope_end);
}

static void put_handler(struct buf *out, const char *name, const struct module *module,
			const char *property, const char *fallback, const char *call)
{
	if (module == NULL)
		return;
	buf_printf(out, "    %s: { module: () => import(", name);
	put_path(out, module->path);
	buf_printf(out, "), path: [\"default\", \"%s\"]", property);
	if (fallback != NULL)
		buf_printf(out, ", fallbackPath: [\"default\", \"%s\"]", fallback);
	buf_printf(out, ", call: %s },\n", call);
}

/* How the host's arguments reach a handler; `schema` is read, not called. */
static const char handler_calls[] =
	"const read = (value) => value;\n"
	"const run = (handler, [config, metadata]) => handler({ config, metadata });\n"
	"const answer = (handler, [request, config, metadata]) => "
	"handler(request, { config, metadata });\n";

static const char handler_dispatch[] =
	"const at = (module, path) => path?.reduce((value, key) => value?.[key], module);\n"
	"stdin_workflow_block_handlers_default = async (id, name, args) => {\n"
	"  const handlers = workflowModules.get(id);\n"
	"  if (!handlers) {\n"
	"    const error = new Error(`${where} is asked for block ${JSON.stringify(id)}`);\n"
	"    error.code = \"WORKFLOW_BLOCK_ID_MISMATCH\";\n"
	"    throw error;\n"
	"  }\n"
	"  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;\n"
	"  if (!handler) throw new Error(`${where} has no handler ${JSON.stringify(name)}`);\n"
	"  const module = await handler.module();\n"
	"  const value = at(module, handler.path) ?? at(module, handler.fallbackPath);\n"
	"  if (value === undefined || value === null)\n"
	"    throw new Error(`${where}: the module of ${name} does not export it`);\n"
	"  if (handler.call !== read && typeof value !== \"function\")\n"
	"    throw new Error(`${where}: ${name} is not a function`);\n"
	"  return handler.call(value, args);\n"
	"};\n";

void entry_block(struct buf *out, const struct app *app, const struct block *block,
		 const struct server_list *servers)
{
	struct module *const *handlers = block->handlers;

	put_settings_import(out, app);
	put_settings(out, app);
	buf_puts(out, scope_start);
	buf_puts(out, "const block = ");
	put_string(out, block->id);
	buf_puts(out, ";\nconst where = `the bundle of block ${block}`;\n");
	buf_puts(out, handler_calls);
	put_modules(out, servers);
	buf_puts(out, "workflowModules = new Map([\n  [block, {\n");
	put_handler(out, "schema", block->definition, "schema", NULL, "read");
	put_handler(out, "execute", handlers[HANDLER_EXECUTE], "execute", NULL, "run");
	put_handler(out, "deferCallback", handlers[HANDLER_FINISH], "finish", "onResumeCallback",
		    "answer");
	put_handler(out, "activate", handlers[HANDLER_ACTIVATE], "activate", NULL, "run");
	put_handler(out, "triggerCallback", handlers[HANDLER_TRIGGER], "trigger",
		    "onTriggerCallback", "answer");
	put_handler(out, "deactivate", handlers[HANDLER_DEACTIVATE], "deactivate", NULL, "run");
	buf_puts(out, "  }],\n]);\n");
	buf_puts(out, dispatch);
	buf_puts(out, "stdin_default = dispatch(modules, \"server function\", where);\n"
		      "stdin_webhooks_default = dispatch(new Map(), \"webhook\", where);\n"
		      "stdin_events_default = dispatch(new Map(), \"event handler\", where);\n");
	buf_puts(out, handler_dispatch);
	buf_puts(out, scope_end);
}
