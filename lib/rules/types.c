/* Reading declared types. Aliases and interfaces are found in the module itself or where an import
 * leads inside the app. */
#include "rules/types.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

/* Aliases and modules on the way to a type: more than any app has; they may go in a circle. */
#define TYPE_STEPS 200

/* `written` is the module and the node of the word that is looked up; `module` is where it is
 * looked for, which is another one behind imports. */
static struct type resolve_name(const struct app *app, const struct module *module,
				struct type written, const char *name, int steps);
static struct type exported_type(const struct app *app, const struct module *module,
				 struct type written, const char *name, int steps);

static struct type open_type(const struct module *module, struct node node)
{
	return (struct type){.module = module, .node = node, .package = ""};
}

/* What an import of `imported` leads to. */
static struct type imported_type(const struct app *app, const struct module *module,
				 struct type written, int import, const char *imported, int steps)
{
	const struct edge *edge = &module->edges[import];
	struct type type = written;

	if (edge->kind == TARGET_MODULE)
		return exported_type(app, edge->module, written, imported, steps - 1);
	type.package = module->facts.imports[import].specifier;
	type.imported = imported;
	return type;
}

/* `Space.Name` */
static struct type nested_type(const struct app *app, const struct module *module, struct node node,
			       int steps)
{
	const char *space = node_text(&module->syntax, app->arena, node_field(node, FIELD_MODULE));
	const char *name = node_text(&module->syntax, app->arena, node_field(node, FIELD_NAME));
	const struct binding *binding = facts_binding_type(&module->facts, space);

	if (strcmp(space, "globalThis") == 0)
		return (struct type){.module = module, .node = node, .name = name};
	if (binding == NULL || binding->import < 0)
		return open_type(module, node);
	if (str_equal(binding->imported, "*"))
		return imported_type(app, module, (struct type){.module = module, .node = node},
				     binding->import, name, steps - 1);
	return open_type(module, node);
}

static struct type resolve(const struct app *app, const struct module *module, struct node node,
			   int steps)
{
	while (node_is(node, NODE_TYPE_ANNOTATION) || node_is(node, NODE_PARENTHESIZED_TYPE) ||
	       node_is(node, NODE_READONLY_TYPE))
		node = node_first(node);
	if (node_is_null(node))
		return (struct type){0};
	if (node_is(node, NODE_TYPE_IDENTIFIER))
		return resolve_name(app, module, (struct type){.module = module, .node = node},
				    node_text(&module->syntax, app->arena, node), steps);
	if (node_is(node, NODE_NESTED_TYPE_IDENTIFIER))
		return nested_type(app, module, node, steps);
	return (struct type){.module = module, .node = node};
}

/* The nearest module behind the `export *` of this one that exports the name itself; NULL for none.
 * Each is looked at once, however many ways lead there. */
static const struct module *behind_stars(const struct app *app, const struct module *module,
					 const char *name)
{
	const struct module **items = NULL, **slot, *found = NULL;
	struct map seen = {0};
	size_t count = 0;

	slot = arena_push(app->arena, &items, &count, sizeof(*slot));
	*slot = module;
	map_set(&seen, module->path, module);
	for (size_t next = 0; next < count && found == NULL; next++) {
		const struct module *at = items[next];

		for (size_t i = 0; i < at->facts.export_count && found == NULL; i++) {
			const struct export *item = &at->facts.exports[i];
			const struct module *target;

			if (!str_equal(item->name, "*") || item->import < 0)
				continue;
			target = at->edges[item->import].module;
			if (target == NULL || map_get(&seen, target->path) != NULL)
				continue;
			map_set(&seen, target->path, target);
			if (facts_export_type(&target->facts, name) != NULL)
				found = target;
			slot = arena_push(app->arena, &items, &count, sizeof(*slot));
			*slot = target;
		}
	}
	map_dispose(&seen);
	return found;
}

static struct type exported_type(const struct app *app, const struct module *module,
				 struct type written, const char *name, int steps)
{
	const struct export *item = facts_export_type(&module->facts, name);

