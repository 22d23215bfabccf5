/* Which function a call such as `this.save()`, `new Store().save()` or `api.save()` runs, when the
 * class or the object literal is the app's own. Nobody can tell what a subclass makes of a method,
 * so only rules ask that look at how a method is declared. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/values.h"

/* Classes that extend each other in a circle must not hold us up. */
#define BASE_STEPS 8

static bool has_word(const struct module *module, struct node node, const char *word)
{
	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at)) {
		if (node_text_is(&module->syntax, at, word))
			return true;
		if (node_role(at) == FIELD_NAME)
			return false; /* what follows is no modifier */
	}
	return false;
}

static struct value function_value(const struct app *app, const struct module *module,
				   struct node node)
{
	struct value other = {VALUE_OTHER, module, node, false};

	if (node_is_null(node))
		return other;
	if (node_is(node, NODE_METHOD_DEFINITION))
		return has_word(module, node, "get") || has_word(module, node, "set")
			       ? other
			       : (struct value){VALUE_FUNCTION, module, node, false};
	return value_of(app, module, node);
}

static struct value class_method(const struct app *app, const struct value *class, const char *name,
				 bool is_static, int steps)
{
	struct node body = node_field(class->node, FIELD_BODY);
	struct value other = {VALUE_OTHER, class->module, class->node, false};

	for (struct node item = node_down_named(body); !node_is_null(item);
	     item = node_next_named(item)) {
		bool method = node_is(item, NODE_METHOD_DEFINITION);

		if ((!method && !node_is(item, NODE_PUBLIC_FIELD_DEFINITION)) ||
		    !node_text_is(&class->module->syntax, node_field(item, FIELD_NAME), name) ||
		    has_word(class->module, item, "static") != is_static)
			continue;
		return function_value(app, class->module,
				      method ? item : node_field(item, FIELD_VALUE));
	}
	for (struct node part = node_down_named(class->node); steps > 0 && !node_is_null(part);
	     part = node_next_named(part)) {
		struct node clause = node_first(part);
		struct value base;

		if (!node_is(clause, NODE_EXTENDS_CLAUSE))
			continue;
		base = value_of(app, class->module, node_field(clause, FIELD_VALUE));
		if (base.kind == VALUE_CLASS)
			return class_method(app, &base, name, is_static, steps - 1);
	}
	return other;
}

/* What `this` is where `node` stands: a class (*is_static: the class itself) or an object literal;
 * null when a function of its own stands between. */
static struct node around_this(const struct module *module, struct node node, bool *is_static)
{
	for (struct node at = node_parent(node); !node_is_null(node_parent(at));
	     at = node_parent(at)) {
		struct node holder = node_parent(at);

		if (node_is(holder, NODE_CLASS_BODY)) {
			*is_static = has_word(module, at, "static") ||
				     node_is(at, NODE_CLASS_STATIC_BLOCK);
			return node_parent(holder);
		}
		if (node_is(at, NODE_METHOD_DEFINITION))
			return node_is(holder, NODE_OBJECT) ? holder : (struct node){0};
		if (node_is_function(at) && !node_is(at, NODE_ARROW_FUNCTION))
			return (struct node){0};
	}
	return (struct node){0};
}

static struct value object_method(const struct app *app, const struct value *object,
				  const char *name)
{
	struct node found = value_property(app, object, name);

	if (!node_is_null(found))
		return function_value(app, object->module, found);
	for (struct node item = node_down_named(object->node); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_SPREAD_ELEMENT))
			break; /* may bring another method of the name */
		if (node_is(item, NODE_METHOD_DEFINITION) &&
		    node_text_is(&object->module->syntax, node_field(item, FIELD_NAME), name))
			found = item;
	}
	return function_value(app, object->module, found);
}

struct value method_of(const struct app *app, const struct value *call)
{
	struct node callee = node_unwrap(node_field(call->node, FIELD_FUNCTION));
	struct node object = node_unwrap(node_field(callee, FIELD_OBJECT));
	struct value other = {VALUE_OTHER, call->module, callee, false}, value, class;
	const char *name;
	bool is_static = false;

	if (!node_is(callee, NODE_MEMBER_EXPRESSION))
		return other;
	name = node_text(&call->module->syntax, app->arena, node_field(callee, FIELD_PROPERTY));
	if (node_is(object, NODE_THIS)) {
		value = (struct value){VALUE_CLASS, call->module,
				       around_this(call->module, object, &is_static), false};
		if (node_is_null(value.node))
			return other;
		if (node_is(value.node, NODE_OBJECT))
			return object_method(app, &value, name);
		return class_method(app, &value, name, is_static, BASE_STEPS);
	}
	value = value_of(app, call->module, object);
	if (value.awaited)
		return other;
	if (value.kind == VALUE_CLASS)
		return class_method(app, &value, name, true, BASE_STEPS);
	if (node_is(value.node, NODE_OBJECT))
		return object_method(app, &value, name);
	if (value.kind != VALUE_NEW)
		return other;
	class = value_of(app, value.module, node_field(value.node, FIELD_CONSTRUCTOR));
	return class.kind == VALUE_CLASS ? class_method(app, &class, name, false, BASE_STEPS)
					 : other;
}
