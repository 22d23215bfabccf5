/* Reading values and control flow off the syntax tree. Deliberately small: no type inference. */
#include "rules/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define VALUE_STEPS 32

static bool is_one(TSNode node, const char *const *types, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (node_is(node, types[i]))
			return true;
	}
	return false;
}

static enum value_kind kind_of(const struct module *module, TSNode node)
{
	static const char *const literals[] = {"string", "number", "template_string", "true",  "false",
					       "null",   "regex",  "jsx_element",     "jsx_fragment",
					       "jsx_self_closing_element"};
	static const char *const others[] = {"binary_expression", "unary_expression",
					     "member_expression", "subscript_expression",
					     "update_expression"};

	if (ts_node_is_null(node))
		return VALUE_UNKNOWN;
	if (node_is_function(node) && !node_is(node, "function_signature"))
		return VALUE_FUNCTION;
	if (node_is(node, "class") || node_is(node, "class_declaration") ||
	    node_is(node, "abstract_class_declaration"))
		return VALUE_CLASS;
	if (node_is(node, "object") || node_is(node, "array") || node_is(node, "enum_declaration"))
		return VALUE_OBJECT;
	if (is_one(node, literals, sizeof(literals) / sizeof(literals[0])))
		return VALUE_LITERAL;
	if (node_is(node, "undefined") || node_text_is(&module->syntax, node, "undefined"))
		return VALUE_UNDEFINED;
	if (node_is(node, "unary_expression") &&
	    node_text_is(&module->syntax, node_field(node, "operator"), "void"))
		return VALUE_UNDEFINED;
	if (node_is(node, "new_expression"))
		return VALUE_NEW;
	if (node_is(node, "call_expression"))
		return VALUE_CALL;
	if (node_is(node, "identifier"))
		return VALUE_NAME;
	if (is_one(node, others, sizeof(others) / sizeof(others[0])))
		return VALUE_OTHER;
	return VALUE_UNKNOWN;
}

/* --- names inside a function ------------------------------------------------------------------- */

struct search {
	const struct module *module;
	const char *name;
	TSNode found;
	size_t count;
};

static bool visit_variable(TSNode node, void *payload)
{
	struct search *search = payload;

	if (node_is(node, "variable_declarator") &&
	    node_text_is(&search->module->syntax, node_field(node, "name"), search->name)) {
		search->found = node;
		search->count++;
	}
	return true;
}

TSNode local_variable(const struct module *module, TSNode function, const char *name)
{
	struct search search = {.module = module, .name = name};

	if (!ts_node_is_null(function))
		node_walk(function, visit_variable, &search);
	return search.count == 1 ? search.found : (TSNode){0};
}

static bool visit_parameters(TSNode node, void *payload)
{
	struct search *search = payload;

	if ((node_is(node, "identifier") ||
	     node_is(node, "shorthand_property_identifier_pattern")) &&
	    node_text_is(&search->module->syntax, node, search->name))
		search->count++;
	return !node_is(node, "type_annotation");
}

static bool visit_functions(TSNode node, void *payload)
{
	if (node_is(node, "formal_parameters")) {
		node_walk(node, visit_parameters, payload);
		return false;
	}
	if (node_is(node, "arrow_function")) {
		TSNode single = node_field(node, "parameter");
		if (!ts_node_is_null(single))
			visit_parameters(single, payload);
	}
	return true;
}

bool is_parameter(const struct module *module, TSNode function, const char *name)
{
	struct search search = {.module = module, .name = name};

	if (!ts_node_is_null(function))
		node_walk(function, visit_functions, &search);
	return search.count > 0;
}

/* --- values ------------------------------------------------------------------------------------- */

static bool is_const(const struct module *module, TSNode declarator)
{
	TSNode declaration = ts_node_parent(declarator);

	return node_text_is(&module->syntax, node_field(declaration, "kind"), "const");
}

static struct value follow_identifier(const struct app *app, const struct module *module,
				      TSNode function, TSNode node, int steps);

static struct value look(const struct app *app, const struct module *module, TSNode function,
			 TSNode node, int steps)
{
	bool awaited = false;
	struct value value;

	node = node_unwrap(node);
	while (node_is(node, "await_expression")) {
		awaited = true;
		node = node_unwrap(node_first(node));
	}
	if (node_is(node, "identifier") && steps > 0)
		value = follow_identifier(app, module, function, node, steps);
	else
		value = (struct value){kind_of(module, node), module, node, false};
	value.awaited = value.awaited || awaited;
	return value;
}