	if (steps <= 0 || str_equal(name, "*"))
		return open_type(written.module, written.node);
	if (item == NULL) {
		module = behind_stars(app, module, name);
		item = module != NULL ? facts_export_type(&module->facts, name) : NULL;
	}
	if (item == NULL)
		return open_type(written.module, written.node);
	if (item->import >= 0)
		return imported_type(app, module, written, item->import, item->imported, steps - 1);
	if (item->local == NULL)
		return open_type(written.module, written.node);
	return resolve_name(app, module, written, item->local, steps - 1);
}

/* Whether `name` is a type parameter around `node`. */
static bool is_type_parameter(const struct module *module, struct node node, const char *name)
{
	for (struct node at = node_parent(node); !node_is_null(at); at = node_parent(at)) {
		struct node list = node_field(at, FIELD_TYPE_PARAMETERS);

		for (struct node child = node_down_named(list); !node_is_null(child);
		     child = node_next_named(child)) {
			if (node_text_is(&module->syntax, node_field(child, FIELD_NAME), name))
				return true;
		}
	}
	return false;
}

static struct type resolve_name(const struct app *app, const struct module *module,
				struct type written, const char *name, int steps)
{
	const struct binding *binding = facts_binding_type(&module->facts, name);

	if (steps <= 0)
		return open_type(written.module, written.node);
	if (binding == NULL) {
		/* Behind an import it names an export, which is bound unless the code is broken. */
		if (module != written.module || is_type_parameter(module, written.node, name))
			return open_type(written.module, written.node);
		return (struct type){.module = module, .node = written.node, .name = name};
	}
	if (binding->import >= 0)
		return imported_type(app, module, written, binding->import, binding->imported,
				     steps - 1);
	if (node_is(binding->node, NODE_TYPE_ALIAS_DECLARATION)) {
		/* A generic alias needs its arguments: leave that to the type checker. Its
		 * declaration still tells what it holds whatever they are. */
		if (!node_is_null(node_field(binding->node, FIELD_TYPE_PARAMETERS)))
			return open_type(module, binding->node);
		return resolve(app, module, node_field(binding->node, FIELD_VALUE), steps - 1);
	}
	return (struct type){.module = module, .node = binding->node};
}

struct type type_of(const struct app *app, const struct module *module, struct node annotation)
{
	return resolve(app, module, annotation, TYPE_STEPS);
}

/* The type that what stands around a function gives it: of its variable, of `satisfies` and `as`.
 */
static struct type function_context(const struct app *app, const struct module *module,
				    struct node function)
{
	struct node holder = node_parent(function), inner = function;

	while (node_is(holder, NODE_PARENTHESIZED_EXPRESSION)) {
		inner = holder;
		holder = node_parent(holder);
	}
	if (node_is(holder, NODE_VARIABLE_DECLARATOR) &&
	    node_same(node_field(holder, FIELD_VALUE), inner))
		return type_of(app, module, node_field(holder, FIELD_TYPE));
	if (node_is(holder, NODE_SATISFIES_EXPRESSION) || node_is(holder, NODE_AS_EXPRESSION))
		return type_of(app, module, node_last(holder));
	return (struct type){0};
}

/* The function type itself, or the call signature of an interface or object type; null when
 * neither. */
static struct node signature_of(const struct type *type)
{
	struct node body = type->node;

	if (node_is(body, NODE_FUNCTION_TYPE))
		return body;
	if (node_is(body, NODE_INTERFACE_DECLARATION))
		body = node_field(body, FIELD_BODY);
	for (struct node at = node_down_named(body); !node_is_null(at); at = node_next_named(at)) {
		if (node_is(at, NODE_CALL_SIGNATURE))
			return at;
	}
	return (struct node){0};
}

struct type return_type(const struct app *app, const struct module *module, struct node function)
{
	struct node declared = node_field(function, FIELD_RETURN_TYPE), signature;
	struct type type;

