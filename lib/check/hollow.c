/* See hollow.h. From the modules with a wrong import the names go on to those that import them. */
#include "check/hollow.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "check/told.h"
#include "sys/path.h"

/* How often a module is looked at: its imports may turn out hollow one after the other, and looking
 * costs as much as it is long. Beyond that more is told than had to be. */
enum { LOOKS_MAX = 4 };

struct range {
	size_t start, end;
};

struct hollow_module {
	const struct module *module;
	struct map names;   /* bindings that are hollow */
	struct map exports; /* what others get of them */
	struct range *ranges;
	size_t range_count; /* statements that use one, in source order */
	unsigned looks;
	bool waits;          /* is in the list of those to be looked at */
	const size_t *wrong; /* offsets of what is wrong in statements themselves, sorted */
	size_t wrong_count;
	const struct module **importers;
	size_t importer_count;
};

struct hollow {
	const struct echo *echo;
	struct arena *arena;
	struct map modules; /* path -> struct hollow_module */
	struct hollow_module **list;
	size_t list_count;
};

static struct hollow_module *module_of(const struct hollow *hollow, const struct module *module)
{
	return map_get(&hollow->modules, module->path);
}

static void enlist(struct hollow *hollow, struct hollow_module *item)
{
	struct hollow_module **slot;

	if (item->waits || item->looks == LOOKS_MAX)
		return;
	item->waits = true;
	slot = arena_push(hollow->arena, &hollow->list, &hollow->list_count, sizeof(*slot));
	*slot = item;
}

/* --- one module ---------------------------------------------------------------------------------
 */

static bool is_wrong_at(const struct echo *echo, struct place place)
{
	static const char *const codes[] = {"ATT2005", "ATT3003",    "ATT9001",
					    "ATT9006", CODE_MISSING, NULL};
	const struct diag at = {.place = place};

	if (place.file == NULL)
		return false;
	for (size_t i = 0; codes[i] != NULL; i++)
		if (is_told_at(echo, &at, codes[i]))
			return true;
	return false;
}

/* To a file that is wrong itself, or that should be the settings schema and is none. */
static bool leads_wrong(const struct echo *echo, const struct edge *edge)
{
	return edge->module != NULL &&
	       (file_is_told(echo, edge) ||
		(echo->no_schema && path_is_under(edge->module->path, FOLDER_SETTINGS)));
}

static bool is_hollow_name(const struct hollow *hollow, const struct edge *edge,
			   const struct import_name *name)
{
	const struct hollow_module *from =
		edge->module != NULL ? module_of(hollow, edge->module) : NULL;

	if (is_wrong_at(hollow->echo, name->place))
		return true;
	return from != NULL &&
	       (strcmp(name->imported, "*") == 0 ? from->exports.count > 0
						 : map_get(&from->exports, name->imported) != NULL);
}

static void take_all(struct hollow_module *item, const struct hollow_module *from)
{
	for (size_t i = 0; from != NULL && i < from->exports.count; i++)
		if (strcmp(from->exports.entries[i].key, "default") != 0)
			map_set(&item->exports, from->exports.entries[i].key, item);
}

static void look_at_imports(const struct hollow *hollow, struct hollow_module *item)
{
	const struct module *module = item->module;

	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];
		const struct edge *edge = &module->edges[i];
		bool wrong = is_wrong_at(hollow->echo, import->specifier_place) ||
			     leads_wrong(hollow->echo, edge);
		struct map *into = import->kind == IMPORT_EXPORT ? &item->exports : &item->names;

		for (size_t k = 0; k < import->name_count; k++) {
			const struct import_name *name = &import->names[k];

			/* import() and require() take a whole module without a name for it. */
			if (name->local == NULL || name->imported == NULL)
				continue;
			if (import->kind == IMPORT_EXPORT && strcmp(name->local, "*") == 0)
				take_all(item, edge->module != NULL
						       ? module_of(hollow, edge->module)
						       : NULL);
			else if (wrong || is_hollow_name(hollow, edge, name))
				map_set(into, name->local, item);
		}
	}
}

struct search {
	const struct hollow_module *item;
	bool found;
};

static bool visit_name(struct node node, void *payload)
{
	struct search *search = payload;
	enum node_kind kind = node_kind(node);
	char word[128];
	const char *bytes;
	size_t len;

	if (search->found)
		return false;
	if (kind != NODE_IDENTIFIER && kind != NODE_TYPE_IDENTIFIER &&
	    kind != NODE_SHORTHAND_PROPERTY_IDENTIFIER)
		return true;
	bytes = node_bytes(&search->item->module->syntax, node, &len);
	if (len >= sizeof(word))
		return true;
	memcpy(word, bytes, len);
	word[len] = '\0';
	search->found = map_get(&search->item->names, word) != NULL;
	return true;
}

/* The statements that use a hollow name. */
static void look_at_statements(const struct hollow *hollow, struct hollow_module *item)
{
	struct node root = syntax_root(&item->module->syntax);

	size_t next = 0;

	item->ranges = NULL;
	item->range_count = 0;
	for (struct node statement = node_down_named(root); !node_is_null(statement);
	     statement = node_next_named(statement)) {
		struct search search = {.item = item};
		struct range *range;

		while (next < item->wrong_count && item->wrong[next] < node_start(statement))
			next++;
		if (node_is(statement, NODE_IMPORT_STATEMENT))
			continue;
		search.found = next < item->wrong_count && item->wrong[next] < node_end(statement);
		node_walk(statement, visit_name, &search);
		if (!search.found)
			continue;
		range = arena_push(hollow->arena, &item->ranges, &item->range_count,
				   sizeof(*range));
		*range = (struct range){node_start(statement), node_end(statement)};
	}
}