static struct value follow_identifier(const struct app *app, const struct module *module,
				      TSNode function, TSNode node, int steps)
{
	struct value unknown = {VALUE_NAME, module, node, false};
	char *name = node_text(&module->syntax, app->arena, node);
	TSNode declarator;
	struct resolved resolved;

	if (strcmp(name, "undefined") == 0)
		return (struct value){VALUE_UNDEFINED, module, node, false};
	if (is_parameter(module, function, name))
		return unknown;
	declarator = local_variable(module, function, name);
	if (!ts_node_is_null(declarator)) {
		TSNode initial = node_field(declarator, "value");

		if (!is_const(module, declarator) || ts_node_is_null(initial))
			return unknown;
		return look(app, module, function, initial, steps - 1);
	}
	if (facts_binding(&module->facts, name) == NULL)
		return unknown;
	resolved = app_resolve_name(app, module, name);
	if (resolved.opaque || ts_node_is_null(resolved.node))
		return (struct value){VALUE_UNKNOWN, module, node, false};
	if (node_is(resolved.node, "variable_declarator")) /* `let`: may hold anything later */
		return (struct value){VALUE_UNKNOWN, resolved.module, resolved.node, false};
	return look(app, resolved.module, (TSNode){0}, resolved.node, steps - 1);
}

struct value value_of(const struct app *app, const struct module *module, TSNode function,
		      TSNode expression)
{
	return look(app, module, function, expression, VALUE_STEPS);
}

const char *value_words(const struct value *value)
{
	switch (value->kind) {
	case VALUE_FUNCTION: return "a function";
	case VALUE_CLASS: return "a class";
	case VALUE_OBJECT:
		return node_is(value->node, "array") ? "an array"
		       : node_is(value->node, "enum_declaration") ? "an enum" : "an object";
	case VALUE_LITERAL:
		if (node_is(value->node, "string") || node_is(value->node, "template_string"))
			return "a string";
		if (node_is(value->node, "number"))
			return "a number";
		if (node_is(value->node, "true") || node_is(value->node, "false"))
			return "a boolean";
		return node_is(value->node, "null") ? "null" : "a literal";
	case VALUE_UNDEFINED: return "undefined";
	case VALUE_NEW: return "a new object";
	default: return NULL;
	}
}

/* --- control flow --------------------------------------------------------------------------------- */

struct returns {
	return_visitor visit;
	void *payload;
	TSNode function;
};

static bool visit_statement(TSNode node, void *payload)
{
	struct returns *returns = payload;

	if (node_is_function(node) || node_is(node, "class") || node_is(node, "class_declaration"))
		return ts_node_eq(node, returns->function);
	if (node_is(node, "return_statement")) {
		returns->visit(node, node_first(node), returns->payload);
		return false;
	}
	return true;
}

void each_return(TSNode function, return_visitor visit, void *payload)
{
	struct returns returns = {visit, payload, function};
	TSNode body = node_field(function, "body");

	if (ts_node_is_null(body))
		return;
	if (!node_is(body, "statement_block"))
		visit(body, body, payload);
	else
		node_walk(body, visit_statement, &returns);
}

static bool exits(TSNode node);

static bool has_break(TSNode node);

static bool visit_break(TSNode node, void *payload)
{
	bool *found = payload;

	/* A break inside a nested loop or switch belongs to it, unless it has a label. */
	if (node_is(node, "break_statement")) {
		*found = true;
		return false;
	}
	return !node_is_function(node) && !node_is(node, "switch_statement") &&
	       !node_is(node, "while_statement") && !node_is(node, "do_statement") &&
	       !node_is(node, "for_statement") && !node_is(node, "for_in_statement");
}

static bool has_break(TSNode node)
{
	bool found = false;

	for (uint32_t i = 0; i < ts_node_named_child_count(node); i++)
		node_walk(ts_node_named_child(node, i), visit_break, &found);
	return found;
}

static bool block_exits(TSNode block)
{
	for (uint32_t i = 0; i < ts_node_named_child_count(block); i++) {
		if (exits(ts_node_named_child(block, i)))
			return true;
	}
	return false;
}

/* `switch`: exits when it has a default, no break leaves it, and its last group exits (groups
 * before it may fall through). */
