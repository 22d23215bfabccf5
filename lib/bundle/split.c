/* The plan of the split between client and server. The client bundle turns every server file that
 * it really loads into a proxy; this file sees to it that the server side knows each of them by
 * the same id. */
#include "bundle/split.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "sys/path.h"

bool split_is_own(const struct app *app, const char *path)
{
	size_t root = strlen(app->root);

	/* An app may itself lie below a folder called node_modules. */
	if (path_is_under(path, app->root))
		path += root;
	return strstr(path, "/node_modules/") == NULL;
}

const char *split_server_id(struct arena *arena, const struct app *app, const char *path)
{
	const char *id, *stem;

	for (size_t i = 0; i < app->definition_count; i++) {
		const struct definition *definition = app->definitions[i];

		if (definition->kind == DEF_SERVER && strcmp(definition->module->path, path) == 0)
			return definition->id;
	}
	id = path_relative(arena, FOLDER_SRC, path);
	stem = arena_strndup(arena, id, (size_t)(path_ext(id) - id));
	return app_definition_by_id(app, DEF_SERVER, stem) != NULL ? id : stem;
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
	if (block != NULL) {
		for (size_t i = 0; i < block->server_count; i++)
			push_definition(arena, list, block->servers[i]);
		return;
	}
	for (size_t i = 0; (definition = app_definition(app, DEF_SERVER, i)); i++)
		push_definition(arena, list, definition);
}

void split_find_links(struct arena *arena, const struct app *app, struct split_links *links)
{
	*links = (struct split_links){0};
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		struct split_link *link;

		if (module->role == ROLE_PLAIN || strcmp(module->real, module->path) == 0)
			continue;
		link = arena_push(arena, &links->items, &links->count, sizeof(*link));
		*link = (struct split_link){path_join(arena, app->root, module->real), module};
	}
}
