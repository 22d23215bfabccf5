/* Reading declared types. Aliases and interfaces are found in the module itself or where an import
 * leads inside the app. */
#include "rules/types.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define TYPE_STEPS 32

/* The top-level alias, interface, class or enum called `name` in a module; null when none. */
static TSNode declared_type(const struct module *module, const char *name)
{
	const struct binding *binding = facts_binding(&module->facts, name);

	if (binding == NULL || binding->import >= 0)
		return (TSNode){0};
	return binding->node;
}

static struct type resolve_name(const struct app *app, const struct module *module, TSNode node,
				const char *name, int steps);

static struct type resolve(const struct app *app, const struct module *module, TSNode node, int steps)
{
	struct type type = {.module = module, .node = node};

	for (;;) {
		if (ts_node_is_null(node))
			return (struct type){0};
		if (node_is(node, "type_annotation") || node_is(node, "parenthesized_type") ||
		    node_is(node, "readonly_type"))
			node = node_first(node);
		else
			break;
	}
	type.node = node;
	if (node_is(node, "type_identifier"))
		return resolve_name(app, module, node, node_text(&module->syntax, app->arena, node), steps);
	if (node_is(node, "nested_type_identifier")) {
		const struct binding *binding = facts_binding(
			&module->facts,
			node_text(&module->syntax, app->arena, node_field(node, "module")));

		type.name = NULL;
		if (binding != NULL && binding->import >= 0) {
			type.package = module->facts.imports[binding->import].specifier;
			type.imported = node_text(&module->syntax, app->arena, node_field(node, "name"));
		}
	}
	return type;
}

static struct type exported_type(const struct app *app, const struct module *module, TSNode node,
				 const char *name, int steps)
{
	const struct export *item = facts_export(&module->facts, name);
	struct type unknown = {.module = module, .node = node, .package = ""};

	if (item == NULL || steps <= 0)
		return unknown;
	if (item->import >= 0) {
		const struct edge *edge = &module->edges[item->import];

		if (edge->kind == TARGET_MODULE)
			return exported_type(app, edge->module, node, item->imported, steps - 1);
		return unknown;
	}
	if (item->local == NULL)
		return unknown;
	return resolve_name(app, module, node, item->local, steps - 1);
}

static struct type resolve_name(const struct app *app, const struct module *module, TSNode node,
				const char *name, int steps)
{
	const struct binding *binding = facts_binding(&module->facts, name);
	struct type type = {.module = module, .node = node};
	TSNode declared;

	if (steps <= 0) {
		type.package = "";
		return type;
	}
	if (binding != NULL && binding->import >= 0) {
		const struct edge *edge = &module->edges[binding->import];

		if (edge->kind == TARGET_MODULE)
			return exported_type(app, edge->module, node, binding->imported, steps - 1);
		type.package = module->facts.imports[binding->import].specifier;
		type.imported = binding->imported;
		return type;
	}
	declared = declared_type(module, name);
	if (ts_node_is_null(declared)) {
		type.name = name;
		return type;
	}
	if (node_is(declared, "type_alias_declaration")) {
		/* A generic alias needs its arguments: leave that to the type checker. */
		if (!ts_node_is_null(node_field(declared, "type_parameters")))
			return (struct type){.module = module, .node = node, .package = ""};
		return resolve(app, module, node_field(declared, "value"), steps - 1);
	}
	type.node = declared;
	return type;
}

struct type type_of(const struct app *app, const struct module *module, TSNode annotation)
{
	return resolve(app, module, annotation, TYPE_STEPS);
}

struct type return_type(const struct app *app, const struct module *module, TSNode function)
{
	TSNode declared = node_field(function, "return_type");
	TSNode holder = ts_node_parent(function);
	struct type type;