static bool switch_exits(TSNode node)
{
	TSNode body = node_field(node, "body"), last = {0};
	bool has_default = false;

	for (uint32_t i = 0; i < ts_node_named_child_count(body); i++) {
		TSNode group = ts_node_named_child(body, i);

		if (node_is(group, "switch_default"))
			has_default = true;
		if (node_is(group, "switch_case") || node_is(group, "switch_default"))
			last = group;
	}
	return has_default && !has_break(body) && !ts_node_is_null(last) && block_exits(last);
}

static bool try_exits(TSNode node)
{
	TSNode body = node_field(node, "body"), handler = node_field(node, "handler");
	TSNode finalizer = node_field(node, "finalizer");

	if (!ts_node_is_null(finalizer) && block_exits(node_field(finalizer, "body")))
		return true;
	if (!block_exits(body))
		return false;
	return ts_node_is_null(handler) || block_exits(node_field(handler, "body"));
}

static bool is_endless(TSNode node)
{
	TSNode condition = node_unwrap(node_field(node, "condition"));

	if (node_is(node, "for_statement"))
		return ts_node_is_null(condition) || node_is(condition, "empty_statement") ||
		       node_is(condition, "true");
	return node_is(condition, "true");
}

static bool exits(TSNode node)
{
	if (node_is(node, "return_statement") || node_is(node, "throw_statement"))
		return true;
	if (node_is(node, "statement_block") || node_is(node, "labeled_statement"))
		return block_exits(node);
	if (node_is(node, "if_statement")) {
		TSNode otherwise = node_field(node, "alternative");

		return !ts_node_is_null(otherwise) && exits(node_field(node, "consequence")) &&
		       block_exits(otherwise);
	}
	if (node_is(node, "switch_statement"))
		return switch_exits(node);
	if (node_is(node, "try_statement"))
		return try_exits(node);
	if (node_is(node, "while_statement") || node_is(node, "for_statement") ||
	    node_is(node, "do_statement"))
		return is_endless(node) && !has_break(node);
	return false;
}

bool falls_off_end(TSNode function)
{
	TSNode body = node_field(function, "body");

	return node_is(body, "statement_block") && !block_exits(body);
}

/* --- callees --------------------------------------------------------------------------------------- */

static bool imported_from(const struct app *app, const struct module *module, int import,
			  const char *imported, const char **package, const char **name, int steps);

static bool export_from(const struct app *app, const struct module *module, const char *wanted,
			const char **package, const char **name, int steps)
{
	const struct export *item = facts_export(&module->facts, wanted);

	if (item == NULL || steps <= 0)
		return false;
	if (item->import >= 0)
		return imported_from(app, module, item->import, item->imported, package, name, steps);
	if (item->local != NULL) {
		const struct binding *binding = facts_binding(&module->facts, item->local);

		if (binding != NULL && binding->import >= 0)
			return imported_from(app, module, binding->import, binding->imported, package,
					     name, steps);
	}
	return false;
}

static bool imported_from(const struct app *app, const struct module *module, int import,
			  const char *imported, const char **package, const char **name, int steps)
{
	const struct edge *edge = &module->edges[import];

	if (edge->kind == TARGET_MODULE)
		return export_from(app, edge->module, imported, package, name, steps - 1);
	if (edge->kind != TARGET_PACKAGE)
		return false;
	*package = module->facts.imports[import].specifier;
	*name = imported;
	return true;
}

bool package_member(const struct app *app, const struct module *module, TSNode callee,
		    const char **package, const char **name)
{
	const struct binding *binding;
	TSNode object = callee;
	bool member;

	callee = node_unwrap(callee);
	member = node_is(callee, "member_expression");
	object = member ? node_unwrap(node_field(callee, "object")) : callee;
	if (!node_is(object, "identifier"))
		return false;
	binding = facts_binding(&module->facts, node_text(&module->syntax, app->arena, object));
	if (binding == NULL || binding->import < 0)
		return false;
	if (member) {
		if (!str_equal(binding->imported, "*") ||
		    module->edges[binding->import].kind != TARGET_PACKAGE)
			return false;
		*package = module->facts.imports[binding->import].specifier;
		*name = node_text(&module->syntax, app->arena, node_field(callee, "property"));
		return true;
	}
	return imported_from(app, module, binding->import, binding->imported, package, name,
			     VALUE_STEPS);
}
