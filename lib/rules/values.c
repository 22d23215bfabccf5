/* Reading values and control flow off the syntax tree. Deliberately small: no type inference. */
#include "rules/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

#define VALUE_STEPS 32

static bool is_one(struct node node, const char *const *types, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (node_is(node, types[i]))
			return true;
	}
	return false;
}

/* The operator of a binary or unary expression. */
static bool is_operator(const struct module *module, struct node node, const char *const *operators)
{
	struct node operator= node_field(node, "operator");

	for (size_t i = 0; operators[i] != NULL; i++) {
		if (node_text_is(&module->syntax, operator, operators[i]))
			return true;
	}
	return false;
}

static enum value_kind kind_of(const struct module *module, struct node node)
{
	static const char *const literals[] = {
		"string", "number", "template_string", "true",         "false",
		"null",   "regex",  "jsx_element",     "jsx_fragment", "jsx_self_closing_element"};
	static const char *const logical[] = {"&&", "||", "??", NULL};
	static const char *const nothing[] = {"void", NULL};

	if (node_is_null(node))
		return VALUE_UNKNOWN;
	if (node_is_function(node) && !node_is(node, "function_signature"))
		return VALUE_FUNCTION;
	if (node_is(node, "class") || node_is(node, "class_declaration") ||
	    node_is(node, "abstract_class_declaration"))
		return VALUE_CLASS;
	if (node_is(node, "object") || node_is(node, "array") || node_is(node, "enum_declaration"))
		return VALUE_OBJECT;
	if (is_one(node, literals, ARRAY_LEN(literals)))
		return VALUE_LITERAL;
	if (node_is(node, "undefined"))
		return VALUE_UNDEFINED;
	if (node_is(node, "unary_expression"))
		return is_operator(module, node, nothing) ? VALUE_UNDEFINED : VALUE_COMPUTED;
	if (node_is(node, "update_expression"))
		return VALUE_COMPUTED;
	if (node_is(node, "binary_expression"))
		return is_operator(module, node, logical) ? VALUE_OTHER : VALUE_COMPUTED;
	if (node_is(node, "new_expression"))
		return VALUE_NEW;
	if (node_is(node, "call_expression"))
		return VALUE_CALL;
	if (node_is(node, "identifier"))
		return VALUE_NAME;
	if (node_is(node, "member_expression") || node_is(node, "subscript_expression"))
		return VALUE_OTHER;
	return VALUE_UNKNOWN;
}

/* --- names
 * ---------------------------------------------------------------------------------------- */

struct assignments {
	const struct module *module;
	const char *name;
	size_t start, end;
	bool found;
};

static bool visit_assignment(struct node node, void *payload)
{
	struct assignments *search = payload;
	struct node left = {0};

	if (node_end(node) <= search->start || node_start(node) >= search->end)
		return false;
	if (node_is(node, "assignment_expression") ||
	    node_is(node, "augmented_assignment_expression"))
		left = node_unwrap(node_field(node, "left"));
	else if (node_is(node, "update_expression"))
		left = node_unwrap(node_field(node, "argument"));
	/* A destructuring assignment may well assign it. */
	if (node_text_is(&search->module->syntax, left, search->name) ||
	    node_is(left, "object_pattern") || node_is(left, "array_pattern"))
		search->found = true;
	return !search->found;
}

/* Whether a variable is given another value somewhere in [start, end). */
static bool is_assigned(const struct module *module, const char *name, size_t start, size_t end)
{
	struct assignments search = {module, name, start, end, false};

	node_walk(syntax_root(&module->syntax), visit_assignment, &search);
	return search.found;
}

/* The initial value of a declarator that keeps it for good; null when it does not. */
static struct node lasting_value(const struct module *module, struct node declarator,
				 const char *name, size_t start, size_t end)
{
	struct node initial = node_field(declarator, "value");

	if (!node_is(declarator, "variable_declarator") ||
	    !node_is(node_field(declarator, "name"), "identifier") || node_is_null(initial))
		return (struct node){0};
	if (!node_text_is(&module->syntax, node_field(node_parent(declarator), "kind"), "const") &&
	    is_assigned(module, name, start, end))
		return (struct node){0};
	return initial;
}

static struct value follow_identifier(const struct app *app, const struct module *module,
				      struct node node, int steps);

static struct value look(const struct app *app, const struct module *module, struct node node,
			 int steps)
{
	bool awaited = false;
	struct value value;

	node = node_unwrap(node);
	while (node_is(node, "await_expression")) {
		awaited = true;
		node = node_unwrap(node_first(node));
	}
	if (node_is(node, "identifier") && steps > 0)
		value = follow_identifier(app, module, node, steps);
	else
		value = (struct value){kind_of(module, node), module, node, false};
	value.awaited = value.awaited || awaited;
	return value;
}

