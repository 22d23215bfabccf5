/* What an exported name is in the end: through re-exports and imports (following.h), and through
 * local names. */
#include "app/following.h"
#include "app/internal.h"
#include "base/str.h"

/* Names for names in one module; a limit stands against circles. */
#define NAMES_MOST 64

/* What a top-level name of the module is. One that is imported is asked for: then nothing is found
 * here. */
static struct resolved follow_name(struct following *f, const struct module *module,
				   const char *name)
{
	for (int names = 0; names < NAMES_MOST; names++) {
		const struct binding *binding = facts_binding(&module->facts, name);
		struct node value;
		const char *next = NULL;

		if (binding == NULL)
			return (struct resolved){.module = module, .opaque = true};
		if (binding->type_only)
			return (struct resolved){.module = module}; /* vanishes from the bundle */
		if (binding->import >= 0) {
			following_import(f, module, binding->import, binding->imported);
			return (struct resolved){.module = module};
		}
		if (node_is_null(binding->value))
			return (struct resolved){
				.module = module, .node = binding->node, .found = true};
		value = node_unwrap(binding->value);
		if (node_is(value, NODE_IDENTIFIER))
			next = node_text(&module->syntax, f->app->arena, value);
		if (next == NULL || facts_binding(&module->facts, next) == NULL)
			return (struct resolved){.module = module, .node = value, .found = true};
		name = next;
	}
	return (struct resolved){.module = module, .found = true, .opaque = true};
}

static struct resolved follow_item(struct following *f, const struct followed *at)
{
	const struct export *item = at->item;

	if (item == NULL)
		return (struct resolved){.module = at->module, .found = true, .opaque = true};
	/* A named default export is the declaration itself, not what its name is bound to. */
	if (item->local != NULL && !node_is_function(item->value) &&
	    facts_binding(&at->module->facts, item->local) != NULL)
		return follow_name(f, at->module, item->local);
	return (struct resolved){
		.module = at->module,
		.node = node_unwrap(item->value),
		.found = true,
		.opaque = node_is_null(item->value),
	};
}

/* The first that is known, else the last that is not. */
static struct resolved finish(struct following *f, struct resolved last)
{
	struct followed at;

	while (!(last.found && !last.opaque) && following_next(f, &at)) {
		struct resolved hit = follow_item(f, &at);

		if (hit.found || !last.found)
			last = hit;
	}
	if (f->lost && !last.found)
		last.found = last.opaque = true;
	following_end(f);
	return last;
}

struct resolved app_resolve_export(const struct app *app, const struct module *module,
				   const char *name)
{
	struct following f;

	following_begin(&f, app);
	following_export(&f, module, name);
	return finish(&f, (struct resolved){.module = module});
}

struct resolved app_resolve_name(const struct app *app, const struct module *module,
				 const char *name)
{
	struct following f;

	following_begin(&f, app);
	return finish(&f, follow_name(&f, module, name));
}
