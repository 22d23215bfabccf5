/* Which modules count as client code for the rules, and small questions about nodes that several of
 * them ask. */
#include "rules/client.h"

#include <string.h>

#include "app/server_only.h"
#include "base/arena.h"
#include "rules/handler.h"

struct reach {
	const struct module **items;
	size_t count;
	struct map seen;
};

static void reach(struct reach *found, struct arena *arena, const struct module *module)
{
	const struct module **slot;

	if (map_get(&found->seen, module->path) != NULL)
		return;
	map_set(&found->seen, module->path, module);
	slot = arena_push(arena, &found->items, &found->count, sizeof(*slot));
	*slot = module;
}

struct map client_reach(const struct app *app)
{
	struct reach found = {0};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if ((module->runtimes & RUNTIME_CLIENT) != 0 && module->parent[0] == NULL)
			reach(&found, app->arena, module);
	}
	for (size_t next = 0; next < found.count; next++) {
		const struct module *module = found.items[next];

		for (size_t i = 0; i < module->facts.import_count; i++) {
			const struct module *target = module->edges[i].module;

			/* A misspelt server function is ATT1012, and no client code. */
			if (target != NULL && !module->edges[i].type_only &&
			    target->role == ROLE_PLAIN && misspelt_suffix(app, target) == NULL &&
			    !server_only_import(module, i))
				reach(&found, app->arena, target);
		}
	}
	return found.seen;
}

void each_client_module(const struct app *app, struct diags *diags, module_check check,
			void *payload)
{
	struct map modules = client_reach(app);

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		size_t before = diags->count;

		if (map_get(&modules, module->path) == NULL || syntax_is_broken(&module->syntax))
			continue;
		check(module, payload);
		for (size_t n = before; n < diags->count; n++)
			app_chain_notes(app, diags, &diags->items[n], module, RUNTIME_CLIENT);
	}
	map_dispose(&modules);
}

struct node node_outermost(struct node node)
{
	struct node parent = node_parent(node);

	while (node_is(parent, NODE_PARENTHESIZED_EXPRESSION) ||
	       node_is(parent, NODE_AS_EXPRESSION) || node_is(parent, NODE_SATISFIES_EXPRESSION) ||
	       node_is(parent, NODE_NON_NULL_EXPRESSION) || node_is(parent, NODE_TYPE_ASSERTION)) {
		node = parent;
		parent = node_parent(node);
	}
	return node;
}

struct node import_node(const struct module *module, const struct import *import)
{
	return syntax_node_at(&module->syntax, import->place.start, import->place.end);
}

/* `declare const fetch: ...` puts nothing into the bundle. */
static bool is_ambient(const struct binding *binding)
{
	struct node node = binding->node;

	for (int i = 0; i < 4 && !node_is_null(node); i++, node = node_parent(node)) {
		if (node_is(node, NODE_AMBIENT_DECLARATION))
			return true;
	}
	return false;
}

bool is_runtime_global(const struct module *module, const char *name, size_t offset)
{
	const struct binding *binding = facts_binding(&module->facts, name);
	struct declared declared;

	return (binding == NULL || (binding->type_only && is_ambient(binding))) &&
	       !facts_local(&module->facts, name, offset, &declared);
}
