/* What src/app.ts lists: each element of the lists is followed to the object literal that it names,
 * through any number of modules that pass it on. */
#include <string.h>

#include "app/entry_lists.h"
#include "app/identifiers.h"
#include "base/arena.h"
#include "base/buf.h"
#include "migrate/internal.h"

#define STEPS 32 /* modules that pass a name on */

/* One of the lists, as messages show it. */
struct list {
	const char *type; /* of the extensions that its elements become */
	const char *name; /* "record.actions" */
};

struct found {
	const struct module *module;
	const char *local; /* NULL: an expression after `export default` */
	const char *exported;
	struct node value;
	struct node exporting;
};

static bool follow(const struct module *module, const char *name, unsigned steps,
		   struct found *found);

/* `export * from`: the first module that has the name. */
static bool follow_stars(const struct module *module, const char *name, unsigned steps,
			 struct found *found)
{
	for (size_t i = 0; i < module->facts.export_count; i++) {
		const struct export *export = &module->facts.exports[i];

		if (strcmp(export->name, "*") == 0 && export->import >= 0 &&
		    module->edges[export->import].kind == TARGET_MODULE &&
		    follow(module->edges[export->import].module, name, steps - 1, found))
			return true;
	}
	return false;
}

/* The module and the name in it that an export of `module` really is. */
static bool follow(const struct module *module, const char *name, unsigned steps,
		   struct found *found)
{
	const struct export *export = facts_export(&module->facts, name);
	const struct binding *binding = NULL;
	int import = -1;
	const char *imported = NULL;

	if (steps == 0)
		return false;
	if (export == NULL)
		return follow_stars(module, name, steps, found);
	if (export->import >= 0) {
		import = export->import;
		imported = export->imported;
	} else if (export->local != NULL) {
		binding = facts_binding(&module->facts, export->local);
		if (binding == NULL)
			return false;
		import = binding->import;
		imported = binding->imported;
	}
	if (import >= 0)
		return module->edges[import].kind == TARGET_MODULE && imported != NULL &&
		       follow(module->edges[import].module, imported, steps - 1, found);
	found->module = module;
	found->exported = name;
	found->local = export->local;
	found->value = binding != NULL ? binding->node : export->value;
	found->exporting = syntax_node_at(&module->syntax, export->place.start, export->place.end);
	return true;
}

/* The element's name, followed to its object; false where that leads to none. */
static bool find_surface(struct work *work, struct node element, struct surface *surface)
{
	const struct module *entry = work->app->entry;
	const char *name = node_text(&entry->syntax, work->arena, element);
	const struct binding *binding = facts_binding(&entry->facts, name);
	struct found found = {0};
	struct node object;

	if (!node_is(element, NODE_IDENTIFIER) || binding == NULL)
		return false;
	if (binding->import < 0) {
		surface->module = entry;
		surface->symbol = name;
		return node_is(node_unwrap(binding->value), NODE_OBJECT);
	}
	if (entry->edges[binding->import].kind != TARGET_MODULE || binding->imported == NULL ||
	    !follow(entry->edges[binding->import].module, binding->imported, STEPS, &found))
		return false;
	object = found.value;
	if (node_is(object, NODE_VARIABLE_DECLARATOR))
		object = node_field(object, FIELD_VALUE);
	surface->whole = object;
	object = node_unwrap(object);
	surface->module = found.module;
	surface->symbol = found.local != NULL ? found.local : "default";
	surface->exported = found.exported;
	surface->object = object;
	surface->statement = top_statement(object);
	surface->exporting = top_statement(found.exporting);
	return node_is(object, NODE_OBJECT);
}

/* A folder extension with this id is there already, so that only the list is out of date. */
static bool is_there(const struct work *work, const char *id, const char *to)
{
	const struct definition *definition = app_definition_by_id(work->app, DEF_EXTENSION, id);

	return definition != NULL && strcmp(definition->module->path, to) == 0;
}