	if (!ts_node_is_null(declared))
		return type_of(app, module, declared);
	if (!node_is(holder, "variable_declarator"))
		return (struct type){0};
	type = type_of(app, module, node_field(holder, "type"));
	if (ts_node_is_null(type.node))
		return (struct type){0};
	if (node_is(type.node, "function_type"))
		return type_of(app, type.module, node_field(type.node, "return_type"));
	/* Typed by a name that we cannot look into. */
	return (struct type){.module = type.module, .node = type.node, .package = ""};
}

static TSNode arguments_of(const struct type *type)
{
	return node_is(type->node, "generic_type") ? node_field(type->node, "type_arguments")
						    : (TSNode){0};
}

struct type type_argument(const struct app *app, const struct type *type)
{
	TSNode arguments = arguments_of(type);

	if (ts_node_is_null(arguments))
		return (struct type){0};
	return type_of(app, type->module, node_first(arguments));
}

bool type_is_promise(const struct type *type)
{
	TSNode name;

	if (ts_node_is_null(type->node) || !node_is(type->node, "generic_type"))
		return false;
	name = node_field(type->node, "name");
	return node_text_is(&type->module->syntax, name, "Promise") ||
	       node_text_is(&type->module->syntax, name, "PromiseLike");
}

bool type_is_word(const struct type *type, const char *word)
{
	return !ts_node_is_null(type->node) && node_text_is(&type->module->syntax, type->node, word);
}

bool type_is_open(const struct type *type)
{
	if (ts_node_is_null(type->node) || type->package != NULL)
		return true;
	if (type_is_word(type, "any") || type_is_word(type, "unknown") || type_is_word(type, "never"))
		return true;
	/* Types that only the checker can work out. */
	return node_is(type->node, "type_query") || node_is(type->node, "conditional_type") ||
	       node_is(type->node, "lookup_type") || node_is(type->node, "index_type_query") ||
	       node_is(type->node, "intersection_type") ||
	       node_is(type->node, "nested_type_identifier") ||
	       (node_is(type->node, "generic_type") && !type_is_promise(type));
}

/* `a | b | c` nests to the left. */
static size_t count_members(TSNode node)
{
	size_t count = 0;

	if (!node_is(node, "union_type"))
		return 1;
	for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
		if (!node_is(ts_node_named_child(node, i), "comment"))
			count += count_members(ts_node_named_child(node, i));
	}
	return count;
}

static TSNode nth_member(TSNode node, size_t *n)
{
	if (!node_is(node, "union_type")) {
		if (*n == 0)
			return node;
		(*n)--;
		return (TSNode){0};
	}
	for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
		TSNode child = ts_node_named_child(node, i), hit;

		if (node_is(child, "comment"))
			continue;
		hit = nth_member(child, n);
		if (!ts_node_is_null(hit))
			return hit;
	}
	return (TSNode){0};
}

size_t type_member_count(const struct type *type)
{
	return ts_node_is_null(type->node) ? 0 : count_members(type->node);
}

struct type type_member(const struct app *app, const struct type *type, size_t n)
{
	if (!node_is(type->node, "union_type"))
		return *type;
	return type_of(app, type->module, nth_member(type->node, &n));
}

bool type_is_object(const struct type *type)
{
	return node_is(type->node, "object_type") || node_is(type->node, "interface_declaration");
}

bool type_has_property(const struct app *app, const struct type *type, const char *property)
{
	TSNode body = type->node;

	(void)app;
	if (node_is(body, "interface_declaration")) {
		for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
			if (node_is(ts_node_named_child(body, i), "extends_type_clause"))
				return true;
		}
		body = node_field(body, "body");
	}
	for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
		TSNode item = ts_node_named_child(body, i), name = node_field(item, "name");

		if (node_is(item, "index_signature"))
			return true;
		if (ts_node_is_null(name))
			continue;
		if (node_text_is(&type->module->syntax, name, property))
			return true;
		if (node_is(name, "string")) {
			size_t len;
			const char *bytes = node_bytes(&type->module->syntax, name, &len);

			if (len == strlen(property) + 2 && memcmp(bytes + 1, property, len - 2) == 0)
				return true;
		}
	}
	return false;
}