	if (!node_is_null(declared))
		return type_of(app, module, declared);
	type = function_context(app, module, function);
	if (node_is_null(type.node))
		return (struct type){0};
	signature = signature_of(&type);
	if (!node_is_null(signature) && node_is_null(node_field(signature, FIELD_TYPE_PARAMETERS)))
		return type_of(app, type.module, node_field(signature, FIELD_RETURN_TYPE));
	/* Typed by a name that we cannot look into. */
	return open_type(type.module, type.node);
}

struct node context_parameter(const struct app *app, const struct module *module,
			      struct node function, size_t n, const struct module **where)
{
	struct type type = function_context(app, module, function);
	struct node parameters = {0};

	if (!node_is_null(type.node))
		parameters = node_field(signature_of(&type), FIELD_PARAMETERS);
	*where = type.module;
	for (struct node node = node_down_named(parameters); !node_is_null(node);
	     node = node_next_named(node)) {
		if (node_is_null(node_field(node, FIELD_PATTERN)) || n-- > 0)
			continue;
		if (node_is(node_field(node, FIELD_PATTERN), NODE_REST_PATTERN))
			return (struct node){0};
		return node_field(node, FIELD_TYPE);
	}
	return (struct node){0};
}

/* The type of a property of an object type or interface; null node when it is not declared there.
 */
static struct type property_type(const struct app *app, const struct type *type, struct node name,
				 const struct module *name_module)
{
	struct node body = type->node;

	if (node_is(body, NODE_INTERFACE_DECLARATION))
		body = node_field(body, FIELD_BODY);
	for (struct node item = node_down_named(body); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_PROPERTY_SIGNATURE) &&
		    node_text_is(&type->module->syntax, node_field(item, FIELD_NAME),
				 node_text(&name_module->syntax, app->arena, name)))
			return type_of(app, type->module, node_field(item, FIELD_TYPE));
	}
	return (struct type){0};
}

static struct type typed_expression(const struct app *app, const struct module *module,
				    struct node node, int steps)
{
	if (steps <= 0)
		return (struct type){0};
	while (node_is(node, NODE_PARENTHESIZED_EXPRESSION) ||
	       node_is(node, NODE_NON_NULL_EXPRESSION))
		node = node_first(node);
	if (node_is(node, NODE_AS_EXPRESSION))
		return type_of(app, module, node_last(node));
	if (node_is(node, NODE_MEMBER_EXPRESSION)) {
		struct type object =
			typed_expression(app, module, node_field(node, FIELD_OBJECT), steps - 1);

		if (node_is_null(object.node))
			return object;
		return property_type(app, &object, node_field(node, FIELD_PROPERTY), module);
	}
	if (node_is(node, NODE_IDENTIFIER) || node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER)) {
		const char *name = node_text(&module->syntax, app->arena, node);
		const struct binding *binding = facts_binding(&module->facts, name);
		struct node holder = {0}, type, pattern;
		struct declared declared;

		if (facts_local(&module->facts, name, node_start(node), &declared))
			holder = declared.node;
		else if (binding != NULL)
			holder = binding->node;
		pattern = node_field(holder, node_is(holder, NODE_VARIABLE_DECLARATOR)
						     ? FIELD_NAME
						     : FIELD_PATTERN);
		if (!node_is(pattern, NODE_IDENTIFIER))
			return (struct type){0};
		type = node_field(holder, FIELD_TYPE);
		if (!node_is_null(type))
			return type_of(app, module, type);
		return typed_expression(app, module, node_field(holder, FIELD_VALUE), steps - 1);
	}
	return (struct type){0};
}

struct type expression_type(const struct app *app, const struct module *module,
			    struct node expression)
{
	return typed_expression(app, module, expression, TYPE_STEPS);
}

static struct node arguments_of(const struct type *type)
{
	return node_is(type->node, NODE_GENERIC_TYPE) ? node_field(type->node, FIELD_TYPE_ARGUMENTS)
						      : (struct node){0};
}