static void check_place(struct work *work, const struct surface *surface)
{
	const char *folder = arena_printf(work->arena, "src/app/extensions/%s", surface->id);

	if (surface->there)
		return;
	if (files_type(&work->app->texts.files, folder) != FS_NONE ||
	    app_definition_by_id(work->app, DEF_EXTENSION, surface->id) != NULL)
		block_plan(work, "destination-collision",
			   arena_printf(work->arena,
					"the folder of extension `%s` is there already",
					surface->id),
			   surface->module->path, folder, surface->symbol, NULL);
}

static bool one_declarator(struct node statement)
{
	struct node declaration = node_field(statement, FIELD_DECLARATION);

	if (node_is_null(declaration))
		declaration = statement;
	if (!node_is(declaration, NODE_LEXICAL_DECLARATION) &&
	    !node_is(declaration, NODE_VARIABLE_DECLARATION))
		return true;
	return node_same(node_first(declaration), node_last(declaration));
}

/* The id decides on the folder, so it has to be there to read. */
static bool read_id(struct work *work, struct surface *surface)
{
	const struct syntax *syntax = &surface->module->syntax;
	struct node member = object_member(syntax, work->arena, surface->object, "id");

	surface->id = node_is(member, NODE_PAIR)
			      ? node_string(syntax, work->arena, member_value(member))
			      : NULL;
	if (surface->id == NULL) {
		block_plan(work, "computed-extension-id",
			   arena_printf(work->arena,
					"the id of extension `%s` is no string literal",
					surface->symbol),
			   surface->module->path, NULL, surface->symbol, NULL);
		return false;
	}
	if (id_fault(surface->id) != ID_FINE) {
		block_plan(work, "invalid-extension-id",
			   arena_printf(work->arena, "the id `%s` cannot be the name of a folder",
					surface->id),
			   surface->module->path, NULL, surface->symbol, NULL);
		return false;
	}
	return true;
}

static void add_surface(struct work *work, const struct list *list, struct node element)
{
	const struct module *entry = work->app->entry;
	const char *shown = node_text(&entry->syntax, work->arena, element);
	struct surface surface = {.type = list->type, .list = list->name, .listed = element};
	bool found;

	if (node_is(element, NODE_SPREAD_ELEMENT)) {
		block_plan(work, "unresolved-registration",
			   arena_printf(work->arena, "the list %s holds a spread", list->name),
			   entry->path, NULL, shown, NULL);
		return;
	}
	if (node_is(node_unwrap(element), NODE_OBJECT)) {
		surface.module = entry;
		surface.symbol = "app";
		found = true;
	} else {
		found = find_surface(work, element, &surface);
	}
	if (!found) {
		block_plan(work, "unresolved-registration",
			   arena_printf(work->arena, "`%s` in the list %s leads to no object",
					shown, list->name),
			   entry->path, NULL, shown, NULL);
	} else if (surface.module == entry) {
		block_plan(work, "multiple-surfaces-in-source",
			   arena_printf(work->arena,
					"extension `%s` is written in the app's own file: give it "
					"one of its own",
					surface.symbol),
			   entry->path, NULL, surface.symbol, NULL);
	} else if (!one_declarator(surface.statement)) {
		block_plan(work, "multiple-surfaces-in-source",
			   arena_printf(work->arena,
					"extension `%s` is declared together with something else",
					surface.symbol),
			   surface.module->path, NULL, surface.symbol, NULL);
	} else if (read_id(work, &surface)) {
		surface.to = arena_printf(work->arena, "src/app/extensions/%s/extension.tsx",
					  surface.id);
		surface.there = is_there(work, surface.id, surface.to);
		check_place(work, &surface);
		*(struct surface *)arena_push(work->arena, &work->surfaces, &work->surface_count,
					      sizeof(surface)) = surface;
	}
}

