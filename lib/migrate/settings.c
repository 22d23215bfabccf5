/* The older layout's settings: src/app.settings.ts, and the page that app.ts names. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "migrate/internal.h"

static const char *const schema_path = "src/app/settings/schema.ts";
static const char *const page_path = "src/app/settings/page.tsx";

/* Calls of the older interface, and what the page calls instead. */
static const char *const calls[] = {"getWorkspaceSetting",      "getWorkspaceSettings",
				    "setWorkspaceSetting",      "useWorkspaceSettings",
				    "useWorkspaceSettingsForm", NULL};

/* The value of the default export, unwrapped and followed through one name. */
static struct node default_value(struct work *work, const struct module *module)
{
	const struct export *export = facts_export(&module->facts, "default");
	const struct binding *binding;
	struct node value = {0};

	if (export == NULL || export->import >= 0)
		return value;
	value = node_unwrap(export->value);
	if (export->local != NULL) {
		binding = facts_binding(&module->facts, export->local);
		value = binding != NULL ? node_unwrap(binding->value) : (struct node){0};
	}
	work->schema_exporting = top_statement(
		syntax_node_at(&module->syntax, export->place.start, export->place.end));
	return value;
}

struct nodes {
	struct work *work;
	const struct module *module;
	bool bad;
};

/* What the schema's literal may be made of: calls of Settings.string, number and boolean. */
static bool check_node(struct node node, void *payload)
{
	static const char *const known[] = {"Settings.string", "Settings.number",
					    "Settings.boolean"};
	struct nodes *nodes = payload;
	const char *callee;

	if (!node_is(node, NODE_CALL_EXPRESSION))
		return true;
	callee = node_text(node.of, nodes->work->arena, node_field(node, FIELD_FUNCTION));
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(callee, known[i]) == 0)
			return true;
	block_plan(nodes->work, "unsupported-settings-schema-node",
		   arena_printf(nodes->work->arena,
				"the settings schema calls `%s`, which has no "
				"equal in the folder layout",
				callee),
		   nodes->module->path, NULL, callee, NULL);
	return false;
}

static void read_schema(struct work *work)
{
	const struct module *module = work->app->legacy_settings;
	struct nodes nodes = {.work = work, .module = module};
	struct node object = default_value(work, module), member;

	member = node_is(object, NODE_OBJECT)
			 ? object_member(&module->syntax, work->arena, object, "workspace")
			 : (struct node){0};
	work->schema_object = node_unwrap(member_value(member));
	work->schema_statement = top_statement(object);
	if (!node_is(work->schema_object, NODE_OBJECT)) {
		block_plan(
			work, "unresolved-settings-schema",
			"the settings have to export `{workspace: {...}}` by default, written out",
			module->path, NULL, "workspace", NULL);
		return;
	}
	node_walk(work->schema_object, check_node, &nodes);
}

static void refuse_page(struct work *work, const char *file, const char *message)
{
	block_plan(work, "unresolved-settings-page", message, file, NULL, "Page", NULL);
}

/* The object `{Page}` of the app's member, and the module that has it. */
static struct node settings_object(struct work *work, struct node value,
				   const struct module **module)
{
	const struct module *entry = work->app->entry;
	const char *name = node_text(&entry->syntax, work->arena, value);
	const struct binding *binding;
	struct resolved resolved;

	*module = entry;
	if (node_is(value, NODE_OBJECT))
		return value;
	binding = facts_binding(&entry->facts, name);
	if (binding == NULL)
		return (struct node){0};
	if (binding->import < 0) {
		work->settings_symbol = name;
		return node_unwrap(binding->value);
	}
	resolved = app_resolve_name(work->app, entry, name);
	*module = resolved.module;
	return resolved.found && !resolved.opaque ? resolved.node : (struct node){0};
}

static bool find_function(struct work *work, const struct module *module, struct node page)
{
	const char *name = node_text(&module->syntax, work->arena, page);
	const struct binding *binding = facts_binding(&module->facts, name);
	struct node function;

	if (!node_is(page, NODE_IDENTIFIER) && !node_is(page, NODE_SHORTHAND_PROPERTY_IDENTIFIER)) {
		refuse_page(work, module->path,
			    "the settings page has to be a function of its file");
		return false;
	}
	if (binding == NULL || binding->import >= 0) {
		refuse_page(work, module->path,
			    "the settings page is imported into the file that names it");
		return false;
	}
	function = node_is_function(binding->node) ? binding->node : node_unwrap(binding->value);
	if (!node_is_function(function)) {
		refuse_page(work, module->path,
			    "the settings page has to be a function of its file");
		return false;
	}
	work->page_symbol = name;
	work->page_function = function;
	work->page_statement = top_statement(function);
	return true;
}

static void read_page(struct work *work)
{
	const struct syntax *syntax = &work->app->entry->syntax;
	struct node group =
		member_value(object_member(syntax, work->arena, work->object, "settings"));
	struct node value, object, page;
	const struct module *module;

	group = node_unwrap(group);
	if (!node_is(group, NODE_OBJECT))
		return;
	value = object_member(syntax, work->arena, group, "workspace");
	if (node_is_null(value))
		return;
	value = node_unwrap(member_value(value));
	object = settings_object(work, value, &module);
	page = node_is(object, NODE_OBJECT)
		       ? object_member(&module->syntax, work->arena, object, "Page")
		       : (struct node){0};
	if (node_is_null(page)) {
		refuse_page(work, work->app->entry->path, "the settings page cannot be found");
		return;
	}
	page = node_is(page, NODE_METHOD_DEFINITION) ? page : node_unwrap(member_value(page));
	if (!find_function(work, module, page))
		return;
	if (module == work->app->entry) {
		refuse_page(work, module->path,
			    "the settings page is written in the app's own file");
		return;
	}
	work->page_module = module;
	work->page_settings = top_statement(object);
	if (work->app->legacy_settings == NULL)
		block_plan(work, "settings-page-without-schema",
			   "there is a settings page but no src/app.settings.ts", module->path,
			   NULL, work->page_symbol, NULL);
}

