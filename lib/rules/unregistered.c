/* ATT1023: surfaces of the older layout that no list of `app` holds. What `app` holds is everything
 * that its value mentions, followed through constants, functions, imports and spreads; that also
 * takes in what a registered surface itself uses, which is on the safe side. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/types.h"
#include "rules/values.h"

/* A stretch of a module that `app` reaches. */
struct reached {
	const struct module *module;
	struct node node;
};

struct reach {
	const struct app *app;
	const struct module *module; /* of the node that is being walked */
	struct reached *items;
	size_t count;
	struct map seen;
	bool open; /* something leads nowhere (ATT9001), or to a module that does not parse */
};

static void reach_node(struct reach *r, const struct module *module, struct node node)
{
	const char *key;
	struct reached *item;

	if (node_is_null(node))
		return;
	key = arena_printf(r->app->arena, "%s:%zu:%zu", module->path, node_start(node),
			   node_end(node));
	if (map_get(&r->seen, key) != NULL)
		return;
	map_set(&r->seen, key, module);
	item = arena_push(r->app->arena, &r->items, &r->count, sizeof(*item));
	*item = (struct reached){module, node};
}

/* `actions.push(x)`, `actions[0] = x` at the top level or in a function: all statements about
 * `name`. */
struct changes {
	struct reach *reach;
	const struct module *module;
	const char *name;
};

static bool visit_change(struct node node, void *payload)
{
	const struct changes *changes = payload;
	struct node root;

	if (!node_is(node, NODE_EXPRESSION_STATEMENT))
		return true;
	root = node_unwrap(node_first(node));
	if (node_is(root, NODE_ASSIGNMENT_EXPRESSION))
		root = node_unwrap(node_field(root, FIELD_LEFT));
	while (node_is(root, NODE_CALL_EXPRESSION) || node_is(root, NODE_MEMBER_EXPRESSION) ||
	       node_is(root, NODE_SUBSCRIPT_EXPRESSION))
		root = node_unwrap(node_field(
			root, node_is(root, NODE_CALL_EXPRESSION) ? FIELD_FUNCTION : FIELD_OBJECT));
	if (node_text_is(&changes->module->syntax, root, changes->name))
		reach_node(changes->reach, changes->module, node);
	return true;
}

static void reach_binding(struct reach *r, const struct module *module,
			  const struct binding *binding)
{
	struct changes changes = {r, module, binding->name};

	reach_node(r, module, binding->node);
	if (node_is(binding->node, NODE_VARIABLE_DECLARATOR) &&
	    (strstr(module->text->bytes, arena_printf(r->app->arena, "%s.", binding->name)) !=
		     NULL ||
	     strstr(module->text->bytes, arena_printf(r->app->arena, "%s[", binding->name)) !=
		     NULL))
		node_walk(syntax_root(&module->syntax), visit_change, &changes);
}

/* What a name of the module `from` leads to: the module as a whole when that cannot be told. */
static void reach_resolved(struct reach *r, const struct module *from, struct resolved resolved)
{
	if (!resolved.found || node_is_null(resolved.node)) {
		reach_node(r, from, syntax_root(&from->syntax));
		return;
	}
	if (resolved.opaque)
		return;
	reach_node(r, resolved.module, resolved.node);
	if (node_is(resolved.node, NODE_VARIABLE_DECLARATOR)) {
		const struct binding *there = facts_binding(
			&resolved.module->facts, node_text(&resolved.module->syntax, r->app->arena,
							   node_field(resolved.node, FIELD_NAME)));

		if (there != NULL && there->import < 0)
			reach_binding(r, resolved.module, there);
	}
	/* What a list holds may be told as the list itself, not as its declarator. */
	for (size_t i = 0; i < resolved.module->facts.binding_count; i++) {
		const struct binding *there = &resolved.module->facts.bindings[i];

		if (there->import < 0 && !node_is_null(there->value) &&
		    node_start(node_unwrap(there->value)) == node_start(resolved.node))
			reach_binding(r, resolved.module, there);
	}
}

static void reach_name(struct reach *r, const struct module *module, const char *name)
{
	const struct binding *binding = facts_binding(&module->facts, name);
	struct resolved resolved;

	if (binding == NULL)
		return;
	if (binding->import < 0) {
		reach_binding(r, module, binding);
		return;
	}
	r->open = r->open || module->edges[binding->import].kind == TARGET_UNRESOLVED;
	if (module->edges[binding->import].kind != TARGET_MODULE)
		return;
	if (str_equal(binding->imported, "*"))
		resolved = (struct resolved){0};
	else
		resolved = app_resolve_name(r->app, module, name);
	reach_resolved(r, module->edges[binding->import].module, resolved);
}

