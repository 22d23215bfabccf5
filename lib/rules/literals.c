/* Texts and properties that can be read off the source: literals, constants, and what is put
 * together from them. */
#include "rules/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define TEXT_STEPS 16

static const char *known_text(const struct app *app, const struct module *module,
			      struct node expression, int steps);

/* `NAMES.lead` of a constant object. */
static const char *known_member(const struct app *app, const struct value *member, int steps)
{
	struct value object = value_of(app, member->module, node_field(member->node, FIELD_OBJECT));
	struct node value;

	if (!node_is(object.node, NODE_OBJECT))
		return NULL;
	value = value_property(app, &object,
			       node_text(&member->module->syntax, app->arena,
					 node_field(member->node, FIELD_PROPERTY)));
	return known_text(app, object.module, value, steps - 1);
}

static const char *known_template(const struct app *app, const struct value *value, int steps)
{
	size_t at = node_start(value->node) + 1;
	struct buf out = {0};
	const char *text = NULL;
	bool known = true;

	for (struct node part = node_down_named(value->node); !node_is_null(part) && known;
	     part = node_next_named(part)) {
		const char *inner;

		if (!node_is(part, NODE_TEMPLATE_SUBSTITUTION))
			continue;
		inner = known_text(app, value->module, node_first(part), steps - 1);
		known = inner != NULL;
		if (known) {
			buf_add(&out, value->module->text->bytes + at, node_start(part) - at);
			buf_puts(&out, inner);
			at = node_end(part);
		}
	}
	if (known) {
		buf_add(&out, value->module->text->bytes + at, node_end(value->node) - 1 - at);
		text = arena_strdup(app->arena, buf_cstr(&out));
	}
	buf_dispose(&out);
	return text;
}

/* The text that a shorthand property stands for: that of the constant of its name. */
static const char *shorthand_text(const struct app *app, const struct module *module,
				  struct node item, int steps)
{
	const char *name = node_text(&module->syntax, app->arena, item);
	struct declared declared;
	struct resolved resolved;

	if (facts_local(&module->facts, name, node_start(item), &declared)) {
		struct node initial = node_field(declared.node, FIELD_VALUE);

		return declared.as == DECLARED_VARIABLE &&
				       node_text_is(
					       &module->syntax,
					       node_field(node_parent(declared.node), FIELD_KIND),
					       "const") &&
				       node_is(node_field(declared.node, FIELD_NAME),
					       NODE_IDENTIFIER)
			       ? known_text(app, module, initial, steps - 1)
			       : NULL;
	}
	resolved = app_resolve_name(app, module, name);
	if (!resolved.found || resolved.opaque || node_is(resolved.node, NODE_VARIABLE_DECLARATOR))
		return NULL;
	return known_text(app, resolved.module, resolved.node, steps - 1);
}

static const char *known_text(const struct app *app, const struct module *module,
			      struct node expression, int steps)
{
	struct value value;
	const char *text, *right;

	if (steps <= 0 || node_is_null(expression))
		return NULL;
	if (node_is(expression, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		return shorthand_text(app, module, expression, steps);
	value = value_of(app, module, expression);
	if (node_is(value.node, NODE_BINARY_EXPRESSION) &&
	    node_text_is(&value.module->syntax, node_field(value.node, FIELD_OPERATOR), "+")) {
		text = known_text(app, value.module, node_field(value.node, FIELD_LEFT), steps - 1);
		right = known_text(app, value.module, node_field(value.node, FIELD_RIGHT),
				   steps - 1);
		return text == NULL || right == NULL
			       ? NULL
			       : arena_printf(app->arena, "%s%s", text, right);
	}
	if (node_is(value.node, NODE_MEMBER_EXPRESSION))
		return known_member(app, &value, steps);
	if (value.kind != VALUE_LITERAL)
		return NULL;
	text = node_string(&value.module->syntax, app->arena, value.node);
	if (text != NULL || !node_is(value.node, NODE_TEMPLATE_STRING))
		return text;
	return known_template(app, &value, steps);
}

struct node value_property(const struct app *app, const struct value *object, const char *name)
{
	const struct syntax *syntax = &object->module->syntax;
	struct node found = {0};

	for (struct node item = node_down_named(object->node); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_field(item, FIELD_KEY);

		if (node_is(item, NODE_SPREAD_ELEMENT))
			found = (struct node){0}; /* a later property still wins */
		if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER) &&
		    node_text_is(syntax, item, name))
			found = item;
		if (node_is(item, NODE_PAIR) &&
		    (node_text_is(syntax, key, name) ||
		     str_equal(node_string(syntax, app->arena, key), name) ||
		     str_equal(node_string(syntax, app->arena, node_first(key)), name)))
			found = node_field(item, FIELD_VALUE);
	}
	return found;
}

const char *value_text(const struct app *app, const struct module *module, struct node expression)
{
	return known_text(app, module, expression, TEXT_STEPS);
}
