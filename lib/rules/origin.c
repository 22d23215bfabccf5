/* Which package an expression comes from: through imports, re-exports, namespaces, constants,
 * destructuring and `await import()`. */
#include "rules/values.h"

#include <string.h>

#include "app/following.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

/* Expressions that lead to each other: names of names, members of members. */
#define ORIGIN_STEPS 16

/* A package's export, or everything that one of the app's own modules exports. */
struct origin {
	const char *package; /* with `name`: "*" for the package as a whole, "A.b" for a member */
	const char *name;
	const struct module *space; /* a module's namespace; then package is NULL */
};

/* One question. What an export of a module is, is found out once: members of members ask for it
 * again and again. */
struct tracing {
	const struct app *app;
	struct map known; /* by module and name: struct traced */
};

struct traced {
	struct origin origin;
	bool found; /* false, too, as long as it is being found out */
};

static bool origin_of(struct tracing *t, const struct module *module, struct node node,
		      struct origin *origin, int steps);
static bool export_origin(struct tracing *t, const struct module *module, const char *name,
			  struct origin *origin, int steps);

static bool import_origin(struct tracing *t, const struct module *module, int import,
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
	return export_origin(t, edge->module, name, origin, steps);
}

/* The member `name` of what `origin` holds. */
static bool member_origin(struct tracing *t, struct origin *origin, const char *name, int steps)
{
	const struct module *space = origin->space;

	if (space != NULL)
		return export_origin(t, space, name, origin, steps);
	/* The default export of a CommonJS package is the whole package. */
	origin->name = str_equal(origin->name, "*") || str_equal(origin->name, "default")
			       ? name
			       : arena_printf(t->app->arena, "%s.%s", origin->name, name);
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
static bool variable_origin(struct tracing *t, const struct module *module, struct node declarator,
			    const char *name, struct origin *origin, int steps)
{
	struct node pattern = node_field(declarator, FIELD_NAME),
		    initial = node_field(declarator, FIELD_VALUE);
	const char *key;

	if (!node_is(declarator, NODE_VARIABLE_DECLARATOR) || node_is_null(initial) ||
	    !origin_of(t, module, initial, origin, steps))
		return false;
	if (node_is(pattern, NODE_IDENTIFIER))
		return true;
	key = node_is(pattern, NODE_OBJECT_PATTERN) ? pattern_key(t->app, module, pattern, name)
						    : NULL;
	return key != NULL && member_origin(t, origin, key, steps);
}

static bool top_level_origin(struct tracing *t, const struct module *module, const char *name,
			     struct origin *origin, int steps)
{
	const struct binding *binding = facts_binding(&module->facts, name);

	if (binding == NULL)
		return false;
	if (binding->import >= 0)
		return import_origin(t, module, binding->import, binding->imported, origin, steps);
	return variable_origin(t, module, binding->node, name, origin, steps);
}

/* What a module names itself it is; `export * from "package"` is taken to have whatever is asked
 * for. */
static bool find_export(struct tracing *t, const struct module *module, const char *name,
			struct origin *origin, int steps)
{
	struct following f;
	struct followed at;
	bool found = false;

	following_begin(&f, t->app);
	following_export(&f, module, name);
	while (!found && following_next(&f, &at)) {
		if (at.item == NULL) {
			found = import_origin(t, at.module, at.import, at.imported, origin, steps);
			continue;
		}
		if (at.item->local != NULL)
			found = top_level_origin(t, at.module, at.item->local, origin, steps);
		else if (!node_is_null(at.item->value))
			found = origin_of(t, at.module, at.item->value, origin, steps);
		break;
	}
	following_end(&f);
	return found;
}

static bool export_origin(struct tracing *t, const struct module *module, const char *name,
			  struct origin *origin, int steps)
{
	const char *key = arena_printf(t->app->arena, "%s\n%s", module->path, name);
	struct traced *traced = map_get(&t->known, key);

	if (traced == NULL) {
		traced = arena_alloc(t->app->arena, sizeof(*traced));
		*traced = (struct traced){0};
		map_set(&t->known, key, traced);
		traced->found = find_export(t, module, name, &traced->origin, steps);
	}
	*origin = traced->origin;
	return traced->found;
}

/* `import("x")` and `require("x")`. */
static bool call_origin(struct tracing *t, const struct module *module, struct node call,
			struct origin *origin, int steps)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if ((import->kind == IMPORT_DYNAMIC || import->kind == IMPORT_REQUIRE) &&
		    import->place.start == node_start(call) && import->place.end == node_end(call))
			return import_origin(t, module, (int)i, "*", origin, steps);
	}
	return false;
}

static bool origin_of(struct tracing *t, const struct module *module, struct node node,
		      struct origin *origin, int steps)
{
	if (steps-- <= 0)
		return false;
	node = node_unwrap(node);
	while (node_is(node, NODE_AWAIT_EXPRESSION))
		node = node_unwrap(node_first(node));
	if (node_is(node, NODE_IDENTIFIER)) {
		const char *name = node_text(&module->syntax, t->app->arena, node);
		struct declared declared;

		if (!facts_local(&module->facts, name, node_start(node), &declared))
			return top_level_origin(t, module, name, origin, steps);
		return declared.as == DECLARED_VARIABLE &&
		       variable_origin(t, module, declared.node, name, origin, steps);
	}
	if (node_is(node, NODE_CALL_EXPRESSION))
		return call_origin(t, module, node, origin, steps);
	if (node_is(node, NODE_MEMBER_EXPRESSION) || node_is(node, NODE_SUBSCRIPT_EXPRESSION)) {
		const char *name = node_is(node, NODE_MEMBER_EXPRESSION)
					   ? node_text(&module->syntax, t->app->arena,
						       node_field(node, FIELD_PROPERTY))
					   : node_string(&module->syntax, t->app->arena,
							 node_field(node, FIELD_INDEX));

		return name != NULL &&
		       origin_of(t, module, node_field(node, FIELD_OBJECT), origin, steps) &&
		       member_origin(t, origin, name, steps);
	}
	return false;
}

bool package_path(const struct app *app, const struct module *module, struct node expression,
		  const char **package, const char **path)
{
	struct tracing t = {.app = app};
	struct origin origin;
	bool found = origin_of(&t, module, expression, &origin, ORIGIN_STEPS);

	map_dispose(&t.known);
	if (!found || origin.package == NULL)
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