struct type type_argument(const struct app *app, const struct type *type)
{
	struct node arguments = arguments_of(type);

	if (node_is_null(arguments))
		return (struct type){0};
	return type_of(app, type->module, node_first(arguments));
}

bool type_is_promise(const struct type *type)
{
	struct node name;

	if (node_is_null(type->node) || !node_is(type->node, NODE_GENERIC_TYPE))
		return false;
	name = node_field(type->node, FIELD_NAME);
	return node_text_is(&type->module->syntax, name, "Promise") ||
	       node_text_is(&type->module->syntax, name, "PromiseLike");
}

bool type_is_word(const struct type *type, const char *word)
{
	return !node_is_null(type->node) && node_text_is(&type->module->syntax, type->node, word);
}

/* `A & B` in a file whose ampersands were respelt (source/respell.c). */
static bool is_intersection(const struct module *module, struct node node)
{
	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		if (node_text_is(&module->syntax, at, "&"))
			return true;
	return false;
}

bool type_is_open(const struct type *type)
{
	if (node_is_null(type->node) || type->package != NULL)
		return true;
	if (type_is_word(type, "any") || type_is_word(type, "unknown") ||
	    type_is_word(type, "never"))
		return true;
	/* Types that only the checker can work out. */
	if (node_is(type->node, NODE_UNION_TYPE) && is_intersection(type->module, type->node))
		return true;
	return node_is(type->node, NODE_TYPE_QUERY) || node_is(type->node, NODE_CONDITIONAL_TYPE) ||
	       node_is(type->node, NODE_LOOKUP_TYPE) ||
	       node_is(type->node, NODE_INDEX_TYPE_QUERY) ||
	       node_is(type->node, NODE_INTERSECTION_TYPE) ||
	       (node_is(type->node, NODE_NESTED_TYPE_IDENTIFIER) && type->name == NULL) ||
	       (node_is(type->node, NODE_GENERIC_TYPE) && !type_is_promise(type));
}

bool type_next_member(const struct app *app, const struct type *type, struct node *at,
		      struct type *member)
{
	bool first = node_is_null(*at);

	if (!node_is(type->node, NODE_UNION_TYPE)) {
		*at = type->node;
		*member = *type;
		return first && !node_is_null(*at);
	}
	*at = first ? node_link(type->node) : node_next_link(type->node, *at);
	/* A member that is a union of its own (through an alias) stays one. */
	if (!node_is_null(*at))
		*member = type_of(app, type->module, *at);
	return !node_is_null(*at);
}

bool type_is_object(const struct type *type)
{
	return node_is(type->node, NODE_OBJECT_TYPE) ||
	       node_is(type->node, NODE_INTERFACE_DECLARATION);
}

bool type_is_derived(const struct type *type)
{
	for (struct node child = node_down_named(type->node); !node_is_null(child);
	     child = node_next_named(child)) {
		if (node_is(child, NODE_EXTENDS_TYPE_CLAUSE) || node_is(child, NODE_CLASS_HERITAGE))
			return true;
	}
	return false;
}

bool type_has_property(const struct app *app, const struct type *type, const char *property)
{
	struct node body = type->node;

	(void)app;
	if (type_is_derived(type))
		return true;
	if (node_is(body, NODE_INTERFACE_DECLARATION))
		body = node_field(body, FIELD_BODY);
	for (struct node item = node_down_named(body); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node name = node_field(item, FIELD_NAME);

		if (node_is(item, NODE_INDEX_SIGNATURE))
			return true;
		if (node_is_null(name))
			continue;
		if (node_text_is(&type->module->syntax, name, property))
			return true;
		if (node_is(name, NODE_STRING)) {
			size_t len;
			const char *bytes = node_bytes(&type->module->syntax, name, &len);

			if (len == strlen(property) + 2 &&
			    memcmp(bytes + 1, property, len - 2) == 0)
				return true;
		}
	}
	return false;
}