static bool is_in(const struct hollow_module *item, size_t at)
{
	size_t low = 0, high = item->range_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (at >= item->ranges[middle].end)
			low = middle + 1;
		else
			high = middle;
	}
	return low < item->range_count && at >= item->ranges[low].start;
}

/* What such statements declare, and what of it goes on. */
static void look_at_names(struct hollow_module *item)
{
	const struct facts *facts = &item->module->facts;

	for (size_t i = 0; i < facts->binding_count; i++)
		if (facts->bindings[i].import < 0 &&
		    is_in(item, node_start(facts->bindings[i].node)))
			map_set(&item->names, facts->bindings[i].name, item);
	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *export = &facts->exports[i];

		if (export->import < 0 &&
		    (export->local != NULL ? map_get(&item->names, export->local) != NULL
					   : is_in(item, export->place.start)))
			map_set(&item->exports, export->name, item);
	}
}

static void look(struct hollow *hollow, struct hollow_module *item)
{
	size_t before = item->exports.count;

	item->waits = false;
	item->looks++;
	look_at_imports(hollow, item);
	/* Twice: a name may be used before the statement that declares it. */
	for (int i = 0; i < 2 && (item->names.count > 0 || item->wrong_count > 0); i++) {
		look_at_statements(hollow, item);
		look_at_names(item);
	}
	for (size_t i = 0; item->exports.count > before && i < item->importer_count; i++)
		enlist(hollow, module_of(hollow, item->importers[i]));
}

/* --- all of them --------------------------------------------------------------------------------
 */

static void read_edges(struct hollow *hollow, struct hollow_module *item)
{
	for (size_t i = 0; i < item->module->facts.import_count; i++) {
		struct hollow_module *to =
			item->module->edges[i].module != NULL
				? module_of(hollow, item->module->edges[i].module)
				: NULL;
		const struct module **slot;

		if (to == NULL)
			continue;
		slot = arena_push(hollow->arena, &to->importers, &to->importer_count,
				  sizeof(*slot));
		*slot = item->module;
	}
}

static bool has_wrong_import(const struct echo *echo, const struct module *module)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if (is_wrong_at(echo, import->specifier_place) ||
		    leads_wrong(echo, &module->edges[i]))
			return true;
		for (size_t k = 0; k < import->name_count; k++)
			if (is_wrong_at(echo, import->names[k].place))
				return true;
	}
	return false;
}

/* The types of other files are made of what stands in a definition: an error of types there comes
 * first. */
static void read_definitions(struct hollow *hollow, enum definition_kind kind)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(hollow->echo->app, kind, i)) != NULL; i++) {
		struct hollow_module *item = module_of(hollow, definition->module);

		if (item == NULL || !told_of(hollow->echo, item->module->path)->mistyped)
			continue;
		map_set(&item->exports, "default", item);
		for (size_t k = 0; k < item->importer_count; k++)
			enlist(hollow, module_of(hollow, item->importers[k]));
	}
}

static int by_offset(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void read_wrong(struct hollow *hollow, struct hollow_module *item)
{
	const struct file *file = told_of(hollow->echo, item->module->path);
	size_t *sorted;

	if (file->wrong_count == 0)
		return;
	sorted = arena_alloc(hollow->arena, file->wrong_count * sizeof(*sorted));
	memcpy(sorted, file->wrong, file->wrong_count * sizeof(*sorted));
	qsort(sorted, file->wrong_count, sizeof(*sorted), by_offset);
	item->wrong = sorted;
	item->wrong_count = file->wrong_count;
}

struct hollow *hollow_find(const struct echo *echo)
{
	const struct app *app = echo->app;
	struct hollow *hollow = arena_alloc(echo->arena, sizeof(*hollow));

	*hollow = (struct hollow){.echo = echo, .arena = echo->arena};
	for (size_t i = 0; i < app->module_count; i++) {
		struct hollow_module *item = arena_alloc(echo->arena, sizeof(*item));

		*item = (struct hollow_module){.module = app->modules[i]};
		map_set(&hollow->modules, item->module->path, item);
	}
	for (size_t i = 0; i < app->module_count; i++)
		read_edges(hollow, module_of(hollow, app->modules[i]));
	for (size_t i = 0; i < app->module_count; i++) {
		struct hollow_module *item = module_of(hollow, app->modules[i]);

		read_wrong(hollow, item);
		if (item->wrong_count > 0 || has_wrong_import(echo, app->modules[i]))
			enlist(hollow, item);
	}
	read_definitions(hollow, DEF_SETTINGS_SCHEMA);
	read_definitions(hollow, DEF_BLOCK);
	for (size_t i = 0; i < hollow->list_count; i++)
		look(hollow, hollow->list[i]);
	return hollow;
}

void hollow_free(struct hollow *hollow)
{
	for (size_t i = 0; i < hollow->modules.count; i++) {
		struct hollow_module *item = hollow->modules.entries[i].value;

		map_dispose(&item->names);
		map_dispose(&item->exports);
	}
	map_dispose(&hollow->modules);
}

bool hollow_has(const struct hollow *hollow, const struct diag *type)
{
	const struct hollow_module *item =
		type->place.file != NULL ? map_get(&hollow->modules, type->place.file) : NULL;

	return item != NULL && type->place.end > 0 && is_in(item, type->place.start);
}
