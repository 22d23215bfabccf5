/* Reading values and control flow off the syntax tree. Deliberately small: no type inference. */
#include "rules/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

#define VALUE_STEPS 32

/* `a && b` and such are one of their operands. */
static bool is_choice(struct node operator)
{
	return node_is(operator, TOKEN_AND) || node_is(operator, TOKEN_OR) ||
	       node_is(operator, TOKEN_NULLISH);
}

static enum value_kind kind_of(struct node node)
{
	switch (node_kind(node)) {
	case NODE_FUNCTION_DECLARATION:
	case NODE_FUNCTION_EXPRESSION:
	case NODE_ARROW_FUNCTION:
	case NODE_GENERATOR_FUNCTION_DECLARATION:
	case NODE_GENERATOR_FUNCTION:
	case NODE_METHOD_DEFINITION:
		return VALUE_FUNCTION;
	case NODE_CLASS:
	case NODE_CLASS_DECLARATION:
	case NODE_ABSTRACT_CLASS_DECLARATION:
		return VALUE_CLASS;
	case NODE_OBJECT:
	case NODE_ARRAY:
	case NODE_ENUM_DECLARATION:
		return VALUE_OBJECT;
	case NODE_STRING:
	case NODE_NUMBER:
	case NODE_TEMPLATE_STRING:
	case NODE_TRUE:
	case NODE_FALSE:
	case NODE_NULL:
	case NODE_REGEX:
	case NODE_JSX_ELEMENT:
	case NODE_JSX_SELF_CLOSING_ELEMENT:
		return VALUE_LITERAL;
	case NODE_UNDEFINED:
		return VALUE_UNDEFINED;
	case NODE_UNARY_EXPRESSION:
		return node_is(node_field(node, FIELD_OPERATOR), TOKEN_VOID) ? VALUE_UNDEFINED
									     : VALUE_COMPUTED;
	case NODE_UPDATE_EXPRESSION:
		return VALUE_COMPUTED;
	case NODE_BINARY_EXPRESSION:
		return is_choice(node_field(node, FIELD_OPERATOR)) ? VALUE_OTHER : VALUE_COMPUTED;
	case NODE_NEW_EXPRESSION:
		return VALUE_NEW;
	case NODE_CALL_EXPRESSION:
		return VALUE_CALL;
	case NODE_IDENTIFIER:
	case NODE_SHORTHAND_PROPERTY_IDENTIFIER:
		return VALUE_NAME;
	case NODE_MEMBER_EXPRESSION:
	case NODE_SUBSCRIPT_EXPRESSION:
		return VALUE_OTHER;
	default:
		return VALUE_UNKNOWN;
	}
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
	if (node_is(node, NODE_ASSIGNMENT_EXPRESSION) ||
	    node_is(node, NODE_AUGMENTED_ASSIGNMENT_EXPRESSION))
		left = node_unwrap(node_field(node, FIELD_LEFT));
	else if (node_is(node, NODE_UPDATE_EXPRESSION))
		left = node_unwrap(node_field(node, FIELD_ARGUMENT));
	/* A destructuring assignment may well assign it. */
	if (node_text_is(&search->module->syntax, left, search->name) ||
	    node_is(left, NODE_OBJECT_PATTERN) || node_is(left, NODE_ARRAY_PATTERN))
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
	struct node initial = node_field(declarator, FIELD_VALUE);

	if (!node_is(declarator, NODE_VARIABLE_DECLARATOR) ||
	    !node_is(node_field(declarator, FIELD_NAME), NODE_IDENTIFIER) || node_is_null(initial))
		return (struct node){0};
	if (!node_text_is(&module->syntax, node_field(node_parent(declarator), FIELD_KIND),
			  "const") &&
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
	while (node_is(node, NODE_AWAIT_EXPRESSION)) {
		awaited = true;
		node = node_unwrap(node_first(node));
	}
	if (kind_of(node) == VALUE_NAME && steps > 0)
		value = follow_identifier(app, module, node, steps);
	else if (node_is(node, NODE_MEMBER_EXPRESSION) && steps > 0)
		value = follow_member(app, module, node, steps);
	else
		value = (struct value){kind_of(node), module, node, false};
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
		return (struct value){kind_of(declared->node), module, declared->node, false};
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
	if (!node_is(resolved.node, NODE_VARIABLE_DECLARATOR))
		return look(app, resolved.module, resolved.node, steps - 1);
	initial = lasting_value(resolved.module, resolved.node,
				node_text(&resolved.module->syntax, app->arena,
					  node_field(resolved.node, FIELD_NAME)),
				0, resolved.module->syntax.len);
	if (node_is_null(initial))
		return (struct value){VALUE_UNKNOWN, resolved.module, resolved.node, false};
	return look(app, resolved.module, initial, steps - 1);
}

/* `let f = ...; export default f`: the value itself, when it stays. */
static struct value lasting(const struct app *app, struct value value, int steps)
{
	struct node name, initial;

	if (!node_is(value.node, NODE_VARIABLE_DECLARATOR))
		return value;
	name = node_field(value.node, FIELD_NAME);
	initial = lasting_value(value.module, value.node,
				node_text(&value.module->syntax, app->arena, name), 0,
				value.module->syntax.len);
	return node_is_null(initial) ? value : look(app, value.module, initial, steps);
}

/* The static method `name` of a class, or what a static field begins as; null when there is none.
 */
static struct node static_member(const struct value *class, const char *name)
{
	struct node body = node_field(class->node, FIELD_BODY);

	for (struct node item = node_down_named(body); !node_is_null(item);
	     item = node_next_named(item)) {
		if ((!node_is(item, NODE_METHOD_DEFINITION) &&
		     !node_is(item, NODE_PUBLIC_FIELD_DEFINITION)) ||
		    !node_text_is(&class->module->syntax, node_field(item, FIELD_NAME), name))
			continue;
		for (struct node word = node_down(item); !node_is_null(word);
		     word = node_next(word)) {
			if (node_text_is(&class->module->syntax, word, "static"))
				return node_is(item, NODE_METHOD_DEFINITION)
					       ? item
					       : node_field(item, FIELD_VALUE);
		}
	}
	return (struct node){0};
}

/* `helpers.respond` after `import * as helpers`, and a static method of a class. */
static struct value follow_member(const struct app *app, const struct module *module,
				  struct node node, int steps)
{
	struct value other = {VALUE_OTHER, module, node, false}, class;
	struct node object = node_unwrap(node_field(node, FIELD_OBJECT)), member;
	const struct binding *binding;
	struct declared declared;
	struct resolved resolved;
	const char *space, *name;

	if (!node_is(object, NODE_IDENTIFIER))
		return other;
	space = node_text(&module->syntax, app->arena, object);
	name = node_text(&module->syntax, app->arena, node_field(node, FIELD_PROPERTY));
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
	return value_of(app, call->module, node_field(call->node, FIELD_FUNCTION));
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
		return node_is(value->node, NODE_ARRAY)              ? "an array"
		       : node_is(value->node, NODE_ENUM_DECLARATION) ? "an enum"
								     : "an object";
	case VALUE_LITERAL:
		if (node_is(value->node, NODE_STRING) || node_is(value->node, NODE_TEMPLATE_STRING))
			return "a string";
		if (node_is(value->node, NODE_NUMBER))
			return "a number";
		if (node_is(value->node, NODE_TRUE) || node_is(value->node, NODE_FALSE))
			return "a boolean";
		return node_is(value->node, NODE_NULL) ? "null" : "a literal";
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
