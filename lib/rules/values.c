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
	if (node_is(node, "identifier") || node_is(node, "shorthand_property_identifier"))
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
static struct value follow_member(const struct app *app, const struct module *module,
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
	if (kind_of(module, node) == VALUE_NAME && steps > 0)
		value = follow_identifier(app, module, node, steps);
	else if (node_is(node, "member_expression") && steps > 0)
		value = follow_member(app, module, node, steps);
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

/* `let f = ...; export default f`: the value itself, when it stays. */
static struct value lasting(const struct app *app, struct value value, int steps)
{
	struct node name, initial;

	if (!node_is(value.node, "variable_declarator"))
		return value;
	name = node_field(value.node, "name");
	initial = lasting_value(value.module, value.node,
				node_text(&value.module->syntax, app->arena, name), 0,
				value.module->syntax.len);
	return node_is_null(initial) ? value : look(app, value.module, initial, steps);
}

/* The static method `name` of a class, or what a static field begins as; null when there is none.
 */
static struct node static_member(const struct value *class, const char *name)
{
	struct node body = node_field(class->node, "body");

	for (uint32_t i = 0; i < node_count(body); i++) {
		struct node item = node_child(body, i);

		if ((!node_is(item, "method_definition") &&
		     !node_is(item, "public_field_definition")) ||
		    !node_text_is(&class->module->syntax, node_field(item, "name"), name))
			continue;
		for (struct node word = node_down(item); !node_is_null(word);
		     word = node_next(word)) {
			if (node_text_is(&class->module->syntax, word, "static"))
				return node_is(item, "method_definition")
					       ? item
					       : node_field(item, "value");
		}
	}
	return (struct node){0};
}

/* `helpers.respond` after `import * as helpers`, and a static method of a class. */
static struct value follow_member(const struct app *app, const struct module *module,
				  struct node node, int steps)
{
	struct value other = {VALUE_OTHER, module, node, false}, class;
	struct node object = node_unwrap(node_field(node, "object")), member;
	const struct binding *binding;
	struct declared declared;
	struct resolved resolved;
	const char *space, *name;

	if (!node_is(object, "identifier"))
		return other;
	space = node_text(&module->syntax, app->arena, object);
	name = node_text(&module->syntax, app->arena, node_field(node, "property"));
	binding = facts_binding(&module->facts, space);
	if (binding != NULL && binding->import >= 0 && str_equal(binding->imported, "*") &&
	    module->edges[binding->import].kind == TARGET_MODULE &&
	    !facts_local(&module->facts, space, node_start(node), &declared)) {
		resolved = app_resolve_export(app, module->edges[binding->import].module, name);
		if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
			return other;
		return lasting(app, look(app, resolved.module, resolved.node, steps - 1),
			       steps - 1);
	}
	class = look(app, module, object, steps - 1);
	if (class.kind != VALUE_CLASS)
		return other;
	member = static_member(&class, name);
	/* A field may be given another value later; a function is what it stays in practice. */
	return node_is_function(member)
		       ? (struct value){VALUE_FUNCTION, class.module, member, false}
		       : other;
}

struct value value_of(const struct app *app, const struct module *module, struct node expression)
{
	return lasting(app, look(app, module, expression, VALUE_STEPS), VALUE_STEPS);
}

struct value callee_of(const struct app *app, const struct value *call)
{
	return value_of(app, call->module, node_field(call->node, "function"));
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