void read_settings(struct work *work)
{
	const struct module *legacy = work->app->legacy_settings;

	if (legacy != NULL)
		read_schema(work);
	if (work->has_entry && !node_is_null(work->object))
		read_page(work);
	if (legacy != NULL && (app_module(work->app, schema_path) != NULL ||
			       app_definition(work->app, DEF_SETTINGS_SCHEMA, 0) != NULL))
		block_plan(work, "legacy-and-folder-settings",
			   "the settings are defined in both layouts", legacy->path, schema_path,
			   "workspace settings", NULL);
	else if (work->page_module != NULL && app_module(work->app, page_path) != NULL)
		block_plan(work, "legacy-and-folder-settings",
			   "the settings page is there in both layouts", work->page_module->path,
			   page_path, "workspace settings", NULL);
}

struct finding {
	struct work *work;
	const struct module *module;
};

static const char *name_of(struct work *work, const struct module *module, struct node node)
{
	struct node name = node_field(node, FIELD_NAME);

	return node_is(name, NODE_IDENTIFIER) || node_is(name, NODE_PROPERTY_IDENTIFIER)
		       ? node_text(&module->syntax, work->arena, name)
		       : NULL;
}

/* What the call stands in: the nearest function that has a name, else the declaration at the top
 * level. */
static const char *owner_of(struct work *work, const struct module *module, struct node node)
{
	struct node top = top_statement(node), inner;
	const char *name = NULL;

	for (; !node_same(node, top) && name == NULL; node = node_parent(node)) {
		if (!node_is_function(node))
			continue;
		name = name_of(work, module, node);
		if (name == NULL && node_is(node_parent(node), NODE_VARIABLE_DECLARATOR))
			name = name_of(work, module, node_parent(node));
	}
	inner = node_field(top, FIELD_DECLARATION);
	top = node_is_null(inner) ? top : inner;
	if (node_is(top, NODE_LEXICAL_DECLARATION) || node_is(top, NODE_VARIABLE_DECLARATION))
		top = node_first(top);
	if (name == NULL)
		name = name_of(work, module, top);
	return name != NULL ? name : "default";
}

/* The name of the older interface that a call is of, or NULL. */
static const char *settings_call(struct node call)
{
	struct node callee = node_field(call, FIELD_FUNCTION);

	if (!node_is(call, NODE_CALL_EXPRESSION) || !node_is(callee, NODE_IDENTIFIER))
		return NULL;
	for (size_t i = 0; calls[i] != NULL; i++)
		if (node_text_is(call.of, callee, calls[i]))
			return calls[i];
	return NULL;
}

static bool note_call(struct node node, void *payload)
{
	struct finding *finding = payload;
	struct work *work = finding->work;
	const char *api = settings_call(node);
	struct migrate_call *call;

	if (api == NULL || (work->page_module == finding->module &&
			    node_start(node) >= node_start(work->page_function) &&
			    node_end(node) <= node_end(work->page_function)))
		return true;
	call = arena_push(work->arena, &work->plan->calls, &work->plan->call_count, sizeof(*call));
	*call = (struct migrate_call){finding->module->path, owner_of(work, finding->module, node),
				      api};
	return true;
}

static bool look_for_call(struct node node, void *payload)
{
	bool *found = payload;

	*found = *found || settings_call(node) != NULL;
	return !*found;
}

static bool look_for_name(struct node node, void *payload)
{
	const char **name = payload;

	if (*name != NULL && node_is(node, NODE_IDENTIFIER) && node_text_is(node.of, node, *name))
		*name = NULL;
	return *name != NULL;
}

/* A function of another file that the page uses must not reach for the settings itself: the page
 * would have them in two ways. */
static void check_helper(struct work *work, const struct import_name *name, const struct edge *edge)
{
	const char *wanted = name->local;
	struct resolved resolved;
	bool reaches = false;

	node_walk(work->page_function, look_for_name, &wanted);
	if (wanted != NULL)
		return;
	resolved = app_resolve_export(work->app, edge->module, name->imported);
	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return;
	node_walk(resolved.node, look_for_call, &reaches);
	if (reaches)
		block_plan(
			work, "settings-ownership-boundary",
			arena_printf(work->arena,
				     "the settings page uses `%s`, which reaches for the settings "
				     "in the older way",
				     name->local),
			work->page_module->path, resolved.module->path, name->local, NULL);
}

void check_helpers(struct work *work)
{
	const struct module *module = work->page_module;

	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		for (size_t k = 0; k < import->name_count && module->edges[i].kind == TARGET_MODULE;
		     k++)
			check_helper(work, &import->names[k], &module->edges[i]);
	}
}

void find_calls(struct work *work)
{
	for (size_t i = 0; i < work->app->module_count; i++) {
		struct finding finding = {work, work->app->modules[i]};

		node_walk(syntax_root(&finding.module->syntax), note_call, &finding);
	}
}
