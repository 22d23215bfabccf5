/* The plan of the split between client and server. The client bundle turns every server file that
 * it really loads into a proxy; this file sees to it that the server side knows each of them by
 * the same id, also those that the official CLI forgets. */
#include "bundle/split.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/str.h"
#include "sys/path.h"

bool split_is_own(const struct app *app, const char *path)
{
	size_t root = strlen(app->root);

	/* An app may itself lie below a folder called node_modules. */
	if (path_is_under(path, app->root))
		path += root;
	return strstr(path, "/node_modules/") == NULL;
}

static char *without_ext(struct arena *arena, const char *path)
{
	return arena_strndup(arena, path, (size_t)(path_ext(path) - path));
}

/* Whether another server file of the app has the same path but for the extension. */
static bool has_twin(struct arena *arena, const struct app *app, const char *path)
{
	const char *stem = without_ext(arena, path);

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (module->role == ROLE_SERVER && strcmp(module->path, path) != 0 &&
		    strcmp(without_ext(arena, module->path), stem) == 0)
			return true;
	}
	return false;
}

const char *split_server_id(struct arena *arena, const struct app *app, const char *path)
{
	const struct definition *definition;
	const char *id;

	for (size_t i = 0; (definition = app_definition(app, DEF_SERVER, i)); i++) {
		if (strcmp(definition->module->path, path) == 0)
			return definition->id;
	}
	id = path_relative(arena, "src", path);
	return has_twin(arena, app, path) ? id : without_ext(arena, id);
}

bool split_add(struct arena *arena, const struct app *app, struct server_list *list,
	       const char *path)
{
	struct server_module *item;

	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->items[i].path, path) == 0)
			return false;
	}
	item = arena_push(arena, &list->items, &list->count, sizeof(*item));
	item->id = split_server_id(arena, app, path);
	item->path = path;
	return true;
}

/* Adds the server files that `module` imports as values. */
static void add_called(struct arena *arena, const struct app *app, const struct module *module,
		       struct server_list *list)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct edge *edge = &module->edges[i];

		if (edge->kind == TARGET_MODULE && edge->module->role == ROLE_SERVER &&
		    !module->facts.imports[i].type_only)
			split_add(arena, app, list, edge->module->path);
	}
}

/* All modules that the configurator pulls into the client, itself included. The list serves as
 * queue and as the set of the visited. */
static void add_reached(struct arena *arena, const struct app *app, struct module *start,
			struct server_list *list)
{
	struct module **queue = NULL, **slot;
	size_t count = 0;

	slot = arena_push(arena, &queue, &count, sizeof(struct module *));
	*slot = start;
	for (size_t at = 0; at < count; at++) {
		const struct module *module = queue[at];

		add_called(arena, app, module, list);
		for (size_t i = 0; i < module->facts.import_count; i++) {
			struct module *next = module->edges[i].module;
			size_t seen = 0;

			if (module->edges[i].kind != TARGET_MODULE || next->role != ROLE_PLAIN ||
			    module->facts.imports[i].type_only)
				continue;
			while (seen < count && queue[seen] != next)
				seen++;
			if (seen < count)
				continue;
			slot = arena_push(arena, &queue, &count, sizeof(struct module *));
			*slot = next;
		}
	}
}

static void push_definition(struct arena *arena, struct server_list *list,
			    const struct definition *definition)
{
	struct server_module *item;

	item = arena_push(arena, &list->items, &list->count, sizeof(*item));
	item->id = definition->id;
	item->path = definition->module->path;
}

void split_servers(struct arena *arena, const struct app *app, const struct block *block,
		   struct server_list *list)
{
	const struct definition *definition;

	*list = (struct server_list){0};
	if (block) {
		for (size_t i = 0; i < block->server_count; i++)
			push_definition(arena, list, block->servers[i]);
		if (block->configurator)
			add_reached(arena, app, block->configurator, list);
		return;
	}
	for (size_t i = 0; (definition = app_definition(app, DEF_SERVER, i)); i++)
		push_definition(arena, list, definition);
	for (size_t i = 0; i < app->module_count; i++) {
		if (app->modules[i]->runtimes & RUNTIME_CLIENT)
			add_called(arena, app, app->modules[i], list);
	}
}