/* `widgets.score` after `import * as widgets`: that one alone. False when it is anything else. */
static bool reach_member(struct reach *r, const struct module *module, struct node member)
{
	struct node object = node_unwrap(node_field(member, FIELD_OBJECT));
	const struct binding *binding;
	const struct module *space;

	if (!node_is(object, NODE_IDENTIFIER))
		return false;
	binding = facts_binding(&module->facts, node_text(&module->syntax, r->app->arena, object));
	if (binding == NULL || binding->import < 0 || !str_equal(binding->imported, "*") ||
	    module->edges[binding->import].kind != TARGET_MODULE)
		return false;
	space = module->edges[binding->import].module;
	reach_resolved(r, space,
		       app_resolve_export(r->app, space,
					  node_text(&module->syntax, r->app->arena,
						    node_field(member, FIELD_PROPERTY))));
	return true;
}

static bool visit_mention(struct node node, void *payload)
{
	struct reach *r = payload;

	if (node_is(node, NODE_TYPE_ANNOTATION) || node_is(node, NODE_IMPORT_STATEMENT))
		return false;
	if (node_is(node, NODE_MEMBER_EXPRESSION) && reach_member(r, r->module, node))
		return false;
	if (node_is(node, NODE_IDENTIFIER) || node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		reach_name(r, r->module, node_text(&r->module->syntax, r->app->arena, node));
	if (node_is(node, NODE_CALL_EXPRESSION)) {
		for (size_t i = 0; i < r->module->facts.import_count; i++) {
			const struct import *import = &r->module->facts.imports[i];

			if (import->place.start == node_start(node) &&
			    import->place.end == node_end(node) &&
			    r->module->edges[i].kind == TARGET_MODULE)
				reach_node(r, r->module->edges[i].module,
					   syntax_root(&r->module->edges[i].module->syntax));
		}
	}
	if (node_is(node, NODE_EXPORT_STATEMENT) && !node_is_null(node_field(node, FIELD_SOURCE))) {
		for (size_t i = 0; i < r->module->facts.import_count; i++) {
			const struct import *import = &r->module->facts.imports[i];

			if (import->kind == IMPORT_EXPORT &&
			    import->place.start == node_start(node) &&
			    r->module->edges[i].kind == TARGET_MODULE)
				reach_node(r, r->module->edges[i].module,
					   syntax_root(&r->module->edges[i].module->syntax));
		}
	}
	return true;
}

/* False when what `app` holds cannot be told. */
static bool reach_all(struct reach *r)
{
	struct resolved entry = app_resolve_export(r->app, r->app->entry, "app");
	const struct export *item = facts_export(&r->app->entry->facts, "app");

	if (!entry.found || entry.opaque || node_is_null(entry.node))
		return false;
	reach_node(r, entry.module, entry.node);
	if (item != NULL && item->local != NULL)
		reach_name(r, r->app->entry, item->local);
	for (size_t i = 0; i < r->count; i++) {
		struct reached at = r->items[i];

		r->module = at.module;
		r->open = r->open || syntax_is_broken(&at.module->syntax);
		node_walk(at.node, visit_mention, r);
	}
	return !r->open;
}

static bool is_reached(const struct reach *r, const struct module *module, struct node node)
{
	for (size_t i = 0; i < r->count; i++) {
		if (r->items[i].module == module &&
		    node_start(r->items[i].node) <= node_start(node) &&
		    node_end(r->items[i].node) >= node_end(node))
			return true;
	}
	return false;
}

/* --- surfaces
 * ------------------------------------------------------------------------------------- */

struct surface_kind {
	const char *type; /* below `App` */
	const char *what;
	const char *list;
};

static const struct surface_kind kinds[] = {
	{"Record.Action", "record action", "record.actions"},
	{"Record.BulkAction", "bulk record action", "record.bulkActions"},
	{"Record.Widget", "record widget", "record.widgets"},
	{"Object.Action", "object action", "object.actions"},
	{"CallRecording.Insight.TextAction", "call recording action",
	 "callRecording.insight.textActions"},
	{"CallRecording.Summary.TextAction", "call recording action",
	 "callRecording.summary.textActions"},
	{"CallRecording.Transcript.TextAction", "call recording action",
	 "callRecording.transcript.textActions"},
};
static const struct surface_kind untyped_action = {"", "action", "record.actions"};
static const struct surface_kind untyped_widget = {"", "record widget", "record.widgets"};

/* The kind that `App.Record.Action` names, written in `module`. */
static const struct surface_kind *kind_of_name(const struct app *app, const struct module *module,
					       const char *text)
{
	const char *dot = strchr(text, '.');
	const struct binding *binding;

	if (dot == NULL)
		return NULL;
	binding = facts_binding_type(&module->facts,
				     arena_strndup(app->arena, text, (size_t)(dot - text)));
	if (binding == NULL || binding->import < 0 ||
	    strcmp(module->facts.imports[binding->import].specifier, "attio") != 0)
		return NULL;
	if (str_equal(binding->imported, "*")) {
		if (!str_starts(dot + 1, "App."))
			return NULL;
		dot += 4;
	} else if (!str_equal(binding->imported, "App")) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(dot + 1, kinds[i].type) == 0)
			return &kinds[i];
	}
	return NULL;
}

/* The kind that a type annotation names, also by an alias. */
static const struct surface_kind *kind_of_type(const struct app *app, const struct module *module,
					       struct node annotation)
{
	struct type type = type_of(app, module, annotation);

