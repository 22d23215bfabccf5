/* Only what is plain: a function has no effect until it is called. `import "./x"`, import(),
 * require(), `* as` and `export *` can reach every export. */
#include "rules/unused.h"

#include "base/str.h"

static const bool yes = true, no = false;

static void take_names(struct unused *unused, const struct import *import)
{
	bool any = import->name_count == 0 ||
		   (import->kind != IMPORT_STATIC && import->kind != IMPORT_EXPORT);

	for (size_t i = 0; i < import->name_count; i++) {
		any |= str_is(import->names[i].imported, "*");
		map_set(&unused->taken, import->names[i].imported, &yes);
	}
	unused->all |= any;
}

/* A module that nobody imports is an entry point. */
static void look_at_importers(struct unused *unused, const struct app *app,
			      const struct module *module)
{
	bool imported = false;

	unused->looked = true;
	for (size_t i = 0; i < app->module_count && !unused->all; i++) {
		const struct module *other = app->modules[i];

		for (size_t k = 0; k < other->facts.import_count; k++) {
			if (other->edges[k].module != module || other->edges[k].type_only)
				continue;
			imported = true;
			take_names(unused, &other->facts.imports[k]);
		}
	}
	unused->all |= !imported;
}

static bool holds(struct node outer, struct node inner)
{
	return !node_is_null(outer) && node_start(outer) <= node_start(inner) &&
	       node_end(inner) <= node_end(outer);
}

/* The exported function that the node is in; NULL: in none. */
static const struct export *function_around(const struct module *module, struct node node)
{
	for (size_t i = 0; i < module->facts.export_count; i++) {
		const struct export *item = &module->facts.exports[i];

		if (item->local != NULL && item->import < 0 && holds(item->value, node))
			return node_is_function(node_unwrap(item->value)) ? item : NULL;
	}
	return NULL;
}

struct search {
	const struct module *module;
	const struct export *item;
	bool found;
};

static bool see(struct node node, void *payload)
{
	struct search *search = payload;
	const struct binding *binding;

	/* Its own name in itself is no use of it. */
	if (search->found || (node_is_function(node) && holds(search->item->value, node)))
		return false;
	if (!node_is(node, NODE_IDENTIFIER) && !node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		return true;
	if (!node_text_is(&search->module->syntax, node, search->item->local))
		return false;
	binding = facts_binding(&search->module->facts, search->item->local);
	search->found = binding == NULL || !node_same(node_field(binding->node, FIELD_NAME), node);
	return false;
}

static bool is_used_here(const struct module *module, const struct export *item)
{
	struct search search = {.module = module, .item = item};

	node_walk(syntax_root(&module->syntax), see, &search);
	return search.found;
}

bool is_left_out(struct unused *unused, const struct app *app, const struct module *module,
		 struct node node)
{
	const struct export *item;
	const bool *known;
	bool left;

	if (!unused->looked)
		look_at_importers(unused, app, module);
	item = unused->all ? NULL : function_around(module, node);
	if (item == NULL || map_get(&unused->taken, item->name) != NULL)
		return false;
	known = map_get(&unused->left, item->name);
	if (known != NULL)
		return *known;
	left = !is_used_here(module, item);
	map_set(&unused->left, item->name, left ? &yes : &no);
	return left;
}

void unused_dispose(struct unused *unused)
{
	map_dispose(&unused->taken);
	map_dispose(&unused->left);
}
