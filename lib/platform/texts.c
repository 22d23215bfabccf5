/* What a definition says in plain texts: its title, its icon, the fields of its configuration.
 * Values are shown as they are written, without what the reader does not need: white space,
 * comments, the way to a function's name. What is code, or comes from a package, says nothing here.
 */
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "platform/inventory.h"
#include "platform/notice.h"
#include "rules/values.h"

enum { DEPTH = 12 };

struct telling {
	struct inventory *inventory;
	struct thing *thing;
	const struct app *app;
};

/* Source without white space and comments outside of texts. */
static void put_squeezed(struct buf *out, const char *text, size_t len)
{
	char quote = '\0';

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (quote != '\0') {
			buf_putc(out, c);
			if (c == '\\' && i + 1 < len)
				buf_putc(out, text[++i]);
			else if (c == quote)
				quote = '\0';
		} else if (c == '/' && i + 1 < len && text[i + 1] == '/') {
			while (i + 1 < len && text[i + 1] != '\n')
				i++;
		} else if (c == '/' && i + 1 < len && text[i + 1] == '*') {
			for (i += 2; i < len && !(text[i] == '/' && text[i - 1] == '*'); i++)
				;
		} else if (strchr(" \t\r\n", c) == NULL) {
			if (c == '"' || c == '\'' || c == '`')
				quote = c;
			buf_putc(out, c);
		}
	}
}

static void put_items(struct telling *telling, struct buf *out, const struct module *module,
		      struct node list, int depth);

static void put_item(struct telling *telling, struct buf *out, const struct module *module,
		     struct node item, int depth)
{
	struct value value = value_of(telling->app, module, item);
	const char *text = value_text(telling->app, value.module, value.node);
	const char *bytes;
	size_t len;

	if (text != NULL) {
		buf_put_json_string(out, text, strlen(text));
	} else if (node_is(value.node, NODE_ARRAY) && depth < DEPTH) {
		buf_putc(out, '[');
		put_items(telling, out, value.module, value.node, depth + 1);
		buf_putc(out, ']');
	} else {
		bytes = node_bytes(&value.module->syntax, value.node, &len);
		put_squeezed(out, bytes, len);
	}
}

/* The items of a list or the arguments of a call. */
static void put_items(struct telling *telling, struct buf *out, const struct module *module,
		      struct node list, int depth)
{
	bool first = true;

	for (struct node item = node_down_named(list); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_COMMENT))
			continue;
		buf_puts(out, first ? "" : ", ");
		first = false;
		put_item(telling, out, module, item, depth);
	}
}

static struct node only_argument(struct node call)
{
	struct node arguments = node_field(call, FIELD_ARGUMENTS);
	struct node first = node_first(arguments);

	return node_same(first, node_last(arguments)) ? first : (struct node){0};
}

static const char *callee_name(struct telling *telling, const struct module *module,
			       struct node call)
{
	struct node callee = node_unwrap(node_field(call, FIELD_FUNCTION));

	if (node_is(callee, NODE_MEMBER_EXPRESSION))
		callee = node_field(callee, FIELD_PROPERTY);
	else if (!node_is(callee, NODE_IDENTIFIER))
		return NULL;
	return node_text(&module->syntax, telling->inventory->arena, callee);
}

/* The call that another one is a method of: `string()` in `string().optional()`. */
static struct node receiver(struct node call)
{
	struct node callee = node_unwrap(node_field(call, FIELD_FUNCTION));
	struct node object = node_unwrap(node_field(callee, FIELD_OBJECT));

	return node_is(object, NODE_CALL_EXPRESSION) ? object : (struct node){0};
}

/* What an object literal or a list is on the way to: they are told member by member. */
struct told {
	const char *path;
	const struct module *module;
	struct node node;
};

/* Appends a call and those that it is a method of; an object as its argument is left for later, in
 * *inner. */
static void put_call(struct telling *telling, struct buf *out, const struct module *module,
		     struct node call, struct told *inner, int depth)
{
	const char *name = callee_name(telling, module, call);
	struct node before = receiver(call);
	struct value value;