	if (!node_is(type.node, NODE_NESTED_TYPE_IDENTIFIER))
		return NULL;
	return kind_of_name(app, type.module,
			    node_text(&type.module->syntax, app->arena, type.node));
}

static bool is_cast(struct node node)
{
	return node_is(node, NODE_SATISFIES_EXPRESSION) || node_is(node, NODE_AS_EXPRESSION);
}

/* The kind that `x satisfies T` or `x as T` gives. The grammar takes `x satisfies A.B.C` for
 * `(x satisfies A.B).C`. */
static const struct surface_kind *kind_of_cast(const struct app *app, const struct module *module,
					       struct node value)
{
	struct node cast = value, type;

	while (node_is(cast, NODE_MEMBER_EXPRESSION))
		cast = node_field(cast, FIELD_OBJECT);
	if (!is_cast(cast))
		return NULL;
	type = node_last(cast);
	if (is_cast(value))
		return kind_of_type(app, module, type);
	return kind_of_name(app, module,
			    arena_strndup(app->arena, module->syntax.bytes + node_start(type),
					  node_end(value) - node_start(type)));
}

/* Without a type: an object with all that makes a surface one. */
static const struct surface_kind *kind_of_object(const struct app *app, const struct module *module,
						 struct node node)
{
	struct value object = value_of(app, module, node);

	if (!node_is(object.node, NODE_OBJECT) || object.module != module ||
	    value_text(app, module, value_property(app, &object, "id")) == NULL)
		return NULL;
	if (!node_is_null(value_property(app, &object, "Widget")))
		return &untyped_widget;
	return value_text(app, module, value_property(app, &object, "label")) != NULL &&
			       !node_is_null(value_property(app, &object, "onTrigger"))
		       ? &untyped_action
		       : NULL;
}

/* The kind of what is exported, and where it is declared; NULL when it is no surface of this
 * module. */
static const struct surface_kind *exported_kind(const struct app *app, const struct module *module,
						const struct export *item, struct node *node)
{
	const struct binding *binding;
	const struct surface_kind *kind = NULL;
	struct node value;

	if (item->type_only || item->import >= 0)
		return NULL;
	binding = item->local == NULL ? NULL : facts_binding(&module->facts, item->local);
	if (item->local != NULL && (binding == NULL || binding->import >= 0))
		return NULL;
	*node = binding != NULL ? binding->node : item->value;
	value = binding != NULL ? node_field(binding->node, FIELD_VALUE) : item->value;
	if (binding != NULL && !node_is(binding->node, NODE_VARIABLE_DECLARATOR))
		return NULL;
	if (binding != NULL)
		kind = kind_of_type(app, module, node_field(binding->node, FIELD_TYPE));
	while (node_is(value, NODE_PARENTHESIZED_EXPRESSION))
		value = node_first(value);
	if (kind == NULL)
		kind = kind_of_cast(app, module, value);
	return kind != NULL ? kind : kind_of_object(app, module, value);
}

static void check_module(const struct rule *rule, const struct reach *r, struct diags *diags,
			 const struct module *module)
{
	for (size_t i = 0; i < module->facts.export_count; i++) {
		const struct export *item = &module->facts.exports[i];
		struct node node = {0}, name;
		const struct surface_kind *kind = exported_kind(r->app, module, item, &node);
		struct diag *diag;

		if (kind == NULL || is_reached(r, module, node))
			continue;
		name = node_field(node, FIELD_NAME);
		diag = diag_add(diags, &rule->info,
				node_is_null(name) ? item->place
						   : node_place(&module->syntax, name),
				"this %s is in no list of `app`", kind->what);
		diag->label = "nobody will see it";
		diag->help = arena_printf(r->app->arena, "add it to `%s` of `app` in `%s`",
					  kind->list, r->app->entry->path);
	}
}

static bool is_test(const char *path)
{
	return strstr(path, ".test.") != NULL || strstr(path, ".spec.") != NULL ||
	       strstr(path, "__tests__/") != NULL || strstr(path, "__mocks__/") != NULL;
}

static void check_unregistered(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct reach reach = {.app = app};

	if (app->entry == NULL || syntax_is_broken(&app->entry->syntax))
		return;
	if (reach_all(&reach)) {
		for (size_t i = 0; i < app->module_count; i++) {
			if (!is_test(app->modules[i]->path))
				check_module(rule, &reach, diags, app->modules[i]);
		}
	}
	map_dispose(&reach.seen);
}

const struct rule rule_surface_unregistered = {
	.info = {"ATT1023", "surface-unregistered", SEVERITY_WARNING},
	.summary = "An action or widget that no list of `app` holds",
	.explanation = "In the older layout an action or a widget exists for the platform only "
		       "when a list of "
		       "`app` in `src/app.ts` holds it. To export it, or to import its module, is "
		       "not enough.",
	.bad = "// src/app.ts\nimport \"./send-to-alc\"\nexport const app: App = {record: "
	       "{actions: []}}",
	.good = "// src/app.ts\nimport {sendToAlc} from \"./send-to-alc\"\n"
		"export const app: App = {record: {actions: [sendToAlc]}}",
	.check = check_unregistered,
};