static const char *name_of(const struct work *work, const struct entry_list *entry_list)
{
	struct buf out = {0};
	const char *name;

	entry_list_put(&out, entry_list, ".");
	name = arena_strdup(work->arena, buf_cstr(&out));
	buf_dispose(&out);
	return name;
}

static void read_list(struct work *work, const struct entry_list *entry_list)
{
	const struct list list = {entry_list->type, name_of(work, entry_list)};
	const struct syntax *syntax = &work->app->entry->syntax;
	struct node value = work->object;
	bool spread = false;

	for (size_t i = 0; entry_list->members[i] != NULL; i++) {
		struct node member;

		if (!node_is(value, NODE_OBJECT)) {
			spread = true;
			break;
		}
		member = object_member(syntax, work->arena, value, entry_list->members[i]);
		if (node_is_null(member))
			return;
		value = node_unwrap(member_value(member));
	}
	if (spread || !node_is(value, NODE_ARRAY)) {
		block_plan(work, "unresolved-registration",
			   arena_printf(work->arena, "%s is not written out as a list", list.name),
			   work->app->entry->path, NULL, list.name, NULL);
		return;
	}
	for (struct node element = node_down_named(value); !node_is_null(element);
	     element = node_next_named(element))
		if (!node_is(element, NODE_COMMENT))
			add_surface(work, &list, element);
}

/* `export const app = {...}`: the literal, and its statement. */
static bool read_entry(struct work *work)
{
	const struct module *entry = work->app->entry;
	const struct binding *binding = facts_binding(&entry->facts, "app");
	struct node statement;

	if (binding == NULL || binding->import >= 0 || facts_export(&entry->facts, "app") == NULL)
		return false;
	work->object = node_unwrap(binding->value);
	statement = top_statement(binding->node);
	work->entry_statement = statement;
	return node_is(work->object, NODE_OBJECT) && node_is(statement, NODE_EXPORT_STATEMENT) &&
	       one_declarator(statement);
}

static void check_pairs(struct work *work)
{
	for (size_t i = 0; i < work->surface_count; i++) {
		const struct surface *a = &work->surfaces[i];

		for (size_t k = i + 1; k < work->surface_count; k++) {
			const struct surface *b = &work->surfaces[k];

			if (strcmp(a->id, b->id) == 0)
				block_plan(work, "duplicate-extension-id",
					   arena_printf(work->arena,
							"the id `%s` is listed more than once",
							a->id),
					   a->module->path, b->module->path, a->symbol, b->symbol);
			if (a->module == b->module)
				block_plan(work, "multiple-surfaces-in-source",
					   "several extensions are in one file: give each its own",
					   a->module->path, NULL, a->symbol, b->symbol);
		}
	}
}

/* What would be a second default export. */
static void check_default(struct work *work, const struct surface *surface)
{
	const struct export *other = facts_export(&surface->module->facts, "default");

	if (other == NULL || strcmp(surface->exported, "default") == 0 ||
	    (other->local != NULL && strcmp(other->local, surface->symbol) == 0))
		return;
	block_plan(work, "unsupported-consumer-import",
		   arena_printf(work->arena,
				"the file of extension `%s` has another default export already",
				surface->symbol),
		   surface->module->path, NULL, surface->symbol, NULL);
}

void read_surfaces(struct work *work)
{
	const struct module *entry = work->app->entry;

	work->has_entry = entry != NULL;
	if (entry == NULL)
		return;
	if (!read_entry(work)) {
		block_plan(work, "unresolved-app-export",
			   arena_printf(work->arena,
					"%s has to say `export const app = {...}`, written out",
					entry->path),
			   entry->path, NULL, "app", NULL);
		return;
	}
	for (size_t i = 0; i < ENTRY_LISTS; i++)
		read_list(work, &entry_lists[i]);
	check_pairs(work);
	for (size_t i = 0; i < work->surface_count; i++)
		if (!work->surfaces[i].there)
			check_default(work, &work->surfaces[i]);
}
