/* Who uses what moves: where a use could not be written in the new layout, nothing is migrated. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "migrate/internal.h"
#include "sys/path.h"

struct uses {
	struct work *work;
	const struct module *module;
	const struct surface *surface;
	const char *name;
	size_t count;
};

static bool in_exporting(const struct uses *uses, struct node node)
{
	const struct facts *facts = &uses->module->facts;

	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *export = &facts->exports[i];

		if (export->local != NULL && strcmp(export->local, uses->name) == 0 &&
		    node_start(node) >= export->place.start &&
		    node_end(node) <= export->place.end &&
		    node_start(node) != node_start(uses->surface->object) &&
		    (node_start(node) < node_start(uses->surface->object) ||
		     node_end(node) > node_end(uses->surface->object)))
			return true;
	}
	return false;
}

/* A use of the name, but where it is declared, exported, or an element of a list of app.ts. */
static bool count_use(struct node node, void *payload)
{
	struct uses *uses = payload;
	struct declared declared;

	if (node_is(node, NODE_IMPORT_STATEMENT))
		return false;
	if (!node_is(node, NODE_IDENTIFIER) && !node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER) &&
	    !node_is(node, NODE_TYPE_IDENTIFIER))
		return true;
	if (!node_text_is(node.of, node, uses->name) ||
	    facts_local(&uses->module->facts, uses->name, node_start(node), &declared))
		return true;
	if (node_is(node_parent(node), NODE_VARIABLE_DECLARATOR) && node_role(node) == FIELD_NAME)
		return true;
	if (in_exporting(uses, node) || node_same(node, uses->surface->listed))
		return true;
	uses->count++;
	return true;
}

static size_t count_uses(struct work *work, const struct module *module,
			 const struct surface *surface, const char *name)
{
	struct uses uses = {work, module, surface, name, 0};

	node_walk(syntax_root(&module->syntax), count_use, &uses);
	return uses.count;
}

static void refuse(struct work *work, const struct surface *surface, const struct module *module,
		   const char *why)
{
	block_plan(work, "unsupported-consumer-import",
		   arena_printf(work->arena, "extension `%s` %s", surface->symbol, why),
		   surface->module->path, module->path, surface->symbol, NULL);
}

static void check_import(struct work *work, const struct surface *surface,
			 const struct module *module, const struct import *import)
{
	bool whole = import->kind == IMPORT_DYNAMIC || import->kind == IMPORT_REQUIRE;

	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];

		whole = whole || strcmp(name->imported, "*") == 0;
		if (module == work->app->entry && import->kind == IMPORT_STATIC &&
		    strcmp(name->imported, surface->exported) == 0 &&
		    count_uses(work, module, surface, name->local) > 0)
			refuse(work, surface, module,
			       "is used in the app's own file besides its list");
	}
	if (whole)
		refuse(work, surface, module,
		       "is taken as a part of its whole module, which has no name for it any more");
}

static void check_names(struct work *work, const struct surface *surface)
{
	const struct module *module = surface->module;
	const struct binding *binding = facts_binding(&module->facts, "Extensions");

	if (binding != NULL &&
	    (binding->import < 0 ||
	     strcmp(module->facts.imports[binding->import].specifier, "attio/client") != 0))
		block_plan(work, "name-collision",
			   "`Extensions` means something else in this file: give it another name",
			   module->path, NULL, "Extensions", NULL);
	if (strcmp(surface->exported, "default") != 0 &&
	    strcmp(surface->exported, surface->symbol) != 0)
		refuse(work, surface, module, "is exported under another name");
	else if (strcmp(surface->symbol, "default") != 0 &&
		 count_uses(work, module, surface, surface->symbol) > 0)
		refuse(work, surface, module, "is used by its own name in its file");
}

static void check_page(struct work *work)
{
	const struct module *module = work->page_module;
	const struct surface page = {.object = work->page_function, .module = module};
	struct uses uses = {work, module, &page, work->page_symbol, 0};
	const struct binding *settings = facts_binding(&module->facts, "Settings");
	const struct binding *schema = facts_binding(&module->facts, "schema");
	size_t allowed = 1; /* in the object that app.ts names */

	if (settings != NULL &&
	    (settings->import < 0 ||
	     strcmp(module->facts.imports[settings->import].specifier, "attio/client") != 0))
		block_plan(work, "name-collision", "`Settings` means something else in this file",
			   module->path, NULL, "Settings", NULL);
	if (schema != NULL)
		block_plan(work, "name-collision", "`schema` means something else in this file",
			   module->path, NULL, "schema", NULL);
	node_walk(syntax_root(&module->syntax), count_use, &uses);
	if (node_is_function(work->page_function) &&
	    node_is(work->page_function, NODE_FUNCTION_DECLARATION))
		allowed++; /* its own name */
	if (uses.count > allowed)
		block_plan(work, "settings-page-shared-binding",
			   "the settings page is used besides being named as one", module->path,
			   NULL, work->page_symbol, NULL);
	for (size_t m = 0; m < work->app->module_count; m++) {
		const struct module *other = work->app->modules[m];

		for (size_t i = 0; i < other->facts.import_count && other != work->app->entry; i++)
			if (other->edges[i].module == module)
				block_plan(work, "settings-page-shared-binding",
					   "the settings page's file is imported elsewhere",
					   module->path, other->path, work->page_symbol, NULL);
	}
	if (uses.count > allowed)
		work->page_module = NULL; /* its calls stay like all others */
}

struct queries {
	struct work *work;
	const struct surface *surface;
	const struct module *module;
};

/* `typeof import("./one").one`: a type that no import statement is about. */
static bool look_at_query(struct node node, void *payload)
{
	struct queries *queries = payload;
	struct work *work = queries->work;
	const char *specifier, *path, *own = queries->surface->module->path;

	if (!node_is(node, NODE_STRING) || !node_is(node_parent(node), NODE_ARGUMENTS))
		return true;
	if (!node_is(node_field(node_parent(node_parent(node)), FIELD_FUNCTION), NODE_IMPORT))
		return true;
	for (struct node up = node; !node_is(up, NODE_PROGRAM); up = node_parent(up)) {
		if (!node_is(up, NODE_TYPE_QUERY))
			continue;
		specifier = node_string(node.of, work->arena, node);
		path = path_join(work->arena, path_dir(work->arena, queries->module->path),
				 specifier);
		if (str_starts(own, path) && strchr(own + strlen(path), '/') == NULL)
			refuse(work, queries->surface, queries->module,
			       "is used as a type of its module");
		break;
	}
	return true;
}

void check_consumers(struct work *work)
{
	for (size_t s = 0; s < work->surface_count; s++) {
		const struct surface *surface = &work->surfaces[s];

		if (surface->there)
			continue;
		check_names(work, surface);
		for (size_t m = 0; m < work->app->module_count; m++) {
			const struct module *module = work->app->modules[m];

			struct queries queries = {work, surface, module};

			node_walk(syntax_root(&module->syntax), look_at_query, &queries);
			for (size_t i = 0; i < module->facts.import_count; i++)
				if (module->edges[i].module == surface->module)
					check_import(work, surface, module,
						     &module->facts.imports[i]);
		}
	}
	if (work->page_module != NULL)
		check_page(work);
	if (work->page_module != NULL)
		check_helpers(work);
}
