/* What an exported name is in the end: through local names, re-exports and imports of the app's
 * own modules. A step limit stands against cycles. */
#include "app/internal.h"
#include "base/str.h"

#define FOLLOW_STEPS 64

static struct resolved follow_export(const struct app *app, const struct module *module,
				     const char *name, int steps);

static struct resolved follow_import(const struct app *app, const struct module *module, int import,
				     const char *imported, int steps)
{
	const struct edge *edge = module->edges == NULL ? NULL : &module->edges[import];

	if (edge == NULL || edge->kind != TARGET_MODULE || str_equal(imported, "*"))
		return (struct resolved){.module = module, .found = true, .opaque = true};
	return follow_export(app, edge->module, imported, steps);
}

static struct resolved follow_name(const struct app *app, const struct module *module,
				   const char *name, int steps)
{
	const struct binding *binding = facts_binding(&module->facts, name);
	struct node value;

	if (binding == NULL || steps <= 0)
		return (struct resolved){
			.module = module, .found = binding != NULL, .opaque = true};
	if (binding->type_only)
		return (struct resolved){.module = module}; /* vanishes from the bundle */
	if (binding->import >= 0)
		return follow_import(app, module, binding->import, binding->imported, steps - 1);
	if (node_is_null(binding->value))
		return (struct resolved){.module = module, .node = binding->node, .found = true};
	value = node_unwrap(binding->value);
	if (node_is(value, NODE_IDENTIFIER)) {
		char *next = node_text(&module->syntax, app->arena, value);

		if (facts_binding(&module->facts, next) != NULL)
			return follow_name(app, module, next, steps - 1);
	}
	return (struct resolved){.module = module, .node = value, .found = true};
}

/* `export * from`: the first module that has the name; "default" is never passed on. */
static struct resolved follow_stars(const struct app *app, const struct module *module,
				    const char *name, int steps)
{
	const struct export *item;
	bool opaque = false;

	for (size_t i = 0;
	     !str_equal(name, "default") && (item = facts_star(&module->facts, i)) != NULL; i++) {
		struct resolved hit;

		if (module->edges == NULL || module->edges[item->import].kind != TARGET_MODULE) {
			opaque = true;
			continue;
		}
		hit = follow_export(app, module->edges[item->import].module, name, steps - 1);
		if (hit.found && !hit.opaque)
			return hit;
		opaque = opaque || hit.opaque;
	}
	return (struct resolved){.module = module, .found = opaque, .opaque = opaque};
}

static struct resolved follow_export(const struct app *app, const struct module *module,
				     const char *name, int steps)
{
	const struct export *item = facts_export(&module->facts, name);

	if (steps <= 0)
		return (struct resolved){.module = module, .found = true, .opaque = true};
	if (item == NULL)
		return follow_stars(app, module, name, steps);
	if (item->type_only)
		return (struct resolved){.module = module};
	if (item->import >= 0)
		return follow_import(app, module, item->import, item->imported, steps - 1);
	/* A named default export is the declaration itself, not what its name is bound to. */
	if (item->local != NULL && !node_is_function(item->value) &&
	    facts_binding(&module->facts, item->local) != NULL)
		return follow_name(app, module, item->local, steps - 1);
	return (struct resolved){
		.module = module,
		.node = node_unwrap(item->value),
		.found = true,
		.opaque = node_is_null(item->value),
	};
}

struct resolved app_resolve_export(const struct app *app, const struct module *module,
				   const char *name)
{
	return follow_export(app, module, name, FOLLOW_STEPS);
}

struct resolved app_resolve_name(const struct app *app, const struct module *module,
				 const char *name)
{
	return follow_name(app, module, name, FOLLOW_STEPS);
}