/* A name declared below the top level. */
static struct value local_value(const struct app *app, const struct module *module,
				struct node node, const char *name, const struct declared *declared,
				int steps)
{
	struct value unknown = {VALUE_NAME, module, node, false};
	struct node initial;

	switch (declared->as) {
	case DECLARED_FUNCTION:
		return (struct value){VALUE_FUNCTION, module, declared->node, false};
	case DECLARED_OTHER:
		return (struct value){kind_of(module, declared->node), module, declared->node,
				      false};
	case DECLARED_VARIABLE:
		initial =
			lasting_value(module, declared->node, name, declared->start, declared->end);
		return node_is_null(initial) ? unknown : look(app, module, initial, steps - 1);
	default:
		return unknown;
	}
}

static struct value follow_identifier(const struct app *app, const struct module *module,
				      struct node node, int steps)
{
	char *name = node_text(&module->syntax, app->arena, node);
	struct declared declared;
	struct resolved resolved;
	struct node initial;

	if (facts_local(&module->facts, name, node_start(node), &declared))
		return local_value(app, module, node, name, &declared, steps);
	if (facts_binding(&module->facts, name) == NULL)
		return (struct value){strcmp(name, "undefined") == 0 ? VALUE_UNDEFINED : VALUE_NAME,
				      module, node, false};
	resolved = app_resolve_name(app, module, name);
	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return (struct value){VALUE_UNKNOWN, module, node, false};
	if (!node_is(resolved.node, "variable_declarator"))
		return look(app, resolved.module, resolved.node, steps - 1);
	initial = lasting_value(
		resolved.module, resolved.node,
		node_text(&resolved.module->syntax, app->arena, node_field(resolved.node, "name")),
		0, resolved.module->syntax.len);
	if (node_is_null(initial))
		return (struct value){VALUE_UNKNOWN, resolved.module, resolved.node, false};
	return look(app, resolved.module, initial, steps - 1);
}

struct value value_of(const struct app *app, const struct module *module, struct node expression)
{
	struct value value = look(app, module, expression, VALUE_STEPS);

	/* `let f = ...; export default f` */
	if (node_is(value.node, "variable_declarator")) {
		struct node name = node_field(value.node, "name");
		struct node initial =
			lasting_value(value.module, value.node,
				      node_text(&value.module->syntax, app->arena, name), 0,
				      value.module->syntax.len);
		if (!node_is_null(initial))
			return look(app, value.module, initial, VALUE_STEPS);
	}
	return value;
}

struct value callee_of(const struct app *app, const struct value *call)
{
	struct node callee = node_unwrap(node_field(call->node, "function"));
	struct node object = node_unwrap(node_field(callee, "object"));
	const struct binding *binding;
	struct resolved resolved;

	if (!node_is(callee, "member_expression"))
		return value_of(app, call->module, callee);
	/* `helpers.respond()` after `import * as helpers` */
	binding = !node_is(object, "identifier")
			  ? NULL
			  : facts_binding(&call->module->facts,
					  node_text(&call->module->syntax, app->arena, object));
	if (binding != NULL && binding->import >= 0 && str_equal(binding->imported, "*") &&
	    call->module->edges[binding->import].kind == TARGET_MODULE) {
		resolved = app_resolve_export(app, call->module->edges[binding->import].module,
					      node_text(&call->module->syntax, app->arena,
							node_field(callee, "property")));
		if (resolved.found && !resolved.opaque && !node_is_null(resolved.node))
			return value_of(app, resolved.module, resolved.node);
	}
	return (struct value){VALUE_OTHER, call->module, callee, false};
}

bool is_global(const struct app *app, const struct module *module, struct node identifier)
{
	char *name = node_text(&module->syntax, app->arena, identifier);
	struct declared declared;

	return facts_binding(&module->facts, name) == NULL &&
	       !facts_local(&module->facts, name, node_start(identifier), &declared);
}

const char *value_words(const struct value *value)
{
	switch (value->kind) {
	case VALUE_FUNCTION:
		return "a function";
	case VALUE_CLASS:
		return "a class";
	case VALUE_OBJECT:
		return node_is(value->node, "array")              ? "an array"
		       : node_is(value->node, "enum_declaration") ? "an enum"
								  : "an object";
	case VALUE_LITERAL:
		if (node_is(value->node, "string") || node_is(value->node, "template_string"))
			return "a string";
		if (node_is(value->node, "number"))
			return "a number";
		if (node_is(value->node, "true") || node_is(value->node, "false"))
			return "a boolean";
		return node_is(value->node, "null") ? "null" : "a literal";
	case VALUE_UNDEFINED:
		return "undefined";
	case VALUE_NEW:
		return "a new object";
	case VALUE_COMPUTED:
		return "a computed value";
	default:
		return NULL;
	}
}
