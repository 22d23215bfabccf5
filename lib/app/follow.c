/* What an exported name is in the end: through local names, re-exports and imports of the app's
 * own modules. A step limit stands against cycles. */
#include "app/internal.h"
#include "base/map.h"
#include "base/str.h"

#define FOLLOW_STEPS 64

/* One question. Modules whose `export *` have been asked, by path, each with the name that was
 * asked for: several ways lead to a module, and it says the same each time. */
struct following {
	const struct app *app;
	struct map asked;
};

static struct resolved follow_export(struct following *f, const struct module *module,
				     const char *name, int steps);

static struct resolved follow_import(struct following *f, const struct module *module, int import,
				     const char *imported, int steps)
{
	const struct edge *edge = module->edges == NULL ? NULL : &module->edges[import];

	if (edge == NULL || edge->kind != TARGET_MODULE || str_equal(imported, "*"))
		return (struct resolved){.module = module, .found = true, .opaque = true};
	return follow_export(f, edge->module, imported, steps);
}

static struct resolved follow_name(struct following *f, const struct module *module,
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
		return follow_import(f, module, binding->import, binding->imported, steps - 1);
	if (node_is_null(binding->value))
		return (struct resolved){.module = module, .node = binding->node, .found = true};
	value = node_unwrap(binding->value);
	if (node_is(value, NODE_IDENTIFIER)) {
		char *next = node_text(&module->syntax, f->app->arena, value);

		if (facts_binding(&module->facts, next) != NULL)
			return follow_name(f, module, next, steps - 1);
	}
	return (struct resolved){.module = module, .node = value, .found = true};
}

/* `export * from`: the first module that has the name; "default" is never passed on. */
static struct resolved follow_stars(struct following *f, const struct module *module,
				    const char *name, int steps)
{
	const struct export *item;
	bool opaque = false;

	if (str_equal(name, "default") || facts_star(&module->facts, 0) == NULL ||
	    str_equal(map_get(&f->asked, module->path), name))
		return (struct resolved){.module = module};
	map_set(&f->asked, module->path, name);
	for (size_t i = 0; (item = facts_star(&module->facts, i)) != NULL; i++) {
		struct resolved hit;

		if (module->edges == NULL || module->edges[item->import].kind != TARGET_MODULE) {
			opaque = true;
			continue;
		}
		hit = follow_export(f, module->edges[item->import].module, name, steps - 1);
		if (hit.found && !hit.opaque)
			return hit;
		opaque = opaque || hit.opaque;
	}
	return (struct resolved){.module = module, .found = opaque, .opaque = opaque};
}

static struct resolved follow_export(struct following *f, const struct module *module,
				     const char *name, int steps)
{
	const struct export *item = facts_export(&module->facts, name);

	if (steps <= 0)
		return (struct resolved){.module = module, .found = true, .opaque = true};
	if (item == NULL)
		return follow_stars(f, module, name, steps);
	if (item->type_only)
		return (struct resolved){.module = module};
	if (item->import >= 0)
		return follow_import(f, module, item->import, item->imported, steps - 1);
	/* A named default export is the declaration itself, not what its name is bound to. */
	if (item->local != NULL && !node_is_function(item->value) &&
	    facts_binding(&module->facts, item->local) != NULL)
		return follow_name(f, module, item->local, steps - 1);
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
	struct following f = {.app = app};
	struct resolved found = follow_export(&f, module, name, FOLLOW_STEPS);

	map_dispose(&f.asked);
	return found;
}

struct resolved app_resolve_name(const struct app *app, const struct module *module,
				 const char *name)
{
	struct following f = {.app = app};
	struct resolved found = follow_name(&f, module, name, FOLLOW_STEPS);

	map_dispose(&f.asked);
	return found;
}