	if (!node_is_null(before) && depth < DEPTH) {
		put_call(telling, out, module, before, inner, depth + 1);
		buf_putc(out, '.');
	}
	buf_printf(out, "%s(", name != NULL ? name : "");
	value = value_of(telling->app, module, only_argument(call));
	if (!node_is_null(only_argument(call)) && node_is(value.node, NODE_OBJECT))
		*inner = (struct told){NULL, value.module, value.node};
	else
		put_items(telling, out, module, node_field(call, FIELD_ARGUMENTS), depth);
	buf_putc(out, ')');
}

static const char *key_text(struct telling *telling, const struct module *module, struct node item)
{
	struct arena *arena = telling->inventory->arena;
	struct node key = node_field(item, FIELD_KEY);

	if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		return node_text(&module->syntax, arena, item);
	if (node_is(key, NODE_STRING))
		return node_string(&module->syntax, arena, key);
	return node_is(item, NODE_PAIR) ? node_text(&module->syntax, arena, key) : NULL;
}

/* The text of a value, or NULL where it is code; an object or a list that is to be told member by
 * member becomes *inner. */
static const char *value_shown(struct telling *telling, const struct value *value,
			       struct told *inner)
{
	struct arena *arena = telling->inventory->arena;
	const struct syntax *syntax = &value->module->syntax;
	struct buf out = {0};
	const char *text = NULL;

	switch (node_kind(value->node)) {
	case NODE_STRING:
	case NODE_TEMPLATE_STRING:
	case NODE_BINARY_EXPRESSION:
		return value_text(telling->app, value->module, value->node);
	case NODE_NUMBER:
	case NODE_TRUE:
	case NODE_FALSE:
	case NODE_NULL:
	case NODE_UNARY_EXPRESSION:
		return node_text(syntax, arena, value->node);
	case NODE_OBJECT:
		*inner = (struct told){NULL, value->module, value->node};
		return NULL;
	case NODE_ARRAY:
		buf_putc(&out, '[');
		put_items(telling, &out, value->module, value->node, 0);
		buf_putc(&out, ']');
		break;
	case NODE_CALL_EXPRESSION:
		put_call(telling, &out, value->module, value->node, inner, 0);
		break;
	default:
		return NULL;
	}
	text = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return text;
}

static void tell_object(struct telling *telling, const struct module *module, struct node object,
			const char *path, int depth)
{
	struct arena *arena = telling->inventory->arena;

	for (struct node item = node_down_named(object); !node_is_null(item);
	     item = node_next_named(item)) {
		const char *key = key_text(telling, module, item);
		struct told inner = {0};
		struct value value;
		const char *name;
		const char *text;

		/* The id is the thing's name. */
		if (key == NULL || (*path == '\0' && str_is(key, "id")))
			continue;
		name = *path != '\0' ? arena_printf(arena, "%s.%s", path, key) : key;
		value = value_of(telling->app, module,
				 node_is(item, NODE_PAIR) ? node_field(item, FIELD_VALUE) : item);
		text = value_shown(telling, &value, &inner);
		if (text != NULL)
			thing_add(telling->inventory, telling->thing, name, text);
		if (!node_is_null(inner.node) && depth < DEPTH)
			tell_object(telling, inner.module, inner.node, name, depth + 1);
	}
}

void texts_of_object(struct inventory *inventory, struct thing *thing, const struct app *app,
		     const struct value *object)
{
	struct telling telling = {inventory, thing, app};

	tell_object(&telling, object->module, object->node, "", 0);
}

void texts_of_definition(struct inventory *inventory, struct thing *thing, const struct app *app,
			 const struct module *module)
{
	struct resolved found = app_resolve_export(app, module, "default");
	struct node node = node_unwrap(found.node);
	struct value value;

	if (!found.found || node_is_null(node))
		return;
	if (node_is(node, NODE_CALL_EXPRESSION))
		node = node_first(node_field(node, FIELD_ARGUMENTS));
	if (node_is_null(node))
		return;
	value = value_of(app, found.module, node);
	if (node_is(value.node, NODE_OBJECT))
		texts_of_object(inventory, thing, app, &value);
}
