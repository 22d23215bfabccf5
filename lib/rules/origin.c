/* Which package an expression comes from: through imports, re-exports, namespaces, constants,
 * destructuring and `await import()`. */
#include "rules/values.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define ORIGIN_STEPS 32

/* A package's export, or everything that one of the app's own modules exports. */
struct origin {
	const char *package; /* with `name`: "*" for the package as a whole, "A.b" for a member */
	const char *name;
	const struct module *space; /* a module's namespace; then package is NULL */
};

static bool origin_of(const struct app *app, const struct module *module, struct node node,
		      struct origin *origin, int steps);
static bool export_origin(const struct app *app, const struct module *module, const char *name,
			  struct origin *origin, int steps);

static bool import_origin(const struct app *app, const struct module *module, int import,
			  const char *name, struct origin *origin, int steps)
{
	const struct edge *edge = &module->edges[import];

	if (edge->kind == TARGET_PACKAGE) {
		*origin = (struct origin){.package = module->facts.imports[import].specifier,
					  .name = name};
		return true;
	}
	if (edge->kind != TARGET_MODULE)
		return false;
	if (str_equal(name, "*")) {
		*origin = (struct origin){.space = edge->module};
		return true;
	}
	return export_origin(app, edge->module, name, origin, steps - 1);
}

/* The member `name` of what `origin` holds. */
static bool member_origin(const struct app *app, struct origin *origin, const char *name, int steps)
{
	const struct module *space = origin->space;

	if (space != NULL)
		return export_origin(app, space, name, origin, steps - 1);
	/* The default export of a CommonJS package is the whole package. */
	origin->name = str_equal(origin->name, "*") || str_equal(origin->name, "default")
			       ? name
			       : arena_printf(app->arena, "%s.%s", origin->name, name);
	return true;
}

const char *pattern_key(const struct app *app, const struct module *module, struct node pattern,
			const char *name)
{
	const struct syntax *syntax = &module->syntax;

	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN) &&
		    node_text_is(syntax, item, name))
			return name;
		if (node_is(item, NODE_PAIR_PATTERN) &&
		    node_text_is(syntax, node_field(item, FIELD_VALUE), name)) {
			const char *key =
				node_string(syntax, app->arena, node_field(item, FIELD_KEY));

			return key != NULL
				       ? key
				       : node_text(syntax, app->arena, node_field(item, FIELD_KEY));
		}
	}
	return NULL;
}

/* A variable: what its initial value is, or the part of it that a pattern takes. */
static bool variable_origin(const struct app *app, const struct module *module,
			    struct node declarator, const char *name, struct origin *origin,
			    int steps)
{
	struct node pattern = node_field(declarator, FIELD_NAME),
		    initial = node_field(declarator, FIELD_VALUE);
	const char *key;

	if (!node_is(declarator, NODE_VARIABLE_DECLARATOR) || node_is_null(initial) ||
	    !origin_of(app, module, initial, origin, steps - 1))
		return false;
	if (node_is(pattern, NODE_IDENTIFIER))
		return true;
	key = node_is(pattern, NODE_OBJECT_PATTERN) ? pattern_key(app, module, pattern, name)
						    : NULL;
	return key != NULL && member_origin(app, origin, key, steps - 1);
}

static bool top_level_origin(const struct app *app, const struct module *module, const char *name,
			     struct origin *origin, int steps)
{
	const struct binding *binding = facts_binding(&module->facts, name);

	if (binding == NULL || steps <= 0)
		return false;
	if (binding->import >= 0)
		return import_origin(app, module, binding->import, binding->imported, origin,
				     steps - 1);
	return variable_origin(app, module, binding->node, name, origin, steps - 1);
}

static bool export_origin(const struct app *app, const struct module *module, const char *name,
			  struct origin *origin, int steps)
{
	const struct export *item = facts_export(&module->facts, name);

	if (steps <= 0)
		return false;
	if (item != NULL && item->import >= 0)
		return import_origin(app, module, item->import, item->imported, origin, steps - 1);
	if (item != NULL && item->local != NULL)
		return top_level_origin(app, module, item->local, origin, steps - 1);
	if (item != NULL)
		return !node_is_null(item->value) &&
		       origin_of(app, module, item->value, origin, steps - 1);
	/* `export * from "package"` is taken to have whatever is asked for. */
	if (str_equal(name, "default"))
		return false;
	for (size_t i = 0; (item = facts_star(&module->facts, i)) != NULL && !item->type_only; i++)
		if (import_origin(app, module, item->import, name, origin, steps - 1))
			return true;
	return false;
}

/* `import("x")` and `require("x")`. */
static bool call_origin(const struct app *app, const struct module *module, struct node call,
			struct origin *origin, int steps)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if ((import->kind == IMPORT_DYNAMIC || import->kind == IMPORT_REQUIRE) &&
		    import->place.start == node_start(call) && import->place.end == node_end(call))
			return import_origin(app, module, (int)i, "*", origin, steps - 1);
	}
	return false;
}

static bool origin_of(const struct app *app, const struct module *module, struct node node,
		      struct origin *origin, int steps)
{
	if (steps <= 0)
		return false;
	node = node_unwrap(node);
	while (node_is(node, NODE_AWAIT_EXPRESSION))
		node = node_unwrap(node_first(node));
	if (node_is(node, NODE_IDENTIFIER)) {
		const char *name = node_text(&module->syntax, app->arena, node);
		struct declared declared;

		if (!facts_local(&module->facts, name, node_start(node), &declared))
			return top_level_origin(app, module, name, origin, steps - 1);
		return declared.as == DECLARED_VARIABLE &&
		       variable_origin(app, module, declared.node, name, origin, steps - 1);
	}
	if (node_is(node, NODE_CALL_EXPRESSION))
		return call_origin(app, module, node, origin, steps - 1);
	if (node_is(node, NODE_MEMBER_EXPRESSION) || node_is(node, NODE_SUBSCRIPT_EXPRESSION)) {
		const char *name = node_is(node, NODE_MEMBER_EXPRESSION)
					   ? node_text(&module->syntax, app->arena,
						       node_field(node, FIELD_PROPERTY))
					   : node_string(&module->syntax, app->arena,
							 node_field(node, FIELD_INDEX));

		return name != NULL &&
		       origin_of(app, module, node_field(node, FIELD_OBJECT), origin, steps - 1) &&
		       member_origin(app, origin, name, steps - 1);
	}
	return false;
}

bool package_path(const struct app *app, const struct module *module, struct node expression,
		  const char **package, const char **path)
{
	struct origin origin;

	if (!origin_of(app, module, expression, &origin, ORIGIN_STEPS) || origin.package == NULL)
		return false;
	*package = origin.package;
	*path = origin.name;
	return true;
}

bool package_member(const struct app *app, const struct module *module, struct node callee,
		    const char **package, const char **name)
{
	return package_path(app, module, callee, package, name) && strchr(*name, '.') == NULL;
}
